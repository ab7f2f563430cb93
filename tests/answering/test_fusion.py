"""The ranking of a follow-up: what the complete question finds and what its own words find, fused."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.fusion import (
    ASKED,
    CORRECTED,
    OF_DOCUMENT,
    OF_QUOTED,
    OWN_SHARE,
    SENTENCE,
    STATED,
    UNFOUND,
    rank_completed,
)
from bot.answering.ranking import DEPTH
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.query import Query
from bot.search.searcher import Closeness, Hit, Searcher

LIBRARY = Library.of(
    Document(name, f"{name}办法", "第一条　每月发给三百元。\n第二条　由乡镇受理。\n第三条　在十日内办结。")
    for name in "甲乙丙丁"
)
OWN = Query("多久", ("多久",))
COMPLETION = Completion("低保多久", OWN, (), "低保", "多久", "多久")


def hit(entry_id: str, worth: float, score: float = 10.0, support: float = 0.9) -> Hit:
    return Hit(entry_id, score, support / 2, support, worth=worth)


@dataclass
class FakeIndex:
    """An index that finds the same hits for every question."""

    found: Sequence[Hit]
    kinds: tuple[AnswerKind, ...] = ()
    near: Mapping[str, Closeness] = field(default_factory=dict)
    asked: list[tuple[Query, int]] = field(default_factory=list)

    def query(self, question: str) -> Query:
        return Query(question, (question,), kinds=self.kinds)

    def search(self, query: Query, k: int) -> list[Hit]:
        self.asked.append((query, k))
        return list(self.found)

    def closeness(self, query: Query, entry_ids: Sequence[str]) -> list[Closeness]:
        assert query.text == OWN.text
        return [self.near.get(each, Closeness(0.0, 0.0)) for each in entry_ids]

    def fold(self, text: str) -> str:
        return text


def fused(index: FakeIndex, completion: Completion) -> tuple[Hit, ...]:
    """All hits of a follow-up, best first."""
    return rank_completed(Basis(LIBRARY, cast("Searcher", index), "12345"), completion, 3).pool


def ids(hits: Sequence[Hit]) -> list[str]:
    return [each.entry_id for each in hits]


def two(lead: float, near: Mapping[str, Closeness] | None = None) -> FakeIndex:
    """An index that finds a clause of 甲 and, worth a little less, one of 乙."""
    return FakeIndex([hit("甲:t2", lead), hit("乙:t2", 0.0)], near=near or {})


def is_lifted(bonus: float, completion: Completion, near: Mapping[str, Closeness] | None = None) -> bool:
    """Whether something lifts the clause of 乙 by as much as that, and no more."""
    above, below = (fused(two(bonus + step, near), completion) for step in (-0.01, 0.01))
    return ids(above)[:2] == ["乙:t2", "甲:t2"] and ids(below)[:2] == ["甲:t2", "乙:t2"]


def test_the_worth_of_both_searches_is_added_up() -> None:
    """What a search does not find is worth less there than the last that it finds."""
    by_own = replace(COMPLETION, own_hits=(hit("乙:t2", 5.0), hit("丁:t2", 4.0)))

    assert is_lifted(OWN_SHARE * (1 - UNFOUND), by_own)
    assert ids(fused(two(3.0), by_own)) == ["甲:t2", "乙:t2", "丁:t2"]


def test_what_scores_nothing_drags_no_other_down() -> None:
    """A negative known question leaves a score of 0, which has no logarithm."""
    by_own = replace(COMPLETION, own_hits=(hit("乙:t2", 5.0), hit("丁:t2", -math.inf)))

    assert is_lifted(OWN_SHARE * -UNFOUND, by_own)


def test_a_place_has_the_score_that_the_complete_question_gives_it() -> None:
    """So that what is said of scores holds for the order shown. What it did not find has the last one."""
    index = FakeIndex([hit("甲:t2", 0.1, 10.0), hit("乙:t2", 0.0, 6.0)])
    by_own = replace(COMPLETION, own_hits=(hit("乙:t2", 5.0), hit("丁:t2", 4.0)))

    pool = fused(index, by_own)

    assert [(each.entry_id, each.score) for each in pool] == [("乙:t2", 10.0), ("甲:t2", 6.0), ("丁:t2", 6.0)]


def test_how_sure_a_follow_up_is_says_the_complete_question() -> None:
    """A clause that only the words of the turn find is as sure as the last one of the complete question."""
    index = FakeIndex([hit("甲:t2", 1.0, support=0.8), hit("乙:t2", 0.9, support=0.3)])
    by_own = replace(COMPLETION, own_hits=(hit("丁:t2", 9.0, support=0.1),))

    supports = {each.entry_id: each.support for each in fused(index, by_own)}

    assert supports == {"甲:t2": 0.8, "乙:t2": 0.3, "丁:t2": 0.3}


def test_a_clause_near_to_the_words_of_the_turn_is_worth_more() -> None:
    """By its nearest sentence, and by the questions that it answers."""
    assert is_lifted(0.3 * SENTENCE, COMPLETION, {"乙:t2": Closeness(0.3, 0.0)})
    assert is_lifted(0.3 * ASKED, COMPLETION, {"乙:t2": Closeness(0.0, 0.3)})


def test_clauses_of_documents_that_were_quoted_before_are_worth_more() -> None:
    """Other documents get nothing."""
    assert is_lifted(OF_DOCUMENT, replace(COMPLETION, documents=frozenset({"乙"})))
    assert is_lifted(0.0, replace(COMPLETION, documents=frozenset({"丙"})))


@pytest.mark.parametrize(
    ("quoted", "bonus"),
    [("乙:t2", OF_QUOTED[0]), ("乙:t1", OF_QUOTED[1]), ("乙:t3", OF_QUOTED[1]), ("乙:t9", 0), ("戊:t2", 0)],
)
def test_what_stands_near_a_quoted_clause_is_worth_more(quoted: str, bonus: float) -> None:
    """The clause itself, too. One that no longer exists helps none."""
    assert is_lifted(bonus, replace(COMPLETION, quoted=quoted))


def test_a_clause_that_was_not_meant_gives_way() -> None:
    """Though it was quoted."""
    denied = replace(COMPLETION, quoted="甲:t2", is_corrected=True)

    assert is_lifted(-OF_QUOTED[0] - CORRECTED, denied)


def test_a_clause_that_is_pointed_to_goes_first() -> None:
    """Whether a search finds it or not."""
    for pointed in ("乙:t2", "丁:t3"):
        assert ids(fused(two(9.0), replace(COMPLETION, pointed=pointed)))[0] == pointed


def test_a_clause_that_states_what_is_asked_now_is_worth_more() -> None:
    """Of one document, many clauses speak of the subject: the one with the amount is meant."""
    for kinds, bonus in (((AnswerKind.AMOUNT,), STATED), ((), 0.0)):
        above, below = (
            FakeIndex([hit("甲:t2", bonus + step), hit("乙:t1", 0.0)], kinds) for step in (-0.01, 0.01)
        )
        assert ids(fused(above, COMPLETION)) == ["乙:t1", "甲:t2"]
        assert ids(fused(below, COMPLETION)) == ["甲:t2", "乙:t1"]


def test_a_follow_up_asks_for_the_kind_of_answer_of_its_own_words() -> None:
    """怎么申请 after 多少钱 wants no amount; a turn without a kind keeps that of the complete question."""
    index = FakeIndex([hit("甲:t2", 10.0)], kinds=(AnswerKind.AMOUNT,))

    for kinds in ((AnswerKind.PERIOD,), ()):
        rank_completed(
            Basis(LIBRARY, cast("Searcher", index), "12345"),
            replace(COMPLETION, own=replace(OWN, kinds=kinds)),
            3,
        )

    assert [query.kinds for query, _ in index.asked] == [(AnswerKind.PERIOD,), (AnswerKind.AMOUNT,)]
    assert [depth for _, depth in index.asked] == [DEPTH, DEPTH]


def test_a_follow_up_whose_complete_question_finds_nothing_finds_nothing() -> None:
    """Words of a turn alone are no question."""
    assert fused(FakeIndex([]), replace(COMPLETION, own_hits=(hit("乙:t2", 5.0),))) == ()
