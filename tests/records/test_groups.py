"""Questions that are kept together."""

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bot.records.groups import MOMENT, MOST_AT_ONCE, Groups, acknowledged_later
from bot.records.records import Kept, KeptQuestion
from tests.records.examples import asked


class Disk:
    """Writes groups down; the first waits until the disk `turns`."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.is_busy = threading.Event()
        self.turns = threading.Event()

    def write(self, things: Sequence[Kept]) -> Sequence[bool]:
        self.is_busy.set()
        assert self.turns.wait(20)
        asked = [thing for thing in things if isinstance(thing, KeptQuestion)]
        self.groups.append([thing.question.answer_id for thing in asked])
        return [True] * len(things)


def in_thread(groups: Groups, *answer_ids: str) -> list[Future[bool]]:
    """Keeps questions, one after the other, as a request does that is acknowledged later."""

    def keep() -> list[Future[bool]]:
        with acknowledged_later() as futures:
            for answer_id in answer_ids:
                groups.keep(KeptQuestion(asked(answer_id)))
        return futures

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(keep).result()


def test_what_comes_in_while_the_disk_is_busy_is_kept_together() -> None:
    """One flush for all that wait: nobody is told so before it."""
    disk = Disk()
    groups = Groups(disk.write)

    first = in_thread(groups, "a1")
    assert disk.is_busy.wait(20)
    others = in_thread(groups, "a2", "a3") + in_thread(groups, "a4")
    assert not any(done.done() for done in (*first, *others))
    disk.turns.set()
    for done in (*first, *others):
        done.result(20)

    assert disk.groups == [["a1"], ["a2", "a3", "a4"]]


def test_a_question_is_kept_when_its_keeping_returns() -> None:
    """Where nobody acknowledges later: the command line, another server."""
    disk = Disk()
    disk.turns.set()

    Groups(disk.write).keep(KeptQuestion(asked("a1")))

    assert disk.groups == [["a1"]]


def test_a_group_has_a_bound() -> None:
    """Other processes wait while one writes."""
    disk = Disk()
    groups = Groups(disk.write)
    first = in_thread(groups, "first")
    assert disk.is_busy.wait(20)

    others = in_thread(groups, *(f"a{number}" for number in range(MOST_AT_ONCE + 1)))
    disk.turns.set()
    for done in (*first, *others):
        done.result(20)

    assert [len(group) for group in disk.groups] == [1, MOST_AT_ONCE, 1]


def test_what_cannot_be_kept_is_told_to_each() -> None:
    """An error that nobody foresaw is no acknowledgement."""

    def write(_: Sequence[Kept]) -> Sequence[bool]:
        raise MemoryError

    groups = Groups(write)
    with pytest.raises(MemoryError):
        groups.keep(KeptQuestion(asked("a1")))
    for done in in_thread(groups, "a2", "a3"):
        with pytest.raises(MemoryError):
            done.result(20)


def test_a_group_behind_several_waits_for_more() -> None:
    """Where many ask, a moment fills the next group; whoever asks alone does not wait."""
    disk = Disk()
    pauses: list[float] = []
    groups = Groups(disk.write, pauses.append)

    first = in_thread(groups, "a1")
    assert disk.is_busy.wait(20)
    others = in_thread(groups, "a2", "a3")
    disk.turns.set()
    for done in (*first, *others):
        done.result(20)
    assert pauses == []
    for done in in_thread(groups, "a4"):
        done.result(20)
    for done in in_thread(groups, "a5"):
        done.result(20)

    assert disk.groups == [["a1"], ["a2", "a3"], ["a4"], ["a5"]]
    assert pauses == [MOMENT]


def test_nobody_waits_for_more_for_ever() -> None:
    """The thread that writes ends; what comes later is written by another."""
    disk = Disk()
    disk.turns.set()
    groups = Groups(disk.write, idle_seconds=0.01)

    for answer_id in ("a1", "a2"):
        (done,) = in_thread(groups, answer_id)
        assert done.result(20)
        for thread in threading.enumerate():
            if thread.name == "records":
                thread.join(20)

    assert disk.groups == [["a1"], ["a2"]]
