"""The documentation cannot lie: what it names is there, under that name."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from bot.answering.answer import Status
from bot.channels.http import answer_status
from bot.content.documents import FrontMatter
from bot.settings import Settings, variable
from tests.commands.listed import COMMANDS
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", *sorted((ROOT / "docs").rglob("*.md"))]
README, ARCHITECTURE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "ARCHITECTURE.md"))
DOCUMENTS = (ROOT / "docs" / "documents.md").read_text("utf-8")

_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"(?:bot|knowledge|tests|benchmarks|docs)/[\w./-]*|[\w-]+\.py")
_NAME = re.compile(r"[A-Z][a-z]\w*(?:\.\w+)?|[a-z]{3,}\w*\.[a-z_]\w*|[A-Z][A-Z_]{3,}|[a-z]+_[a-z_]+")
_COMMAND = re.compile(r"python -m bot ([a-z-]+)([^`\n#]*)")
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")

MADE_ELSEWHERE = {
    "knowledge/lexicon/thesaurus-off.txt",  # staff make it to switch rules off
    "numba",
}
"""Paths that the documentation names and nobody ships."""


def code_in(text: str) -> Iterator[str]:
    """What stands between backticks, outside of blocks."""
    yield from _CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@cache
def names() -> frozenset[str]:
    """Every name in the code: modules, classes, functions, fields, constants, parameters, words of enums."""
    found: set[str] = set()
    for path in [*(ROOT / "bot").rglob("*.py"), ROOT / "webhook.py", *(ROOT / "benchmarks").rglob("*.py")]:
        found.update({path.stem, path.parent.name})
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.Attribute(attr=name):
                    found.add(name)
                case ast.Constant(value=str(word)) if word.isidentifier():
                    found.add(word)
    return frozenset(found | {variable(field) for field in Settings.model_fields})


def rows_below(text: str, header: str) -> Iterator[list[str]]:
    """The rows of the table that begins with a header row, cell by cell."""
    lines = iter(text.splitlines())
    assert any(line.startswith(header) for line in lines), f"no table {header}"
    next(lines)
    for line in lines:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_is_there(page: Path) -> None:
    """From the root; a lone file name is that of some module."""
    modules = {
        path.name for folder in ("bot", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")
    }
    modules.add("webhook.py")

    def is_there(path: str) -> bool:
        if "/" not in path:
            return path in modules
        return path in MADE_ELSEWHERE or (ROOT / path).exists()

    codes = (code for code in code_in(page.read_text("utf-8")) if "<" not in code and "…" not in code)
    named = {found for code in codes for found in _PATH.findall(code)}
    assert not [path for path in named if not is_there(path)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file beside the page."""
    links = _LINK.findall(page.read_text("utf-8"))

    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_name_in_architecture_is_one_of_the_codes() -> None:
    """A class, function, constant or field that was renamed is found out."""
    codes = [code for code in code_in(ARCHITECTURE) if _NAME.fullmatch(code) and not _PATH.fullmatch(code)]
    named = {part for code in codes for part in code.split(".")}
    assert len(named) > 40

    assert not sorted(named - names() - {"py", "md", "yaml", "txt", "json", "html", "js", "css"})


def test_the_glossary_speaks_the_codes_words() -> None:
    """Each word of the second column is a name in the code."""
    said = [word for row in rows_below(README, "| 说法 |") for word in row[1].split(", ")]
    known = {name.lower().replace("_", " ") for name in names()} | {name.lower() for name in names()}

    assert len(said) > 12
    assert not [word for word in said if word.lower() not in known]


def test_readme_lists_every_status_with_its_code() -> None:
    """In the order in which the code does, with the HTTP status."""
    rows = [(row[0].strip("`"), int(row[1])) for row in rows_below(README, "| 状态 |")]

    assert rows == [(status.value, answer_status(status)) for status in Status]


def test_every_key_of_a_document_is_explained() -> None:
    """In the table of docs/documents.md, no other, and in its order."""
    rows = [key for row in rows_below(DOCUMENTS, "| 键 |") for key in re.findall(r"`(\w+)`", row[0])]

    assert rows == list(FrontMatter.model_fields)


def commands_in(page: Path) -> Iterator[tuple[str, list[str]]]:
    """The commands that a page shows, each with the options that stand behind it."""
    for command, rest in _COMMAND.findall(page.read_text("utf-8")):
        yield command, re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", rest)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_one_of_ours(page: Path) -> None:
    """With options that it has."""
    for name, options in commands_in(page):
        command = COMMANDS.get(name)
        assert command, f"python -m bot {name}"
        known = {opt for param in command.params for opt in [*param.opts, *param.secondary_opts]} | {"--help"}
        assert not [option for option in options if option not in known], f"python -m bot {name}"


@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.name)
def test_readme_names_every_option(command: click.Command) -> None:
    """In the row of its command."""
    (row,) = [row[0] for row in rows_below(README, "| 命令 |") if f"python -m bot {command.name}" in row[0]]

    options = [param.opts[0] for param in command.params if isinstance(param, click.Option)]
    assert not [option for option in options if option not in row]


def test_readmes_map_is_that_of_the_house() -> None:
    """Every room of bot/ stands in the map, and no room that is not there."""
    block = README.split("## 地图")[1].split("```")[1]
    mapped = re.findall(r"^bot/(\w+)", block, re.MULTILINE)

    assert sorted(mapped) == sorted(
        path.name for path in (ROOT / "bot").iterdir() if path.is_dir() and path.name != "__pycache__"
    )
