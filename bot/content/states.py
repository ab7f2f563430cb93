"""The states of files, from the file system alone: they show whether a file has changed since it was read."""

import os
from fnmatch import fnmatchcase
from pathlib import Path

State = tuple[int, int, int, int]
"""Inode, size and times of change of a file: another one after every write."""


def state_of(file: "Path | os.DirEntry[str]") -> State | None:
    """The state of a file; None: there is no such file (any more).

    One that leads nowhere or cannot be reached has a state too: whoever reads it tells what is wrong.
    """
    try:
        state = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        return 0, 0, 0, error.errno or 0
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def states_in(folder: Path, pattern: str) -> dict[str, State]:
    """The states of the files of a folder whose names match, by name, in the order of names.

    scandir, because thousands of files are looked at every few seconds.

    Raises:
        OSError: there is no such folder, or it cannot be read.
    """
    with os.scandir(folder) as files:
        states = {file.name: state_of(file) for file in files if fnmatchcase(file.name, pattern)}
    return {name: state for name in sorted(states) if (state := states[name])}
