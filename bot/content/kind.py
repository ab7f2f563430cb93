"""A kind of file in the knowledge folder: its files, how they are read, and what a check finds in them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar, cast

from bot.content.finding import Finding
from bot.content.lines import is_there
from bot.errors import DocumentError
from bot.policy.holding import Holding
from bot.policy.library import Library

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Progress = Callable[[Iterable[Holding], int], Iterable[Holding]]
"""Passes holdings on, and may show how far it is; the number is how many holdings there are."""


@dataclass(frozen=True, slots=True)
class LoadResult(Generic[T_co]):
    """The value of some files, and the errors of lines or files that were left out."""

    value: T_co
    left_out: tuple[DocumentError, ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that a check may use beside the value of its own kind. `today` decides what has expired."""

    knowledge: Path
    library: Library
    today: date
    progress: Progress


Check = Callable[[T, Surroundings], Iterable[Finding]]


def _nothing_more(_: object, __: Surroundings) -> Iterable[Finding]:
    return ()


@dataclass(frozen=True, eq=False)
class FileKind(Generic[T_co]):
    """A row of the table CONTENT. Kinds are told apart by identity.

    Args:
        name: what the log calls one piece of such a file: document, rule, topic.
        patterns: its files, below the knowledge folder; `*` only in the last part.
        load: reads the files. A strict kind raises DocumentError where a file is unusable: no edition is made
            of it, and no service starts with it. A lenient kind leaves the line out.
        check: finds more than errors of loading in a value.
        load_kept: loads the same, and keeps what it made in a folder; None: reading takes no time.
    """

    name: str
    patterns: tuple[str, ...]
    load: Callable[[Path], LoadResult[T_co]]
    check: Check[T_co] = _nothing_more
    load_kept: Callable[[Path, Path], LoadResult[T_co]] | None = None

    def load_beside(self, knowledge: Path, kept: Path) -> LoadResult[T_co]:
        """Reads the files, or opens what was kept of the same files in a folder."""
        return self.load_kept(knowledge, kept / self.name) if self.load_kept else self.load(knowledge)


def one_file(
    name: str, file: str, read: Callable[[Path], T], absent: T, check: Check[T] = _nothing_more
) -> FileKind[T]:
    """A strict kind that is a single file.

    Args:
        read: the value of the file; raises DocumentError where it is unusable.
        absent: the value where there is no such file.
        check: finds more than errors of loading in the value.
    """

    def load(knowledge: Path) -> LoadResult[T]:
        path = knowledge / file
        return LoadResult(read(path) if is_there(path) else absent)

    return FileKind(name, (file,), load, check)


@dataclass(frozen=True)
class Contents:
    """The contents of a knowledge folder at one moment: one value for each kind."""

    values: Mapping[FileKind[object], object]

    def of(self, kind: FileKind[T]) -> T:
        """The value of a kind."""
        return cast("T", self.values[kind])
