"""The ranking of a completed question: what is asked now decides among the clauses of the same subject."""

import pytest

from bot.answering.basis import Basis
from bot.answering.completion import Completion
from bot.answering.fusion import rank_completed
from bot.content.table import ANSWER_KINDS
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE

LEAVE = """第一条　产假由用人单位批准，批准产假应当登记。
第二条　产假不少于九十八天，由用人单位安排。
第三条　产假期间的工资照发。"""

CARE = """第一条　护理假由用人单位批准，护理假的批准应当登记。
第二条　护理假不少于十五天，由用人单位安排。"""


@pytest.fixture(scope="module")
def basis(analyzer: Analyzer) -> Basis:
    """Two short rules, with the shipped words for kinds of answer."""
    library = Library.of([Document("产假", "产假规定", LEAVE), Document("护理假", "护理假规定", CARE)])
    glossary = Glossary(answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value)
    return Basis(library, Index(entries_of(library), analyzer, glossary=glossary), "12345")


def order(basis: Basis, text: str, own: str, quoted: str = "", disproved: str | None = None) -> list[str]:
    """The ids of the clauses for a completion."""
    query = basis.index.query(own)
    completion = Completion(
        text=text,
        own=query,
        own_hits=tuple(basis.index.search(query, 10)),
        subject=text,
        aspect=own,
        asked=own,
        documents=frozenset({quoted} if quoted else ()),
        disproved=disproved,
    )
    return [hit.entry_id for hit in rank_completed(basis, completion, 5).pool]


def test_a_clause_that_states_what_is_asked_now_goes_first(basis: Basis) -> None:
    """The subject is settled: of the clauses that speak of it, the one with the period answers how long."""
    assert order(basis, "产假用人单位登记", "登记")[0] == "产假:t1"
    assert order(basis, "产假用人单位登记", "几天")[0] == "产假:t2"


def test_a_clause_of_a_document_that_was_quoted_goes_first(basis: Basis) -> None:
    """Where the words fit two documents, it is still about the one that was quoted before."""
    assert order(basis, "用人单位批准", "批准", quoted="护理假")[0] == "护理假:t1"
    assert order(basis, "用人单位批准", "批准", quoted="产假")[0] == "产假:t1"


def test_what_was_not_meant_gives_way(basis: Basis) -> None:
    """The clause that was quoted before counts less after 不是，我问的是."""
    first, second, *_ = order(basis, "产假由用人单位", "用人单位", quoted="产假")

    assert order(basis, "产假由用人单位", "用人单位", quoted="产假", disproved=first)[:2] == [second, first]


def test_nothing_is_found_for_words_that_no_text_has(basis: Basis) -> None:
    """The ranking is empty, and the answer will say so."""
    assert order(basis, "量子纠缠", "纠缠") == []
