"""The folder of documents: a changed file is read again; for a broken one its last good version stands in."""

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.living.documents import DocumentFolder
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
    """A document of one paragraph, saved as editors do: a new file in the place of the old one.

    Written twice within one tick of the clock, the same file would seem unchanged.
    """
    saved = knowledge / "policies" / f"{name}.saving"
    saved.write_text(f"---\ntitle: {name}\n---\n{text}\n", "utf-8")
    saved.replace(saved.with_suffix(".md"))


def damage(knowledge: Path, name: str) -> None:
    """Takes the front matter away."""
    (knowledge / "policies" / f"{name}.md").write_text("高龄津贴", "utf-8")


def texts(library: Library) -> dict[str, str]:
    """Document id → its text."""
    return {name: holding.document.text for name, holding in library.by_id.items()}


def test_only_what_changed_is_read_again(knowledge: Path, last_good: Path) -> None:
    """The others are the same objects: nobody divides them again."""
    folder = DocumentFolder(knowledge, last_good)
    before = folder.library()
    write(knowledge, "甲", "第一条 养老服务。")

    after = folder.library()

    assert after.by_id["乙"] is before.by_id["乙"]
    assert texts(after) == {"甲": "第一条 养老服务。", "乙": "第一条 高龄津贴。"}
    assert folder.library() is after


def test_documents_come_and_go(knowledge: Path, last_good: Path) -> None:
    """A file that is gone is a document that is gone."""
    folder = DocumentFolder(knowledge, last_good)
    folder.library()
    (knowledge / "policies" / "甲.md").unlink()
    write(knowledge, "丙", "第一条 新。")

    assert list(texts(folder.library())) == ["丙", "乙"]


@pytest.mark.parametrize("restarted", [False, True])
def test_the_last_good_version_of_a_broken_file_stands_in(
    knowledge: Path, last_good: Path, restarted: bool
) -> None:
    """While the service runs and after a restart; the error says where it is broken."""
    folder = DocumentFolder(knowledge, last_good)
    folder.library()
    write(knowledge, "甲", "第一条 养老服务。")
    folder.library()
    damage(knowledge, "甲")

    library = (DocumentFolder(knowledge, last_good) if restarted else folder).library()

    assert texts(library) == {"甲": "第一条 养老服务。", "乙": "第一条 高龄津贴。"}
    (error,) = library.broken
    assert "甲.md:1:" in str(error)


def test_a_mended_file_is_read(knowledge: Path, last_good: Path) -> None:
    """And nothing is reported any more."""
    folder = DocumentFolder(knowledge, last_good)
    folder.library()
    damage(knowledge, "甲")
    folder.library()
    write(knowledge, "甲", "第一条 修好了。")

    library = folder.library()

    assert texts(library)["甲"] == "第一条 修好了。"
    assert library.broken == ()


def test_a_file_that_was_never_good_is_left_out(knowledge: Path, last_good: Path) -> None:
    """As is one whose last good version was spoilt too."""
    damage(knowledge, "丙")
    DocumentFolder(knowledge, last_good).library()
    damage(knowledge, "甲")
    (last_good / "甲.md").write_text("", "utf-8")

    library = DocumentFolder(knowledge, last_good).library()

    assert list(texts(library)) == ["乙"]
    assert len(library.broken) == 2


def test_a_document_that_was_taken_away_does_not_come_back(knowledge: Path, last_good: Path) -> None:
    """A broken file of the same name later has no last good version."""
    DocumentFolder(knowledge, last_good).library()
    (knowledge / "policies" / "甲.md").unlink()
    DocumentFolder(knowledge, last_good).library()
    damage(knowledge, "甲")

    assert list(texts(DocumentFolder(knowledge, last_good).library())) == ["乙"]


def test_a_folder_that_vanished_is_no_empty_library(knowledge: Path, last_good: Path) -> None:
    """A disk that is not mounted must not look like a decision to answer nothing, nor cost the copies."""
    folder = DocumentFolder(knowledge, last_good)
    folder.library()
    (knowledge / "policies").rename(knowledge / "elsewhere")

    with pytest.raises(KnowledgeError, match="policies"):
        folder.library()
    assert len(list(last_good.glob("*.md"))) == 2


def test_where_nothing_can_be_kept_documents_are_read(
    knowledge: Path, last_good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk, or here a file in the way."""
    last_good.parent.mkdir(parents=True)
    last_good.write_text("in the way", "utf-8")

    assert len(DocumentFolder(knowledge, last_good).library().holdings) == 2
    assert "document=not_kept" in caplog.text


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log says since it was last cleared."""
    lines = [record.getMessage() for record in caplog.records]
    caplog.clear()
    return lines


def test_the_log_names_what_came_changed_and_went_once(
    knowledge: Path, last_good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Several workers see the change; one of them tells of it. What a start finds is not news."""
    caplog.set_level("INFO")
    workers = [DocumentFolder(knowledge, last_good) for _ in range(3)]
    for worker in workers:
        worker.library()
    assert told(caplog) == []

    write(knowledge, "丙", "第一条 新。")
    write(knowledge, "甲", "第一条 养老服务。")
    (knowledge / "policies" / "乙.md").unlink()
    for worker in workers:
        worker.library()
    assert told(caplog) == [
        "document=came name=丙.md",
        "document=changed name=甲.md",
        "document=went name=乙.md",
    ]

    damage(knowledge, "甲")
    for worker in workers:
        worker.library()
    broken, changed = told(caplog)
    assert broken.startswith("document=last_good_kept reason=")
    assert changed == "document=changed name=甲.md"


def test_a_whole_folder_that_comes_is_counted(
    knowledge: Path, last_good: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A thousand names in the log help nobody."""
    caplog.set_level("INFO")
    folder = DocumentFolder(knowledge, last_good)
    folder.library()
    for number in range(30):
        write(knowledge, f"新{number}", "第一条 新。")
    folder.library()

    assert told(caplog) == ["documents=changed came=30"]
