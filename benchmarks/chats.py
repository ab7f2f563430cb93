"""People in 公众号 who write as soon as they are answered: `python -m benchmarks.chats PORT [PORT…]`.

    python -m benchmarks.chats PORT [PORT…] --token TOKEN [--people 50] [--seconds 10] [--rounds 3]

The services run already, in plain mode, with CHAT_PER_MINUTE=0; several take turns, so that versions can be
compared on a machine that others use too. Every tenth message is delivered twice, the second time after the
reply. Prints for each service how many messages were answered a second, and how long replies took; how many
failed, and how many repeats got another reply than the first time: both have to be 0.
"""

import argparse
import random
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException

from benchmarks import messages

WORDS = (
    "厦门高级社会工作师奖金是多少",
    "宁夏五社联动是什么",
    "更多",
    "你好",
    "红烧肉怎么做",
    "江苏三级社会工作服务体系怎么建",
    "有用",
)


@dataclass(slots=True)
class Tally:
    """What became of the messages to a service."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    repeated: int = 0
    otherwise: int = 0
    lasted: float = 0.0

    def __str__(self) -> str:
        ordered = sorted(self.seconds)
        p50, p99 = (1000 * ordered[int(part * (len(ordered) - 1))] for part in (0.5, 0.99))
        return (
            f"{len(ordered) / self.lasted:6.0f} a second, p50 {p50:5.1f} ms, p99 {p99:6.1f}, "
            f"longest {1000 * ordered[-1]:6.1f}; failed {self.failed}, "
            f"repeats {self.repeated}, of them answered otherwise {self.otherwise}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("ports", type=int, nargs="+")
    parser.add_argument("--token", required=True)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    tallies = {port: Tally() for port in options.ports}
    for turn in range(options.rounds):
        for port, tally in tallies.items():
            crowd = Crowd(port, options.token, tally, turn)
            crowd.write(options.people, options.seconds)
    for port, tally in tallies.items():
        print(f"port {port}: {tally}")


@dataclass(frozen=True, slots=True)
class Crowd:
    """People of a round, who all write to one service."""

    port: int
    token: str
    tally: Tally
    turn: int

    def write(self, people: int, seconds: float) -> None:
        """So many people write, for so long."""
        started = time.monotonic()
        threads = [
            threading.Thread(target=self._person, args=(f"o{self.turn}-{number}", started + seconds))
            for number in range(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.tally.lasted += time.monotonic() - started

    def _person(self, openid: str, until: float) -> None:
        chance = random.Random(openid)  # noqa: S311  # the same people each time
        while time.monotonic() < until:
            body = messages.text(openid, chance.choice(WORDS), chance.randrange(10**15))
            started = time.monotonic()
            reply = self._reply(body)
            if not reply:
                self.tally.failed += 1
                continue
            self.tally.seconds.append(time.monotonic() - started)
            if chance.random() < 0.1:
                self.tally.repeated += 1
                self.tally.otherwise += self._reply(body) != reply

    def _reply(self, body: bytes) -> str:
        """The words of a reply; empty where there is none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("POST", messages.signed(self.token), body, messages.HEADERS)
            response = connection.getresponse()
            said = response.read()
        except (OSError, HTTPException):
            return ""
        finally:
            connection.close()
        return messages.words_of(said) if response.status == 200 and said.startswith(b"<xml>") else ""


if __name__ == "__main__":
    main()
