"""Subjects: matters that rules of their own govern, `lexicon/subjects.txt`. They are looked for in what is found.

驾驶证, 驾照, 行驶证       # one matter a line: its name, and other words for it; what follows a # is a remark
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.content.lines import read_lines
from bot.search.folding import Folding

SUBJECTS_FILE = "lexicon/subjects.txt"

_FEWEST = 2
"""Characters of a word: a single one stands in too many questions."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter. `words` are its name and all other words for it, folded."""

    words: tuple[str, ...]

    def is_in(self, folded: str) -> bool:
        """Whether a folded text speaks of it."""
        return any(word in folded for word in self.words)


@dataclass(frozen=True)
class Subjects:
    """The matters, in the order of the file."""

    rows: tuple[Subject, ...] = ()

    def named_in(self, folded: str) -> tuple[tuple[str, Subject], ...]:
        """The matters that a folded question names, each with the word for it, in the question's order."""
        found: dict[int, str] = {}
        if self._pattern:
            for match in self._pattern.finditer(folded):
                found.setdefault(self._row_of[match[0]], match[0])
        return tuple((word, self.rows[row]) for row, word in found.items())

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {word: row for row, subject in enumerate(self.rows) for word in subject.words}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any word; of several that begin at one place, the longest."""
        words = sorted(self._row_of, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words))) if words else None


def read_subjects(path: Path) -> Subjects:
    """The subjects of a file.

    Raises:
        DocumentError: the file is unusable, or a word is too short or stands twice.
    """
    return Subjects(tuple(Subject(words) for words in _rows(path)))


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    lines, folding = read_lines(path), Folding()
    line_of: dict[str, int] = {}
    for index, line in enumerate(lines.lines):
        written = folding.fold(line.partition("#")[0]).split(",")
        words = tuple(word for each in written if (word := each.strip()))
        for word in words:
            if len(word) < _FEWEST:
                raise lines.error(index, f"“{word}”：太短；至少写 {_FEWEST} 个字")
            if word in line_of:
                raise lines.error(index, f"“{word}”：第 {line_of[word]} 行已经有了；留一处")
            line_of[word] = lines.first + index
        if words:
            yield words
