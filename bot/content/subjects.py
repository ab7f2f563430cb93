"""Subjects: matters that a question names, and that the clauses found should speak of.

`lexicon/subjects.txt` has those that rules of their own govern, `lexicon/everyday.txt` those that none does.

驾驶证, 驾照, 行驶证                      # one matter a line: ways to name it
身份证办理：身份证…（丢/补） = 居民身份证申领   # name：ways to ask = words of texts

（a/b） is one of several, … a few characters; what follows a # is a remark.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.content.finder import PhraseMatcher
from bot.content.lines import Lines, read_lines
from bot.content.patterns import check_phrase, openings_of
from bot.search.folding import Folding

SUBJECTS_FILE = "lexicon/subjects.txt"
EVERYDAY_FILE = "lexicon/everyday.txt"

_FEWEST = 2
"""Characters of a word: a single one stands in too many questions."""

_MARKS = re.compile("[…()/。<>]")


@dataclass(frozen=True)
class Subject:
    """A matter. One of its `words` in a folded text speaks of it. `name` None: as the question calls it."""

    name: str | None
    ways: tuple[str, ...]
    words: tuple[str, ...]

    @cached_property
    def asked(self) -> PhraseMatcher:
        """The ways to name it. Of two that begin alike, the longer is found: 住房公积金 is not 住房."""
        return PhraseMatcher.of(sorted(self.ways, key=len, reverse=True))


@dataclass(frozen=True)
class Subjects:
    """The matters, in the order of the file.

    Of thousands, a question is only compared with those whose names begin as something in it does.

    Args:
        known: `by_opening` of these rows; None: worked out when it is needed.
    """

    rows: tuple[Subject, ...] = ()
    known: Mapping[str, Sequence[int]] | None = field(default=None, repr=False, compare=False)

    def named_in(self, folded: str) -> Iterator[tuple[str, Subject]]:
        """The matters that a folded question names, each with what it is called.

        A name within a longer one is none: 门前三包 is not 三包.
        """
        found = [(match, row) for row in self._begun_in(folded) if (match := row.asked.search(folded))]
        plain = [match.span() for match, row in found if match[0] in row.ways]
        for match, row in found:
            if not any(_is_part(match.span(), of) for of in plain):
                yield row.name or match[0], row

    def _begun_in(self, folded: str) -> Iterator[Subject]:
        """The matters with a name that begins as something in a folded question does."""
        begun = {"", *folded, *(folded[start : start + 2] for start in range(len(folded) - 1))}
        for number in sorted({number for opening in begun for number in self.by_opening.get(opening, ())}):
            yield self.rows[number]

    @cached_property
    def by_opening(self) -> Mapping[str, Sequence[int]]:
        """How a matter's names may begin → the numbers of such matters. Empty key: any beginning."""
        if self.known is not None:
            return self.known
        numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for opening in frozenset().union(*(openings_of(way) or ("",) for way in row.ways)):
                numbers[opening].append(number)
        return numbers


def read_subjects(path: Path) -> Subjects:
    """The subjects of a file.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines = read_lines(path)
    folded = Folding().fold("\n".join(lines.lines)).split("\n")
    written = ((index, line.partition("#")[0].strip()) for index, line in enumerate(folded))
    return Subjects(tuple(_subject(lines, index, line) for index, line in written if line))


def _subject(lines: Lines, index: int, written: str) -> Subject:
    name, colon, rest = written.rpartition(":")
    if ":" in name or "," in name:
        raise lines.error(index, f"“{written}”：一行只写一件事，“名字：”写在最前面；别的事另起一行")
    asking, _, of_texts = rest.partition("=")
    ways, words = _parts(asking), _parts(of_texts)
    if not ways or any(len(word) < _FEWEST for word in (*ways, *words)):
        raise lines.error(index, f"“{written}”：每种说法至少写 {_FEWEST} 个字")
    marked = [way for way in ways if _MARKS.search(way)]
    if marked and not colon:
        raise lines.error(index, f"“{written}”：带记号的问法前面要有名字；写成“身份证办理：身份证…（丢/补）”")
    try:
        for way in marked:
            check_phrase(way, {})
    except ValueError as error:
        raise lines.error(index, str(error)) from None
    plain = (way for way in ways if way not in marked)
    return Subject(name.strip() or None, tuple(ways), (*plain, *words, *([name.strip()] if colon else [])))


def _is_part(span: tuple[int, int], of: tuple[int, int]) -> bool:
    """Whether a stretch lies within another, longer one."""
    return span != of and of[0] <= span[0] and span[1] <= of[1]


def _parts(listed: str) -> list[str]:
    return [part.strip() for part in listed.split(",") if part.strip()]
