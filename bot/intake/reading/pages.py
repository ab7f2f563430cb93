"""Pages of glyphs → paragraphs: running heads are dropped, lines rejoined across pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.errors import ScanError
from bot.intake.reading.encoding import is_plausible
from bot.intake.reading.layout import Page, PageLine
from bot.intake.reading.reflow import RAGGED, PrintedLine, rejoined
from bot.intake.reading.ruled import page_lines
from bot.intake.reading.source import LineRole, Omission, SourceLine, SourceText

_PAGE_NUMBER = re.compile(
    r"[\s\u3000—－–\-·•.]*(?:第\s*)?\d{1,4}\s*(?:页|/\s*\d{1,4})?(?:\s*共\s*\d+\s*页)?[\s\u3000—－–\-·•.]*"
)
_HEADER_RULE = re.compile(r"\|(?: --- \|)+")
_DIGITS = re.compile(r"\d+")
_EDGE = 3
"""Lines at the top and at the bottom of a page among which running heads and page numbers are looked for."""
_FEWEST_REPEATS = 3
_FEWEST_CHARACTERS = 8
_CENTERED, _SURELY_CENTERED = 1.8, 2.6
_FULL = 0.9
"""Share of lines that are not longer than a full one."""

Pages = list[tuple[float, list[PageLine]]]


def pages_source(format_: str, drawn: Iterable[Page]) -> SourceText:
    """The paragraphs of pages.

    Args:
        drawn: the pages, as they are drawn.

    Raises:
        ScanError: there is no text, or it is garbled.
    """
    held = list(drawn)
    pages: Pages = [(page.height, page_lines(page)) for page in held]
    text = "".join(line.text for _, lines in pages for line in lines)
    if len(text.strip()) < _FEWEST_CHARACTERS:
        raise ScanError("是扫描件，没有文字层")
    if not is_plausible(text):
        raise ScanError("文字层是乱码，复制出来也读不通")
    left_out = [*_drop_margins(pages), *_drop_headers(pages)]
    bare = [number for number, (_, lines) in enumerate(pages, start=1) if not lines]
    doubts = []
    if bare:
        listed = "、".join(map(str, bare[:10]))
        doubts.append(f"第 {listed} 页没有文字，可能是图片；对照原文补上")
    return SourceText(
        format_,
        tuple(_paragraphs(pages)),
        left_out=tuple(left_out),
        doubts=tuple(doubts),
        is_partly_scan=any(page.is_picture and is_bare(page) for page in held),
    )


def is_bare(page: Page) -> bool:
    """Whether a page has almost no text."""
    return sum(not glyph.character.isspace() for glyph in page.glyphs) < _FEWEST_CHARACTERS


def _drop_margins(pages: Pages) -> Iterator[Omission]:
    """Removes page numbers and text that is repeated at the edge of pages."""
    repeated = Counter(
        _folded(line, height)
        for height, lines in pages
        for line in {id(line): line for line in _edges(lines)}.values()
    )
    for number, (height, lines) in enumerate(pages, start=1):
        for line in list(_edges(lines)):
            is_number = bool(_PAGE_NUMBER.fullmatch(line.text))
            outer = line.middle < height * 0.12 or line.middle > height * 0.88
            is_repeated = repeated[_folded(line, height)] >= max(_FEWEST_REPEATS, len(pages) // 3)
            if line in lines and not line.is_row and ((outer and is_number) or is_repeated):
                lines.remove(line)
                yield Omission(line.text, f"第{number}页", "页码" if is_number else "页眉页脚")


def _drop_headers(pages: Pages) -> Iterator[Omission]:
    """Removes the header row that a table repeats at the top of its next page."""
    header: tuple[str, ...] = ()
    goes_on = False
    for number, (_, lines) in enumerate(pages, start=1):
        head = tuple(line.text for line in lines[:2] if line.is_row)
        if header and head == header:
            del lines[:2]
            yield Omission(head[0], f"第{number}页", "表头，上一页已有")
        elif goes_on and len(head) > 1 and _HEADER_RULE.fullmatch(head[1]):
            del lines[1]  # the first row of this page is no header: the table goes on
        goes_on = bool(lines) and lines[-1].is_row
        if not goes_on or not all(line.is_row for line in lines):
            header = ()
        header = (_open_header(lines) or header) if goes_on else ()


def _open_header(lines: Sequence[PageLine]) -> tuple[str, ...]:
    """The header of the table at the end of a page; empty: it has none."""
    for index in range(len(lines) - 1, 0, -1):
        if not lines[index].is_row:
            return ()
        if _HEADER_RULE.fullmatch(lines[index].text):
            return lines[index - 1].text, lines[index].text
    return ()


def _edges(lines: Sequence[PageLine]) -> list[PageLine]:
    ordered = sorted(lines, key=lambda line: -line.middle)
    return [*ordered[:_EDGE], *ordered[_EDGE:][-_EDGE:]]


def _folded(line: PageLine, height: float) -> tuple[str, int]:
    """The part that is alike on all pages: the words without figures, and the place."""
    return _DIGITS.sub("#", line.text), round((height - line.middle) / 4)


def _is_centered(line: PageLine) -> bool:
    """Whether it stands in the middle of its column."""
    return line.indent > _CENTERED and line.rest > _CENTERED and abs(line.indent - line.rest) < 2


def _width(line: PageLine) -> float:
    """Em from the left edge of its column to the end of a line."""
    return (line.end - line.left) / max(line.size, 1)


def _paragraphs(pages: Pages) -> Iterator[SourceLine]:
    """The lines, rejoined. Columns are blocks; a page of one column goes on from the page before it."""
    printed: list[PrintedLine] = []
    places: list[tuple[int, PageLine]] = []
    block = 0
    widths = sorted(_width(line) for _, lines in pages for line in lines if not line.is_row)
    full = widths[int(len(widths) * _FULL)] if widths else 0.0
    for number, (_, lines) in enumerate(pages, start=1):
        several = len({line.column for line in lines if not line.is_row}) > 1
        for index, line in enumerate(lines):
            if several and (index == 0 or lines[index - 1].column != line.column):
                block += 1
            indent = "\u3000" * (2 if line.is_row else min(max(round(line.indent), 0), 20))
            width = full if line.is_row else _width(line)  # a row says nothing of how long lines are
            apart = _is_centered(line) and line.indent > _SURELY_CENTERED
            printed.append(PrintedLine(len(printed), indent + line.text, block, round(width, 1), apart))
            places.append((number, line))
        block += several
    for first, text in rejoined(printed, RAGGED):
        number, line = places[first.index]
        centered = _is_centered(line)
        if line.is_row:
            yield SourceLine(line.text, f"第{number}页", LineRole.ROW)
        else:
            yield SourceLine(text, f"第{number}页", is_centered=centered)
