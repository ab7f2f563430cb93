"""Names of places, `lexicon/places.txt`: what residents call a division, and words that only look like one.

襄樊 = 湖北省襄阳市          # an old name; several are parted by commas
普通词：安康 公安 申请       # no names of places: the division counts only by its full name
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.lines import Lines, read_lines
from bot.policy.jurisdiction import Gazetteer, Jurisdiction
from bot.policy.lint.inspection import Severity

PLACES_FILE = "lexicon/places.txt"

_ORDINARY = "普通词"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a division, and the line of the file that gives it."""

    name: str
    division: str
    line: int


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Other names of divisions, and words that are not names. `path` is their file."""

    aliases: tuple[Alias, ...] = ()
    ordinary: frozenset[str] = field(default=frozenset())
    path: Path = Path(PLACES_FILE)

    def gazetteer(self, further: Iterable[Jurisdiction] = ()) -> Gazetteer:
        """A gazetteer that finds divisions in texts.

        Args:
            further: jurisdictions that documents have.
        """
        aliases = {alias.name: alias.division for alias in self.aliases}
        return Gazetteer(aliases, self.ordinary, further)


def read_places(path: Path) -> PlaceWords:
    """The names of a file.

    Raises:
        DocumentError: a line is neither aliases nor ordinary words, or a name stands twice.
    """
    lines = read_lines(path)
    aliases: dict[str, Alias] = {}
    ordinary: set[str] = set()
    for index, row in _rows(lines):
        kind, colon, words = row.replace("：", ":").partition(":")
        if colon and kind.strip() == _ORDINARY:
            ordinary.update(words.split())
            continue
        for alias in _aliases(lines, index, row):
            before = aliases.setdefault(alias.name, alias)
            if before is not alias:
                raise lines.error(index, f"“{alias.name}”：第 {before.line} 行已经有了；留一处")
    return PlaceWords(tuple(aliases.values()), frozenset(ordinary), path)


def check_places(words: PlaceWords, _: Surroundings) -> Iterator[Finding]:
    """Findings on aliases of unknown divisions."""
    gazetteer = Gazetteer()
    for alias in words.aliases:
        yield from unknown_place(gazetteer, alias.division, words.path, alias.line)


def unknown_place(gazetteer: Gazetteer, division: str, path: Path, line: int) -> Iterator[Finding]:
    """A warning if a name in a line of a file belongs to no division, or to several."""
    known = len(gazetteer.named(division))
    if known != 1:
        problem = "没有这个地方" if known == 0 else "叫这个名字的地方不止一个"
        advice = "从省写起，写全称，如 湖北省襄阳市"
        yield Finding(path, line, Severity.WARNING, "unknown-place", f"“{division}”：{problem}", advice)


def _rows(lines: Lines) -> Iterator[tuple[int, str]]:
    """The words of each line that has any, without its remark, and the index of the line."""
    for index, line in enumerate(lines.lines):
        if row := line.partition("#")[0].strip():
            yield index, row


def _aliases(lines: Lines, index: int, row: str) -> Iterator[Alias]:
    names, equals, division = row.partition("=")
    if not equals or not division.strip():
        raise lines.error(index, f"“{row}”：没有 = 或者右边是空的；写成“襄樊 = 湖北省襄阳市”")
    for name in names.replace("，", ",").split(","):
        if not name.strip():
            raise lines.error(index, f"“{row}”：左边有一个别名是空的；写成“穗, 羊城 = 广东省广州市”")
        yield Alias(name.strip(), division.strip(), lines.first + index)
