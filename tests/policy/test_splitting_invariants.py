"""What holds for every text that is divided, however strange."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.policy.anchor import Anchor
from bot.policy.clause import Clause, Outline
from bot.policy.document import Document
from bot.policy.splitting.cutting import LONGEST
from bot.policy.splitting.marks import mark_of
from bot.policy.splitting.sentences import full_sentences, sentences
from bot.policy.splitting.split import split
from tests.conftest import SHARED

POLICIES = sorted((SHARED / "data" / "policies").glob("*.txt"))
ANCHOR = re.compile(
    r"(f\d+\.)?"
    r"(?:(?P<article>t\d+(-\d+)?)(k\d+)?(x\d+(m\d+(\.\d+)*)?)?"
    r"|(a\d+)?(n\d+)?(e\d+)?(z\d+)?(j\d+)?(?:(?P<item>b\d+)(\.\d+)*|p\d+))"
    r"(p\d+)?(r\d+|s\d+(\.\d+)?)?"
)
"""The contract's grammar; ARCHITECTURE.md tells it in words."""

ENDS = "。！？；”’」』）)》"
TITLE = "某某办法"
NEW_WORDS = "民政部门应当及时办理。"

# The same texts on every run: a failure here is a failure everywhere.
repeatably = settings(derandomize=True, database=None, max_examples=100)


class Line(NamedTuple):
    """A line of a made-up text."""

    mark: str
    gap: str
    words: str

    def __str__(self) -> str:
        return self.mark + self.gap + self.words


NUMBERS = st.sampled_from("一一二二三四五六七八九十") | st.sampled_from(["十一", "两", "〇", "一百零三"])
DIGITS = st.sampled_from("112234") | st.sampled_from(["10", "１", "0"])
MARKS = st.one_of(
    st.just(""),
    NUMBERS.map("第{}条".format),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: "第{}条之{}".format(*pair)),
    NUMBERS.map("{}、".format),
    NUMBERS.map("（{}）".format),
    DIGITS.map("{}.".format),
    DIGITS.map("（{}）".format),
    st.tuples(NUMBERS, st.sampled_from("编章节")).map(lambda pair: "第{}{}".format(*pair)),
    DIGITS.map("附件{}".format),
    st.just("附件"),
)
GAPS = st.sampled_from(["", " ", "　", "\t "])
WORDS = st.one_of(
    st.text("甲乙丙丁戊。；：，！“”（）〔〕　 𠮷😀aZ5", max_size=12),
    st.sampled_from(
        [
            *(
                "规定的情形，从其规定。",
                "的规定",
                "第二款所称",
                "、第四条",
                "至（三）项",
                "项目",
                "以外",
                "5万元",
            ),
            *("总体要求", "二级残疾人", TITLE, "目　录", "（2020年1月1日通过）", "民发〔2024〕5号", ""),
            *(
                "附则",
                "序　言",
                "“第三条　甲",
                "乙”",
                "| 甲 | 乙 |",
                "|---|---|",
                "2024年6月12日",
                "下列条件：",
            ),
        ]
    ),
    st.builds(
        "".join, st.lists(st.sampled_from(["民政部门应当办理；", "甲" * 90 + "。", "乙" * 300]), max_size=9)
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)
LINES = st.lists(st.builds(Line, MARKS, GAPS, WORDS), max_size=25)


def made_of(lines: list[Line]) -> Document:
    return Document("某", TITLE, "\n".join(str(line) for line in lines))


def check(document: Document, outline: Outline) -> None:
    """All that is promised of an outline of any text."""
    text, clauses, blocks = document.text, outline.clauses, outline.blocks

    for clause in clauses:
        assert clause.text == text[clause.start : clause.end]
        assert ANCHOR.fullmatch(clause.anchor)
        assert Anchor.parse(clause.anchor) == clause.anchor
        assert f"{document.document_id}:{clause.anchor}" == clause.clause_id
    assert len(clauses) == len({clause.anchor for clause in clauses})
    assert len(clauses) == len({clause.label for clause in clauses}), "labels name one clause each"

    quoted = [(clause.start, clause.end) for clause in clauses]
    dropped = [(block.start, block.end) for block in blocks]
    assert (sorted(quoted), sorted(dropped)) == (quoted, dropped)
    spans = sorted(quoted + dropped)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(text)]
    assert all(start < end for start, end in spans)
    for end, start in zip(ends, starts, strict=True):
        assert end <= start, "no two pieces overlap"
        assert not text[end:start].strip(), "no word stands outside of them"

    for clause in clauses:
        before = text[: clause.start].rpartition("\n")[2].strip()
        assert not before or before[-1] in ENDS, "no clause begins within a sentence"

    own = {clause.clause_id: (clause.start, clause.end) for clause in clauses}
    headings = {(block.start, block.end): block.role for block in blocks}
    for clause in clauses:
        above = [(piece.start, piece.end) for piece in clause.context]
        assert sorted(above) == above
        for piece in clause.context:
            span = (piece.start, piece.end)
            assert piece.end <= clause.start
            assert piece.text == text[slice(*span)]
            assert span == own[piece.clause_id] if piece.clause_id else piece.role is headings[span]


