"""Processes of our own: work shared among forks, a command behind the answers, an end with the parent, memory
given back."""

import ctypes
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar, TypeVar

NICENESS = 10
"""Of a command that nobody waits for: answers come first."""

_PR_SET_PDEATHSIG = 1

_SELDOM = 200_000
"""New objects after which the collector looks for garbage where nearly all of them stay; usually 700."""

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Lets the garbage collector run seldom while many lasting objects are loaded.

    Saves an eighth of a start.
    """
    first, *others = gc.get_threshold()
    gc.set_threshold(_SELDOM, *others)
    try:
        yield
    finally:
        gc.set_threshold(first, *others)


def map_in_forks(function: Callable[[T], R], items: Sequence[T]) -> Iterator[R]:
    """The result of each item, in order, worked out in one forked process a core.

    Forks inherit the function with everything it refers to; only items and results are pickled. A fork dies
    with this process.

    This process works alone on a single item, where it has threads, whose locks a fork would copy, and
    elsewhere than on Linux.
    """
    if len(items) < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield from map(function, items)
        return
    fork = multiprocessing.get_context("fork")
    inherited = (function, os.getpid())
    with fork.Pool(len(os.sched_getaffinity(0)), _Inherited.set, inherited) as pool:
        yield from pool.imap(_Inherited.call, items)


class _Inherited:
    """The function of a fork.

    It is inherited, because pickling its data for each process would take too long.
    """

    function: ClassVar[Callable[[object], object]]

    @classmethod
    def set(cls, function: Callable[[object], object], parent: int) -> None:
        """Also ties the fork to its parent: an orphan would wait for ever, and keep its parent's locks."""
        end_with_parent(parent, signal.SIGKILL)
        cls.function = function

    @classmethod
    def call(cls, item: object) -> object:
        return cls.function(item)


def run_niced(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
    """Runs a command with low priority and waits for its end. Its standard output is dropped."""
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL) as process:  # noqa: S603  # ours
        if hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)


def end_with_parent(parent: int, how: signal.Signals) -> None:
    """Lets the system send this process a signal when its parent ends, even if the parent is killed.

    Linux only.

    Raises:
        SystemExit: the parent has ended already.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        sys.exit()


def give_back_memory() -> None:
    """Frees what only refers to itself, and gives free memory back to the system where the C library can.

    What a process was forked with is not looked at. Collecting takes 0.1 s or less, giving back 0.01 s.

    Source: malloc_trim(3), of glibc; without it the allocator keeps for later what is free.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim:
        trim(0)
