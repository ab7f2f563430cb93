"""Answers from documents that are pending, in force, superseded or expired, on three given days."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import COMMAND_LINE, Answerer
from bot.answering.attribution import source_line
from bot.answering.basis import Basis
from bot.answering.inquiry import Inquiry
from bot.answering.question import Question
from bot.answering.ranking import Ranking
from bot.answering.standing import stand
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.query import Query
from bot.search.searcher import Hit
from tests.conftest import StoppedClock

BEFORE, BETWEEN, AFTER = date(2010, 1, 1), date(2020, 1, 1), date(2022, 1, 1)

OLD = Document(
    "旧",
    "高龄津贴暂行办法",
    "第一条　年满八十周岁的老人，每人每月发给高龄津贴五十元。\n"
    "第二条　高龄津贴由老人本人申请。\n第三条　高龄津贴按月发给老人。\n第四条　本办法自2013年1月1日起施行。",
)
NEW = Document(
    "新",
    "尊老金发放办法",
    "第一条　八十周岁以上的人每月一百元高龄津贴。\n"
    "第二条　本办法自2021年7月1日起施行。《高龄津贴暂行办法》同时废止。",
)
QUESTION = "高龄津贴老人每月发给多少"


@dataclass
class Calendar(StoppedClock):
    """A clock on a given day."""

    day: date

    def __post_init__(self) -> None:
        super().__init__()

    def today(self) -> date:
        return self.day


def answered(analyzer: Analyzer, on: date, *documents: Document, k: int = 3) -> Answer:
    """The answer of a library on a day."""
    library = Library.of(documents)
    basis = Basis(library, Index(entries_of(library), analyzer), "12345")
    answerer = Answerer(basis, Calendar(on), lambda: "an-id")
    return answerer.answer(Question(QUESTION, k))


def ids(answer: Answer) -> list[str]:
    return [passage.clause.clause_id for passage in answer.passages]


def test_a_document_that_has_not_begun_is_quoted_with_its_day(analyzer: Analyzer) -> None:
    """Before: what is quoted binds nobody yet, and the first sentence says so."""
    answer = answered(analyzer, BEFORE, OLD, NEW)

    assert answer.status is Status.ANSWERED
    assert "还没有施行，要到2013年1月1日才开始" in answer.message
    assert source_line(answer.passages[0].citation).endswith("尚未施行，2013年1月1日起施行")


def test_a_document_in_force_is_quoted_as_usual(analyzer: Analyzer) -> None:
    """Between: the new text is held, but is not yet in force."""
    answer = answered(analyzer, BETWEEN, OLD, NEW)

    assert answer.status is Status.ANSWERED
    assert answer.message.startswith("政策原文是这样写的，")
    assert source_line(answer.passages[0].citation).endswith("现行有效")
    assert answer.passages[0].citation.superseded_by == ()


def test_a_superseded_document_comes_with_what_superseded_it(analyzer: Analyzer) -> None:
    """After: the best clause says what the new text does not, so it stays; the message names the new text."""
    before, answer = (answered(analyzer, on, OLD, NEW) for on in (BETWEEN, AFTER))

    assert answer.status is Status.NOT_IN_FORCE
    assert ids(before)[0] == ids(answer)[0] == "旧:t1"
    assert ids(answer)[-1] == "新:t1"
    assert len(answer.passages) == 2
    assert "最前面这条规定已经作废，从2021年7月1日起改按《尊老金发放办法》办理" in answer.message
    number = ids(answer).index("新:t1") + 1
    assert f"新规定的原文在下面第{number}处" in answer.message
    citation = answer.passages[0].citation
    assert [(new.document_id, new.url) for new in citation.superseded_by] == [
        ("新", "/policy/%E6%96%B0"),
    ]
    assert (citation.superseded_on, citation.stated_in.superseded_on) == (date(2021, 7, 1), "新:t2")
    assert source_line(citation).endswith("已经失效，2021年7月1日起由《尊老金发放办法》取代")


def test_one_passage_stays_one(analyzer: Analyzer) -> None:
    """Who asks for one gets the best clause, and is told where to look for the new one."""
    answer = answered(analyzer, AFTER, OLD, NEW, k=1)

    assert (answer.status, ids(answer)) == (Status.NOT_IN_FORCE, ["旧:t1"])
    assert "改按《尊老金发放办法》办理" in answer.message
    assert "12345" in answer.message


def test_a_new_text_that_says_nothing_of_it_is_named_all_the_same(analyzer: Analyzer) -> None:
    """No clause of it is quoted that does not answer."""
    silent = Document("新", "新办法", "第一条　总则。", effective_on=date(2021, 7, 1), supersedes=("旧",))

    answer = answered(analyzer, AFTER, OLD, silent)

    assert answer.status is Status.NOT_IN_FORCE
    assert "改按《新办法》办理" in answer.message
    assert {passage.clause.document_id for passage in answer.passages} == {"旧"}


@pytest.mark.parametrize(
    ("on", "status"), [(date(2017, 12, 31), Status.ANSWERED), (date(2018, 1, 1), Status.NOT_IN_FORCE)]
)
def test_a_document_that_has_run_out_is_told_from_one_that_has_not(
    analyzer: Analyzer, on: date, status: Status
) -> None:
    """The last day still counts; from the next on, the hotline knows the rule of today."""
    text = OLD.text.replace("起施行", "起施行，有效期5年")

    answer = answered(analyzer, on, Document("旧", OLD.title, text))

    assert answer.status is status
    if status is Status.NOT_IN_FORCE:
        assert "2017年12月31日到期，已经作废" in answer.message
        assert "12345" in answer.message
        assert source_line(answer.passages[0].citation).endswith("已经失效，有效期到2017年12月31日")


OTHER = Document("另", "发放通知", "第一条　甲。\n第二条　乙。\n第三条　本办法自2013年1月1日起施行。")


class FixedIndex(Index):
    """An index in which every question finds the same clauses, with scores from 9 down."""

    def __init__(self, analyzer: Analyzer, *found: str) -> None:
        super().__init__([], analyzer)
        self.hits = [hit(entry_id, 9.0 - rank) for rank, entry_id in enumerate(found)]

    def search(self, query: Query, k: int) -> list[Hit]:
        return self.hits[:k]


def hit(entry_id: str, score: float) -> Hit:
    return Hit(entry_id, score, 0.9, 0.9)


def stood(analyzer: Analyzer, *found: str) -> list[str]:
    """What of some clauses, best first, is quoted in three places after the new text took effect."""
    library, index = Library.of([OLD, NEW, OTHER]), FixedIndex(analyzer, *found)
    inquiry = Inquiry("an-id", Question(QUESTION), Basis(library, index, "12345"), AFTER, COMMAND_LINE)
    ranking = Ranking(Query(QUESTION, ()), tuple(index.hits[:3]), (), tuple(index.hits))
    return [quoted.entry_id for quoted in stand(replace(inquiry, ranking=ranking)).hits]


@pytest.mark.parametrize(
    ("found", "quoted"),
    [
        # the others have lost their force, too: the best of them stays, the new text takes the last place
        (("旧:t1", "旧:t2", "旧:t3", "新:t1"), ["旧:t1", "旧:t2", "新:t1"]),
        # one of the others is in force: it stays
        (("旧:t1", "旧:t2", "另:t1", "新:t1"), ["旧:t1", "另:t1", "新:t1"]),
        # all others are in force: the last one gives way
        (("旧:t1", "另:t1", "另:t2", "新:t1"), ["旧:t1", "另:t1", "新:t1"]),
        # the new text is quoted anyway: nothing gives way for it
        (("旧:t1", "另:t1", "新:t1", "另:t2"), ["旧:t1", "另:t1", "新:t1"]),
        # one clause of it is quoted anyway: no other clause in force gives way for its second one
        (("旧:t1", "新:t1", "另:t1", "新:t2"), ["旧:t1", "新:t1", "另:t1"]),
        # but one without force does
        (("旧:t1", "新:t1", "旧:t2", "新:t2"), ["旧:t1", "新:t1", "新:t2"]),
        # no clause of the new text is found
        (("旧:t1", "旧:t2", "另:t1"), ["旧:t1", "旧:t2", "另:t1"]),
        # the best clause is in force: what others have lost does not matter
        (("另:t1", "旧:t1", "旧:t2", "新:t1"), ["另:t1", "旧:t1", "旧:t2"]),
        # the clause of the new text is too far behind the best to be quoted
        (("旧:t1", "旧:t2", "旧:t3", *["旧:t4"] * 3, "新:t1"), ["旧:t1", "旧:t2", "旧:t3"]),
    ],
)
def test_the_new_text_takes_the_place_that_is_wanted_least(
    analyzer: Analyzer, found: tuple[str, ...], quoted: list[str]
) -> None:
    """The best clause keeps its place; clauses without force give way before others."""
    assert stood(analyzer, *found) == quoted
