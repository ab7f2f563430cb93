"""Prints how honest clients are answered while others attack: python -m benchmarks.siege PORT [--wrk 10].

The first table is of one client that asks over a new connection each time. With `--wrk` there is a second
table: so many connections ask as fast as they are answered; which share of their rate do they keep?
The service runs already, with its default limits; it may be any server. Each attack is held for some seconds,
from another address of loopback, while one client asks over and over, each time over a new connection.
"""

import argparse
import multiprocessing
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.exchange import seconds_of
from benchmarks.throughput import Hammer
from tests.serving.attackers import HOSTILE, UNFINISHED, WHOLE, held

HOLD_SECONDS = 12
PATIENCE_SECONDS = 5
"""A question that takes longer counts as failed; WeChat waits as long."""

ATTACKS = [
    ("nothing", b"", 0),
    ("silent", UNFINISHED["silent"], 1200),
    ("half a head", UNFINISHED["half a head"], 2000),
    ("half a body", UNFINISHED["half a body"], 200),
    ("half a body", UNFINISHED["half a body"], 1200),
    ("streams of HTTP/2", UNFINISHED["streams of HTTP/2"], 4),
    ("never reads", WHOLE["never reads"], 200),
]

FLOODS = [50, 200, 800]
"""Connections of one address that ask, over and over."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("port", type=int)
    parser.add_argument("--wrk", type=int, default=0, metavar="CONNECTIONS")
    options = parser.parse_args()
    port = options.port
    print(f"{'attack':<22}{'connections':>12}{'median':>10}{'worst':>10}{'failed':>12}{'then':>8}")
    for name, count, attack in attacks(port):
        with attack:
            times = ask_for(port, HOLD_SECONDS)
        show(name, count, times, port)
    if options.wrk:
        show_rates(port, options.wrk)


def attacks(port: int) -> Iterator[tuple[str, int, AbstractContextManager[object]]]:
    """Name, number of connections, and what opens and closes them."""
    for name, sends, count in ATTACKS:
        yield name, count, held(port, sends, count)
    for count in FLOODS:
        yield "asks over and over", count, Flood(port, count)


def show_rates(port: int, connections: int) -> None:
    """A row for each attack: answers a second, the share that is kept, and how many requests failed.

    What is asked is worked out once and then given again, so that waiting shows, and not the work.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("siege: no rates without wrk; install it, such as by apt-get install wrk")
    print(f"\n{'attack':<22}{'connections':>12}{'a second':>10}{'kept':>8}{'failed':>10}")
    with tempfile.TemporaryDirectory() as name:
        hammer = Hammer.of(wrk, Path(name), connections, ["奖金是多少"])
        usual = 0.0
        for attack_name, count, attack in attacks(port):
            with attack:
                rate, _, failed = hammer.hit(port, HOLD_SECONDS)
            usual = usual or rate
            print(f"{attack_name:<22}{count:>12}{rate:>10.0f}{rate / usual:>8.0%}{failed:>10}", flush=True)


def show(name: str, count: int, times: list[float | None], port: int) -> None:
    """A row; `then` is how long a question takes when the attack is over."""
    answered = [seconds for seconds in times if seconds is not None]
    median, worst = (statistics.median(answered), max(answered)) if answered else (0.0, 0.0)
    after = ask(port)
    then = "none" if after is None else f"{after:.2f} s"
    failed = f"{len(times) - len(answered)} of {len(times)}"
    print(f"{name:<22}{count:>12}{median:>8.3f} s{worst:>8.3f} s{failed:>12}{then:>8}", flush=True)


def ask_for(port: int, seconds: float) -> list[float | None]:
    """Seconds of each question asked in that time, one after the other; None: no answer."""
    until = time.monotonic() + seconds
    times = []
    while time.monotonic() < until:
        times.append(ask(port))
        time.sleep(0.1)
    return times


def ask(port: int, source: str = "127.0.0.1") -> float | None:
    """Seconds that a question takes over a new connection; None where it gets no answer."""
    path = "/api/v1/ask?q=%E5%A5%96%E9%87%91%E6%98%AF%E5%A4%9A%E5%B0%91"
    return seconds_of(port, source, PATIENCE_SECONDS, lambda connection: connection.request("GET", path))


class Flood:
    """So many threads of one address, each asking as fast as it is answered.

    They run in a process of their own: beside the honest client they would make that one slow.
    """

    def __init__(self, port: int, count: int) -> None:
        self._process = multiprocessing.get_context("fork").Process(
            target=flood, args=(port, count), daemon=True
        )

    def __enter__(self) -> None:
        self._process.start()

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()


def flood(port: int, count: int) -> None:
    """Asks until the process is killed."""

    def keep_asking() -> None:
        while True:
            if ask(port, HOSTILE) is None:
                time.sleep(0.5)

    threads = [threading.Thread(target=keep_asking, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
