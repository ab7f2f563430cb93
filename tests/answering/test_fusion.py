"""The ranking of a follow-up: what the complete question finds and what its own words find, fused."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.fusion import (
    DISPROVED,
    OWN_SHARE,
    QUOTED_BONUS,
    STATED_BONUS,
    rank_completed,
)
from bot.answering.ranking import DEPTH
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.index import Hit, Searcher
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.query import Query

LIBRARY = Library.of(
    Document(name, f"{name}办法", "第一条　每月发给三百元。\n第二条　由乡镇受理。\n第三条　在十日内办结。")
    for name in "甲乙丙丁"
)
OWN = Query("多久", ("多久",))
COMPLETION = Completion("低保多久", OWN, (), "低保", "多久", "多久")


def hit(entry_id: str, score: float, support: float = 0.9) -> Hit:
    return Hit(entry_id, score, support / 2, support)


@dataclass
class FakeIndex:
    """An index that finds the same hits for every question."""

    found: Sequence[Hit]
    kinds: tuple[AnswerKind, ...] = ()
    asked: list[tuple[Query, int]] = field(default_factory=list)

    def query(self, question: str) -> Query:
        return Query(question, (question,), kinds=self.kinds)

    def search(self, query: Query, k: int) -> list[Hit]:
        self.asked.append((query, k))
        return list(self.found)

    def fold(self, text: str) -> str:
        return text


def fused(index: FakeIndex, completion: Completion) -> tuple[Hit, ...]:
    """All hits of a follow-up, best first."""
    return rank_completed(Basis(LIBRARY, cast("Searcher", index), "12345"), completion, 3).pool


def ids(hits: Sequence[Hit]) -> list[str]:
    return [each.entry_id for each in hits]


WHOLE = [hit("甲:t2", 10.0, 0.8), hit("乙:t2", 9.5, 0.7), hit("丙:t2", 2.0, 0.3)]
BY_OWN_WORDS = replace(COMPLETION, own_hits=(hit("乙:t2", 6.0, 0.2), hit("丁:t2", 3.0, 0.1)))


def test_shares_of_both_searches_are_added_up() -> None:
    """A clause that both find goes first, and gets the score of the best by the complete question."""
    pool = fused(FakeIndex(WHOLE), BY_OWN_WORDS)

    assert ids(pool)[:2] == ["乙:t2", "甲:t2"]
    best = 0.95 + OWN_SHARE
    shares = sorted([best, 1.0, 0.2, OWN_SHARE / 2], reverse=True)
    assert [each.score for each in pool] == pytest.approx([10.0 * share / best for share in shares])


def test_how_sure_a_follow_up_is_says_the_complete_question() -> None:
    """A clause that only the words of the turn find is as sure as the last one of the complete question."""
    supports = {each.entry_id: each.support for each in fused(FakeIndex(WHOLE), BY_OWN_WORDS)}

    assert supports == {"乙:t2": 0.7, "甲:t2": 0.8, "丙:t2": 0.3, "丁:t2": 0.3}


def test_clauses_of_documents_that_were_quoted_before_score_more() -> None:
    """Whatever their anchor; other documents get nothing."""
    hits = [hit("甲:t2", 10.0), hit("乙:t3", 9.0)]

    pool = fused(FakeIndex(hits), replace(COMPLETION, documents=frozenset({"乙"})))

    assert ids(pool) == ["乙:t3", "甲:t2"]
    assert pool[1].score == pytest.approx(10.0 / (0.9 * (1 + QUOTED_BONUS)))
    assert ids(fused(FakeIndex(hits), replace(COMPLETION, documents=frozenset({"丙"})))) == ["甲:t2", "乙:t3"]


def test_a_clause_that_was_not_meant_gives_way() -> None:
    """To one that is nearly as good; not to any."""
    near, far = [hit("甲:t2", 10.0), hit("乙:t2", 9.0)], [hit("甲:t2", 10.0), hit("乙:t2", 7.0)]
    denied = replace(COMPLETION, disproved="甲:t2")

    assert ids(fused(FakeIndex(near), denied)) == ["乙:t2", "甲:t2"]
    assert fused(FakeIndex(near), denied)[1].score == pytest.approx(10.0 * DISPROVED / 0.9)
    assert ids(fused(FakeIndex(far), denied)) == ["甲:t2", "乙:t2"]


def test_a_clause_that_states_what_is_asked_now_scores_more() -> None:
    """Of one document, many clauses speak of the subject: the one with the amount is meant."""
    index = FakeIndex([hit("甲:t2", 10.0), hit("甲:t1", 9.0)])
    asked = replace(COMPLETION, own=replace(OWN, kinds=(AnswerKind.AMOUNT,)))

    pool = fused(index, asked)

    assert ids(pool) == ["甲:t1", "甲:t2"]
    assert pool[1].score == pytest.approx(10.0 / (0.9 * (1 + STATED_BONUS)))


def test_a_follow_up_asks_for_the_kind_of_answer_of_its_own_words() -> None:
    """怎么申请 after 多少钱 wants no amount; a turn without a kind keeps that of the complete question."""
    index = FakeIndex([hit("甲:t2", 10.0)], kinds=(AnswerKind.AMOUNT,))

    for own in (replace(OWN, kinds=(AnswerKind.PERIOD,)), OWN):
        fused(index, replace(COMPLETION, own=own))

    assert [query.kinds for query, _ in index.asked] == [(AnswerKind.PERIOD,), (AnswerKind.AMOUNT,)]
    assert [depth for _, depth in index.asked] == [DEPTH, DEPTH]


def test_a_follow_up_whose_complete_question_finds_nothing_finds_nothing() -> None:
    """Words of a turn alone are no question."""
    assert fused(FakeIndex([]), BY_OWN_WORDS) == ()
