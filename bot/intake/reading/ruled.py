"""The lines of a page with ruled tables: a cell is read as one piece, and a row is one line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.intake.reading.layout import Glyph, Page, PageLine, lines_of
from bot.intake.reading.ruling import RuledTable, grids_of
from bot.intake.reading.source import SourceLine
from bot.intake.reading.tables import is_layout, table_lines

_BESIDE = 2
"""Glyphs on the left or right of a table from which on it stands in a column."""


def page_lines(page: Page) -> list[PageLine]:
    """The lines of a page in reading order, rows of tables as | 年龄 | 金额 |.

    A table that reaches across the page parts what stands above it from what stands below: columns end there.
    """
    rest = list(page.glyphs)
    parts: list[list[PageLine]] = []
    for grid in grids_of(page.rulings) if page.rulings else ():
        inside, outside = _parted(rest, grid)
        rows = list(_rows(grid, inside))
        if not rows or _is_beside(grid, outside):
            continue
        above = [glyph for glyph in outside if (glyph.bottom + glyph.top) / 2 >= grid.ys[0]]
        parts += [lines_of(above), rows]
        kept = set(map(id, above))
        rest = [glyph for glyph in outside if id(glyph) not in kept]
    return _joined([*parts, lines_of(rest)])


def _joined(parts: Sequence[Sequence[PageLine]]) -> list[PageLine]:
    """The lines of the parts of a page. If each part has one column, it is the same column in all parts."""
    words = [line for part in parts for line in part if not line.is_row]
    left, right = (
        min((line.left for line in words), default=0),
        max((line.right for line in words), default=0),
    )
    is_single = all(line.column == 0 for line in words)
    found: list[PageLine] = []
    first = 0
    for part in parts:
        for line in part:
            if is_single and not line.is_row:
                found.append(replace(line, left=left, right=right))
            else:
                found.append(replace(line, column=line.column + first))
        first += max((line.column + 1 for line in part), default=0)
    return found


def _parted(glyphs: Sequence[Glyph], grid: RuledTable) -> tuple[list[Glyph], list[Glyph]]:
    """The glyphs in a table, and the other glyphs."""
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        is_inside = grid.holds((glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2)
        (inside if is_inside else outside).append(glyph)
    return inside, outside


def _is_beside(grid: RuledTable, glyphs: Sequence[Glyph]) -> bool:
    """Whether words stand on the left or right of a table."""
    beside = 0
    for glyph in glyphs:
        beside += grid.ys[-1] < (glyph.bottom + glyph.top) / 2 < grid.ys[0] and not glyph.character.isspace()
    return beside > _BESIDE


def _rows(grid: RuledTable, glyphs: Sequence[Glyph]) -> Iterator[PageLine]:
    """The rows of a table.

    Empty if it only frames paragraphs. A cell over several rows is repeated in each.
    """
    held: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, (glyph.bottom + glyph.top) / 2
        for cell in grid.cells:
            if cell.holds(x, y):
                held[cell.rows.start, cell.column].append(glyph)
                break
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        text = "".join(line.text for line in lines_of(held[cell.rows.start, cell.column]))
        for row in cell.rows:
            texts[row][cell.column] = text
    table = [[[SourceLine(text, "")] for text in row] for row in texts]
    filled = [row for row in table if any(cell[0].text for cell in row)]
    if not filled or is_layout(filled):
        return
    left, right, size = grid.xs[0], grid.xs[-1], min((glyph.size for glyph in glyphs), default=1)
    for index, line in enumerate(table_lines(filled, "", has_header=False)):
        middle = grid.ys[min(index, grid.rows - 1)]
        yield PageLine(line.text, left, right, middle, size, 0, left, right, is_row=True)
