"""The index: ranking, order of ties, confidence, explanation."""

from collections.abc import Callable

import pytest

from bot.assembly import Service
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import Entry, entries_of
from bot.search.index import Index


def index_of(analyzer: Analyzer, *texts: str) -> Index:
    """An index of texts under the ids 0, 1, 2 …"""
    return Index([Entry(str(number), (), text) for number, text in enumerate(texts)], analyzer)


def ids(index: Index, question: str, k: int = 10) -> list[str]:
    """Ids of the hits, best first."""
    return [hit.entry_id for hit in index.search(index.query(question), k)]


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (
            ("养老服务", "高龄津贴", "高龄津贴和养老服务"),
            "高龄津贴",
            ["1", "2"],
        ),  # shorter first, no match no hit
        (("高龄津贴", "高龄津贴"), "津贴", ["0", "1"]),  # equal scores: in the order of the entries
        (("养老服务",), "高龄津贴", []),  # nothing in common
        (("养老服务",), "？！", []),  # a question without terms
        ((), "津贴", []),  # an empty library
        (("養老服務",), "养老服务", ["0"]),  # traditional and simplified meet
    ],
)
def test_hits_come_best_first(
    analyzer: Analyzer, texts: tuple[str, ...], question: str, expected: list[str]
) -> None:
    """Order is score, then the order of the entries."""
    assert ids(index_of(analyzer, *texts), question) == expected


def test_no_more_hits_than_asked_for(analyzer: Analyzer) -> None:
    """k bounds the hits."""
    assert ids(index_of(analyzer, *["高龄津贴"] * 5), "津贴", k=2) == ["0", "1"]


def test_confidence_is_a_part_of_the_highest_score(analyzer: Analyzer) -> None:
    """Between 0 and 1, and lower when half of the question is about something else."""
    index = index_of(analyzer, "高龄津贴怎么申请", "养老服务")

    (whole,) = index.search(index.query("高龄津贴"), 1)
    (half,) = index.search(index.query("高龄津贴红烧肉"), 1)

    assert 0 < half.confidence < whole.confidence < 1


def test_titles_and_headings_are_found(analyzer: Analyzer, document: Callable[..., Document]) -> None:
    """A clause is found by its document's title and its chapter, though its own words do not say them."""
    library = Library.of([document("第一章 高龄津贴", "第一条 每人每月发给。", title="养老服务条例")])
    index = Index(entries_of(library), analyzer)

    assert ids(index, "养老服务") == ids(index, "高龄津贴") == ["某某办法:t1"]


@pytest.mark.parametrize("question", ["宁夏五社联动示范社区", "津贴津贴津贴", "厦门 高级社会工作师 奖金"])
def test_the_shares_of_an_explanation_sum_to_the_score(shipped: Index, question: str) -> None:
    """Every term of the question has a row, once, with each factor of its share."""
    query = shipped.query(question)

    for hit in shipped.search(query, 5):
        explanation = shipped.explain(query, hit.entry_id)
        assert explanation.score == pytest.approx(hit.score, abs=1e-9)
        assert [row.term for row in explanation.terms] == list(dict.fromkeys(query.terms))


@pytest.fixture(scope="module")
def shipped(service: Service) -> Index:
    """The index of the shipped knowledge."""
    return service.answerer.index
