"""The faults: what each does to the machine, how it is undone, and what the log has to say of it."""

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.chaos.editions import Editions
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.machine import Machine, wait_until
from bot.records.address import DATABASE_FILE
from bot.records.steady import SECONDS_BETWEEN_SLOW_LINES, SLOW_SECONDS

OUT_OF_ORDER = r"records=out_of_order"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where faults happen. `database` kills a server of PostgreSQL and starts it again; None: SQLite."""

    machine: Machine
    editions: Editions
    ledger: Ledger
    chance: random.Random
    database: Callable[[], None] | None = None

    def hold(self, least: float, most: float) -> None:
        """Leaves things as they are for some seconds."""
        time.sleep(self.chance.uniform(least, most))

    @contextmanager
    def nothing_kept(self) -> Iterator[None]:
        """The records are out of order in the block, and until the service says that they are in order."""
        with self.ledger.nothing_kept():
            yield
            wait_until(self.machine.is_ready, "the records are in order again")
            time.sleep(6)  # every worker tries again within five seconds


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong.

    Args:
        named: what the log says of it, an expression; empty: nothing was lost.
        is_of_sqlite: whether it concerns only records that stand in DATA_DIR.
    """

    name: str
    happen: Callable[[Scene], None]
    named: str
    is_of_sqlite: bool = False


def _kill_worker(scene: Scene) -> None:
    workers = scene.machine.workers()
    os.kill(scene.chance.choice(workers), signal.SIGKILL)
    wait_until(lambda: len(set(scene.machine.workers()) - set(workers)) == 1, "a killed worker is replaced")


def _kill_parent(scene: Scene) -> None:
    scene.machine.kill_parent()
    scene.machine.start()


def _kill_builder(scene: Scene) -> None:
    """A new word makes the index be built anew; the process that does it is killed, and another has to."""
    scene.editions.change_lexicon(f"混沌词{scene.chance.randrange(10**6)}")
    wait_until(lambda: bool(scene.machine.builders()), "an index is being built")
    for builder in scene.machine.builders():
        os.kill(builder, signal.SIGKILL)
    scene.editions.deploy()


def _fill_disk(scene: Scene) -> None:
    _refuse_writes(scene, errno.ENOSPC)


def _break_disk(scene: Scene) -> None:
    _refuse_writes(scene, errno.EIO)


def _make_disk_read_only(scene: Scene) -> None:
    _refuse_writes(scene, errno.EROFS)


def _refuse_writes(scene: Scene, error: int) -> None:
    """For a while; answers go on."""
    with scene.nothing_kept():
        scene.machine.faults.disk(error)
        scene.hold(3, 5)
        scene.machine.faults.disk(0)


def _start_on_full_disk(scene: Scene) -> None:
    """It answers, and keeps nothing until there is room."""
    with scene.nothing_kept():
        _stop(scene)
        scene.machine.faults.disk(errno.ENOSPC)
        scene.machine.start_in_trouble()
        scene.hold(3, 5)
        scene.machine.faults.disk(0)


def _start_read_only(scene: Scene) -> None:
    """It says why and ends, every time, for whoever starts it to try again."""
    _stop(scene)
    scene.machine.faults.disk(errno.EROFS)
    for _ in range(2):
        if (status := scene.machine.start_in_vain()) != 1:
            scene.ledger.accuse(f"a service whose DATA_DIR is read-only ended with status {status}")
    scene.machine.faults.disk(0)
    scene.machine.start()


def _stop(scene: Scene) -> None:
    if status := scene.machine.stop():
        scene.ledger.accuse(f"a service that was told to stop ended with status {status}")


def _slow_disk(scene: Scene) -> None:
    """For longer than the log may be silent about it."""
    scene.machine.faults.flush(scene.chance.uniform(SLOW_SECONDS, 0.3))
    scene.hold(SECONDS_BETWEEN_SLOW_LINES + 1, SECONDS_BETWEEN_SLOW_LINES + 2)
    scene.machine.faults.flush(0)


def _nudge_clock(scene: Scene) -> None:
    """By less than the platform's window: nobody may notice."""
    scene.machine.faults.clock(scene.chance.randrange(-300, 300))
    scene.hold(2, 4)
    scene.machine.faults.clock(0)


def _throw_clock(scene: Scene) -> None:
    """Years ahead: everything kept is older than RETENTION_DAYS then, and must stay."""
    scene.machine.faults.clock(scene.chance.randrange(300, 2000) * 86400)
    scene.hold(3, 5)
    scene.machine.faults.clock(0)


def _deploy_badly(scene: Scene) -> None:
    """A document that cannot be read: its last good version answers."""
    scene.editions.deploy_broken()
    scene.hold(3, 6)
    scene.editions.deploy()


def _break_database(scene: Scene) -> None:
    """PostgreSQL is killed. SQLite is locked by a process that is killed, with what it wrote half-way."""
    with scene.nothing_kept():
        if scene.database:
            scene.database()
            return
        file = scene.machine.data / DATABASE_FILE
        program = (
            f"import sqlite3, time; c = sqlite3.connect({str(file)!r}, isolation_level=None, timeout=30)\n"
            "c.execute('BEGIN IMMEDIATE'); c.execute('PRAGMA user_version=7'); time.sleep(60)"
        )
        with subprocess.Popen([sys.executable, "-c", program]) as thief:  # ours
            scene.hold(5, 6)
            thief.kill()


FAULTS = (
    Fault("a worker is killed", _kill_worker, r"worker=ended number=\d+ pid=\d+ status=9"),
    Fault("the parent is killed", _kill_parent, r"worker=started number=1"),
    Fault("the builder is killed", _kill_builder, r"knowledge=not_refreshed"),
    Fault("the disk is full", _fill_disk, OUT_OF_ORDER, is_of_sqlite=True),
    Fault("the disk is full at a start", _start_on_full_disk, OUT_OF_ORDER, is_of_sqlite=True),
    Fault("the disk is broken", _break_disk, OUT_OF_ORDER, is_of_sqlite=True),
    Fault("the disk becomes read-only", _make_disk_read_only, OUT_OF_ORDER, is_of_sqlite=True),
    Fault("the disk is read-only at a start", _start_read_only, r"setting 'DATA_DIR'"),
    Fault("the disk is slow", _slow_disk, r"records=slow", is_of_sqlite=True),
    Fault("the clock is nudged", _nudge_clock, ""),
    Fault("the clock is thrown", _throw_clock, r"clock=doubted"),
    Fault("a bad deployment", _deploy_badly, r"document=last_good_kept"),
    Fault("the database is killed", _break_database, OUT_OF_ORDER),
)


def is_latest(machine: Machine, editions: Editions) -> bool:
    """Whether the latest good edition answers."""
    try:
        found = machine.ask(f"/api/v1/documents/{_NAME}")
    except OSError:
        return False
    return f"发放{editions.number}元" in str(found.get("text"))


_NAME = "%E6%B7%B7%E6%B2%8C%E6%B4%A5%E8%B4%B4%E5%8A%9E%E6%B3%95"
