"""Changes a document of a large library under load, and kills what answers: `python -m benchmarks.living`.

    python -m benchmarks.living [--clauses 100000] [--changes 30] [--kill-for SECONDS]

Prints how long after a change the last outdated answer came, and how many answers failed or mixed two
versions. With --kill-for it changes the document all the time and kills -9 a worker, the builder or the whole
service again and again; a lost connection is no failure then, a wrong answer or a failed start is.
"""

import argparse
import hashlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from benchmarks.clauses import read_rows
from benchmarks.together import Together
from tests.channels.server_process import free_port
from tests.conftest import KNOWLEDGE, ROOT

WORKERS = 4
CLIENTS = 3
LONGEST_START = 600
MOONS = [f"第{number}条 登月补贴由第{{version}}版规定，第{number}款。" for number in range(1, 31)]
QUESTION = quote("登月补贴")
LAW, NUMBER = r"\1", r"\2"
_ARTICLE = re.compile(r"(.+?)(第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)$")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--clauses", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--kill-for", type=float, default=0.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = ChangingLibrary(Path(folder) / "knowledge")
        print("clauses", library.fill(options.clauses))
        service = Service(library.folder, Path(folder))
        print("first start s", round(service.start(), 1))
        clients = Clients(service.port)
        if options.kill_for:
            killing(library, service, clients, options.kill_for)
        else:
            changing(library, clients, options.changes)
        clients.stop()
        service.kill()
        print(dict(clients.seen))


class ChangingLibrary:
    """Laws as documents, and one document of 30 clauses in the middle that has versions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        shutil.copytree(KNOWLEDGE, folder)
        self.change()

    def fill(self, clauses: int) -> int:
        """Writes whole laws until there are so many clauses; how many there are."""
        written = 0
        rows = sorted((row for row in read_rows() if _ARTICLE.match(row["title"])), key=law_of)
        for title, articles in groupby(rows, law_of):
            if written >= clauses:
                break
            texts = [f"{_ARTICLE.sub(NUMBER, row['title'])} {row['text']}" for row in articles]
            written += len(texts)
            self._write(f"{written}-{re.sub(r'[^0-9A-Za-z一-龥]', '', title)[:60]}", title, "\n".join(texts))
        return written

    def change(self) -> None:
        """The next version, as an editor saves it: a new file in the place of the old one."""
        self.version += 1
        self._write("5-月球", "月球办法", self.text(self.version))

    @staticmethod
    def text(version: int) -> str:
        """The document's text in a version."""
        return "\n".join(line.format(version=version) for line in MOONS)

    def _write(self, document_id: str, title: str, text: str) -> None:
        path = self.folder / "policies" / f"{document_id}.md"
        saved = path.with_suffix(".saving")
        saved.write_text(f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n{text}\n", "utf-8")
        saved.replace(path)


class Service:
    """`python webhook.py` in a session of its own."""

    def __init__(self, knowledge: Path, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log.txt"
        self._env = os.environ | {
            "KNOWLEDGE_DIR": str(knowledge),
            "DATA_DIR": str(folder / "data"),
            "WORKERS": str(WORKERS),
            "PORT": str(self.port),
        }

    def start(self) -> float:
        """Seconds until it answers."""
        started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "webhook.py")],
                env=self._env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while fetch(self.port, "/readyz")[0] != 200:
            assert self.process.poll() is None, self.log.read_text("utf-8")[-2000:]
            assert time.monotonic() - started < LONGEST_START
            time.sleep(0.1)
        return time.monotonic() - started

    def children(self, of: int | None = None) -> list[int]:
        """Ids of the processes below one; the workers, if none is named."""
        pid = of or self.process.pid
        try:
            return [
                int(c)
                for task in Path(f"/proc/{pid}/task").iterdir()
                for c in (task / "children").read_text().split()
            ]
        except OSError:
            return []

    def kill(self) -> None:
        """Ends all of its processes at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Clients:
    """Ask all the time. `seen` counts what came; `last[v]` is when version v was last seen."""

    def __init__(self, port: int) -> None:
        self.seen: Counter[str] = Counter()
        self.last: dict[int, float] = {}
        self.ms: list[float] = []
        self._port = port
        self.stop = Together(CLIENTS, self._ask).stop

    def _ask(self, _number: int, ends: threading.Event) -> None:
        while not ends.is_set():
            started = time.monotonic()
            status, body = fetch(self._port, f"/api/v1/ask?k=10&q={QUESTION}")
            self.ms.append(1000 * (time.monotonic() - started))
            if status == 0:
                self.seen["connection lost"] += 1
                time.sleep(0.05)
            elif status != 200:
                self.seen["failed"] += 1
            else:
                self._look_at(json.loads(body)["passages"], time.monotonic())

    def _look_at(self, passages: list[dict[str, object]], now: float) -> None:
        """Every passage must come from one version, word for word, and with that version's digest."""
        versions = {found[1] for p in passages if (found := re.search(r"第(\d+)版", str(p["text"])))}
        digests = {p["citation"]["digest"] for p in passages}  # type: ignore[index]
        if len(versions) != 1 or len(passages) < 5:
            self.seen["mixed or missing"] += 1
            return
        version = int(versions.pop())
        expected = hashlib.sha256(ChangingLibrary.text(version).encode()).hexdigest()
        self.seen["right" if digests == {expected} else "wrong digest"] += 1
        self.last[version] = max(now, self.last.get(version, 0))


