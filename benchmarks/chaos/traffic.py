"""People who ask, vote, chat and leave; a platform that drops deliveries, doubles and repeats them."""

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

from benchmarks import messages
from benchmarks.chaos.editions import QUESTION, SEED_QUESTION, Editions
from benchmarks.chaos.ledger import Ledger, Message
from benchmarks.chaos.machine import TOKEN, Machine

_TRIES = 3
"""How often the platform delivers a message before it gives up."""

_WORDS = (QUESTION, SEED_QUESTION, "你好", "更多", "宁夏五社联动是什么", "红烧肉怎么做", "有用", "没用")

_JSON = {"Content-Type": "application/json"}


class Traffic:
    """Clients of the service, each in a thread, until they are told to stop."""

    def __init__(self, machine: Machine, editions: Editions, ledger: Ledger, seed: int) -> None:
        self._machine, self._editions, self._ledger = machine, editions, ledger
        self._stop = threading.Event()
        self._pool, self._doubles = ThreadPoolExecutor(5), ThreadPoolExecutor(3)
        for number, client in enumerate((self._asks, self._asks, self._chats, self._chats, self._chats)):
            self._pool.submit(self._run, client, random.Random(seed * 100 + number))  # noqa: S311  # a seed

    def stop(self) -> None:
        """Ends when every client has ended."""
        self._stop.set()
        self._pool.shutdown()
        self._doubles.shutdown()

    def deliver(self, body: bytes) -> tuple[int, str]:
        """The status and the words of the reply to a message."""
        status, said = self._send("POST", messages.signed(TOKEN), body, messages.HEADERS)
        return status, messages.words_of(said)

    def _run(self, client: Callable[[random.Random], None], chance: random.Random) -> None:
        while not self._stop.wait(chance.uniform(0.0, 0.1)):
            try:
                client(chance)
            except (OSError, http.client.HTTPException):
                self._ledger.count("connections lost")
                self._stop.wait(0.1)
            except Exception as error:  # noqa: BLE001  # a client that ends would hide what it did not see
                self._ledger.accuse(f"a client broke: {type(error).__name__} {error}")

    def _asks(self, chance: random.Random) -> None:
        """Asks, looks at what is quoted, and often says whether it helped."""
        asked_at = time.monotonic()
        question = json.dumps({"question": chance.choice((QUESTION, SEED_QUESTION))})
        status, said = self._send("POST", "/api/v1/ask", question.encode(), _JSON)
        if status != 200:
            self._ledger.accuse(f"a question got status {status}: {said[:200]!r}")
            return
        answer = json.loads(said)
        self._ledger.questions.append((answer["answer_id"], asked_at, time.monotonic()))
        self._ledger.count(f"answers {answer['status']}")
        for passage in answer["passages"]:
            if problem := self._editions.problem(passage, asked_at):
                self._ledger.accuse(problem)
        for _ in range(chance.choice((0, 1, 2))):
            helped = chance.random() < 0.5
            vote = json.dumps({"answer_id": answer["answer_id"], "helpful": helped}).encode()
            since = time.monotonic()
            if acknowledged := self._ledger.votes.get(answer["answer_id"]):
                acknowledged.add(helped)  # it counts also where its reply is lost
            status, said = self._send("POST", "/api/v1/feedback", vote, _JSON)
            if status == 200 and json.loads(said)["kept"]:
                self._ledger.votes[answer["answer_id"]] = {helped}
                self._ledger.count("votes kept")
            elif not self._ledger.is_excused(since, time.monotonic()):
                self._ledger.accuse(f"a vote was not kept: status {status} {said[:100]!r}")

    def _chats(self, chance: random.Random) -> None:
        """A message of somebody, delivered as badly as platforms do; sometimes the person leaves."""
        openid = f"o{chance.randrange(10**9)}"
        doubles: list[Future[None]] = []
        for _ in range(chance.randrange(1, 4)):
            body = messages.text(openid, chance.choice(_WORDS), chance.randrange(10**15))
            doubles += self._deliver_badly(openid, body, chance)
        wait(doubles)
        if chance.random() < 0.1:
            self._leaves(openid)

    def _deliver_badly(self, openid: str, body: bytes, chance: random.Random) -> list[Future[None]]:
        """Twice at once, or with a reply that nobody waits for; then again, until there is a reply.

        Returns the other of two deliveries, which may not have ended.
        """
        since = time.monotonic()
        doubles: list[Future[None]] = []
        how = chance.random()
        if how < 0.15:
            doubles.append(self._doubles.submit(self._deliver_quietly, body))
            self._ledger.count("deliveries doubled")
        elif how < 0.3:
            self._drop(body)
            self._ledger.count("deliveries dropped")
        for _ in range(_TRIES):
            try:
                status, reply = self.deliver(body)
            except (OSError, http.client.HTTPException):
                self._stop.wait(0.3)
                continue
            if status == 200 and reply not in ("", "success"):
                self._ledger.messages.append(Message(openid, body, reply, since, time.monotonic()))
                self._ledger.count("messages answered")
                return doubles
            if status >= 500:
                self._ledger.accuse(f"a message got status {status}")
        self._ledger.count("messages given up")
        return doubles

    def _deliver_quietly(self, body: bytes) -> None:
        try:
            self.deliver(body)
        except (OSError, http.client.HTTPException):
            self._ledger.count("connections lost")

    def _drop(self, body: bytes) -> None:
        """The platform hangs up before the reply."""
        connection = http.client.HTTPConnection("127.0.0.1", self._machine.port, timeout=5)
        try:
            connection.request("POST", messages.signed(TOKEN), body, messages.HEADERS)
        except OSError:
            self._ledger.count("connections lost")
        finally:
            connection.close()

    def _leaves(self, openid: str) -> None:
        body = messages.event(openid, "unsubscribe")
        self._ledger.leaving.add(openid)
        for _ in range(_TRIES):
            try:
                if self.deliver(body)[0] == 200:
                    self._ledger.left.add(openid)
                    self._ledger.count("people left")
                    return
            except (OSError, http.client.HTTPException):
                self._stop.wait(0.3)

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self._machine.port, timeout=15)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()
