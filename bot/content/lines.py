"""Files that staff write, read as UTF-8 lines; errors name the line."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from bot.errors import DocumentError

State = tuple[int, int, int, int]
"""Inode, size and times of change of a file: another one when anybody wrote to it."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Consecutive lines of a file; `first` is the 1-based number of the first one."""

    path: Path
    lines: tuple[str, ...]
    first: int = 1

    def part(self, start: int, end: int | None = None) -> "Lines":
        """The lines from one index up to another, still knowing where they stand."""
        return Lines(self.path, self.lines[start:end], self.first + start)

    def error(self, index: int, problem: str) -> DocumentError:
        """An error in the line at an index."""
        return DocumentError(self.path, self.first + index, problem)


def state_of(file: "Path | os.DirEntry[str]") -> State | None:
    """The state of a file; None for one that is not there, or that somebody took away this moment."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def states_in(folder: Path, *patterns: str) -> tuple[tuple[Path, State | None], ...]:
    """The files of a folder that match one of some patterns, each with its state."""
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return tuple((path, state_of(path)) for path in paths)


def read_lines(path: Path) -> Lines:
    """The lines of a UTF-8 file; a BOM and CRLF are accepted.

    Raises:
        DocumentError: the file cannot be read, is not UTF-8, or holds control characters.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            path, 1, f"file: cannot be read ({error.strerror}); check its permissions"
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            path, line, f"encoding: {_encoding_problem(data)}; save the file as UTF-8"
        ) from None
    lines = Lines(path, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    for index, row in enumerate(lines.lines):
        if found := _CONTROL.search(row):
            raise lines.error(index, f"control character U+{ord(found[0]):04X}: is not text; remove it")
    return lines


def _encoding_problem(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "is not UTF-8"
    return "is GB18030, not UTF-8"