def changing(library: ChangingLibrary, clients: Clients, changes: int) -> None:
    """Changes the document and waits until nobody has seen the version before for a while."""
    delays = []
    for _ in range(changes):
        old = library.version
        library.change()
        changed = time.monotonic()
        while (
            time.monotonic() - max(clients.last.get(old, 0), changed) < 2
            or library.version not in clients.last
        ):
            time.sleep(0.05)
            assert time.monotonic() - changed < 60, "the change was not seen"
        delays.append(max(0.0, clients.last.get(old, 0) - changed))
    ordered = sorted(clients.ms)
    print("last outdated answer after the change, s: median", round(statistics.median(delays), 2), end=" ")
    print("max", round(max(delays), 2), [round(delay, 2) for delay in delays])
    print(
        "answers ms: p50",
        round(ordered[len(ordered) // 2], 1),
        "p99",
        round(ordered[len(ordered) * 99 // 100], 1),
    )


def killing(library: ChangingLibrary, service: Service, clients: Clients, seconds: float) -> None:
    """Changes and kills at random moments; ends when the newest version is what everybody answers."""
    chance, killed = random.Random(2026), Counter[str]()  # noqa: S311
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        library.change()
        if chance.random() < 0.3:
            (library.folder / "lexicon" / "terms.txt").write_text(f"登月{library.version}\n", "utf-8")
        time.sleep(chance.random() * 1.5)
        workers = service.children()
        builders = [child for worker in workers for child in service.children(worker)]
        what = chance.choice(["builder"] if builders else ["worker", "worker", "service"])
        victims = {"worker": workers[:1], "builder": builders[:1], "service": [service.process.pid]}[what]
        for victim in victims:
            killed[what] += 1
            if what == "service":
                service.kill()
                service.start()
            else:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
    time.sleep(30)
    settled = time.monotonic()
    time.sleep(3)
    newest = {version for version, when in clients.last.items() if when > settled}
    assert newest == {library.version}, (newest, library.version)
    print("killed", dict(killed), "versions", library.version)


def law_of(row: dict[str, str]) -> str:
    """The title of the law that an article is from."""
    return _ARTICLE.sub(LAW, row["title"])


def fetch(port: int, path: str) -> tuple[int, bytes]:
    """Status and body; 0 where the connection was lost."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


if __name__ == "__main__":
    main()
