"""A message is answered once."""

import pytest

from bot.records.once import Once
from bot.records.records import Reply, Turn
from bot.records.sql import LEASE, SqlRecords
from tests.records.clocks import SetClock
from tests.records.examples import receipt, turn


class Answers:
    """Answers in order: 答1, 答2 …"""

    def __init__(self) -> None:
        self.given = 0

    def __call__(self) -> Turn:
        self.given += 1
        return turn(f"答{self.given}", f"a{self.given}")


@pytest.fixture
def once(records: SqlRecords, clock: SetClock) -> Once:
    """Answers once, without really waiting."""
    return Once(records, clock.seconds, clock.pass_by)


def test_a_repeat_is_not_answered_again(once: Once) -> None:
    """The record answers."""
    answer = Answers()

    assert [once.reply(receipt(), 0, answer) for _ in range(3)] == [Reply("答1", "answered")] * 3
    assert answer.given == 1


def test_who_waits_gets_the_reply_of_the_other(records: SqlRecords, clock: SetClock) -> None:
    """As soon as it is there."""
    records.claim(receipt())

    def wait(seconds: float) -> None:
        clock.pass_by(seconds)
        if clock.seconds() > 0.5:
            records.finish(receipt(), turn("别人答的"))

    reply = Once(records, clock.seconds, wait).reply(receipt(), 4, Answers())

    assert reply == Reply("别人答的", "answered")
    assert clock.seconds() < 0.6


def test_patience_ends(once: Once, records: SqlRecords, clock: SetClock) -> None:
    """Nobody waits longer than they said."""
    records.claim(receipt())

    assert once.reply(receipt(), 1, Answers()) is None
    assert clock.seconds() == pytest.approx(1, abs=0.05)


def test_who_waits_takes_over_from_who_died(once: Once, records: SqlRecords, clock: SetClock) -> None:
    """Within the five seconds that WeChat waits."""
    records.claim(receipt())

    assert once.reply(receipt(), 4.5, Answers()) == Reply("答1", "answered")
    assert clock.seconds() == pytest.approx(LEASE.total_seconds(), abs=0.05)


def test_an_answer_that_breaks_off_is_tried_again_with_the_repeat(once: Once) -> None:
    """The claim is given back at once."""

    def break_off() -> Turn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once.reply(receipt(), 0, break_off)

    assert once.reply(receipt(), 0, Answers()) == Reply("答1", "answered")
