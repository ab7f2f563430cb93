"""Prints how many questions a second the service answers, and what each costs.

    python -m benchmarks.throughput [--seconds 8] [--connections 50] [--workers 2]

Residents' questions over the policies, by wrk over loopback, in one run beside a WSGI application that only
says `ok` under the same server. Milliseconds are of processor, of all workers; they and the ratio to the echo
tell more than the rate where other jobs use the machine, or where wrk shares its cores with the service.
The latency at 70 % of the rate is that of questions which come in at their own time, whoever still waits.
Starts are of a folder that is indexed already.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from benchmarks.pacing import paced
from benchmarks.questions import POLICIES, RESIDENTS, read_questions, require_residents
from tests.channels.server_process import ServerProcess, environment, free_port, serving, wait_until
from tests.conftest import KNOWLEDGE, ROOT

LOAD = 0.7
"""Share of the highest rate at which latencies are measured."""

ASKED_BEFORE = 64
"""Questions that are asked again and again; each is asked ten times before anything is measured."""

_LUA = """
local bodies, at = {}, 0
for line in io.lines(os.getenv("BODIES")) do bodies[#bodies + 1] = line end
math.randomseed(os.time())
at = math.random(#bodies)
request = function()
  at = at % #bodies + 1
  return wrk.format("POST", nil, {["Content-Type"] = "application/json"}, bodies[at])
end
"""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Target:
    """Whom to ask."""

    name: str
    port: int
    pid: int


@dataclass(frozen=True, slots=True)
class Hammer:
    """As many connections as wanted that ask one question after the other; `folder` has the questions."""

    wrk: str
    folder: Path
    connections: int
    bodies: str = "bodies.txt"

    @classmethod
    def of(cls, wrk: str, folder: Path, connections: int, questions: Sequence[str]) -> Self:
        """A hammer whose files are written into a folder."""
        lines = [json.dumps({"question": question}, ensure_ascii=False) for question in questions]
        (folder / "bodies.txt").write_text("\n".join(lines), "utf-8")
        (folder / "ask.lua").write_text(_LUA, "utf-8")
        return cls(wrk, folder, connections)

    def warm_up(self, port: int) -> None:
        """Asks until each of a few questions has been asked ten times."""
        answered = 0
        while answered < 10 * ASKED_BEFORE:
            answered += self.hit(port, 1)[1]

    def hit(self, port: int, seconds: float) -> tuple[float, int, int]:
        """Answers a second, how many there were, and how many requests failed."""
        said = subprocess.run(
            [
                self.wrk,
                "-t1",
                f"-c{self.connections}",
                f"-d{seconds:.0f}s",
                "-s",
                str(self.folder / "ask.lua"),
                f"http://127.0.0.1:{port}/api/v1/ask",
            ],
            env=os.environ | {"BODIES": str(self.folder / self.bodies)},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        count, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec: +([\d.]+)", said)
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        broken = sum(map(int, re.findall(r"(?:connect|read|write|timeout) (\d+)", said)))
        assert count is not None, said
        assert rate is not None, said
        return float(rate[1]), int(count[1]), (int(refused[1]) if refused else 0) + broken


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    require_residents()
    wrk = shutil.which("wrk")
    if wrk is None:
        sys.exit("throughput: cannot be measured without wrk; install it, such as by apt-get install wrk")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questions = [posed.text for posed in read_questions(RESIDENTS)]
        hammer = Hammer.of(wrk, folder, options.connections, questions)
        lines = (folder / "bodies.txt").read_text("utf-8").splitlines()
        (folder / "few.txt").write_text("\n".join(lines[:ASKED_BEFORE]), "utf-8")
        measure(hammer, options.seconds, options.workers)


def measure(hammer: Hammer, seconds: int, workers: int) -> None:
    """A row for the echo, one for questions that are worked out, and one for those that were asked before."""
    folder = hammer.folder
    fill(folder / "knowledge")
    index = [sys.executable, "-m", "bot", "index"]
    subprocess.run(index, cwd=ROOT, env=environment(folder, knowledge_dir=folder / "knowledge"), check=True)
    show_command(folder)
    print(f"{'':<16}{'a second':>10}{'ms':>8}{'÷ echo':>8}{'failed':>8}{'p50 ms':>9}{'p99 ms':>9}")
    with echoing(workers) as target:
        least = row(hammer, target, seconds, 0.0)
    for name, cached, bodies in (("worked out", 0, "bodies.txt"), ("asked before", 4096, "few.txt")):
        asking = replace(hammer, bodies=bodies)
        began = time.monotonic()
        with serving(
            folder, knowledge_dir=folder / "knowledge", workers=workers, cached_answers=cached
        ) as server:
            print(f"(started within {time.monotonic() - began:.1f} s)")
            asking.warm_up(server.port)
            row(asking, Target(name, server.port, server.process.pid), seconds, least)


def row(hammer: Hammer, target: Target, seconds: int, least: float) -> float:
    """Prints a row. The milliseconds of processor that a request takes.

    Args:
        least: those of the echo; 0: this is the echo.
    """
    before = processor_ms(target.pid)
    rate, count, failed = hammer.hit(target.port, seconds)
    each = (processor_ms(target.pid) - before) / count
    shown = f"{target.name:<16}{rate:>10.0f}{each:>8.3f}"
    if least:
        bodies = (hammer.folder / hammer.bodies).read_text("utf-8").splitlines()
        times = [1000 * taken for taken in paced(target.port, bodies, LOAD * rate, seconds)]
        p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
        shown += f"{each / least:>8.1f}{failed:>8}{p50:>9.1f}{p99:>9.1f}"
    print(shown, flush=True)
    return each


def show_command(folder: Path) -> None:
    """How long `bot ask` takes on the shipped documents, the second time."""
    (folder / "command").mkdir()
    command = [sys.executable, "-m", "bot", "ask", "社区服务"]
    for _ in range(2):
        started, before = time.perf_counter(), os.times()
        subprocess.run(
            command, cwd=ROOT, env=environment(folder / "command"), check=True, stdout=subprocess.DEVNULL
        )
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    print(f"bot ask: {time.perf_counter() - started:.2f} s, {processor:.2f} s of processor")


def processor_ms(pid: int) -> float:
    """Processor time of a process and its children so far."""
    ticks = 0
    for process in (str(pid), *children_of(pid)):
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return 1000 * ticks / _TICKS


@contextmanager
def echoing(workers: int) -> Iterator[Target]:
    """The echo."""
    port = free_port()
    command = [sys.executable, "-m", "benchmarks.echo", str(port), str(workers)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: ServerProcess(process, port, ROOT).get("/") == 200, "the echo answers")
            yield Target("echo", port, process.pid)
        finally:
            process.terminate()


def children_of(pid: int) -> list[str]:
    """Ids of the processes below one."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text("utf-8").split()


def fill(folder: Path) -> None:
    """The shipped knowledge and the policies, as one knowledge folder."""
    shutil.copytree(KNOWLEDGE, folder)
    for path in sorted(POLICIES.glob("*.txt")):
        lines = [line.rstrip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
        title = json.dumps(lines[0].strip(), ensure_ascii=False)
        document = f"---\ntitle: {title}\n---\n" + "\n".join(lines) + "\n"
        (folder / "policies" / f"{path.stem}.md").write_text(document, "utf-8")


if __name__ == "__main__":
    main()
