"""Known questions: how the files are read, and what is said about those that are of no use."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.content.finding import Finding
from bot.content.kind import LoadResult, Surroundings
from bot.content.known_questions import check_question_rows, known_questions, load_question_rows
from bot.content.library import load_library
from bot.policy.document import Document
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity
from tests.conftest import KNOWLEDGE

GOOD = """\
questions:
  - clause: 某某办法:t1
    digest: {digest}
    similar: [过了八十岁一个月有多少钱, 老人有补贴吗]
    negative: [住养老院一个月要多少钱]
"""


def known_of(knowledge: Path, library: Library) -> LoadResult[tuple[KnownQuestion, ...]]:
    """The known questions of a folder, and every error on the way to them."""
    rows = load_question_rows(knowledge)
    known = known_questions(rows.value, library)
    return LoadResult(known.value, rows.left_out + known.left_out)


@pytest.fixture
def library(document: Callable[..., Document]) -> Library:
    """One document with two clauses."""
    return Library.of([document("第一条 高龄津贴每月一百元。", "第二条 本办法自发布之日起施行。")])


@pytest.fixture
def write(tmp_path: Path, library: Library) -> Callable[..., Path]:
    """Writes a file of known questions; {digest} stands for that of the first clause."""
    digest = library.clauses_by_id["某某办法:t1"].digest[:8]

    def write(text: str, name: str = "某某办法.yaml") -> Path:
        path = tmp_path / "questions" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text.replace("{digest}", digest), "utf-8")
        return path

    return write


def test_known_questions_point_at_their_clause(
    tmp_path: Path, library: Library, write: Callable[..., Path]
) -> None:
    """Similar and negative ones, in the order of the file."""
    write(GOOD)

    known = known_of(tmp_path, library)

    assert known.left_out == ()
    assert known.value == (
        KnownQuestion("过了八十岁一个月有多少钱", "某某办法:t1"),
        KnownQuestion("老人有补贴吗", "某某办法:t1"),
        KnownQuestion("住养老院一个月要多少钱", "某某办法:t1", is_negative=True),
    )


def test_no_folder_is_no_error(tmp_path: Path, library: Library) -> None:
    """A library may have no known questions."""
    assert known_of(tmp_path, library) == LoadResult(())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # the document was taken away, or its clauses are numbered anew
        (GOOD + "  - clause: 某某办法:t9\n    digest: 1a2b3c4d\n", 6, "条款“某某办法:t9”：没有这一条；"),
        # the clause was edited since
        (
            GOOD + "  - clause: 某某办法:t2\n    digest: 1a2b3c4d\n",
            6,
            "条款“某某办法:t2”：原文改过；",
        ),
    ],
)
def test_a_row_without_its_clause_is_left_out_alone(
    library: Library, write: Callable[..., Path], text: str, line: int, words: str
) -> None:
    """The others of the file still count, and the error names the line of the row."""
    path = write(text)

    known = known_of(path.parent.parent, library)

    (error,) = known.left_out
    assert len(known.value) == 3
    assert (error.path, error.line) == (path, line)
    assert words in str(error)


def test_a_changed_clause_is_told_with_the_digest_to_write(
    tmp_path: Path, library: Library, write: Callable[..., Path]
) -> None:
    """Whoever has read the clause again only copies it."""
    write(GOOD.replace("{digest}", "00000000"))

    (error,) = known_of(tmp_path, library).left_out

    assert f"写成 digest: {library.clauses_by_id['某某办法:t1'].digest[:8]}" in str(error)


def checked(knowledge: Path, library: Library) -> list[Finding]:
    """What a check finds in the rows of a folder."""
    around = Surroundings(knowledge, library, date(2026, 11, 23), lambda holdings, _: holdings)
    return list(check_question_rows(load_question_rows(knowledge).value, around))


def test_a_row_whose_clause_has_moved_is_used_and_check_tells_the_new_id(
    write: Callable[..., Path], document: Callable[..., Document]
) -> None:
    """The measures have become an annex: the words are the same, so the questions are still answered."""
    path = write(GOOD)
    moved = Library.of([document("第一条 新。", "附件1", "第一条 高龄津贴每月一百元。")])

    known = known_of(path.parent.parent, moved)
    (finding,) = checked(path.parent.parent, moved)

    assert known.left_out == ()
    assert {question.clause_id for question in known.value} == {"某某办法:f1.t1"}
    assert (finding.path, finding.line, finding.rule) == (path, 2, "moved-clause")
    assert (finding.severity, finding.advice) == (Severity.WARNING, "写 clause: 某某办法:f1.t1")
    assert "“某某办法:t1”" in finding.message


def test_check_tells_what_is_left_out(library: Library, write: Callable[..., Path]) -> None:
    """A changed clause is an error; a row that is used as it stands is nothing to tell."""
    path = write(GOOD + "  - clause: 某某办法:t2\n    digest: 1a2b3c4d\n")

    (finding,) = checked(path.parent.parent, library)

    assert (finding.path, finding.line, finding.severity) == (path, 6, Severity.ERROR)


def test_a_clause_that_was_cut_into_parts_does_not_exist_any_more(
    write: Callable[..., Path], document: Callable[..., Document]
) -> None:
    """Its first part stands in its place, but has other words: a person must choose."""
    path = write(GOOD)
    cut = Library.of([document("第一条 高龄津贴每月一百元。" + "甲" * 300, "乙" * 300, "第二条 丙。")])

    known = known_of(path.parent.parent, cut)

    (error,) = known.left_out
    assert (known.value, error.line) == ((), 2)
    assert "“某某办法:t1”：没有这一条" in str(error)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (
            "questions:\n  - clause: 某某办法:t1\n    digest: 津贴\n",
            3,
            "digest“津贴”：这样写不行；写条款原文",
        ),
        ("questions:\n  - clause: 某某办法:t1\n", 2, "键“digest”：没有写；写条款原文"),
        (GOOD + "    alike: [老人]\n", 6, "键“alike”：没有这个键；可以写的有 clause、digest、"),
        (
            GOOD.replace("老人有补贴吗", "老"),
            4,
            "similar第 2 项“老”：太短，至少 2 个字；写一个清单",
        ),  # one character
        (GOOD + "similar：[老人]\n", 6, "键“similar”：冒号是全角的"),
        ("- 老人有补贴吗\n", 1, "内容：不是一行一个键；写成“questions: …”"),
        ("questions: [\n", 2, "内容："),
    ],
)
def test_a_file_that_is_no_list_of_questions_is_left_out_whole(
    library: Library, write: Callable[..., Path], text: str, line: int, words: str
) -> None:
    """With the line and what to write instead; the other files still count."""
    path = write(text)
    write(GOOD, "另一个.yaml")

    known = known_of(path.parent.parent, library)

    (error,) = known.left_out
    assert len(known.value) == 3
    assert (error.path, error.line) == (path, line)
    assert words in str(error)


def test_the_shipped_ones_are_sound() -> None:
    """Each points at a clause that stands as it did, and none has a question twice."""
    known = known_of(KNOWLEDGE, load_library(KNOWLEDGE))

    assert known.left_out == ()
    assert len({(question.clause_id, question.text) for question in known.value}) == len(known.value)


def test_questions_of_a_document_that_is_taken_away_are_told_of_once(
    library: Library, write: Callable[..., Path]
) -> None:
    """They wait for it: one warning, and no error for each of them."""
    rows = "".join(
        f"  - clause: 拿走的办法:t{n}\n    digest: 1a2b3c4d\n    similar: [老人有补贴吗]\n"
        for n in range(1, 9)
    )
    path = write(f"questions:\n{rows}")

    (finding,) = checked(path.parent.parent, library)

    assert (finding.line, finding.severity, finding.rule) == (2, Severity.WARNING, "waiting-questions")
    assert "“拿走的办法”没有收录，它的 8 项问法用不上" in finding.message
    assert known_of(path.parent.parent, library).left_out == ()
