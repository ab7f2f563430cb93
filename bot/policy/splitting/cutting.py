"""Units cut to a size that can be quoted.

A rule is quoted whole: a short article with its 款 and 项, a short list with its lead-in. Only what is too
long to read as an answer is cut: at its numbers and lines, else between sentences.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby

from bot.policy.anchor import Kind
from bot.policy.clause import Block, Clause, Role, Slice
from bot.policy.document import Document
from bot.policy.splitting.lines import Line, is_heading
from bot.policy.splitting.sentences import full_sentences, sentences
from bot.policy.splitting.structure import TopUnit
from bot.policy.splitting.units import Position, Unit, size_of

WHOLE = 450
"""Characters. A longer article or list is cut. This is about a phone's screen. From 400 to 600 residents'
questions are answered equally well, within 2 of 260; below 400 right clauses drop out of the first ten."""

LONGEST = 600
"""Characters. A longer line is cut between its sentences."""

_RULE = re.compile(r"[|\s:：]*-[|\s:：-]*")  # |---|:--:| below a header row

Piece = Clause | Block
Above = tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts the units of one document that have more than `whole` characters."""

    document: Document
    whole: int

    def pieces(self, top: TopUnit) -> list[Piece]:
        """The clauses of a unit, and the headings within it, in text order."""
        return self._unit(top.unit, top.position, top.above)

    def _unit(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        if unit.size <= self.whole and not _is_section(unit):
            return [self._clause(position, unit.start, unit.end, above)]
        if not unit.children:
            return self._lines(unit, position, above)
        pieces = self._lead_in(unit, position, above)
        inner = (*above, self._slice(pieces[-1])) if pieces else above
        for child in unit.children:
            pieces += self._unit(child, child.position(position), inner)
        return pieces

    def _lead_in(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        """What stands before the first child: a heading, or words that are a clause."""
        if not unit.head:
            return []
        start, end = unit.head[0].start, unit.head[-1].end
        if _has_heading(unit) and len(unit.head) == 1:
            return [Block(Role.HEADING, start, end)]
        if size_of(unit.head) <= self.whole:
            return [self._clause(position, start, end, above)]
        return self._lines(unit, position, above)

    def _lines(self, unit: Unit, position: Position, above: Above) -> list[Piece]:
        """The lines of a unit, counted if there are several, and the rows of its tables."""
        pieces: list[Piece] = []
        lines = unit.head
        if _has_heading(unit) and len(lines) > 1:
            heading = Block(Role.HEADING, lines[0].start, lines[0].end)
            pieces, above, lines = [heading], (*above, self._slice(heading)), lines[1:]
        several = sum(not line.is_row for line in lines) > 1 or bool(pieces)
        numbers, rows = count(1), count(1)
        for is_table, run in groupby(lines, key=lambda line: line.is_row):
            if is_table:
                pieces += self._table(position, list(run), rows, above)
                continue
            for line in run:
                number = next(numbers)
                below = position.below(Kind.UNNUMBERED, number, f"第{number}段") if several else position
                pieces += self._line(below, line, above)
        return pieces

    def _table(self, position: Position, table: list[Line], rows: Iterator[int], above: Above) -> list[Piece]:
        """A clause for each row. The row above |---| is the header row, a block."""
        pieces: list[Piece] = []
        if len(table) > 1 and _RULE.fullmatch(table[1].words):
            header = Block(Role.HEADER_ROW, table[0].start, table[1].end)
            pieces, above, table = [header], (*above, self._slice(header)), table[2:]
        for row in table:
            number = next(rows)
            below = position.below(Kind.ROW, number, f"表第{number}行")
            pieces.append(self._clause(below, row.start, row.end, above))
        return pieces

    def _line(self, position: Position, line: Line, above: Above) -> list[Piece]:
        """A line. If it is too long, it is cut between sentences, and a long sentence behind each ；."""
        start, end = line.start, line.end
        if len(line.words) <= LONGEST:
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
        """Groups of sentences that fit together: numbers of the first and the last one, start, end."""
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
        """A piece, as context of other clauses."""
        text = self.document.text[piece.start : piece.end]
        if isinstance(piece, Clause):
            return Slice(piece.clause_id, Role.LEAD_IN, text, piece.start, piece.end)
        return Slice(None, piece.role, text, piece.start, piece.end)


def _has_heading(unit: Unit) -> bool:
    """Whether the first line of an item only names it: （二）实施救助. A full stop does not count."""
    if unit.in_article or unit.head[0].mark is None:
        return False
    return is_heading(unit.head[0].words.removesuffix("。"))


def _is_section(unit: Unit) -> bool:
    """Whether an item only names the items below it. Each of these is then a rule of its own."""
    return bool(unit.children) and not unit.in_article and len(unit.head) == 1 and unit.head[0].is_heading


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}至{last}"
