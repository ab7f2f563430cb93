"""The shelf: files are read again when they change, and a broken one has its last good version stand in."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.living.shelf import Shelf
from bot.policy.library import Library


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with two documents."""
    (tmp_path / "policies").mkdir()
    for name in ("甲", "乙"):
        write(tmp_path, name, "第一条 高龄津贴。")
    return tmp_path


@pytest.fixture
def last_good(tmp_path: Path) -> Path:
    """Where last good versions are kept."""
    return tmp_path / "data" / "documents"


def write(knowledge: Path, name: str, text: str) -> None:
    """A document of one paragraph."""
    (knowledge / "policies" / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n{text}\n", "utf-8")


def damage(knowledge: Path, name: str) -> None:
    """Takes the front matter away."""
    (knowledge / "policies" / f"{name}.md").write_text("高龄津贴", "utf-8")


def texts(library: Library) -> dict[str, str]:
    """Document id → its text."""
    return {name: holding.document.text for name, holding in library.by_id.items()}


def test_only_what_changed_is_read_again(knowledge: Path) -> None:
    """The others are the same objects: nobody divides them again."""
    shelf = Shelf(knowledge)
    before = shelf.library()
    write(knowledge, "甲", "第一条 养老服务。")

    after = shelf.library()

    assert after.by_id["乙"] is before.by_id["乙"]
    assert texts(after) == {"甲": "第一条 养老服务。", "乙": "第一条 高龄津贴。"}
    assert shelf.library() == after


def test_documents_come_and_go(knowledge: Path) -> None:
    """A file that is gone is a document that is gone."""
    shelf = Shelf(knowledge)
    shelf.library()
    (knowledge / "policies" / "甲.md").unlink()
    write(knowledge, "丙", "第一条 新。")

    assert list(texts(shelf.library())) == ["丙", "乙"]


@pytest.mark.parametrize("restarted", [False, True])
def test_the_last_good_version_of_a_broken_file_stands_in(
    knowledge: Path, last_good: Path, restarted: bool
) -> None:
    """While the service runs and after a restart; the error says where it is broken."""
    shelf = Shelf(knowledge, last_good)
    shelf.library()
    write(knowledge, "甲", "第一条 养老服务。")
    shelf.library()
    damage(knowledge, "甲")

    library = (Shelf(knowledge, last_good) if restarted else shelf).library()

    assert texts(library) == {"甲": "第一条 养老服务。", "乙": "第一条 高龄津贴。"}
    (error,) = library.broken
    assert "甲.md:1:" in str(error)


def test_a_mended_file_is_read(knowledge: Path, last_good: Path) -> None:
    """And nothing is reported any more."""
    shelf = Shelf(knowledge, last_good)
    shelf.library()
    damage(knowledge, "甲")
    shelf.library()
    write(knowledge, "甲", "第一条 修好了。")

    library = shelf.library()

    assert texts(library)["甲"] == "第一条 修好了。"
    assert library.broken == ()


def test_a_file_that_was_never_good_is_left_out(knowledge: Path, last_good: Path) -> None:
    """As is one whose last good version was spoilt too."""
    damage(knowledge, "丙")
    Shelf(knowledge, last_good).library()
    damage(knowledge, "甲")
    (last_good / "甲.md").write_text("", "utf-8")

    library = Shelf(knowledge, last_good).library()

    assert list(texts(library)) == ["乙"]
    assert len(library.broken) == 2


def test_a_document_that_was_taken_away_does_not_come_back(knowledge: Path, last_good: Path) -> None:
    """A broken file of the same name later has no last good version."""
    Shelf(knowledge, last_good).library()
    (knowledge / "policies" / "甲.md").unlink()
    Shelf(knowledge, last_good).library()
    damage(knowledge, "甲")

    assert list(texts(Shelf(knowledge, last_good).library())) == ["乙"]


def test_a_folder_that_vanished_is_no_empty_library(knowledge: Path, last_good: Path) -> None:
    """A disk that is not mounted must not look like a decision to answer nothing, nor cost the copies."""
    shelf = Shelf(knowledge, last_good)
    shelf.library()
    (knowledge / "policies").rename(knowledge / "elsewhere")

    with pytest.raises(KnowledgeError, match="policies"):
        shelf.library()
    assert len(list(last_good.glob("*.md"))) == 2


def test_where_nothing_can_be_kept_documents_are_read(
    knowledge: Path, last_good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk, or here a file in the way."""
    last_good.parent.mkdir(parents=True)
    last_good.write_text("in the way", "utf-8")

    assert len(Shelf(knowledge, last_good).library().holdings) == 2
    assert "document=not_kept" in caplog.text
