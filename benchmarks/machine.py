"""The machine a benchmark runs on, and what processes take of its memory."""

import multiprocessing
import os
import platform
import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("numpy", "numba", "bm25s", "tantivy", "rank-bm25", "jieba")
WORKERS = 4


def described() -> dict[str, str]:
    """Processor, cores, Python and the versions of the packages that are compared."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text("utf-8"))
    machine = {
        "processor": model[1] if model else platform.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "python": platform.python_version(),
    }
    return machine | {package: _version(package) for package in PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def memory_of_workers(work: Callable[[], object]) -> dict[str, float]:
    """MB that forked workers hold together once all have worked: Rss counts shared pages each time, Pss once.

    What they inherit from this process is taken off: the same workers without the work.
    """
    idle, busy = _memory(lambda: None), _memory(work)
    return {kind: busy[kind] - idle[kind] for kind in busy}


def _memory(work: Callable[[], object]) -> dict[str, float]:
    fork = multiprocessing.get_context("fork")
    worked, measured = fork.Barrier(WORKERS + 1), fork.Barrier(WORKERS + 1)

    def run() -> None:
        held = work()
        worked.wait()
        measured.wait()
        del held

    workers = [fork.Process(target=run) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    worked.wait()
    held = {kind: sum(_held(worker.pid, kind) for worker in workers) for kind in ("Rss", "Pss")}
    measured.wait()
    for worker in workers:
        worker.join()
    return held


def _held(pid: int | None, kind: str) -> float:
    """MB of a process by /proc/PID/smaps_rollup."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    found = re.search(rf"{kind}:\s+(\d+) kB", rollup)
    return int(found[1]) / 1000 if found else 0.0
