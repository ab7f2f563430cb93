"""Conversations: any worker goes on with one, nobody can guess one, and each ends after half an hour."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.answer import Answer
from bot.answering.question import Question
from bot.channels.desk import CONVERSATION_LIFE, Desk, new_conversation_id
from bot.records.address import database_at
from bot.records.sql import SqlRecords
from tests.channels.conftest import client_of
from tests.records.clocks import SetClock

FIRST, THEN, TOGETHER = "厦门高级社会工作师奖金是多少", "谁能领", "厦门高级社会工作师奖金谁能领"


@pytest.fixture
def clock() -> SetClock:
    """A clock to be moved."""
    return SetClock()


@pytest.fixture
def workers(desk: Desk, clock: SetClock, tmp_path: Path) -> tuple[Desk, Desk]:
    """Two desks of their own, as two processes have them, with the same database."""

    def worker() -> Desk:
        return replace(desk, store=SqlRecords(database_at("", tmp_path), clock), clock=clock)

    return worker(), worker()


def ask(desk: Desk, text: str, conversation_id: str | None = None) -> Answer:
    """The answer at a desk."""
    return desk.ask(Question.of(text), "api", conversation_id)


def test_another_worker_goes_on_with_a_conversation(workers: tuple[Desk, Desk]) -> None:
    """What the first one kept before it answered is all that is needed; and so back again."""
    here, there = workers

    first = ask(here, FIRST)
    second = ask(there, THEN, first.conversation_id)
    third = ask(here, "不是", second.conversation_id)

    assert second.understood_as == TOGETHER
    assert third.understood_as == THEN
    assert first.conversation_id == second.conversation_id == third.conversation_id


def test_after_half_an_hour_a_conversation_begins_anew(workers: tuple[Desk, Desk], clock: SetClock) -> None:
    """Until then each question prolongs it."""
    here, there = workers
    first = ask(here, FIRST)
    clock.pass_by(CONVERSATION_LIFE.total_seconds() - 1)
    second = ask(there, THEN, first.conversation_id)
    clock.pass_by(CONVERSATION_LIFE.total_seconds() + 1)

    late = ask(here, THEN, second.conversation_id)

    assert second.understood_as == TOGETHER
    assert (late.understood_as, late.is_completed) == (THEN, False)
    assert late.conversation_id != second.conversation_id


@pytest.mark.parametrize("foreign", ["0" * 32, "厦门", "' OR 1=1 --"])
def test_an_unknown_id_gets_a_new_one(workers: tuple[Desk, Desk], foreign: str) -> None:
    """Nobody chooses the id of a conversation: nobody can lay out one for somebody else."""
    here, _ = workers
    ask(here, FIRST)

    answer = ask(here, THEN, foreign)

    assert not answer.is_completed
    assert answer.conversation_id is not None
    assert re.fullmatch("[0-9a-f]{32}", answer.conversation_id)


def test_two_conversations_know_nothing_of_each_other(workers: tuple[Desk, Desk]) -> None:
    """Each has its own context, at the same desk."""
    here, _ = workers
    bonus, model = ask(here, FIRST), ask(here, "宁夏建多少个示范社区")

    assert ask(here, THEN, bonus.conversation_id).understood_as == TOGETHER
    assert "厦门" not in ask(here, "那什么时候建成", model.conversation_id).understood_as


def test_ids_are_random_bits() -> None:
    """128 of them: no two are the same."""
    ids = {new_conversation_id() for _ in range(1000)}

    assert len(ids) == 1000
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in ids)


def test_an_id_stands_in_the_body_alone(workers: tuple[Desk, Desk]) -> None:
    """In no header and no cookie: the answer goes on where its holder wants it to."""
    client = client_of(workers[0])

    response = client.post("/api/v1/ask", json={"question": FIRST})

    conversation_id = response.get_json()["conversation_id"]
    assert conversation_id not in str(response.headers)
    again = client.post("/api/v1/ask", json={"question": THEN, "conversation_id": conversation_id}).get_json()
    assert again["understood_as"] == TOGETHER
    assert [option["question"] for option in again["options"]] == [THEN]
