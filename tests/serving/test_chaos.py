"""Faults under traffic, with seeds: a few in every test run, all of them by `make chaos`."""

import hashlib
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.chaos.__main__ import run
from benchmarks.chaos.editions import TEXT, Editions
from benchmarks.chaos.faults import FAULTS
from benchmarks.chaos.judging import look_for_questions
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.machine import Machine
from bot.records.address import DATABASE_FILE
from bot.records.sql import SqlRecords
from bot.records.sqlite import Sqlite
from tests.conftest import StoppedClock
from tests.records.examples import asked

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)

SHORT = {"a worker is killed", "the disk is full", "the disk is full at a start", "a bad deployment"}
"""Faults that are over in seconds."""

SEEDS = [1]
"""Seeds for which an invariant did not hold once."""


@pytest.mark.parametrize("seed", SEEDS)
def test_the_promises_hold_among_faults(tmp_path: Path, prepare: Callable[[Path], Path], seed: int) -> None:
    """Nothing acknowledged is lost, no answer is of a mixed edition, the log names each fault."""
    prepare(tmp_path / "data")

    wrong = run(tmp_path, seed, [fault for fault in FAULTS if fault.name in SHORT])

    assert not wrong


def test_a_lost_question_is_found_out(tmp_path: Path) -> None:
    """The check can fail: of rows that somebody deletes, the ledger knows."""
    ledger = Ledger()
    machine = Machine(tmp_path)
    machine.data.mkdir()
    records = SqlRecords(Sqlite(machine.data / DATABASE_FILE), StoppedClock())
    records.remember_question(asked("kept"))
    ledger.questions += [("kept", 0.0, 1.0), ("lost", 0.0, 1.0)]
    ledger.votes["kept"] = {True}

    look_for_questions(machine, ledger)

    assert len(ledger.wrong) == 2
    assert "lost" in ledger.wrong[0]
    assert "a vote was lost: kept" in ledger.wrong[1]


def test_a_mixed_edition_is_found_out(tmp_path: Path) -> None:
    """A quote has to stand in the text that it names, and the text must not be an old one."""
    editions = Editions(tmp_path / "knowledge")
    text = TEXT.format(number=1).split("---\n")[2].strip()
    citation = {"digest": hashlib.sha256(text.encode()).hexdigest(), "start": 0, "end": 4}
    passage: dict[str, object] = {"clause_id": "x", "text": text[:4], "citation": citation}

    assert editions.problem(passage, time.monotonic()) == ""
    assert "mixes two editions" in editions.problem(passage | {"text": "别的"}, time.monotonic())
    assert "never deployed" in editions.problem(passage | {"citation": citation | {"digest": "0"}}, 0)
    editions.deploy()
    assert "after it was replaced" in editions.problem(passage, time.monotonic() + 1000)
