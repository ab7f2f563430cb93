"""The ranking of a question: which hits are quoted, which are not, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from bot.answering.question import Question
from bot.answering.ranking import (
    DEPTH,
    MIN_SHARE_OF_BEST,
    MIN_SUPPORT,
    document_id_of,
    judged,
    rank,
    without,
)
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher

QUERY = Query("高龄津贴多少", ("高龄", "津贴", "多少"))


def hit(entry_id: str, score: float, support: float = 0.9) -> Hit:
    """A hit whose confidence is half its support."""
    return Hit(entry_id, score, support / 2, support)


@dataclass
class FakeIndex:
    """An index that finds, for each text, the hits that it is given."""

    found: Mapping[str, Sequence[Hit]]
    asked: list[tuple[Query, int]] = field(default_factory=list)

    def query(self, question: str) -> Query:
        return Query(question, tuple(question.split()))

    def search(self, query: Query, k: int) -> list[Hit]:
        self.asked.append((query, k))
        return list(self.found[query.text])


def searcher(index: FakeIndex) -> Searcher:
    """The index as ranking sees it: no more than `query` and `search`."""
    return cast("Searcher", index)


def ids(hits: Sequence[Hit]) -> list[str]:
    return [each.entry_id for each in hits]


def reasons(pairs: Sequence[tuple[Hit, str]]) -> dict[str, str]:
    return {each.entry_id: reason for each, reason in pairs}


def test_the_best_hits_are_quoted_and_the_next_ones_are_rejected_by_rank() -> None:
    """At most k, and as many again are told of."""
    pool = [hit(f"文:t{n}", 10.0) for n in range(1, 7)]

    ranking = judged(QUERY, pool, k=2)

    assert ids(ranking.kept) == ["文:t1", "文:t2"]
    assert reasons(ranking.rejected) == {"文:t3": "rank is beyond 2", "文:t4": "rank is beyond 2"}
    assert ranking.pool == tuple(pool)


def test_a_hit_far_below_the_best_is_not_quoted() -> None:
    """At the share itself it still is, just below it is not."""
    near, far = hit("近:t1", 10 * MIN_SHARE_OF_BEST), hit("远:t1", 10 * MIN_SHARE_OF_BEST - 0.001)

    ranking = judged(QUERY, [hit("文:t1", 10.0), near, far], k=3)

    assert ids(ranking.kept) == ["文:t1", "近:t1"]
    assert reasons(ranking.rejected) == {"远:t1": f"score is below {MIN_SHARE_OF_BEST} of the best"}


def test_nothing_is_quoted_where_the_best_says_too_little_of_the_question() -> None:
    """The support of the best decides for all; at the bound itself the question is answered."""
    weak = [hit("文:t1", 10.0, MIN_SUPPORT - 0.001), hit("文:t2", 9.0, 0.9)]
    enough = [hit("文:t1", 10.0, MIN_SUPPORT), hit("文:t2", 9.0, 0.01)]

    assert judged(QUERY, weak, k=2).kept == ()
    assert reasons(judged(QUERY, weak, k=2).rejected)["文:t2"] == "the best support, 0.179, is below 0.18"
    assert ids(judged(QUERY, enough, k=2).kept) == ["文:t1", "文:t2"]


def test_what_steps_set_aside_is_told_of_by_its_score() -> None:
    """It mixes with the rejected ones; a reader wants the nearest misses, at most 2k in all."""
    pool = [hit("文:t1", 10.0), hit("文:t2", 9.0), hit("文:t3", 2.0)]
    aside = ((hit("旧:t1", 8.0), "not in force"), (hit("旧:t2", 1.0), "not in force"))

    ranking = judged(QUERY, pool, k=1, set_aside=aside)
    wide = judged(QUERY, pool, k=2, set_aside=aside)

    assert ids(ranking.kept) == ["文:t1"]
    assert [each.entry_id for each, _ in ranking.rejected] == ["文:t2"]
    assert [each.entry_id for each, _ in wide.rejected] == ["旧:t1", "文:t3"]
    assert wide.set_aside == aside


def test_rejected_hits_stay_in_the_order_of_the_ranking_where_nothing_was_set_aside() -> None:
    """A step may have put a hit before one with a higher score."""
    pool = [hit("文:t1", 10.0), hit("文:t2", 5.0), hit("文:t3", 6.0), hit("文:t4", 5.5)]

    rejected = judged(QUERY, pool, k=2).rejected

    assert [each.entry_id for each, _ in rejected] == ["文:t3", "文:t4"]


def test_another_choice_of_hits_keeps_what_was_set_aside_before() -> None:
    """Each step adds its own, and none is forgotten."""
    first, second = (hit("旧:t1", 8.0), "elsewhere"), (hit("旧:t2", 7.0), "not in force")
    ranking = judged(QUERY, [hit("文:t1", 10.0), hit("文:t2", 9.0)], k=1)

    chosen = ranking.chosen_from(ranking.pool, 1, [first]).chosen_from(ranking.pool[1:], 1, [second])

    assert chosen.query is QUERY
    assert ids(chosen.kept) == ["文:t2"]
    assert chosen.set_aside == (first, second)


def test_words_that_no_text_need_say_are_not_searched_for() -> None:
    """Neither they nor the pairs of characters across their edges; what is said elsewhere, too, stays."""
    query = Query("昆明津贴多少", ("昆明", "津贴", "#昆明", "#明津", "#津贴", "#贴多"))

    assert without(query, ["昆明"]).terms == ("津贴", "#津贴", "#贴多")
    assert without(query, ["昆明", "多少"]).terms == ("津贴", "#津贴")
    assert without(Query("昆明津贴(昆明)", ("昆明", "津贴")), ["(昆明)"]).terms == ("昆明", "津贴")


def test_a_ranking_looks_for_the_rest_of_the_question() -> None:
    """The name of a place without rules must not decide what is found."""
    index = FakeIndex({"昆明 津贴": [hit("文:t1", 5.0)]})

    whole = rank(searcher(index), Question("昆明 津贴", 3))
    rest = rank(searcher(index), Question("昆明 津贴", 3), ["昆明"])

    assert [(query.terms, depth) for query, depth in index.asked] == [
        (("昆明", "津贴"), DEPTH),
        (("津贴",), DEPTH),
    ]
    assert (whole.query.terms, rest.query.terms) == (("昆明", "津贴"), ("津贴",))
    assert ids(rest.kept) == ["文:t1"]


def test_the_document_of_a_hit_is_what_stands_before_the_anchor() -> None:
    """Ids of documents hold no colon."""
    assert document_id_of(hit("厦门社工人才奖金:f1.t2", 1.0)) == "厦门社工人才奖金"
