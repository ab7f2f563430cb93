"""Uses the service as a town does, for an hour: does it grow? `python -m benchmarks.soak`.

    python -m benchmarks.soak [--minutes 60] [--rate 15] [--workers 2] [--changes 12]

Residents ask over the policies: by API, on pages, at kiosks, in 公众号, and say what they think of answers.
They come at their own times. In the second third of the time the knowledge folder changes so often, in turns
a document and a word of the dictionary, for every edition needs memory of its own. A line each half minute
has, for each worker, MB of Rss and Pss, descriptors and threads; where Pss has risen by more than a few MB, a
second line says in which kinds of memory. The last lines compare the ends of the thirds, and the last third
with itself.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks import messages
from benchmarks.questions import POLICIES, RESIDENTS, read_questions, require_residents
from benchmarks.throughput import children_of, fill
from benchmarks.together import Together
from tests.channels.server_process import ServerProcess, environment, serving
from tests.conftest import ROOT

CLIENTS = 24
PEOPLE = 2000
"""Who write to 公众号, over and over."""

EVERY_SECONDS = 30
RISE_MB = 4.0
TOKEN = "soak-token-soak-token"  # noqa: S105  # of a service on loopback
CHANGING = "策略浸泡试验办法"

_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}
_JSON = {"Content-Type": "application/json"}
_MAPPING = re.compile(r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ \S+ \d+ *(.*)$")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=15, help="requests a second")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--changes", type=int, default=12, help="of the folder, in the second third")
    options = parser.parse_args()
    require_residents()
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder = Path(name)
        knowledge = folder / "knowledge"
        fill(knowledge)
        index = [sys.executable, "-m", "bot", "index"]
        subprocess.run(index, cwd=ROOT, env=environment(folder, knowledge_dir=knowledge), check=True)
        chosen = {"workers": options.workers, "wechat_token": TOKEN, "chat_per_minute": 0}
        with serving(folder, knowledge_dir=knowledge, **chosen) as server:
            town = Town(server.port, options.rate)
            seconds = 60 * options.minutes
            changes = [
                seconds * (1 + number / max(1, options.changes)) / 3 for number in range(options.changes)
            ]
            watch = Watch(server, folder / "data")
            watch.until(seconds, town, changes, lambda number: change(knowledge, number))
            town.stop()
        watch.conclude()


def change(knowledge: Path, number: int) -> None:
    """The next edition: a document says something else, or there is one word more."""
    if number % 2:
        terms = knowledge / "lexicon" / "terms.txt"
        terms.write_text(f"{terms.read_text('utf-8').rstrip()}\n浸泡词{number}\n", "utf-8")
        return
    text = f"---\ntitle: {CHANGING}\n---\n第一条 浸泡补贴每月{number}元。\n"
    (knowledge / "policies" / f"{CHANGING}.md").write_text(text, "utf-8")


class Town:
    """Residents who ask, `rate` times a second in all."""

    def __init__(self, port: int, rate: float) -> None:
        self.seconds: list[float] = []
        self.failed: Counter[str] = Counter()
        self._port, self._pause = port, CLIENTS / rate
        self._questions = [posed.text for posed in read_questions(RESIDENTS)]
        self.stop = Together(CLIENTS, self._live).stop

    def _live(self, number: int, ends: threading.Event) -> None:
        chance = random.Random(number)  # noqa: S311  # the same town
        ways: tuple[tuple[Callable[[random.Random], None], int], ...] = (
            (self._asks, 4),
            (self._chats, 3),
            (self._on_a_page, 2),
            (self._at_a_kiosk, 2),
            (self._reads, 1),
        )
        while not ends.wait(chance.expovariate(1 / self._pause)):
            (way,) = chance.choices([way for way, _ in ways], [weight for _, weight in ways])
            try:
                way(chance)
            except (OSError, HTTPException) as error:
                self.failed[type(error).__name__] += 1

    def _asks(self, chance: random.Random) -> None:
        """By API; every third says whether it helped."""
        question = {"question": self._question(chance)}
        answer = json.loads(self._send("POST", "/api/v1/ask", json.dumps(question).encode(), _JSON) or b"{}")
        if answer and chance.random() < 1 / 3:
            vote = {"answer_id": answer["answer_id"], "helpful": chance.random() < 0.5}
            self._send("POST", "/api/v1/feedback", json.dumps(vote).encode(), _JSON)

    def _chats(self, chance: random.Random) -> None:
        words = chance.choice((self._question(chance), self._question(chance), "更多", "有用", "你好"))
        body = messages.text(f"o{chance.randrange(PEOPLE)}", words, chance.randrange(10**15))
        self._send("POST", messages.signed(TOKEN), body, messages.HEADERS)

    def _on_a_page(self, chance: random.Random) -> None:
        body = urlencode({"q": self._question(chance), "part": "turn"}).encode()
        self._send("POST", "/ask", body, _FORM)

    def _at_a_kiosk(self, chance: random.Random) -> None:
        body = urlencode({"q": self._question(chance), "part": "screen"}).encode()
        self._send("POST", "/kiosk/ask", body, _FORM)

    def _reads(self, chance: random.Random) -> None:
        stems = sorted(path.stem for path in POLICIES.glob("*.txt"))
        pages = ("/", "/documents", "/kiosk", f"/policy/{quote(chance.choice(stems))}")
        self._send("GET", chance.choice(pages), b"", {"Accept-Encoding": "gzip"})

    def _question(self, chance: random.Random) -> str:
        """One of the residents', half of the time with something that nobody asked before."""
        question = chance.choice(self._questions)
        return question if chance.random() < 1 / 2 else f"{chance.randrange(10**6)}号，{question}"

    def _send(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        started = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            said = response.read()
        finally:
            connection.close()
        self.seconds.append(time.monotonic() - started)
        if response.status >= 400:
            self.failed[str(response.status)] += 1
            return b""
        return said


@dataclass(frozen=True, slots=True)
class Size:
    """What a worker takes. `kinds`: MB of Pss by kind of memory."""

    rss: float
    pss: float
    descriptors: int
    threads: int
    kinds: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rss:5.0f} {self.pss:5.1f} {self.descriptors:3} {self.threads:3}"


