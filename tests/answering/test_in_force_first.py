"""What is not in force on the day never goes before what is in force and says the same."""

from datetime import date

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.question import Question
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from tests.conftest import StoppedClock

CHANGE = date(2021, 7, 1)
OLD = Document(
    "旧",
    "低保审批办法",
    "第一条　低保申请应当在三十日内审批，结果公示七日。\n第二条　低保评议会由村民代表参加，投票表决。",
    effective_on=date(2013, 1, 1),
)
NEW = Document(
    "新",
    "低保确认办法",
    "第一条　低保申请应当在二十日内确认，结果公示五日。",
    effective_on=CHANGE,
    supersedes=("旧",),
)


def answerer(analyzer: Analyzer) -> Answerer:
    library = Library.of([OLD, NEW])
    return Answerer(
        Basis(library, Index(entries_of(library), analyzer), "12345"), StoppedClock(), lambda: "an-id"
    )


def asked(analyzer: Analyzer, text: str, on: date) -> Answer:
    """The answer for a day."""
    return answerer(analyzer).answer(Question(text, as_of=on))


def ids(answer: Answer) -> list[str]:
    return [passage.clause.clause_id for passage in answer.passages]


def test_what_replaced_a_clause_answers_alone(analyzer: Analyzer) -> None:
    """The old rule fits the words better, and is left out all the same."""
    answer = asked(analyzer, "低保申请结果公示几日，几日内审批", CHANGE)

    assert answer.status is Status.ANSWERED
    assert "旧:t1" not in ids(answer)
    assert ids(answer)[0] == "新:t1"


@pytest.mark.parametrize("on", [date(2021, 6, 30), date(2014, 1, 1)])
def test_before_the_change_the_old_rule_answers(analyzer: Analyzer, on: date) -> None:
    """`as_of` is the day that counts; what is not in force yet follows."""
    answer = asked(analyzer, "低保申请结果公示几日，多久确认", on)

    assert answer.status is Status.ANSWERED
    assert ids(answer)[:2] == ["旧:t1", "新:t1"]


def test_what_only_the_old_text_says_comes_with_a_warning(analyzer: Analyzer) -> None:
    """The message names what replaced it."""
    answer = asked(analyzer, "低保评议会村民代表怎么投票表决", CHANGE)

    assert answer.status is Status.NOT_IN_FORCE
    assert ids(answer)[0] == "旧:t2"
    assert "《低保确认办法》" in answer.message


def test_staff_see_why_a_clause_was_left_out(analyzer: Analyzer) -> None:
    """The reason names the day and the clause that says the same."""
    ranking = answerer(analyzer).rank(Question("低保申请结果公示几日，几日内审批", as_of=CHANGE))

    reasons = {hit.entry_id: reason for hit, reason in ranking.rejected}
    assert reasons["旧:t1"] == "not in force on 2021-07-01; 新:t1 says the same"
