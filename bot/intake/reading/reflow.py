"""Hard-wrapped lines → paragraphs: newspaper columns, e-mails, text copied from a PDF.

A line is joined to the next one unless something says that a paragraph ends: the line is short and its
sentence ended, the next one is indented or opens with the next number, or it is a headline. In doubt lines
are joined where a sentence goes on, and kept apart where one has ended.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from bot.policy.splitting import sequence
from bot.policy.splitting.marks import CLEAR, DIVISIONS, ITEMS, Level, mark_of

_ENDED = re.compile(r"[。！？；：…!?;:][”’」』）)》\]]*\s*$|[）)]\s*$")
_INSIDE = re.compile(r"[，。；！？]")
_INDENT = re.compile(r"(?:\u3000| {2}|\t)")
_HAN = r"\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’…—"
_BLANK_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}]) +(?=\S)|(?<=\S) +(?=[{_HAN}])")
_LONGEST_TITLE = 60
_IN_TITLE = re.compile(r"《[^《》]+$")
_WORDS = re.compile(r"[\u3400-\u9fff]{2}")
_BYLINE = re.compile(r"\s*(?:■|（据|\(据|（来源|本报记者)")
_NUMBER_ALONE = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,14}\s*[〔\[［(（【﹝]\s*\d{4}\s*[〕\]］)）】﹞]\s*第?\s*\d{1,5}\s*号(?:\s*签发人.{0,20})?"
)
"""发文字号 in a line of its own: it belongs to no paragraph."""
_DAY_ALONE = re.compile(r"[（(]?[\d〇○零Ｏ一二三四五六七八九十]{4}\s*年.{1,4}月.{1,4}日[）)]?")
_ATTRIBUTION = re.compile(r"\s*[（(](?:据|来源|完)[^（）()]{0,30}[）)]\s*$")

SLACK, RAGGED = 0.75, 2.1
"""Em. A line that is shorter than its column by more is not full: where characters were counted out, and
where a program set them, which takes a stop or a number to the next line."""
_HALF = 0.7
"""Share of its column below which a line of an indented text ends a paragraph, whatever follows."""
_SHORTEST_COLUMN, _LONGEST_COLUMN = 9, 60
_HEADLINE = 26
_WIDER = 0.03
"""Share of lines that may be wider than the usual column where a text has one column. On a newspaper page
columns have several widths, and around pictures lines have any."""
_ALIKE = 0.5
"""Share of the open lines that are about as long as the column. Without wrapping, open lines are headings."""
_OPEN = 0.3
"""Share of lines of a wrapped text that end within a sentence."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it stands in a file: its 0-based index, and the number of the block between blank lines.

    `measured` is its width in em where the file tells; None: it is counted in characters. `is_centered`: it
    stands in the middle of its column, as titles do.
    """

    index: int
    text: str
    block: int
    measured: float | None = None
    is_centered: bool = False

    @property
    def words(self) -> str:
        """The line without the blanks around it."""
        return self.text.strip()

    @property
    def width(self) -> float:
        """In em: a Han character is 1, a Latin letter 0.5. The indent counts."""
        if self.measured is not None:
            return self.measured
        return sum(
            1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
            for character in self.text.rstrip()
        )

    @property
    def is_ended(self) -> bool:
        """Whether a sentence ends here."""
        return bool(_ENDED.search(self.text))


def printed_lines(text: str) -> list[PrintedLine]:
    """The lines of a text that are not blank."""
    found: list[PrintedLine] = []
    block, was_blank = 0, False
    for index, line in enumerate(text.splitlines()):
        if not line.strip():
            was_blank = True
            continue
        block += was_blank
        was_blank = False
        found.append(PrintedLine(index, line, block))
    return found


def is_wrapped(lines: Sequence[PrintedLine]) -> bool:
    """Whether the lines are those of a column, not paragraphs."""
    prose = [line for line in lines if not line.words.startswith("|")]
    if len(prose) < 4:
        return False
    widths = sorted(line.width for line in prose)
    column = widths[int(len(widths) * 0.9)]
    if not _SHORTEST_COLUMN <= column <= _LONGEST_COLUMN:
        return False
    opened = [line for line in prose[:-1] if not line.is_ended]
    if len(opened) < _OPEN * len(prose):
        return False
    blocks = _columns(prose)
    full = [line for line in opened if line.width >= blocks[line.block] - 2]
    return len(full) >= _ALIKE * len(opened) and any(_INSIDE.search(line.text) for line in full)


def rejoined(lines: Sequence[PrintedLine], slack: float = SLACK) -> list[tuple[PrintedLine, str]]:
    """The paragraphs of wrapped lines, each with its first line. Blanks that the setting left are removed.

    Args:
        slack: em by which a full line may be shorter than its column.
    """
    setting = _Setting(lines, slack)
    paragraphs: list[list[PrintedLine]] = []
    for before, line in pairwise([None, *lines]):
        assert line is not None  # noqa: S101  # only the first of a pair may be None
        if before is None or setting.parts(before, line):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [(rows[0], unspaced(_joined(rows))) for rows in paragraphs]


def unspaced(text: str) -> str:
    """A text without the blanks that a column's setting put beside Han characters. U+3000 stays.

    Within 《》 a blank between two words is that of a title of two lines.
    """

    def kept(found: re.Match[str]) -> str:
        above = text[max(found.start() - _LONGEST_TITLE, 0) : found.start()]
        return " " if _IN_TITLE.search(above) and _is_between_words(text, found) else ""

    return _BLANK_BESIDE_HAN.sub(kept, text).strip()


def _is_between_words(text: str, found: re.Match[str]) -> bool:
    around = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
    return bool(_WORDS.fullmatch(around))


def _columns(lines: Sequence[PrintedLine]) -> dict[int, float]:
    """The width of a full line in each block. A block of two lines has that of the block before it."""
    usual = _full([line.width for line in lines])
    columns: dict[int, float] = {}
    before = usual
    by_block: dict[int, list[float]] = {}
    for line in lines:
        by_block.setdefault(line.block, []).append(line.width)
    for block, widths in by_block.items():
        if len(widths) >= 4:
            before = median(widths[:-1])
        columns[block] = max(before, median(widths[:-1] or [0])) if len(by_block) > 1 else usual
    return columns


def _full(widths: Sequence[float]) -> float:
    """The width that most of the longer lines have."""
    longer = sorted(widths)[len(widths) // 3 :]
    return max(set(longer), key=lambda width: (longer.count(width), width))


class _Setting:
    """How a wrapped text is set: its columns, headlines and articles, and whether paragraphs are set in."""

    def __init__(self, lines: Sequence[PrintedLine], slack: float) -> None:
        self._slack = slack
        self._columns = _columns(lines)
        self._headlines = _headline_blocks(lines)
        indented = sum(bool(_INDENT.match(line.text)) for line in lines)
        self._is_indented = 0.04 * len(lines) < indented < 0.8 * len(lines)
        usual = _full([line.width for line in lines])
        self._is_even = sum(line.width > usual + 1 for line in lines) <= _WIDER * len(lines)
        self._articles = self._article_lines(lines)

    def parts(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether a paragraph ends between two neighbouring lines."""
        if self._always_parts(before, line):
            return True
        short, gap = self._is_short(before), before.block != line.block
        if self._is_indented and (before.is_ended or short):
            return bool(_INDENT.match(line.text)) or (short and before.is_ended) or self._is_half(before)
        mark = mark_of(line.words)
        is_marked = mark is not None and (mark.level in ITEMS or mark.level in DIVISIONS.values())
        if is_marked and (before.is_ended or (short and self._is_even) or _is_division(before)):
            return True
        if before.is_ended:
            return short or gap
        return short and self._is_even and not _INSIDE.search(before.text[-1:])

    def _always_parts(self, before: PrintedLine, line: PrintedLine) -> bool:
        if self._is_framed(before, line):
            return True
        if line.index in self._articles or _ATTRIBUTION.search(before.text):
            return True
        if before.block in self._headlines or line.block in self._headlines:
            return True
        if _BYLINE.match(line.text) or _BYLINE.match(before.text):
            return True
        return line.words.startswith("|") or before.words.startswith("|")

    def _is_framed(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether one of two lines is of the frame: a number or day alone, words in the middle."""
        if any(_NUMBER_ALONE.fullmatch(each.words) for each in (before, line)):
            return True
        if line.is_centered and not before.is_centered:
            return before.is_ended or self._is_short(before)
        if before.is_centered and not line.is_centered:
            return True
        return bool(_DAY_ALONE.fullmatch(line.words)) and self._is_short(line)

    def _article_lines(self, lines: Sequence[PrintedLine]) -> set[int]:
        """Indexes of lines that open an article: their numbers make the best sequence."""
        candidates = []
        for before, line in pairwise([None, *lines]):
            assert line is not None  # noqa: S101  # only the first of a pair may be None
            mark = mark_of(line.words)
            if mark is None or mark.level is not Level.ARTICLE:
                continue
            follows = before is None or before.is_ended or self._is_short(before) or _is_division(before)
            is_set_in = self._is_indented and bool(_INDENT.match(line.text))
            if follows or is_set_in or mark.evidence == CLEAR:
                candidates.append((line.index, mark))
        chosen = sequence.articles([(mark, False) for _, mark in candidates])
        return {candidates[index][0] for index in chosen}

    def _is_half(self, line: PrintedLine) -> bool:
        return line.width < self._columns[line.block] * _HALF

    def _is_short(self, line: PrintedLine) -> bool:
        return line.width < self._columns[line.block] - self._slack


def _is_division(line: PrintedLine) -> bool:
    """Whether it is the heading of a chapter. One that fills its line looks like a line that goes on."""
    mark = mark_of(line.words)
    return mark is not None and mark.level in DIVISIONS.values() and not _INSIDE.search(line.text)


def _headline_blocks(lines: Sequence[PrintedLine]) -> set[int]:
    """Blocks of one to three short lines without a stop, where no sentence is open."""
    found: set[int] = set()
    before: PrintedLine | None = None
    for block, rows in groupby(lines, key=lambda line: line.block):
        held = list(rows)
        is_open = before is not None and before.block not in found and not before.is_ended
        if len(held) <= 3 and not is_open and all(_may_head(line) for line in held):
            found.add(block)
        before = held[-1]
    return found


def _may_head(line: PrintedLine) -> bool:
    return line.width <= _HEADLINE and not _INSIDE.search(line.text) and not line.words.endswith("、")


def _joined(rows: Sequence[PrintedLine]) -> str:
    text = rows[0].words
    for row in rows[1:]:
        is_latin = text[-1:].isascii() and text[-1:].isalpha() and row.words[:1].isascii()
        text += (" " if is_latin and row.words[:1].isalpha() else "") + row.words
    return text
