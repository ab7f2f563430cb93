"""Links from outside: what they lead to after the text has changed."""

import pytest

from bot.policy.document import Document
from bot.policy.library import Library
from bot.policy.link import Fate, resolve, version_of

BEFORE = ["第一条　甲。", "第二条　乙。", "第三条　丙。"]
LONG = "丁" * 300 + "。"

CASES: list[tuple[str, list[str], Fate, str | None]] = [
    # nothing changed, or only elsewhere
    ("t2", BEFORE, Fate.SAME, "t2"),
    ("t2", ["第一条　新。", *BEFORE[1:]], Fate.SAME, "t2"),
    # the clause has new words
    ("t2", ["第一条　甲。", "第二条　新。", "第三条　丙。"], Fate.CHANGED, "t2"),
    # its words stand elsewhere: below a preamble that makes no difference, or another's number
    ("t3", ["第一条　甲。", "第二条　新。", "附件", "第三条　丙。", "第四条　丁。"], Fate.MOVED, "f1.t3"),
    # it has become so long that it is cut: its first part
    ("t2", ["第一条　甲。", f"第二条　{LONG}", LONG, "第三条　丙。"], Fate.CHANGED, "t2k1"),
    # it is gone
    ("t3", BEFORE[:2], Fate.CHANGED, None),
]


def library_of(*paragraphs: str) -> Library:
    return Library.of([Document("某", "某某办法", "\n".join(paragraphs))])


@pytest.mark.parametrize(("anchor", "after", "fate", "leads_to"), CASES)
def test_a_link_leads_to_its_words_or_tells_that_they_changed(
    anchor: str, after: list[str], fate: Fate, leads_to: str | None
) -> None:
    """Its anchor is looked at first, then the rest of the document."""
    version = version_of(library_of(*BEFORE).clauses_by_id[f"某:{anchor}"])

    target = resolve(library_of(*after), f"某:{anchor}", version)

    assert (target.fate, target.clause and target.clause.anchor) == (fate, leads_to)


def test_a_link_into_an_annex_or_chapter_leads_to_no_other_clause_of_it() -> None:
    """What was 附件第二条 or 第一章第2段 and is gone has nothing in its place."""
    annex, chapter = ["附件", "第一条　甲。", "第二条　乙。"], ["第一章　甲", "丙。", "丁。"]

    for before, anchor in ((annex, "f1.t2"), (chapter, "z1p2")):
        version = version_of(library_of(*before).clauses_by_id[f"某:{anchor}"])
        assert resolve(library_of(*before[:-1]), f"某:{anchor}", version).clause is None


def test_a_link_to_a_part_leads_to_the_whole_when_that_is_short_again() -> None:
    """第二条第二款 stands in 第二条, whatever else begins with the same digits."""
    before = library_of("第一条　甲。", f"第二条　{LONG}", LONG, "第二十条　戊。")
    after = library_of("第一条　甲。", "第二条　新。", "丁。", "第二十条　戊。")

    target = resolve(after, "某:t2k2", version_of(before.clauses_by_id["某:t2k2"]))

    assert (target.fate, target.clause) == (Fate.CHANGED, after.clauses_by_id["某:t2"])


@pytest.mark.parametrize("clause_id", ["无:t1", "某", "某:", "", "某:)(", "某:t99999999"])
def test_a_link_to_nothing_leads_nowhere(clause_id: str) -> None:
    """Neither document nor clause need exist, and a link may be mistyped."""
    target = resolve(library_of(*BEFORE), clause_id, "00000000")

    assert (target.fate, target.clause) == (Fate.CHANGED, None)


def test_a_version_is_eight_digits_in_either_case() -> None:
    """As printed below a QR code and typed again."""
    library = library_of(*BEFORE)
    clause = library.clauses_by_id["某:t1"]

    assert version_of(clause) == clause.digest[:8]
    assert resolve(library, "某:t1", clause.digest[:8].upper()).clause is clause
