"""Answers that are given again: the same for everybody, kept for each, and never somebody else's."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.answering.remembered import GivenAnswers
from bot.answering.tally import Tally
from bot.channels.api.answers import AnswerModel, answer_json
from bot.channels.service import Service
from bot.content.sites import Site
from bot.policy.jurisdiction import Jurisdiction
from bot.records.records import QuestionRecord
from tests.conftest import StoppedClock

BONUS = Question("厦门高级社工师奖金是多少")
PHONE = Question("我电话13800138000，厦门高级社工师奖金是多少")


@dataclass
class Day(StoppedClock):
    """A clock whose day can be set."""

    on: date = date(2026, 11, 23)
    _milliseconds: int = 0

    def today(self) -> date:
        return self.on


@dataclass
class Asked:
    """An answerer that remembers, what it has kept, and how often it gave an answer again."""

    answerer: Answerer
    clock: Day
    tally: Tally
    kept: list[tuple[QuestionRecord, Context]] = field(default_factory=list)

    def ask(self, question: Question, channel: str = "api", context: Context | None = None) -> Answer:
        asker = Asker(channel, lambda record, after: self.kept.append((record, after)), conversation=channel)
        return self.answerer.answer(question, asker, context or Context())


@pytest.fixture
def asked(service: Service) -> Asked:
    """Over the shipped knowledge."""
    clock, tally = Day(), Tally()
    ids = iter(range(100))
    answerer = replace(
        service.answerer, clock=clock, new_id=lambda: f"a{next(ids)}", given=GivenAnswers(10, tally)
    )
    return Asked(answerer, clock, tally)


def test_the_same_question_gets_the_same_answer_and_is_kept_again(asked: Asked) -> None:
    """Under an id of its own, for the channel and the conversation in which it was asked."""
    first, again = asked.ask(BONUS, "api"), asked.ask(BONUS, "web")

    assert (asked.tally.anew, asked.tally.again) == (1, 1)
    assert replace(again, answer_id=first.answer_id, elapsed_ms=first.elapsed_ms) == first
    (one, after), (two, after_two) = asked.kept
    assert replace(two, answer_id=one.answer_id, channel="api", conversation="api") == one
    assert (two.answer_id, two.channel, two.conversation) == (again.answer_id, "web", "web")
    assert after == after_two


@pytest.mark.parametrize(
    "other",
    [
        replace(BONUS, text=BONUS.text + "？"),  # it is quoted as it was typed
        replace(BONUS, k=1),
        replace(BONUS, as_of=date(2020, 1, 1)),
        replace(BONUS, jurisdiction=Jurisdiction(("江苏省",))),
        replace(BONUS, site=Site("s", "窗口", hotline="0592-1")),
    ],
)
def test_what_differs_in_anything_is_another_question(asked: Asked, other: Question) -> None:
    """Nobody gets an answer for another day, place or window."""
    asked.ask(BONUS)

    assert asked.ask(other) == replace(
        asked.answerer, given=GivenAnswers(), new_id=lambda: "a1", clock=Day()
    ).answer(other)
    assert asked.tally.again == 0


def test_another_day_is_another_answer(asked: Asked) -> None:
    """Texts begin and end."""
    asked.ask(BONUS)
    asked.clock.on = date(2026, 11, 24)
    asked.ask(BONUS)

    assert asked.tally.again == 0


def test_who_gave_a_number_is_answered_alone(asked: Asked) -> None:
    """What is masked is not kept here either, not even in memory."""
    for _ in range(2):
        assert "手机号***" in asked.ask(PHONE).question

    assert asked.tally.again == 0


def test_a_question_in_a_conversation_is_worked_out(asked: Asked) -> None:
    """What was said before decides what it means."""
    asked.ask(BONUS)
    context = asked.kept[0][1]
    asked.ask(BONUS, context=context)

    assert asked.tally.again == 0


def test_during_maintenance_nothing_is_given_again(asked: Asked) -> None:
    """And the notice is not given when it is over."""
    open_answerer = asked.answerer
    asked.ask(BONUS)
    asked.answerer = replace(open_answerer, basis=replace(open_answerer.basis, is_closed=True))
    assert asked.ask(BONUS).status is Status.MAINTENANCE
    asked.answerer = open_answerer

    assert asked.ask(BONUS).status is Status.ANSWERED


def test_another_edition_answers_for_itself(asked: Asked) -> None:
    """What was given from other texts, or with other links, is not given again."""
    asked.ask(BONUS)
    asked.answerer = replace(asked.answerer, basis=replace(asked.answerer.basis, site="https://z.example.cn"))

    assert asked.ask(BONUS).passages[0].citation.url.startswith("https://z.example.cn/")


def test_answers_that_nobody_asks_for_are_forgotten(asked: Asked) -> None:
    """The memory has a bound; what is asked again and again stays."""
    given = GivenAnswers(4, asked.tally)
    answerer = replace(asked.answerer, given=given)
    for number in range(9):
        answerer.answer(replace(BONUS, text=f"第{number}个人问：厦门奖金"))
        answerer.answer(BONUS)

    assert asked.tally.again == 8
    others = [replace(BONUS, text=f"第{number}个人问：厦门奖金") for number in range(9)]
    assert sum(given.find((other, asked.clock.on), answerer.basis) is not None for other in others) <= 4


def test_an_answer_reads_the_same_given_again(asked: Asked) -> None:
    """What is shared is written once; ids and time are the asker's own."""
    for answer in (asked.ask(BONUS), asked.ask(BONUS)):
        theirs = replace(answer, conversation_id="c" * 32)

        assert answer_json(theirs).decode() == AnswerModel.of(theirs).model_dump_json()
