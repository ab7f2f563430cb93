"""What other processes do with the records: each function here is the whole of one."""

import multiprocessing
import os
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from bot.clock import SystemClock
from bot.records.address import database_at
from bot.records.secret import secret_key
from bot.records.sql import SqlRecords
from bot.records.steady import SteadyRecords
from tests.records.clocks import SetClock
from tests.records.examples import receipt, turn

START = multiprocessing.get_context("forkserver")
START.set_forkserver_preload([__name__])


def open_records(address: str, data_dir: Path) -> SqlRecords:
    """Records as another process opens them."""
    return SqlRecords(database_at(address, data_dir), SystemClock())


def answer_once(address: str, data_dir: Path, start: Barrier, told: Connection) -> None:
    """Answers one message at the same time as others do; tells what it says."""
    records = open_records(address, data_dir)
    start.wait()
    told.send(records.finish(receipt(), turn(f"from {os.getpid()}", f"a{os.getpid()}")))


def open_first(address: str, data_dir: Path, start: Barrier, told: Connection) -> None:
    """Comes to a database that has no tables yet, at the same time as others do."""
    records = open_records(address, data_dir)
    start.wait()
    told.send(records.ping())


def make_key(_address: str, data_dir: Path, start: Barrier, told: Connection) -> None:
    """Comes to a folder that has no key yet, at the same time as others do."""
    start.wait()
    told.send(secret_key("", data_dir))


def write_on(address: str, data_dir: Path, first: int, told: Connection) -> None:
    """Writes until it is killed; tells of each write after it has returned."""
    records = open_records(address, data_dir)
    for number in range(first, first + 1_000_000):
        records.finish(receipt(str(number)), turn(str(number), str(number)))
        told.send(number)


def write_many(address: str, data_dir: Path, start: Barrier, told: Connection) -> None:
    """Writes 100 messages at the same time as others do; tells their keys."""
    records = open_records(address, data_dir)
    keys = [f"{os.getpid()}-{number}" for number in range(100)]
    start.wait()
    for key in keys:
        records.finish(receipt(key), turn(key, key))
    told.send(keys)


def fill_the_disk(address: str, data_dir: Path, told: Connection) -> None:
    """Writes on a disk that fills up and is freed; tells what was answered before, during and after."""
    clock = SetClock()
    records = SteadyRecords(SqlRecords(database_at(address, data_dir), clock), clock)

    def say(text: str) -> str:
        return records.finish(receipt(text), turn(text, text)).text

    said = [say("before")]
    # The system then refuses to write behind this size of any file, as it refuses to write on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
    said.append(say("during"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    clock.pass_by(60)
    said.append(say("after"))
    told.send(said)


Worker = Callable[[str, Path, Barrier, Connection], None]


def at_once(worker: Worker, count: int, address: str, data_dir: Path) -> list[object]:
    """What each of several processes tells, all set off at the same moment."""
    start = START.Barrier(count)
    pipes = [START.Pipe(duplex=False) for _ in range(count)]
    processes = [START.Process(target=worker, args=(address, data_dir, start, told)) for _, told in pipes]
    for process, (_, told) in zip(processes, pipes, strict=True):
        process.start()
        told.close()
    heard = [hears.recv() for hears, _ in pipes]
    for process in processes:
        process.join()
    return heard
