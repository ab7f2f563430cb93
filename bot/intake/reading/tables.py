"""Tables as lines | 年龄 | 金额 |. A table that only arranges paragraphs gives its paragraphs."""

import re
from collections.abc import Iterator, Sequence

from bot.intake.reading.source import LineRole, SourceLine

Cell = Sequence[SourceLine]
Row = Sequence[Cell]

_IMPRINT = re.compile(r"\s*(?:抄\s*送|主\s*送|印\s*发|[^，。]{2,40}\d日\s*印发)")
_LONG_CELL, _MANY_LINES = 400, 6
_LONGEST_HEADER = 20


def table_lines(rows: Sequence[Row], place: str, *, has_header: bool) -> Iterator[SourceLine]:
    """The lines of a table, in reading order.

    Args:
        rows: of cells, each with its lines.
        has_header: the file says that the first row is repeated on every page.
    """
    filled = [row for row in rows if any(_text(cell) for cell in row)]
    if is_layout(filled):
        for row in filled:
            for cell in row:
                yield from cell
        return
    written = [[_text(cell).replace("|", "｜") for cell in row] for row in filled]
    for index, cells in enumerate(written):
        yield SourceLine(f"| {' | '.join(cells)} |", place, LineRole.ROW)
        if index == 0 and len(written) > 1 and (has_header or _is_header(written)):
            yield SourceLine(f"| {' | '.join('---' for _ in cells)} |", place, LineRole.ROW)


def is_layout(rows: Sequence[Row]) -> bool:
    """Whether a table only arranges paragraphs: one column, one row, whole pages in a cell, an imprint."""
    if len(rows) <= 1 or max(sum(bool(_text(cell)) for cell in row) for row in rows) <= 1:
        return True
    cells = [cell for row in rows for cell in row]
    if any(_IMPRINT.match(line.text) for cell in cells for line in cell):
        return True
    large = [cell for cell in cells if len(cell) > _MANY_LINES or len(_text(cell)) > _LONG_CELL]
    return any(len(cell) > _MANY_LINES * 3 for cell in large) or len(large) * 3 > len(cells)


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: short words without figures, while figures stand below."""
    first = rows[0]
    if len(first) < 2 or len(first) < max(map(len, rows)):
        return False
    return all(0 < len(cell) <= _LONGEST_HEADER and not re.search(r"\d{2}|[。；]", cell) for cell in first)


def _text(cell: Cell) -> str:
    return " ".join(line.text for line in cell)
