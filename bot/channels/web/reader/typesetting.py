"""A document typeset: its text in order as headings, clauses, tables and the frame around them.

Nothing is left out or written anew: what is shown are slices of the text. Only the marks that draw a table,
| and |---|, become its lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.channels.web.reading import Run, runs
from bot.policy.anchor import Anchor, Kind
from bot.policy.citation import Link, links
from bot.policy.clause import Block, Clause, Outline, Role
from bot.policy.document import Document
from bot.policy.library import Library
from bot.policy.link import version_of
from bot.policy.splitting.lines import Line, lines_of
from bot.policy.splitting.marks import ITEMS

DEEPEST = 6
"""The deepest heading that HTML has."""

_RULE = re.compile(r"[|\s:：]*-[|\s:：-]*")  # |---|:--:| below a header row
_NUMBER = re.compile(r"第[^\s条]{1,12}条(?:之[一二三四五六七八九十]+)?")

Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class TypesetParagraph:
    """A line of a clause. `number` is what it opens with, where that is the number of the article: 第十二条.

    `level`: the clause opens with its heading, 一、申请条件, of that level; 0: the line is no heading.
    """

    runs: tuple[Run, ...]
    number: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of a table. `header` is empty where the text marks no header row."""

    rows: tuple[tuple[Cell, ...], ...]
    header: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document. `level` is 2 to 6, as in HTML. `id` is for links within the page."""

    id: str
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class FrameLines:
    """Lines that belong to no clause: masthead, printed contents, signature."""

    role: Role
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TypesetClause:
    """A typeset clause: paragraphs and tables. `version` changes when its words change."""

    anchor: Anchor
    label: str
    clause_id: str
    version: str
    body: tuple[TypesetParagraph | Grid, ...]

    @property
    def link(self) -> str:
        """The part of the address behind `/c/` and `/cite/`; ids need no escaping there."""
        return f"{self.clause_id}?v={self.version}"

    @property
    def heading(self) -> TypesetParagraph | None:
        """The heading that it opens with."""
        first = self.body[0]
        return first if isinstance(first, TypesetParagraph) and first.level else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows are clauses."""

    header: tuple[Cell, ...]
    rows: tuple[TypesetClause, ...]


Part = Heading | FrameLines | TypesetClause | Table


def typeset(document_id: str, library: Library) -> tuple[Part, ...]:
    """The whole document in text order. References of its clauses are links."""
    holding = library.by_id[document_id]
    setter = _Setter(holding.document, _depths(holding.outline))
    pieces: list[Clause | Block] = [*holding.outline.clauses, *holding.outline.blocks]
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if isinstance(piece, Clause):
            setter.clause(piece, links(library, piece))
        else:
            setter.block(piece)
    return tuple(setter.parts)


class _Setter:
    """Sets one piece after the other. `level` is the level of the last heading."""

    def __init__(self, document: Document, depths: dict[int, int]) -> None:
        self._document = document
        self._depths = depths
        self._level = 1
        self.parts: list[Part] = []

    def clause(self, clause: Clause, leads: Sequence[Link]) -> None:
        """Adds a clause with its links."""
        body = tuple(_body(clause, leads, self._level_at(_above(clause))))
        set_ = TypesetClause(clause.anchor, clause.label, clause.clause_id, version_of(clause), body)
        if set_.heading:
            self._level = set_.heading.level
        if clause.anchor.steps[-1].kind is not Kind.ROW:
            self.parts.append(set_)
        elif self.parts and isinstance(last := self.parts[-1], Table):
            self.parts[-1] = Table(last.header, (*last.rows, set_))
        else:
            self.parts.append(Table((), (set_,)))

    def block(self, block: Block) -> None:
        """Adds a block that belongs to no clause."""
        text = self._document.text[block.start : block.end]
        if block.role is Role.HEADING:
            self._level = self._level_at(self._depths.get(block.start, max(self._level - 2, 0)))
            number = sum(isinstance(part, Heading) for part in self.parts) + 1
            self.parts.append(Heading(f"h{number}", self._level, text))
        elif block.role is Role.HEADER_ROW:
            header, *_ = lines_of(text)
            self.parts.append(Table(_cells(text, header, ()), ()))
        elif not self._is_title(text):
            self._frame(block.role, tuple(line.text for line in lines_of(text)))

    def _is_title(self, text: str) -> bool:
        """Whether a line repeats the title at the top. The title of the page already shows it."""
        return not self.parts and _blankless(text) == _blankless(self._document.title)

    def _frame(self, role: Role, lines: tuple[str, ...]) -> None:
        if self.parts and isinstance(last := self.parts[-1], FrameLines) and last.role is role:
            self.parts[-1] = FrameLines(role, (*last.lines, *lines))
        else:
            self.parts.append(FrameLines(role, lines))

    def _level_at(self, depth: int) -> int:
        """The HTML level of a heading with that many above it. Going down never skips a level."""
        return min(depth + 2, self._level + 1, DEEPEST)


def _depths(outline: Outline) -> dict[int, int]:
    """Offset of a heading → number of headings above it, worked out from the clauses below it."""
    found: dict[int, int] = {}
    for clause in outline.clauses:
        above = [piece.start for piece in clause.context if piece.role is Role.HEADING]
        found.update({start: depth for depth, start in enumerate(above)})
    return found


def _above(clause: Clause) -> int:
    """How many headings stand above a clause."""
    return sum(piece.role is Role.HEADING for piece in clause.context)


def _blankless(text: str) -> str:
    return re.sub(r"\s", "", text)


def _body(clause: Clause, leads: Sequence[Link], level: int) -> Iterator[TypesetParagraph | Grid]:
    """The lines of a clause as paragraphs, and its rows as tables."""
    lines = lines_of(clause.text)
    opens = not clause.anchor.article and len(lines) > 1 and _names_what_follows(lines[0])
    for is_table, group in groupby(lines, key=lambda line: line.is_row):
        if is_table:
            yield _grid(clause.text, list(group), leads)
            continue
        for line in group:
            yield _paragraph(clause, line, leads, level if opens and line is lines[0] else 0)


def _names_what_follows(line: Line) -> bool:
    return line.mark is not None and line.mark.level in ITEMS and line.is_heading


def _paragraph(clause: Clause, line: Line, leads: Sequence[Link], level: int) -> TypesetParagraph:
    opening = _NUMBER.match(line.text) if line.start == 0 and clause.anchor.article else None
    number = opening[0] if opening else ""
    return TypesetParagraph(
        tuple(runs(clause.text, (line.start + len(number), line.end), leads)), number, level
    )


def _grid(text: str, rows: Sequence[Line], leads: Sequence[Link]) -> Grid:
    has_header = len(rows) > 1 and bool(_RULE.fullmatch(rows[1].words))
    cells = [_cells(text, row, leads) for row in rows if not _RULE.fullmatch(row.words)]
    return Grid(tuple(cells[1:]), cells[0]) if has_header else Grid(tuple(cells))


def _cells(text: str, row: Line, leads: Sequence[Link]) -> tuple[Cell, ...]:
    """The cells of a row without the blanks around their words: | 年龄 | 金额 | has two."""
    first = row.end - len(row.words) + 1
    inner = text[first : row.end].removesuffix("|")
    cells, start = [], first
    for words in inner.split("|"):
        begin = start + len(words) - len(words.lstrip())
        end = begin + len(words.strip())
        cells.append(tuple(runs(text, (begin, end), leads)) if begin < end else ())
        start += len(words) + 1
    return tuple(cells)
