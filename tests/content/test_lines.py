"""Files that staff write: what is no file, or too much of one, is a clear line and costs nothing."""

import os
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from bot.content.documents import read_document
from bot.content.known_questions import load_question_rows
from bot.content.library import load_library
from bot.content.lines import LARGEST_FILE, LONGEST_LINE, MOST_LINES, read_lines
from bot.content.table import PHRASES
from bot.content.thesaurus import load_thesaurus
from bot.errors import DocumentError, KnowledgeError
from bot.policy.lint.inspection import Inspection
from bot.policy.lint.rules import RULES


def problem(path: Path) -> str:
    """What is said of a file that is refused."""
    with pytest.raises(DocumentError) as refused:
        read_lines(path)
    return str(refused.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Whoever opened it would wait until somebody writes."""
    pipe = tmp_path / "甲.md"
    os.mkfifo(pipe)

    assert "不是普通文件" in problem(pipe)


def test_a_link_to_itself_is_named(tmp_path: Path) -> None:
    """Not as a number of the system."""
    link = tmp_path / "甲.md"
    link.symlink_to(link)

    assert "绕回了自己" in problem(link)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """Its size is told, and what to do."""
    path = tmp_path / "甲.md"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1024 * 1024)

    assert problem(path).endswith("文件：有 17 MiB，最多 16 MiB；分成几份")


def test_a_line_that_is_too_long_is_named(tmp_path: Path) -> None:
    """With its number and length."""
    path = tmp_path / "甲.md"
    path.write_text("好\n" + "长" * (LONGEST_LINE + 1), "utf-8")

    assert f"{path}:2: 这一行：有 {LONGEST_LINE + 1} 个字" in problem(path)


def test_too_many_lines_are_refused(tmp_path: Path) -> None:
    """A million of them would take half a minute and a gigabyte."""
    path = tmp_path / "甲.md"
    path.write_text("\n" * MOST_LINES, "utf-8")

    assert f"超过 {MOST_LINES} 行" in problem(path)


def test_a_name_cannot_forge_a_line(tmp_path: Path) -> None:
    """Of a log, or of what `check` prints: line ends in a file's name are shown as �."""
    path = tmp_path / "甲\ntime=2026 level=INFO room=bot forged.md"
    path.write_text("", "utf-8")
    with pytest.raises(DocumentError) as refused:
        read_document(path)

    assert "\n" not in str(refused.value)
    assert "甲�time=2026" in str(refused.value)


def test_folders_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """Of questions and rules as of documents; whoever ignored them would answer without them, silently."""
    for folder in ("questions", "lexicon/thesaurus", "policies"):
        (tmp_path / folder).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / folder).symlink_to(tmp_path / folder)

    for left_out in (load_question_rows(tmp_path).left_out, load_thesaurus(tmp_path).left_out):
        assert ["绕回了自己" in str(error) for error in left_out] == [True]
    with pytest.raises(KnowledgeError, match="policies”：是一个链接，绕回了自己"):
        load_library(tmp_path)


def test_a_strict_file_that_cannot_be_reached_is_an_error(tmp_path: Path) -> None:
    """It does not count as absent."""
    path = tmp_path / PHRASES.patterns[0]
    path.symlink_to(path)

    with pytest.raises(DocumentError, match="绕回了自己"):
        PHRASES.load(tmp_path)


def test_one_bad_document_leaves_the_others(tmp_path: Path) -> None:
    """Whatever it is that has the name of a document."""
    policies = tmp_path / "policies"
    (policies / "文件夹.md").mkdir(parents=True)
    (policies / "绕.md").symlink_to(policies / "绕.md")
    os.mkfifo(policies / "管道.md")
    (policies / "好.md").write_text("---\ntitle: 好\n---\n第一条 高龄津贴。\n", "utf-8")

    library = load_library(tmp_path)

    assert list(library.by_id) == ["好"]
    assert len(library.broken) == 3


FILLINGS = [" ", "　", "同时废止", "《", "第", "（", "本", "前款", "附件", "、第（一）", "1 ", "年"]


@pytest.mark.parametrize("filling", FILLINGS)
def test_a_long_line_takes_no_longer_than_its_length(tmp_path: Path, filling: str) -> None:
    """Reading it, cutting it into clauses, what its force is, and every rule of `check`."""
    path = tmp_path / "policies" / "甲.md"
    path.parent.mkdir()
    line = f"第一条 甲{filling * (LONGEST_LINE // len(filling) - 10)}乙。"
    path.write_text(f"---\ntitle: 甲\n---\n{line}\n第二条 丙。\n", "utf-8")
    started = process_time()

    library = load_library(tmp_path)
    inspection = Inspection(library, date(2026, 11, 27))
    for rule in RULES:
        list(rule.find(library.holdings[0], inspection))

    assert process_time() - started < 5
