"""Breaks the nodes of a cluster under 50 questions a second: `python -m benchmarks.faults`.

Starts two nodes of OpenSearch, and a service with two workers over the shipped documents. A crowd asks over
HTTP while nodes are frozen, killed and started again; a document changes every three seconds. Prints for each
step how many questions were asked, how many failed or mixed two versions, how many were answered a second,
and how long that took since they were sent.
"""

import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import described
from tests.channels.server_process import serving, wait_until
from tests.conftest import KNOWLEDGE
from tests.opensearch.crowd import Crowd, is_ready, state_at, write_moon
from tests.opensearch.nodes import Nodes, running

STEP = 15.0
CHANGE_EVERY = 3.0


def main() -> None:
    print(described())
    with tempfile.TemporaryDirectory() as name, running() as nodes:
        folder = Path(name)
        shutil.copytree(KNOWLEDGE, folder / "knowledge")
        write_moon(folder, 1)
        settings = {"search_url": " ".join(nodes.urls), "workers": 2, "knowledge_dir": folder / "knowledge"}
        with serving(folder, **settings) as service:
            wait_until(lambda: is_ready(service.port), "the cluster answers", 60)
            crowd, done = Crowd(service.port), threading.Event()
            changer = threading.Thread(target=changing, args=(folder, done), daemon=True)
            changer.start()
            steps(nodes, crowd, service.port)
            done.set()
            changer.join()
            crowd.stop()


def steps(nodes: Nodes, crowd: Crowd, port: int) -> None:
    """What happens, one after another."""
    manager = nodes.manager()
    other = 1 - manager
    step(crowd, "nothing breaks", lambda: time.sleep(STEP))
    nodes.freeze(other)
    step(crowd, "one node frozen", lambda: time.sleep(STEP))
    nodes.thaw(other)
    step(crowd, "it goes on", lambda: time.sleep(STEP))
    nodes.kill(other)
    step(crowd, "one node killed", lambda: time.sleep(STEP))
    nodes.start(other)
    step(crowd, "it comes back, until green", nodes.wait_until_green)
    nodes.kill(manager)
    step(crowd, "the manager killed", lambda: time.sleep(STEP))
    nodes.start(manager)
    step(crowd, "it comes back, until green", nodes.wait_until_green)
    for number in (0, 1):
        nodes.freeze(number)
    step(crowd, "both frozen", lambda: time.sleep(STEP))
    print("  /readyz:", state_at(port))
    for number in (0, 1):
        nodes.thaw(number)
    step(crowd, "both go on, until ready", lambda: wait_until(lambda: is_ready(port), "ready", 120))


def changing(folder: Path, done: threading.Event) -> None:
    """Changes the document until it is done."""
    version = 1
    while not done.wait(CHANGE_EVERY):
        version += 1
        write_moon(folder, version)


def step(crowd: Crowd, name: str, wait: Callable[[], object]) -> None:
    """Prints what became of the questions that were answered during a step."""
    before, started = crowd.count(), time.monotonic()
    wait()
    took, asked = time.monotonic() - started, crowd.asked[before:]
    seconds = sorted(each.seconds for each in asked)
    p99 = seconds[int(0.99 * (len(seconds) - 1))]
    wrong = [each.wrong for each in asked if each.wrong]
    times = f"p50 {statistics.median(seconds):.2f} p99 {p99:.2f} longest {seconds[-1]:.2f} s"
    counts = f"asked {len(asked):5} wrong {len(wrong)} {len(asked) / took:4.0f}/s"
    print(f"{name:<28} {took:5.0f} s  {counts}  {times}  {set(wrong) or ''}", flush=True)


if __name__ == "__main__":
    main()
