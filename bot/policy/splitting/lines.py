"""The lines of a text, each with the mark that it opens with."""

import re
from dataclasses import dataclass

from bot.policy.numerals import NUMERAL
from bot.policy.splitting.marks import Mark, mark_of, unindented

LONGEST_HEADING = 40
"""Characters. A longer line is a sentence, even if no full stop ends it."""

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_STOP = re.compile(r"[。；：！？，…]|[:;!?,]$")
_QUOTE = re.compile("[“”]")
_QUOTED_MARK = re.compile(
    rf"第[{NUMERAL}]+[篇编章节条]|[（(]?(?:[一二三四五六七八九十]+|\d{{1,2}})[）)、.．]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text without the blanks around it.

    `words` is its `text` without the signs that web pages and Markdown leave in front. `quoted` is set on
    the second and later lines of a quotation; a number at the start of such a line is no mark.
    """

    start: int
    end: int
    text: str
    words: str
    mark: Mark | None
    quoted: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table: | 年龄 | 金额 |."""
        return self.words.startswith("|")

    @property
    def is_heading(self) -> bool:
        """Whether it only names what follows."""
        return is_heading(self.words)


def is_heading(words: str) -> bool:
    """Whether words are short, have no stop, and are no row of a table."""
    return len(words) <= LONGEST_HEADING and not _STOP.search(words) and not words.startswith("|")


def lines_of(text: str) -> list[Line]:
    """The lines of a text in order, without the blank ones."""
    printed = [(found.start(), found.end(), found[0]) for found in _LINE.finditer(text)]
    quoted = _quoted([words for _, _, words in printed])
    return [
        Line(
            start, end, words, unindented(words), None if index in quoted else mark_of(words), index in quoted
        )
        for index, (start, end, words) in enumerate(printed)
    ]


def _quoted(lines: list[str]) -> set[int]:
    """Indexes of the lines that continue a quotation which opens with a mark: “第三条 ….

    An amendment quotes articles. Their numbers are not its own. A quotation without its ” does not count, so
    that a lost ” does not hide the rest of a text.
    """
    quotations: list[tuple[int, int]] = []
    opened: list[tuple[int, bool]] = []
    for index, line in enumerate(lines):
        for found in _QUOTE.finditer(line):
            if found[0] == "“":
                opened.append((index, bool(_QUOTED_MARK.match(line, found.end()))))
            elif opened:
                first, with_mark = opened.pop()
                if with_mark and first < index:
                    quotations.append((first, index))
    quoted: set[int] = set()
    for first, last in sorted(quotations, key=lambda quotation: (quotation[0], -quotation[1])):
        if first + 1 not in quoted:  # otherwise it lies within an outer quotation
            quoted.update(range(first + 1, last + 1))
    return quoted
