"""What happens to files: a bit flips, the end is missing, the file is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest

Damage = Callable[[Path], None]


def flip(path: Path) -> None:
    """One bit, as a bad disk does it."""
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def shorten(path: Path) -> None:
    """Whatever wrote it was killed."""
    path.write_bytes(path.read_bytes()[:-1])


damages = pytest.mark.parametrize(
    "damage", [flip, shorten, Path.unlink], ids=["flipped bit", "cut off", "gone"]
)
