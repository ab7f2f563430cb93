"""Known questions: how the files are read, and what is said about those that are of no use."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.known_questions import check_known_questions, load_known_questions
from bot.living.shelf import load_library
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

    questions, broken = load_known_questions(tmp_path, library)

    assert broken == []
    assert questions == [
        KnownQuestion("过了八十岁一个月有多少钱", "某某办法:t1"),
        KnownQuestion("老人有补贴吗", "某某办法:t1"),
        KnownQuestion("住养老院一个月要多少钱", "某某办法:t1", is_negative=True),
    ]


def test_no_folder_is_no_error(tmp_path: Path, library: Library) -> None:
    """A library may have no known questions."""
    assert load_known_questions(tmp_path, library) == ([], [])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # the document was taken away, or its clauses are numbered anew
        (GOOD + "  - clause: 某某办法:t9\n    digest: 1a2b3c4d\n", 6, "'某某办法:t9': does not exist; see "),
        # the clause was edited since
        (
            GOOD + "  - clause: 某某办法:t2\n    digest: 1a2b3c4d\n",
            6,
            "'某某办法:t2': its text has changed; ",
        ),
    ],
)
def test_a_row_without_its_clause_is_left_out_alone(
    library: Library, write: Callable[..., Path], text: str, line: int, words: str
) -> None:
    """The others of the file still count, and the error names the line of the row."""
    path = write(text)

    questions, (error,) = load_known_questions(path.parent.parent, library)

    assert len(questions) == 3
    assert (error.path, error.line) == (path, line)
    assert words in str(error)


def test_a_changed_clause_is_told_with_the_digest_to_write(
    tmp_path: Path, library: Library, write: Callable[..., Path]
) -> None:
    """Whoever has read the clause again only copies it."""
    write(GOOD.replace("{digest}", "00000000"))

    _, (error,) = load_known_questions(tmp_path, library)

    assert f"write digest: {library.clauses_by_id['某某办法:t1'].digest[:8]}" in str(error)


def test_a_row_whose_clause_has_moved_is_used_and_check_tells_the_new_id(
    write: Callable[..., Path], document: Callable[..., Document]
) -> None:
    """The measures have become an annex: the words are the same, so the questions are still answered."""
    path = write(GOOD)
    moved = Library.of([document("第一条 新。", "附件1", "第一条 高龄津贴每月一百元。")])

    questions, broken = load_known_questions(path.parent.parent, moved)
    (finding,) = check_known_questions(path.parent.parent, moved)

    assert broken == []
    assert {question.clause_id for question in questions} == {"某某办法:f1.t1"}
    assert (finding.path, finding.line, finding.rule) == (path, 2, "moved-clause")
    assert (finding.severity, finding.advice) == (Severity.WARNING, "写 clause: 某某办法:f1.t1")
    assert "“某某办法:t1”" in finding.message


def test_check_tells_what_is_left_out(library: Library, write: Callable[..., Path]) -> None:
    """A broken file and a changed clause are errors; a row that is used as it stands is nothing to tell."""
    path = write(GOOD + "  - clause: 某某办法:t2\n    digest: 1a2b3c4d\n")
    broken = write("questions: [\n", "坏.yaml")

    findings = list(check_known_questions(path.parent.parent, library))

    assert [(finding.path, finding.severity) for finding in findings] == [
        (broken, Severity.ERROR),
        (path, Severity.ERROR),
    ]


def test_a_clause_that_was_cut_into_parts_does_not_exist_any_more(
    write: Callable[..., Path], document: Callable[..., Document]
) -> None:
    """Its first part stands in its place, but has other words: a person must choose."""
    path = write(GOOD)
    cut = Library.of([document("第一条 高龄津贴每月一百元。" + "甲" * 300, "乙" * 300, "第二条 丙。")])

    questions, (error,) = load_known_questions(path.parent.parent, cut)

    assert (questions, error.line) == ([], 2)
    assert "'某某办法:t1': does not exist" in str(error)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("questions:\n  - clause: 某某办法:t1\n    digest: 津贴\n", 3, "questions.0.digest: "),
        ("questions:\n  - clause: 某某办法:t1\n", 2, "key 'digest': is missing"),
        (GOOD + "    alike: [老人]\n", 6, "write a list of clause, digest"),
        (GOOD.replace("老人有补贴吗", "老"), 4, "write a list of clause, digest"),  # one character
        (GOOD + "similar：[老人]\n", 6, "key 'similar': has a full-width colon"),
        ("- 老人有补贴吗\n", 1, "content: is no list of keys"),
        ("questions: [\n", 2, "content: "),
    ],
)
def test_a_file_that_is_no_list_of_questions_is_left_out_whole(
    library: Library, write: Callable[..., Path], text: str, line: int, words: str
) -> None:
    """With the line and what to write instead; the other files still count."""
    path = write(text)
    write(GOOD, "另一个.yaml")

    questions, (error,) = load_known_questions(path.parent.parent, library)

    assert len(questions) == 3
    assert (error.path, error.line) == (path, line)
    assert words in str(error)


def test_the_shipped_ones_are_sound() -> None:
    """Each points at a clause that stands as it did, and none has a question twice."""
    questions, broken = load_known_questions(KNOWLEDGE, load_library(KNOWLEDGE))

    assert broken == []
    assert len({(question.clause_id, question.text) for question in questions}) == len(questions)
