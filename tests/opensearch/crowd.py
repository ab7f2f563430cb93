"""A crowd that asks a service whose documents change, and sees what is wrong with the answers."""

import json
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

A_SECOND = 50
CLIENTS = 16
QUESTIONS = ["社工师奖金多少", "五社联动是什么", "社区服务规划有哪些任务", "登月补贴谁规定"]
MOON = """---
title: 月球补贴办法
---
第一条 登月每次补贴由第{version}版规定。
第二条 登月补贴第{version}版自己说的算。
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of a question: seconds since it was sent; what is wrong with the answer, empty: nothing."""

    question: str
    seconds: float
    wrong: str


class Crowd:
    """Clients that ask so many questions a second, or fewer where the machine has more to do.

    Each question has a number: the service gives an answer again that it gave lately.

    A question that is due while all of them wait is left out: the time counts since a question was sent.
    """

    def __init__(self, port: int) -> None:
        self._port = port
        self._due: queue.Queue[str | None] = queue.Queue(1)
        self._running = True
        self.asked: list[Asked] = []
        self._threads = [threading.Thread(target=self._ask, daemon=True) for _ in range(CLIENTS)]
        self._clock = threading.Thread(target=self._tick, daemon=True)
        for thread in (*self._threads, self._clock):
            thread.start()

    def count(self) -> int:
        """How many have been answered, or have failed."""
        return len(self.asked)

    def stop(self) -> None:
        """Asks no more, and waits for what was asked."""
        self._running = False
        self._clock.join()
        for _ in self._threads:
            self._due.put(None)
        for thread in self._threads:
            thread.join()

    def _tick(self) -> None:
        started, number = time.monotonic(), 0
        while self._running:
            due = started + number / A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))  # the load, not a wait for the service
            with suppress(queue.Full):
                self._due.put_nowait(f"{QUESTIONS[number % len(QUESTIONS)]} {1000 + number}")
            number += 1

    def _ask(self) -> None:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=10)
        while (question := self._due.get()) is not None:
            sent = time.monotonic()
            wrong = self._wrong(connection, question)
            self.asked.append(Asked(question, time.monotonic() - sent, wrong))
        connection.close()

    def _wrong(self, connection: HTTPConnection, question: str) -> str:
        try:
            connection.request("GET", f"/api/v1/ask?q={quote(question)}")
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, ValueError) as error:
            connection.close()
            return type(error).__name__
        if response.status != 200 or answer["status"] != "answered":
            return f"{response.status} {answer['status']}"
        versions = {text.split("第")[-1].split("版")[0] for text in _moon_texts(answer)}
        return "mixed" if len(versions) > 1 else ""


def _moon_texts(answer: dict[str, list[dict[str, str]]]) -> Iterator[str]:
    for passage in answer["passages"]:
        if passage["clause_id"].startswith("月球"):
            yield passage["text"].partition("版")[0] + "版"


def write_moon(folder: Path, version: int) -> None:
    """Changes the document that the crowd asks about."""
    new = folder / "moon.md"
    new.write_text(MOON.format(version=version), "utf-8")
    new.replace(folder / "knowledge" / "policies" / "月球.md")


def state_at(port: int) -> str:
    """What /readyz says, of whichever worker answers; empty: nothing."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/readyz")
        return str(json.loads(connection.getresponse().read())["status"])
    except OSError:
        return ""
    finally:
        connection.close()


def is_ready(port: int) -> bool:
    """Whether the cluster answers, in every worker as far as eight looks tell."""
    return all(state_at(port) == "ready" for _ in range(8))
