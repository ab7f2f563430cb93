"""Units cut to a size that can be quoted.

A rule is quoted whole: a short article keeps its 款 and 项, a short list its lead-in. Only what is too long
to be read as an answer is cut, at the marks and paragraphs that it has, else between sentences.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby

from bot.policy.anchor import Kind
from bot.policy.clause import Block, Clause, Role, Slice
from bot.policy.document import Document
from bot.policy.splitting.paragraphs import Paragraph, is_heading
from bot.policy.splitting.sentences import full_sentences, sentences
from bot.policy.splitting.structure import TopUnit
from bot.policy.splitting.units import Position, Unit, size_of

WHOLE = 450
"""Characters up to which an article or a list stays one clause, about a phone's screen. Between 400 and 600
residents' questions are answered alike, within 2 of 260; below, right clauses drop out of the first ten."""

LONGEST = 600
"""Characters up to which a paragraph without structure stays one clause."""

_RULE = re.compile(r"[|\s:：]*-[|\s:：-]*")  # |---|:--:| below a header row

Piece = Clause | Block
Above = tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts the units of one document: what is longer than `whole`."""

    document: Document
    whole: int

    def pieces(self, top: TopUnit) -> list[Piece]:
        """The clauses of a unit, and the headings within it, in text order."""
        return self._unit(top.unit, top.position, top.above)

    def _unit(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        if unit.size <= self.whole and not _is_section(unit):
            return [self._clause(position, unit.start, unit.end, above)]
        if not unit.children:
            return self._paragraphs(unit, position, above)
        pieces = self._lead_in(unit, position, above)
        inner = (*above, self._slice(pieces[-1])) if pieces else above
        for child in unit.children:
            pieces += self._unit(child, child.position(position), inner)
        return pieces

    def _lead_in(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        """What stands before the first child: a heading, or words that are quoted themselves."""
        if not unit.head:
            return []
        start, end = unit.head[0].start, unit.head[-1].end
        if _has_heading(unit) and len(unit.head) == 1:
            return [Block(Role.HEADING, start, end)]
        if size_of(unit.head) <= self.whole:
            return [self._clause(position, start, end, above)]
        return self._paragraphs(unit, position, above)

    def _paragraphs(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        """The paragraphs of a unit, by number where it has several, and the rows of its tables."""
        pieces: list[Piece] = []
        paragraphs = unit.head
        if _has_heading(unit) and len(paragraphs) > 1:
            heading = Block(Role.HEADING, paragraphs[0].start, paragraphs[0].end)
            pieces, above, paragraphs = [heading], (*above, self._slice(heading)), paragraphs[1:]
        several = sum(not paragraph.is_row for paragraph in paragraphs) > 1 or bool(pieces)
        numbers, rows = count(1), count(1)
        for is_table, run in groupby(paragraphs, key=lambda paragraph: paragraph.is_row):
            if is_table:
                pieces += self._table(position, list(run), rows, above)
                continue
            for paragraph in run:
                number = next(numbers)
                below = position.below(Kind.UNNUMBERED, number, f"第{number}段") if several else position
                pieces += self._paragraph(below, paragraph, above)
        return pieces

    def _table(
        self, position: Position, table: list[Paragraph], rows: Iterator[int], above: Above
    ) -> list[Piece]:
        """A row a clause, below the header row if a rule |---| tells it apart."""
        pieces: list[Piece] = []
        if len(table) > 1 and _RULE.fullmatch(table[1].words):
            header = Block(Role.HEADER_ROW, table[0].start, table[1].end)
            pieces, above, table = [header], (*above, self._slice(header)), table[2:]
        for row in table:
            number = next(rows)
            below = position.below(Kind.ROW, number, f"表第{number}行")
            pieces.append(self._clause(below, row.start, row.end, above))
        return pieces

    def _paragraph(self, position: Position, paragraph: Paragraph, above: Above) -> list[Piece]:
        """A paragraph, cut between sentences if it is too long; a sentence, between its parts that ；ends."""
        start, end = paragraph.start, paragraph.end
        if len(paragraph.words) <= LONGEST:
            return [self._clause(position, start, end, above)]
        pieces: list[Piece] = []
        for first, last, begin, stop in self._packed(start, end, full_sentences):
            below = position.below(Kind.SENTENCE, first, f"第{_range(first, last)}句")
            if stop - begin <= LONGEST:
                pieces.append(self._clause(below, begin, stop, above))
                continue
            parts = list(self._packed(begin, stop, sentences))
            for i, j, part_begin, part_stop in parts:
                part = below.below(Kind.LOWER, i, f"第{_range(i, j)}分句") if len(parts) > 1 else below
                pieces.append(self._clause(part, part_begin, part_stop, above))
        return pieces

    def _packed(
        self, start: int, end: int, divide: Callable[[str], Iterable[tuple[int, int]]]
    ) -> Iterator[tuple[int, int, int, int]]:
        """As many sentences together as fit: the first and last one's number, start and end."""
        first, begin, stop = 1, start, start
        number = 0
        for number, (left, right) in enumerate(divide(self.document.text[start:end]), start=1):
            if number > first and start + right - begin > self.whole:
                yield first, number - 1, begin, stop
                first, begin = number, start + left
            stop = start + right
        yield first, number, begin, stop

    def _clause(self, position: Position, start: int, end: int, above: Above) -> Clause:
        text = self.document.text[start:end]
        return Clause(self.document.document_id, position.anchor, position.label, text, start, end, above)

    def _slice(self, piece: Piece) -> Slice:
        """A piece as the context of others."""
        text = self.document.text[piece.start : piece.end]
        if isinstance(piece, Clause):
            return Slice(piece.clause_id, Role.LEAD_IN, text, piece.start, piece.end)
        return Slice(None, piece.role, text, piece.start, piece.end)


def _has_heading(unit: Unit) -> bool:
    """Whether an item opens with a line that only names it, a full stop or not: （二）实施救助。"""
    if unit.in_article or unit.head[0].mark is None:
        return False
    return is_heading(unit.head[0].words.removesuffix("。"))


def _is_section(unit: Unit) -> bool:
    """Whether an item only names the items below it, each a rule of its own."""
    return bool(unit.children) and not unit.in_article and len(unit.head) == 1 and unit.head[0].is_heading


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}至{last}"
