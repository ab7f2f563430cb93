"""The rooms of search: no circle of folders, and ranking knows engines only by their port."""

from graphlib import TopologicalSorter

import pytest

from tests.conftest import ROOT
from tests.test_house import MODULES, imports_of, name_of

FOLDERS = ["bot.search", "bot.search.engine", "bot.search.engine.embedded"]


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_folder_is_part_of_a_circle(folder: str) -> None:
    """Modules and folders of a folder have an order in which each imports only earlier ones."""
    needed: dict[str, set[str]] = {}
    for path in MODULES:
        if place := _place(name_of(path), folder):
            others = {other for module in imports_of(path) if (other := _place(module, folder))}
            needed.setdefault(place, set()).update(others - {place})

    assert list(TopologicalSorter(needed).static_order())  # raises where there is a circle


def test_questions_are_ranked_through_the_port() -> None:
    """The index only makes an embedded engine where it is given none; known questions are postings, too."""
    inside = "bot.search.engine.embedded."
    known = {
        name_of(path): {module for module in imports_of(path) if module.startswith(inside)}
        for path in sorted((ROOT / "bot/search").rglob("*.py"))
        if "engine" not in path.parts
    }

    assert {name for name, modules in known.items() if modules} == {
        "bot.search.index",
        "bot.search.meaning.recognition",
    }


def _place(module: str, folder: str) -> str | None:
    """The module or folder directly in a folder that a module belongs to; None: it stands elsewhere."""
    if not module.startswith(f"{folder}."):
        return None
    return module.removeprefix(f"{folder}.").split(".")[0]
