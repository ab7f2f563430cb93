"""The library: what the knowledge folder holds, and what in it is broken."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.library import load_library
from bot.errors import KnowledgeError
from bot.policy.document import Document
from bot.policy.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a knowledge folder of policies: file name → content."""

    def make(**contents: str) -> Path:
        (tmp_path / "policies").mkdir()
        for name, content in contents.items():
            (tmp_path / "policies" / f"{name}.md").write_text(content, "utf-8")
        return tmp_path

    return make


def sound(title: str) -> str:
    return f"---\ntitle: {title}\n---\n第一条　甲。\n第二条　乙。\n"


def test_documents_stand_in_order_of_their_ids(folder: Callable[..., Path]) -> None:
    """Whatever order the file system lists them in; each is divided into clauses."""
    library = load_library(folder(b=sound("乙"), c=sound("丙"), a=sound("甲")))

    assert [holding.document.document_id for holding in library.holdings] == ["a", "b", "c"]
    assert [c.clause_id for _, c in library.clauses()] == ["a:t1", "a:t2", "b:t1", "b:t2", "c:t1", "c:t2"]
    assert [document.title for document, _ in library.clauses()] == ["甲", "甲", "乙", "乙", "丙", "丙"]


def test_a_broken_file_is_reported_and_the_others_load(folder: Callable[..., Path]) -> None:
    """One slip of a clerk never takes the service down."""
    library = load_library(folder(a=sound("甲"), b="no front matter", c=sound("丙"), d="---\n"))

    assert list(library.by_id) == ["a", "c"]
    assert [error.path.name for error in library.broken] == ["b.md", "d.md"]


def test_other_files_and_folders_are_no_documents(folder: Callable[..., Path]) -> None:
    """Only `policies/*.md` counts: no notes, no back-ups, nothing deeper."""
    knowledge = folder(a=sound("甲"))
    (knowledge / "policies" / "a.md.bak").write_text(sound("甲"), "utf-8")
    (knowledge / "policies" / "old").mkdir()
    (knowledge / "policies" / "old" / "z.md").write_text(sound("旧"), "utf-8")

    library = load_library(knowledge)

    assert list(library.by_id) == ["a"]
    assert library.broken == ()


def test_an_empty_folder_is_an_empty_library(folder: Callable[..., Path]) -> None:
    """A fresh installation starts."""
    assert Library(()) == load_library(folder())


def test_a_missing_folder_says_what_to_do(tmp_path: Path) -> None:
    """The message names the folder and the setting."""
    with pytest.raises(KnowledgeError, match="不存在；建好它，或者改设置 KNOWLEDGE_DIR") as error:
        load_library(tmp_path / "nowhere")

    assert str(tmp_path / "nowhere" / "policies") in str(error.value)


def test_documents_and_clauses_are_found_by_their_ids(document: Callable[..., Document]) -> None:
    """Ids that nothing bears are absent."""
    first, second = (document("第一条　甲。", "第二条　乙。", document_id=name) for name in ("甲", "乙"))

    library = Library.of([first, second])

    assert library.by_id["甲"].document is first
    assert library.clauses_by_id["乙:t2"].text == "第二条　乙。"
    assert "丙" not in library.by_id
    assert "甲:t3" not in library.clauses_by_id
