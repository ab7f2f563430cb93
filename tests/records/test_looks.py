"""Retention believes the clock, unless it jumps."""

from pathlib import Path

import pytest

from bot.records.address import database_at
from bot.records.looks import Looks
from bot.records.sql import SqlRecords
from tests.records.clocks import SetClock
from tests.records.examples import PERSON

DAY = 24 * 3600.0


@pytest.fixture
def looks(tmp_path: Path, clock: SetClock) -> Looks:
    """Looks of a service that has run for a while."""
    made = Looks(tmp_path / "looks.json")
    made.believes(clock.now())
    clock.pass_by(DAY)
    assert made.believes(clock.now())
    return made


@pytest.mark.parametrize("days", [1, 10])
def test_the_usual_course_of_time_is_believed(looks: Looks, clock: SetClock, days: int) -> None:
    """Day by day, or after a holiday."""
    clock.pass_by(days * DAY)

    assert looks.believes(clock.now())


def test_a_jump_is_believed_at_the_second_look(looks: Looks, clock: SetClock) -> None:
    """On another day; looks of other processes meanwhile are no second look."""
    clock.pass_by(4000 * DAY)

    assert not looks.believes(clock.now())
    clock.pass_by(60)
    assert not Looks(looks.file).believes(clock.now())
    clock.pass_by(DAY)
    assert looks.believes(clock.now())


def test_a_clock_that_is_mended_is_believed_at_once(looks: Looks, clock: SetClock) -> None:
    """The jump is forgotten: another one is doubted anew."""
    clock.pass_by(4000 * DAY)
    assert not looks.believes(clock.now())
    clock.pass_by(-4000 * DAY)
    assert looks.believes(clock.now())
    clock.pass_by(4000 * DAY)
    assert not looks.believes(clock.now())


@pytest.mark.parametrize("written", ["", "{}", "[1]", '{"last": "soon", "doubted": null}'])
def test_where_the_note_is_damaged_the_clock_is_doubted(
    tmp_path: Path, clock: SetClock, written: str
) -> None:
    """Only the first start of all has none."""
    assert Looks(tmp_path / "none.json").believes(clock.now())
    (tmp_path / "looks.json").write_text(written)

    assert not Looks(tmp_path / "looks.json").believes(clock.now())


def test_a_jump_deletes_nothing_that_is_young(tmp_path: Path, clock: SetClock) -> None:
    """The clock stands years ahead for a while, in two processes; then it is mended."""
    looks = Looks(tmp_path / "looks.json")
    database = database_at("", tmp_path)

    def process() -> SqlRecords:
        return SqlRecords(database, clock, keep_days=180, looks=looks)

    process().save_chat(PERSON, "甲")
    clock.pass_by(DAY)
    assert process().ping()
    clock.pass_by(4000 * DAY)
    assert process().ping()
    assert process().ping()
    clock.pass_by(-4000 * DAY)
    assert process().load_chat(PERSON) == "甲"

    clock.pass_by(181 * DAY)
    assert process().load_chat(PERSON) == "甲"  # nobody was here for half a year: doubted once
    clock.pass_by(DAY)
    assert process().load_chat(PERSON) is None
    database.close()
