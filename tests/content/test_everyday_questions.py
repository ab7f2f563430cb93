"""Everyday questions on clauses, known by the digest of their text."""

from pathlib import Path

import pytest

from bot.content.everyday_questions import EverydayQuestions, read_everyday_questions
from bot.content.table import DOCUMENTS, EVERYDAY_QUESTIONS
from bot.errors import DocumentError
from bot.search.dense.asked import digest_of
from tests.conftest import KNOWLEDGE

DIGEST = digest_of("给予补助。")


def read(tmp_path: Path, text: str) -> EverydayQuestions:
    """The questions of a file with a text."""
    path = tmp_path / "questions.tsv"
    path.write_text(text, "utf-8")
    return read_everyday_questions(path)


def test_a_line_has_the_questions_of_a_clause(tmp_path: Path) -> None:
    """Two lines of one clause are put together; what goes on from a document is read without its mark."""
    read_ = read(
        tmp_path, f"# 说明\n\n办法\t第一条\t{DIGEST}\t补多少\t…咋领\n通知\t一\t{DIGEST}\t有没有补贴\n"
    )

    assert read_.of_text == {DIGEST: ("补多少", "咋领", "有没有补贴")}
    assert [row.document for row in read_.rows] == ["办法", "通知"]


def test_without_the_file_no_question_is_known(tmp_path: Path) -> None:
    """The list helps, and is not needed."""
    assert EVERYDAY_QUESTIONS.load(tmp_path).value == EverydayQuestions()


@pytest.mark.parametrize(
    "line",
    ["办法", "办法\t第一条\t1f0c\t补多少", f"办法\t第一条\t{DIGEST}", f"办法\t第一条\t{DIGEST}\t补多少\t "],
)
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    """The message names the line, what is wrong, and how to write it."""
    with pytest.raises(DocumentError, match="“办法”：一行写一条条文：文件、条、条文原文") as raised:
        read(tmp_path, f"# 说明\n{line}\n")

    assert raised.value.line == 2


def test_the_shipped_documents_have_questions() -> None:
    """A clause whose text was changed since would be found less well."""
    questions = EVERYDAY_QUESTIONS.load(KNOWLEDGE).value.of_text
    texts = [clause.text for _, clause in DOCUMENTS.load(KNOWLEDGE).value.clauses()]

    assert sum(digest_of(text) in questions for text in texts) > len(texts) / 2
