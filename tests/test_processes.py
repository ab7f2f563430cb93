"""Processes of our own: forks that share work and die with their parent, a command behind the answers."""

import gc
import os
import platform
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.processes import NICENESS, collecting_seldom, map_in_forks, run_niced
from tests.channels.server_process import LONGEST_WAIT, wait_until
from tests.conftest import ROOT

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks, and looks at processes through /proc")


FORKS = """
import os, threading
from bot.processes import map_in_forks

def outer():
    secret = threading.Lock()  # cannot be pickled, nor can a function within a function
    return lambda number: (number, os.getpid(), secret.locked())

results = list(map_in_forks(outer(), range(20)))
assert [number for number, _, _ in results] == list(range(20))
assert os.getpid() not in {pid for _, pid, _ in results}
"""


def failure_of(program: str) -> str | None:
    """What a program says that fails; None: it does not. It has no threads and memory of other tests."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stderr if done.returncode else None


@linux
def test_forks_inherit_what_is_not_pickled_and_results_come_in_order() -> None:
    """Whoever counts does so in other processes. Tried in a process without threads of other tests."""
    assert failure_of(FORKS) is None


def test_a_process_with_threads_works_alone() -> None:
    """A fork would copy the locks that the threads hold."""
    enough = threading.Event()
    thread = threading.Thread(target=enough.wait, args=(LONGEST_WAIT,))
    thread.start()
    try:
        assert set(map_in_forks(lambda _: os.getpid(), range(4))) == {os.getpid()}
    finally:
        enough.set()
        thread.join()


def test_a_single_item_needs_no_fork() -> None:
    """And no item gives no result."""
    assert list(map_in_forks(lambda _: os.getpid(), [1])) == [os.getpid()]
    assert list(map_in_forks(lambda _: os.getpid(), [])) == []


def test_what_fails_in_a_fork_fails_here() -> None:
    """With the same error."""
    with pytest.raises(ZeroDivisionError):
        list(map_in_forks(lambda number: 1 // number, [1, 0]))


@linux
def test_forks_die_with_their_parent(tmp_path: Path) -> None:
    """Killed, it can tell them nothing; an orphan would keep its locks for ever."""
    code = (
        "import os, sys, time; from pathlib import Path; from bot.processes import map_in_forks\n"
        "def work(number):\n"
        "    (Path(sys.argv[1]) / str(os.getpid())).touch(); time.sleep(60)\n"
        "list(map_in_forks(work, range(2)))"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT)
    try:
        wait_until(lambda: len(list(tmp_path.iterdir())) > 0, "forks work")
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait(LONGEST_WAIT)

    forks = [Path("/proc") / path.name for path in tmp_path.iterdir()]
    wait_until(lambda: not any(is_running(fork) for fork in forks), "they are gone")


def is_running(process: Path) -> bool:
    """Whether a process runs; one whose parent has not noticed its end does not."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_a_command_runs_behind_the_answers(tmp_path: Path) -> None:
    """In its folder and environment, with a lower priority; it has ended when the call returns."""
    code = "import os, time; time.sleep(0.5); open('seen', 'w').write(f'{os.nice(0)} {os.environ[\"WORD\"]}')"

    run_niced([sys.executable, "-c", code], tmp_path, {**os.environ, "WORD": "a"})

    assert (tmp_path / "seen").read_text() == f"{os.nice(0) + NICENESS} a"


PINNED = """
import sys
from pathlib import Path
from bot.processes import give_back_memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 2**20

class Circle:
    def __init__(self):
        self.itself = self
        self.blocks = [bytearray(20_000) for _ in range(4_000)]

circle = Circle()
pin = bytearray(20_000)  # above all that is freed: the allocator could give back nothing by itself
most = resident()
del circle
give_back_memory()
assert resident() < most - 60, (most, resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives back what lies in between")
def test_memory_that_only_refers_to_itself_goes_back_to_the_system() -> None:
    """80 MB in a circle, with something above it that stays."""
    assert failure_of(PINNED) is None


def test_garbage_is_collected_as_usual_after_a_start() -> None:
    """Also where it has failed."""
    usual = gc.get_threshold()

    with pytest.raises(OSError, match="full"), collecting_seldom():
        assert gc.get_threshold()[0] > usual[0]
        raise OSError("full")

    assert gc.get_threshold() == usual