class Watch:
    """Looks at the workers of a service now and then."""

    def __init__(self, server: ServerProcess, data: Path) -> None:
        self._server, self._data = server, data
        self._rows: list[tuple[float, list[Size]]] = []

    def until(
        self, seconds: float, town: Town, changes: Sequence[float], make: Callable[[int], None]
    ) -> None:
        """Prints a line each half minute; meanwhile the folder is changed at some moments."""
        print("minute  answered failed   p50 ms  p99 ms  disk MB  then for each worker: Rss Pss fds threads")
        begun, made = time.monotonic(), 0
        while (passed := time.monotonic() - begun) < seconds:
            while made < len(changes) and changes[made] <= passed:
                make(made)
                made += 1
            self._look(passed / 60, town)
            time.sleep(max(0.0, min(EVERY_SECONDS, begun + seconds - time.monotonic())))
        self._look(seconds / 60, town)

    def conclude(self) -> None:
        """What has become of the memory."""
        thirds = [self._mean(part / 3) for part in (1, 2, 3)]
        print("MB of Pss of all workers at the ends of the thirds:", *(f"{each:.1f}" for each in thirds))
        print(f"within the last third: {self._mean(5 / 6):.1f} -> {thirds[-1]:.1f}")

    def _mean(self, until: float) -> float:
        """Of the rows of a twentieth of the time, until a part of it."""
        last = int(until * len(self._rows))
        kept = self._rows[max(0, last - max(1, len(self._rows) // 20)) : last]
        return statistics.mean(sum(size.pss for size in sizes) for _, sizes in kept)

    def _look(self, minute: float, town: Town) -> None:
        taken = sorted(town.seconds[-2000:]) or [0.0]
        p50, p99 = 1000 * taken[len(taken) // 2], 1000 * taken[len(taken) * 99 // 100]
        sizes = [size_of(worker) for worker in children_of(self._server.process.pid)]
        disk = sum(file.stat().st_size for file in self._data.rglob("*") if file.is_file()) / 1e6
        shown = "  |  ".join(map(str, sizes))
        answered, failed = len(town.seconds), sum(town.failed.values())
        line = f"{minute:6.1f} {answered:9} {failed:6} {p50:8.1f} {p99:7.1f} {disk:8.1f}  {shown}"
        print(line, flush=True)
        before = self._rows[-1][1] if self._rows else sizes
        for number, (then, now) in enumerate(zip(before, sizes, strict=False), 1):
            if now.pss - then.pss > RISE_MB:
                rises = {kind: mb - then.kinds.get(kind, 0.0) for kind, mb in now.kinds.items()}
                told = ", ".join(f"{kind} {mb:+.1f}" for kind, mb in sorted(rises.items()) if abs(mb) >= 0.5)
                print(f"        worker {number} rose: {told}", flush=True)
        self._rows.append((minute, sizes))


def size_of(pid: str) -> Size:
    """What a process takes at this moment."""
    kinds: Counter[str] = Counter()
    rss, kind = 0, ""
    for line in Path(f"/proc/{pid}/smaps").read_text("utf-8").splitlines():
        if found := _MAPPING.match(line):
            kind = kind_of(found[1])
        elif line.startswith("Pss:"):
            kinds[kind] += int(line.split()[1])
        elif line.startswith("Rss:"):
            rss += int(line.split()[1])
    home = Path(f"/proc/{pid}")
    descriptors, threads = (sum(1 for _ in (home / name).iterdir()) for name in ("fd", "task"))
    mb = {name: kb / 1000 for name, kb in kinds.items()}
    return Size(rss / 1000, sum(mb.values()), descriptors, threads, mb)


def kind_of(mapping: str) -> str:
    """What kind of memory a mapping is, by its name."""
    if not mapping:
        return "anonymous"
    if mapping.startswith("["):
        return mapping
    return "libraries" if ".so" in mapping or "/bin/" in mapping else Path(mapping).parent.name or mapping


if __name__ == "__main__":
    main()