@repeatably
@given(LINES)
def test_any_text_is_divided_without_loss(lines: list[Line]) -> None:
    """Slices are true, disjoint, in order and complete; anchors are unique and of the contract's grammar."""
    document = made_of(lines)

    check(document, split(document))


def edited(document: Document, clause: Clause, lines: list[Line]) -> Document:
    """The document with new words in place of a clause's; what numbers it and makes it a row stays."""
    first, last = (document.text.count("\n", 0, offset) for offset in (clause.start, clause.end))
    mark, gap, words = lines[first]
    numbered = mark_of(f"{mark}{gap}{words}")
    if not numbered or ("p" in clause.anchor and numbered.label not in clause.label):
        mark, gap = "", ""  # it opened nothing
    new_words = f"| {NEW_WORDS}" if words.startswith("|") else NEW_WORDS
    new = Line(mark, gap if words else " ", new_words)
    return made_of([*lines[:first], new, *lines[last + 1 :]])


@repeatably
@given(st.text(max_size=300), st.text(max_size=10))
def test_any_characters_are_divided_without_loss(text: str, title: str) -> None:
    """Controls, line separators and lone surrogates too, whatever a broken file holds."""
    document = Document("某", title, text)

    check(document, split(document))


@repeatably
@given(LINES.filter(bool), st.integers(min_value=0))
def test_editing_a_clause_leaves_all_other_anchors_alone(lines: list[Line], choice: int) -> None:
    """Whatever the words behind a mark become, links to the other articles and items stay right."""
    document = made_of(lines)
    before = split(document).clauses
    if not before:
        return
    clause = before[choice % len(before)]
    assume(not re.search("[“”]", clause.text))  # quotation marks tell which numbers are quoted

    after = split(edited(document, clause, lines)).clauses

    unit = clause.anchor.outermost
    assert [(c.anchor, c.label) for c in before if c.anchor.outermost != unit] == [
        (c.anchor, c.label) for c in after if c.anchor.outermost != unit
    ]


@repeatably
@given(LINES, st.sampled_from(["　　", "  ", "\t"]))
def test_indentation_changes_no_anchor(lines: list[Line], blanks: str) -> None:
    """Print indents lines; the position that a clerk counts is the same."""
    indented = [Line(blanks + mark, gap, words) for mark, gap, words in lines]

    before, after = split(made_of(lines)).clauses, split(made_of(indented)).clauses

    assert [clause.anchor for clause in before] == [clause.anchor for clause in after]


@pytest.mark.parametrize("divide", [sentences, full_sentences])
@repeatably
@given(st.text("甲乙丙。！？；：，“”「」（） \n　aZ5😀", max_size=40))
def test_sentences_hold_every_word_once(
    divide: Callable[[str], Iterator[tuple[int, int]]], text: str
) -> None:
    """Spans are in order and disjoint, and only blanks stand between them."""
    end = 0
    for start, stop in divide(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert "\n" not in text[start:stop]
        end = stop
    assert not text[end:].strip()


@pytest.mark.skipif(not POLICIES, reason="the real policies are not part of the project")
@pytest.mark.parametrize("path", POLICIES or [Path("none")], ids=lambda path: path.stem)
def test_a_real_policy_is_divided_without_loss(path: Path) -> None:
    """The same promises, on 88 policies as they were collected."""
    lines = [line.rstrip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    document = Document(path.stem, lines[0].strip(), "\n".join(lines))

    outline = split(document)

    check(document, outline)
    assert outline.clauses
    assert all(len(clause.text) <= LONGEST for clause in outline.clauses)
