"""Prints how a crowd is answered: `python -m benchmarks.crowd PORT [--kiosks 40] [--chats 200]`.

The service runs already. Everybody comes from an address of their own, asks at the same moment first, and
then reads for some seconds before the next question. A kiosk asks for a screen, a chat page for a turn, as
their scripts do.
"""

import argparse
import json
import random
import statistics
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.exchange import seconds_of

TEN_PEOPLE = Path(__file__).with_name("ten-people.jsonl")

READS_SECONDS = (2.0, 8.0)
"""How long somebody reads, at least and at most: less than real people, so that more is asked."""

PATIENCE_SECONDS = 30
SLOW_SECONDS = 1.0
SEED = 7

KIOSK, CHAT = ("/kiosk/ask", "screen"), ("/ask", "turn")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--kiosks", type=int, default=40)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    questions = [json.loads(line)["question"] for line in TEN_PEOPLE.read_text("utf-8").splitlines()]
    kinds = [KIOSK] * options.kiosks + [CHAT] * options.chats
    people = [Person(options.port, kind, number, questions) for number, kind in enumerate(kinds)]
    until = time.monotonic() + options.seconds
    threads = [threading.Thread(target=person.talk, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name, kind in (("kiosks", KIOSK), ("chat pages", CHAT)):
        times = [person.times for person in people if person.kind == kind]
        show(f"{name}, all at once", [seconds for each in times for seconds in each[:1]])
        show(f"{name}, afterwards", [seconds for each in times for seconds in each[1:]])


def show(name: str, times: Sequence[float | None]) -> None:
    """A line of figures. None: no answer."""
    answered = sorted(seconds for seconds in times if seconds is not None)
    slow = sum(seconds > SLOW_SECONDS for seconds in answered)
    print(
        f"{name:<23} {len(times)} questions, {len(times) - len(answered)} without an answer: "
        f"median {statistics.median(answered):.3f} s, 99th of 100 {answered[len(answered) * 99 // 100]:.3f}, "
        f"worst {answered[-1]:.3f}; {slow} over {SLOW_SECONDS:g} s"
    )


class Person:
    """Somebody who asks, reads and asks again. `number` gives the address on loopback."""

    def __init__(self, port: int, kind: tuple[str, str], number: int, questions: Sequence[str]) -> None:
        self.kind = kind
        self.times: list[float | None] = []
        self._port = port
        self._source = f"127.9.{number // 200}.{number % 200 + 1}"
        self._questions = questions
        self._choice = random.Random(SEED + number)  # noqa: S311 - the same crowd each time

    def talk(self, until: float) -> None:
        """Asks until some moment of the monotonic clock."""
        while time.monotonic() < until:
            self.times.append(self._ask(self._choice.choice(self._questions)))
            time.sleep(self._choice.uniform(*READS_SECONDS))

    def _ask(self, question: str) -> float | None:
        """Seconds until the whole answer is there; None where none comes."""
        path, part = self.kind
        body = urlencode({"q": question, "part": part})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
        return seconds_of(
            self._port,
            self._source,
            PATIENCE_SECONDS,
            lambda connection: connection.request("POST", path, body, headers),
        )


if __name__ == "__main__":
    main()
