"""Breaks the nodes of a cluster under 50 questions a second: `python -m benchmarks.faults`.

Starts two nodes of OpenSearch with data and one that only manages, and a service with two workers over the
shipped documents. A crowd asks over HTTP while nodes are frozen, killed and started again; in every second
step a document changes every three seconds. Prints for each step how many questions were asked, how many
failed or mixed two versions, how many were answered a second, how many searches of a shard the nodes began,
and how long answers took since the questions were sent.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from benchmarks.machine import described
from tests.channels.server_process import serving, wait_until
from tests.conftest import KNOWLEDGE
from tests.opensearch.crowd import Crowd, is_ready, state_at, write_moon
from tests.opensearch.nodes import DATA_NODES, Nodes, running

STEP = 15.0
CHANGE_EVERY = 3.0


def main() -> None:
    print(described())
    with tempfile.TemporaryDirectory() as name, running(3) as nodes:
        folder = Path(name)
        shutil.copytree(KNOWLEDGE, folder / "knowledge")
        write_moon(folder, 1)
        settings = {"search_url": " ".join(nodes.urls), "workers": 2, "knowledge_dir": folder / "knowledge"}
        with serving(folder, **settings) as service:
            wait_until(lambda: is_ready(service.port), "the cluster answers", 60)
            crowd = Crowd(service.port)
            steps(nodes, crowd, folder, service.port)
            crowd.stop()


def steps(nodes: Nodes, crowd: Crowd, folder: Path, port: int) -> None:
    """What happens, one after another."""
    manager, changing = nodes.manager(), changer(folder)
    first = manager if manager < DATA_NODES else 0
    second = 1 - first

    def both(name: str) -> None:
        step(nodes, crowd, name, lambda: time.sleep(STEP))
        step(nodes, crowd, f"{name}, changes", changing)

    both("nothing breaks")
    nodes.freeze(second)
    both("a node frozen")
    nodes.thaw(second)
    step(nodes, crowd, "until ready", lambda: wait_until(lambda: is_ready(port), "ready", 120))
    nodes.kill(second)
    both("a node killed")
    nodes.start(second)
    step(nodes, crowd, "back, until green", nodes.wait_until_green)
    nodes.kill(manager)
    both("the manager killed")
    nodes.start(manager)
    step(nodes, crowd, "back, until green", nodes.wait_until_green)
    for number in range(DATA_NODES):
        nodes.freeze(number)
    both("both frozen")
    print("  /readyz:", state_at(port))
    for number in range(DATA_NODES):
        nodes.thaw(number)
    step(nodes, crowd, "until ready", lambda: wait_until(lambda: is_ready(port), "ready", 120))


def changer(folder: Path) -> Callable[[], None]:
    """Changes the document again and again for a while."""
    versions = count(2)

    def change() -> None:
        until = time.monotonic() + STEP
        while time.monotonic() < until:
            write_moon(folder, next(versions))
            time.sleep(CHANGE_EVERY)

    return change


def step(nodes: Nodes, crowd: Crowd, name: str, wait: Callable[[], object]) -> None:
    """Prints what became of the questions that were answered during a step."""
    before, searches, started = crowd.count(), nodes.searches(), time.monotonic()
    wait()
    took, asked = time.monotonic() - started, crowd.asked[before:]
    begun = sum(max(0, now - then) for now, then in zip(nodes.searches(), searches, strict=True))
    seconds = sorted(each.seconds for each in asked)
    p99 = seconds[int(0.99 * (len(seconds) - 1))]
    wrong = [each.wrong for each in asked if each.wrong]
    times = f"p50 {statistics.median(seconds):.2f} p99 {p99:.2f} longest {seconds[-1]:.2f} s"
    counts = f"asked {len(asked):5} wrong {len(wrong)} {len(asked) / took:4.0f}/s searches {begun:5}"
    print(f"{name:<28} {took:5.0f} s  {counts}  {times}  {set(wrong) or ''}", flush=True)


if __name__ == "__main__":
    main()
