"""Folders are watched: changes are told. Where they cannot be told, the follower looks from time to time."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.living.watching import moments_to_look

LONGEST_WAIT = 20.0
"""Seconds after which the follower would look anyway."""


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Somebody writes to a file all the time."""
    enough = threading.Event()

    def write() -> None:
        while not enough.wait(0.02):
            path.write_text("", "utf-8")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        enough.set()
        writer.join()


@pytest.mark.parametrize("name", ["knowledge/policies/a.md", "bell"])
def test_a_change_is_told(tmp_path: Path, name: str) -> None:
    """Deep in a folder, and of a single file, before the follower would look anyway."""
    (tmp_path / "knowledge" / "policies").mkdir(parents=True)
    (tmp_path / "bell").touch()
    moments = moments_to_look(tmp_path / "knowledge", tmp_path / "bell", look_every=LONGEST_WAIT)

    next(moments)
    started = time.monotonic()
    with changing(tmp_path / name):
        next(moments)
        next(moments)
    assert time.monotonic() - started < LONGEST_WAIT


def test_where_nothing_is_told_the_follower_looks(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing changed; or there is nothing to watch, which is logged once."""
    here = moments_to_look(tmp_path, look_every=0.01)
    nowhere = moments_to_look(tmp_path / "nowhere", look_every=0.01)

    for moments in (here, here, nowhere, nowhere):
        next(moments)

    assert caplog.text.count("watching=by_looking") == 1
