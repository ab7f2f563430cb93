"""The knowledge folder as it is now: files that have changed are read again, and no others."""

from pathlib import Path

import pytest

from bot.content.kind import FileKind
from bot.content.table import CONTENT, DOCUMENTS, PHRASES, THESAURUS, TOPICS
from bot.errors import DocumentError
from bot.living.folder import KnowledgeFolder

DOCUMENT = "---\ntitle: 甲\n---\n第一条 高龄津贴。\n"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with one document."""
    (tmp_path / "knowledge" / "policies").mkdir(parents=True)
    (tmp_path / "knowledge" / "policies" / "甲.md").write_text(DOCUMENT, "utf-8")
    return tmp_path / "knowledge"


@pytest.fixture
def folder(knowledge: Path, tmp_path: Path) -> KnowledgeFolder:
    """The folder, followed."""
    return KnowledgeFolder(knowledge, tmp_path / "last-good", tmp_path / "read")


def test_where_nothing_changed_every_value_is_the_same_object(folder: KnowledgeFolder) -> None:
    """Of each kind that the table lists."""
    before, after = folder.contents(), folder.contents()

    assert before == after
    assert all(before.of(kind) is after.of(kind) for kind in CONTENT)


@pytest.mark.parametrize("kind", [kind for kind in CONTENT if kind is not DOCUMENTS], ids=lambda k: k.name)
def test_files_of_each_kind_are_followed(
    kind: FileKind[object], folder: KnowledgeFolder, knowledge: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A broken file is noticed when it comes, and when it goes: an error, or a line in the log."""
    before = folder.contents()
    path = knowledge / kind.patterns[0].replace("*", "坏")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("不是 UTF-8".encode("gb18030"))

    try:
        folder.contents()
        said = caplog.text
    except DocumentError as error:
        said = str(error)

    assert f"{path}:1: 编码" in said
    path.unlink()
    after = folder.contents()
    assert [k.name for k in CONTENT if k is not kind and after.of(k) is not before.of(k)] == []


def test_a_changed_file_changes_its_own_kind_alone(folder: KnowledgeFolder, knowledge: Path) -> None:
    """The others are not read again."""
    before = folder.contents()
    (knowledge / "phrases.yaml").write_text("more: [更多]\n", "utf-8")

    after = folder.contents()

    assert [kind for kind in CONTENT if after.of(kind) is not before.of(kind)] == [PHRASES]
    assert after != before


def test_a_file_saved_without_a_change_gives_equal_contents(folder: KnowledgeFolder, knowledge: Path) -> None:
    """No edition is made for it."""
    path = knowledge / "topics.yaml"
    path.write_text("menus: []\n", "utf-8")
    before = folder.contents()
    path.unlink()
    path.write_text("menus:  []\n", "utf-8")

    assert folder.contents().of(TOPICS) == before.of(TOPICS)


def test_lines_that_are_left_out_are_logged_when_they_are_read(
    folder: KnowledgeFolder, knowledge: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, not at every look; the other lines count."""
    (knowledge / "lexicon" / "thesaurus").mkdir(parents=True)
    (knowledge / "lexicon" / "thesaurus" / "工作.txt").write_text("老板 → 用人单位\n老板 雇主\n", "utf-8")

    for _ in range(2):
        assert len(folder.contents().of(THESAURUS).rules) == 1

    assert caplog.text.count("rule=left_out") == 1
    assert "工作.txt:2: 说法“老板 雇主”：没有 →" in caplog.text
