"""Prints how an honest client is answered while others attack: python -m benchmarks.siege PORT.

The service runs already, with its default limits; it may be any server. Each attack is held for some seconds,
from another address of loopback, while one client asks over and over, each time over a new connection.
"""

import statistics
import sys
import threading
import time

from benchmarks.exchange import seconds_of
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
    port = int(sys.argv[1])
    print(f"{'attack':<22}{'connections':>12}{'median':>10}{'worst':>10}{'failed':>12}{'then':>8}")
    for name, sends, count in ATTACKS:
        with held(port, sends, count):
            times = ask_for(port, HOLD_SECONDS)
        show(name, count, times, port)
    for count in FLOODS:
        with Flood(port, count):
            times = ask_for(port, HOLD_SECONDS)
        show("asks over and over", count, times, port)


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
    """So many threads of one address, each asking as fast as it is answered."""

    def __init__(self, port: int, count: int) -> None:
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(port,), daemon=True) for _ in range(count)]

    def _ask(self, port: int) -> None:
        while not self._stop.is_set():
            if ask(port, HOSTILE) is None:
                self._stop.wait(0.5)

    def __enter__(self) -> None:
        for thread in self._threads:
            thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


if __name__ == "__main__":
    main()
