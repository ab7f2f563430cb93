"""Finds lines and columns on a page: glyphs → fragments → columns → lines, in reading order.

A region is cut where white runs through it, first between columns, then between blocks (XY-cut, Nagy 1984).
All extractors that were tried scrambled a newspaper page that was drawn row by row; this reads it in order.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from bot.intake.reading.ruling import Ruling

_SAME_LINE = 0.5
"""Share of a glyph's height by which its middle may be off the line's."""
_WORD_GAP, _FRAGMENT_GAP = 0.25, 0.5
"""Em between words; em at which a line is taken apart until it is known to be no gutter."""
_GUTTER = 0.6
_FEWEST_LINES = 3
_SHORTEST_COLUMN = 5.0
"""Em. Narrower columns are those of a table."""
_BANDS, _DEEPEST = 4, 8


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it stands on a page: left, bottom, right, top in points, from the lower left corner."""

    character: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """Its height."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Fragment:
    """Glyphs side by side without a wide gap."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """Its height."""
        return self.top - self.bottom

    @property
    def middle(self) -> float:
        """The height at which it stands."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is drawn: its height, its glyphs in the order of drawing, the lines that rule tables.

    `is_picture`: a picture stands on it.
    """

    height: float
    glyphs: Sequence[Glyph]
    rulings: Sequence[Ruling] = ()
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a column. `column` counts those of a page; `left` and `right` are the column's.

    `is_row`: it is a row of a table.
    """

    text: str
    start: float
    end: float
    middle: float
    size: float
    column: int
    left: float
    right: float
    is_row: bool = False

    @property
    def indent(self) -> float:
        """Em between the column's left edge and the line."""
        return (self.start - self.left) / max(self.size, 1)

    @property
    def rest(self) -> float:
        """The free space of the column behind the line, in em."""
        return (self.right - self.end) / max(self.size, 1)


def lines_of(glyphs: Sequence[Glyph]) -> list[PageLine]:
    """The lines of a page in reading order."""
    fragments = list(_fragments(glyphs))
    if not fragments:
        return []
    em = median(fragment.size for fragment in fragments) or 1
    found: list[PageLine] = []
    for column, region in enumerate(_regions(fragments, em, 0)):
        left = min(fragment.left for fragment in region)
        right = max(fragment.right for fragment in region)
        for row in _rows(region):
            text = _joined(row)
            size = max(fragment.size for fragment in row)
            middle = row[0].middle
            found.append(PageLine(text, row[0].left, row[-1].right, middle, size, column, left, right))
    return found


def _fragments(glyphs: Iterable[Glyph]) -> Iterator[Fragment]:
    """Runs of glyphs, in the order of drawing: a gap or another line ends one."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if glyph.character in "\r\n" or glyph.size <= 0:
            continue
        if run and not _goes_on(run[-1], glyph):
            yield from _fragment(run)
            run = []
        run.append(glyph)
    yield from _fragment(run)


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = max(before.size, glyph.size)
    on_line = abs((before.top + before.bottom) - (glyph.top + glyph.bottom)) / 2 < _SAME_LINE * size
    gap = glyph.left - before.right
    return on_line and -0.5 * size < gap < _FRAGMENT_GAP * size


def _fragment(run: list[Glyph]) -> Iterator[Fragment]:
    """The fragment without blanks at its ends: these are white."""
    while run and run[0].character.isspace():
        run = run[1:]
    while run and run[-1].character.isspace():
        run = run[:-1]
    if not run:
        return
    text = run[0].character
    for before, glyph in itertools.pairwise(run):
        wide = glyph.left - before.right > _WORD_GAP * glyph.size and not before.character.isspace()
        latin = before.character.isascii() and glyph.character.isascii()
        text += (" " if wide and latin else "") + glyph.character
    bottom, top = min(glyph.bottom for glyph in run), max(glyph.top for glyph in run)
    yield Fragment(text, run[0].left, bottom, run[-1].right, top)


def _regions(fragments: list[Fragment], em: float, depth: int) -> list[list[Fragment]]:
    """The columns and blocks of a region, in reading order. A region without a gutter stays whole."""
    beside = sum(len(row) > 1 for row in _rows(fragments))
    if depth >= _DEEPEST or beside < _FEWEST_LINES:
        return [fragments]
    if columns := _columns(fragments, em):
        return [region for column in columns for region in _regions(column, em, depth + 1)]
    for above, below in _bands(fragments):
        parts = [*_regions(above, em, depth + 2), *_regions(below, em, depth + 2)]
        if len(parts) > 2:
            return parts
    return [fragments]


def _columns(fragments: Sequence[Fragment], em: float) -> list[list[Fragment]]:
    """The two sides of the widest gutter through a region; empty: there is none between columns of prose."""
    best: tuple[float, float] | None = None
    reach = float("-inf")
    for fragment in sorted(fragments, key=lambda each: each.left):
        gap = fragment.left - reach
        if reach > float("-inf") and gap >= _GUTTER * em and (best is None or gap > best[0]):
            best = (gap, fragment.left)
        reach = max(reach, fragment.right)
    if best is None:
        return []
    sides = [
        [fragment for fragment in fragments if fragment.left < best[1]],
        [fragment for fragment in fragments if fragment.left >= best[1]],
    ]
    return sides if all(_is_prose(side, em) for side in sides) else []


def _is_prose(side: Sequence[Fragment], em: float) -> bool:
    """Whether it has several lines, and most of them are not cells of a table."""
    rows = list(_rows(side))
    widths = sorted((row[-1].right - row[0].left) / em for row in rows)
    return len(rows) >= _FEWEST_LINES and widths[len(widths) // 2] >= _SHORTEST_COLUMN


def _bands(fragments: Sequence[Fragment]) -> Iterator[tuple[list[Fragment], list[Fragment]]]:
    """The parts above and below the widest white bands of a region: a headline crosses a gutter."""
    rows = list(_rows(fragments))
    if len(rows) <= _FEWEST_LINES:
        return
    bands = [
        (min(f.bottom for f in above) - max(f.top for f in below), index + 1)
        for index, (above, below) in enumerate(itertools.pairwise(rows))
    ]
    for _, cut in sorted(bands, reverse=True)[:_BANDS]:
        yield [f for row in rows[:cut] for f in row], [f for row in rows[cut:] for f in row]


def _rows(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """Fragments side by side, from the top down, each row from the left."""
    row: list[Fragment] = []
    for fragment in sorted(fragments, key=lambda each: -each.middle):
        if row and row[0].middle - fragment.middle > _SAME_LINE * max(row[0].size, fragment.size):
            yield sorted(row, key=lambda each: each.left)
            row = []
        row.append(fragment)
    if row:
        yield sorted(row, key=lambda each: each.left)


def _joined(row: Sequence[Fragment]) -> str:
    """The text of a row; a wide gap within it is a blank."""
    text = row[0].text
    for before, fragment in itertools.pairwise(row):
        gap = (fragment.left - before.right) / max(fragment.size, 1)
        text += ("\u3000" if gap > _WORD_GAP else "") + fragment.text
    return text
