"""A question that asks two things gets the clause of each; one that only looks double keeps its own."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.parts import parts_of
from bot.answering.question import Question
from bot.content.table import ANSWER_KINDS, ASKING, FOLLOW_UP, PARTICULARS
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE, StoppedClock

RELIEF = Document(
    "救助办法",
    "临时救助办法",
    "第一条　申请临时救助的，应当向户籍所在地的街道办事处提出书面申请，并提交身份证明。\n"
    "第二条　街道办事处应当自受理申请之日起十个工作日内作出决定，并书面告知申请人。\n"
    "第三条　临时救助金每人每次不超过三千元。\n"
    "第四条　成立社区社会组织，应当有五名以上会员，并有三千元以上的注册资金。\n"
    "第五条　骗取临时救助金的，由民政部门追回，并处二百元罚款。",
)
OTHER = Document("法律援助办法", "法律援助办法", "第一条　法律援助机构应当自收到异议之日起五日内审查。")


@pytest.fixture(scope="module")
def basis(analyzer: Analyzer) -> Basis:
    """Two documents, and how residents ask as it is shipped."""
    library = Library.of([RELIEF, OTHER])
    words = Glossary(answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value)
    index = Index(entries_of(library), analyzer, glossary=words)
    asking, follow_up = ASKING.load(KNOWLEDGE).value, FOLLOW_UP.load(KNOWLEDGE).value
    return Basis(library, index, "12345", asking=asking, follow_up=follow_up)


@pytest.fixture(scope="module")
def ask(basis: Basis) -> Callable[[str], Answer]:
    """The answer to a question."""
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")
    return lambda question: answerer.answer(Question(question))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        # two kinds of answer, parted by a comma, a blank, a word
        ("低保怎么申请，多久批下来", ["低保怎么申请", "多久批下来"]),
        ("低保怎么申请 多久批下来", ["低保怎么申请", "多久批下来"]),
        ("低保怎么申请另外养老院怎么选", ["低保怎么申请", "养老院怎么选"]),
        ("特困谁来批和什么情况会停", ["特困谁来批", "什么情况会停"]),
        # 前几 asks nothing (前几天), 提前几 does
        ("试用期最长几个月，想走提前几天说", ["试用期最长几个月", "想走提前几天说"]),
        ("前几天去问过，低保谁来批", []),
        # what asks nothing belongs to what follows, at the end to what was asked
        ("我在厂里受了伤，谁来赔，多久赔", ["我在厂里受了伤，谁来赔", "多久赔"]),
        ("低保谁来批，多久批下来，急等", ["低保谁来批", "多久批下来，急等"]),
        # three at most: the third is all the rest
        ("去哪办，带啥证，多久好，多少钱", ["去哪办", "带啥证", "多久好，多少钱"]),
        # one question: a tail without words of its own, an indirect question, 几 that asks nothing
        ("大病补助能不能申请，行不行", []),
        ("不知道低保归谁管，怎么申请", []),
        ("教育了好几回还那样，能换监护人不", []),
        ("高龄津贴每月多少钱", []),
    ],
)
def test_what_asks_by_itself_is_a_part(basis: Basis, question: str, parts: list[str]) -> None:
    """By the words of the knowledge folder and the grammar of 能不能."""
    found = parts_of(basis.index.query(question).text, basis.index, basis.asking)

    assert (found if len(found) > 1 else []) == parts


def test_each_part_gets_its_clause(ask: Callable[[str], Answer]) -> None:
    """The second part does not say what it is about, and is understood from the first."""
    answer = ask("临时救助怎么申请，多久作出决定")

    first, second = answer.passages[:2]
    assert (first.clause.label, first.part) == ("第一条", "临时救助怎么申请")
    assert (second.clause.label, second.part) == ("第二条", "多久作出决定")
    assert all(passage.part for passage in answer.passages)


def test_the_sentence_is_that_of_the_part(ask: Callable[[str], Answer]) -> None:
    """Highlights and sentence follow what the passage answers, not the whole question."""
    answer = ask("骗取临时救助金会怎么罚，临时救助金多少钱")

    assert [passage.clause.label for passage in answer.passages[:2]] == ["第五条", "第三条"]


def test_one_clause_that_answers_both_stays_one_answer(ask: Callable[[str], Answer]) -> None:
    """No part is named where the first passage answers all."""
    answer = ask("社区社会组织要几名会员，要多少元注册资金")

    assert answer.passages[0].clause.label == "第四条"
    assert {passage.part for passage in answer.passages} == {None}


def test_a_single_passage_is_not_divided(basis: Basis) -> None:
    """Who asks for one passage gets the best of the whole question."""
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")

    answer = answerer.answer(replace(Question("临时救助怎么申请，多久作出决定"), k=1))

    assert [passage.part for passage in answer.passages] == [None]


def test_what_a_part_asks_for_is_looked_for_in_the_clause_of_that_part(basis: Basis) -> None:
    """Where to apply writes no amount, and need not: the clause of the second part does."""
    basis = replace(basis, particulars=PARTICULARS.load(KNOWLEDGE).value)
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")

    answer = answerer.answer(Question("临时救助去哪申请，临时救助金最多多少钱"))

    assert answer.status is Status.ANSWERED
    assert [passage.clause.label for passage in answer.passages[:2]] == ["第一条", "第三条"]


class OnlyByVectors:
    """An index in which no word of a question tells a clause from others."""

    def __init__(self, index: Searcher) -> None:
        self._index = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The hits, none with a score."""
        return [hit._replace(score=0.0) for hit in self._index.search(query, k)]


def test_parts_whose_clauses_score_nothing_are_answered(basis: Basis) -> None:
    """Where only vectors find clauses, their scores are 0; nothing is divided by that."""
    unscored = replace(basis, index=cast("Searcher", OnlyByVectors(basis.index)))
    answerer = Answerer(unscored, StoppedClock(), lambda: "an-id")

    assert answerer.answer(Question("临时救助怎么申请，多久批下来")).status is not Status.FAILED
