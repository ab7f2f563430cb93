"""No test of this room may hang: they wait for other processes, and for changes that must be noticed."""

import signal
from collections.abc import Iterator

import pytest

LONGEST_TEST = 180
"""Seconds; the slowest takes 20 on two cores."""


@pytest.fixture(autouse=True)
def limit() -> Iterator[None]:
    """Ends a test that waits in vain, wherever it waits."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(_number: int, _frame: object) -> None:
        raise TimeoutError(f"not done within {LONGEST_TEST} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST_TEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
