"""A text's paragraphs, one a line, each with the mark it opens with."""

import re
from dataclasses import dataclass

from bot.policy.numerals import NUMERAL
from bot.policy.splitting.marks import Mark, mark_of, unindented

LONGEST_HEADING = 40
"""More characters are a sentence even without a full stop."""

_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
_STOP = re.compile(r"[。；：！？，…]|[:;!?,]$")
_QUOTE = re.compile("[“”]")
_QUOTED_MARK = re.compile(
    rf"第[{NUMERAL}]+[篇编章节条]|[（(]?(?:[一二三四五六七八九十]+|\d{{1,2}})[）)、.．]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text without the blanks around it.

    `words` is its `text` without what web pages and Markdown leave before it. A quotation of several
    paragraphs is `quoted` from its second one on, and a mark in it is none.
    """

    start: int
    end: int
    text: str
    words: str
    mark: Mark | None
    quoted: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, written | 年龄 | 金额 |."""
        return self.words.startswith("|")

    @property
    def is_heading(self) -> bool:
        """Whether it names what follows and says nothing itself."""
        return is_heading(self.words)


def is_heading(words: str) -> bool:
    """Whether words are short, without a stop, and no row of a table."""
    return len(words) <= LONGEST_HEADING and not _STOP.search(words) and not words.startswith("|")


def paragraphs_of(text: str) -> list[Paragraph]:
    """The paragraphs of a text in order; blank lines are none."""
    lines = [(found.start(), found.end(), found[0]) for found in _PARAGRAPH.finditer(text)]
    quoted = _quoted([line for _, _, line in lines])
    return [
        Paragraph(
            start, end, text, unindented(text), None if number in quoted else mark_of(text), number in quoted
        )
        for number, (start, end, text) in enumerate(lines)
    ]


def _quoted(lines: list[str]) -> set[int]:
    """Lines that continue a quotation: those behind “第三条 … up to its ”.

    An amendment quotes articles; their numbers are not its own. Only a quotation that opens with a mark and
    is closed counts, so that a lost ” does not hide the rest of a text.
    """
    quotations: list[tuple[int, int]] = []
    opened: list[tuple[int, bool]] = []
    for number, line in enumerate(lines):
        for found in _QUOTE.finditer(line):
            if found[0] == "“":
                opened.append((number, bool(_QUOTED_MARK.match(line, found.end()))))
            elif opened:
                first, with_mark = opened.pop()
                if with_mark and first < number:
                    quotations.append((first, number))
    quoted: set[int] = set()
    for first, last in sorted(quotations, key=lambda quotation: (quotation[0], -quotation[1])):
        if first + 1 not in quoted:  # else it lies within an outer one
            quoted.update(range(first + 1, last + 1))
    return quoted
