"""Subjects: matters that a question names, and that the clauses found should speak of.

`lexicon/subjects.txt` has those that rules of their own govern, `lexicon/everyday.txt` those that none does.

驾驶证, 驾照, 行驶证                      # one matter a line: ways to name it
身份证办理：身份证…（丢/补） = 居民身份证申领   # name：ways to ask = words of texts

（a/b） is one of several, … a few characters; what follows a # is a remark.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.content.finder import Wording
from bot.content.lines import Lines, read_lines
from bot.search.folding import Folding

SUBJECTS_FILE = "lexicon/subjects.txt"
EVERYDAY_FILE = "lexicon/everyday.txt"

_FEWEST = 2
"""Characters of a word: a single one stands in too many questions."""

_MARKS = re.compile("[…()/。<>]")


@dataclass(frozen=True, slots=True)
class Subject:
    """A matter. One of its `words` in a folded text speaks of it. `name` None: as the question calls it."""

    name: str | None
    asked: Wording
    words: tuple[str, ...]


@dataclass(frozen=True)
class Subjects:
    """The matters, in the order of the file."""

    rows: tuple[Subject, ...] = ()

    def named_in(self, folded: str) -> Iterator[tuple[str, Subject]]:
        """The matters that a folded question names, each with what it is called."""
        numbers = {number for character in {*folded, ""} for number in self._by_beginning.get(character, ())}
        for row in (self.rows[number] for number in sorted(numbers)):
            if found := row.asked.search(folded):
                yield row.name or found[0], row

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[int]]:
        """Character → the numbers of the matters whose names may begin with it. Empty key: any beginning."""
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for character in [""] if row.asked.beginnings is None else row.asked.beginnings:
                numbers[character].append(number)
        return numbers


def read_subjects(path: Path) -> Subjects:
    """The subjects of a file.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines, folding = read_lines(path), Folding()
    rows = []
    for index, line in enumerate(lines.lines):
        if written := folding.fold(line.partition("#")[0]).strip():
            rows.append(_subject(lines, index, written))
    return Subjects(tuple(rows))


def _subject(lines: Lines, index: int, written: str) -> Subject:
    name, colon, rest = written.rpartition(":")
    asking, _, of_texts = rest.partition("=")
    ways, words = _parts(asking), _parts(of_texts)
    if not ways or any(len(word) < _FEWEST for word in (*ways, *words)):
        raise lines.error(index, f"“{written}”：每种说法至少写 {_FEWEST} 个字")
    plain = [way for way in ways if not _MARKS.search(way)]
    if len(plain) < len(ways) and not colon:
        raise lines.error(index, f"“{written}”：带记号的问法前面要有名字；写成“身份证办理：身份证…（丢/补）”")
    try:
        asked = Wording.of(_longest_first(ways))
    except ValueError as error:
        raise lines.error(index, str(error)) from None
    return Subject(name.strip() or None, asked, (*plain, *words, *([name.strip()] if colon else [])))


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]


def _longest_first(ways: Iterable[str]) -> list[str]:
    """The longer of two names that begin alike goes first: 住房公积金 before 住房."""
    return sorted(ways, key=len, reverse=True)
