"""The structure of a document as Akoma Ntoso has it: chapters, articles, points within each other.

The Outline is flat: leaves and headings in text order. Here they stand within what holds them, in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.export.filling import DIVISIONS, Eids, Filling, Node, split_number
from bot.export.form import Exhibit
from bot.policy.anchor import Kind, Step
from bot.policy.clause import Block, Clause, Role, Slice
from bot.policy.splitting.lines import lines_of
from bot.policy.splitting.marks import ITEMS, Level, Mark, mark_of

_FRAME = {Role.MASTHEAD, Role.CONTENTS, Role.IMPRINT}
_STEPS = {
    Kind.ARTICLE: ("article", "art"),
    Kind.PARAGRAPH: ("paragraph", "para"),
    Kind.SUBPARAGRAPH: ("point", "point"),
    Kind.ITEM: ("indent", "indent"),
    Kind.UNNUMBERED: ("alinea", "al"),
    Kind.ROW: ("hcontainer", "row"),
    Kind.SENTENCE: ("hcontainer", "sentence"),
}
_NUMBERED = (("paragraph", "para"), ("subparagraph", "subpara"), ("point", "point"), ("point", "point"))
_DIVIDING = {Kind.ANNEX, Kind.BOOK, Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION}
_WITHOUT_NUMBER = {"al", "row", "sentence", "clause"}


@dataclass(slots=True)
class Hierarchy:
    """The parts before the body, the body, and the parts behind it."""

    preface: list[str]
    body: list[Node]
    conclusions: list[str]


def hierarchy_of(exhibit: Exhibit) -> Hierarchy:
    """The document as a hierarchy. It holds each non-blank character of its text once, in text order."""
    pieces = exhibit.pieces
    frames = [isinstance(piece, Block) and piece.role in _FRAME for piece in pieces]
    first = frames.index(False) if False in frames else 0
    last = len(frames) - frames[::-1].index(False) if False in frames else len(pieces)
    builder = _Builder(exhibit)
    for piece in pieces[first:last]:
        if isinstance(piece, Clause):
            builder.clause(piece)
        else:
            builder.block(piece)
    before, behind = (
        [line for piece in part for line in _texts(exhibit.text_of(piece))]
        for part in (pieces[:first], pieces[last:])
    )
    return Hierarchy(before, builder.root.below, behind)


class _Builder:
    """Adds one piece after the other. `_open` are the nodes that may hold the next piece, outermost first."""

    def __init__(self, exhibit: Exhibit) -> None:
        self._exhibit = exhibit
        self._lines = {block.start: exhibit.text_of(block) for block in exhibit.holding.outline.blocks}
        self._above: dict[int, list[int]] = {}
        for clause in exhibit.holding.outline.clauses:
            headings = _headings_above(clause.context)
            self._above.update({start: headings[:depth] for depth, start in enumerate(headings)})
        self._eids = Eids()
        self.root = Node("body", "", "")
        self._open = [self.root]

    def block(self, block: Block) -> None:
        """Adds a heading, or a part of the frame between clauses."""
        text = self._exhibit.text_of(block)
        is_heading = block.role is Role.HEADING
        self._close_to(self._above.get(block.start, self._headings) if is_heading else self._headings)
        if not is_heading:
            self._add("hcontainer", block.role.value, "", None).lines = _texts(text)
            self._open.pop()
            return
        mark = mark_of(text)
        element = DIVISIONS[mark.level] if mark else ("hcontainer", "heading")
        node = self._add(*element, _written(mark) if mark else "", block.start)
        node.num, node.heading = split_number(text) if mark else ("", text)

    def clause(self, clause: Clause) -> None:
        """Adds a clause below its headings and the nodes that its anchor names."""
        headings = _headings_above(clause.context)
        chain = self._chain(clause, headings)
        self._close_to([*headings, *(place.key for place in chain)])
        held = {node.key for node in self._open}
        for place in chain:
            if place.key not in held:
                self._add(place.tag, place.name, place.number, place.key)
        if not self._open[-1].is_empty:
            self._add("hcontainer", "clause", "", clause.anchor)
        lines = lines_of(clause.text)
        first = lines[0]
        article = next((node for node in self._open if node.tag == "article"), None)
        if article and first.mark and first.mark.level is Level.ARTICLE and not article.num:
            article.num, opening = split_number(first.text)
        elif first.mark and self._open[-1].name not in _WITHOUT_NUMBER:
            self._open[-1].num, opening = split_number(first.text)
        else:
            opening = first.text
        Filling(self._open[-1], self._eids, is_article=article is not None).fill(opening, lines)

    def _chain(self, clause: Clause, headings: Sequence[int]) -> list["_Place"]:
        """The nodes that hold the clause below its headings, outermost first, and the clause itself."""
        marks = [mark_of(self._lines[start]) for start in headings]
        skipped = sum(mark is not None and mark.level in ITEMS for mark in marks)
        steps = clause.anchor.steps
        found: list[_Place] = []
        key, depth = "", 0
        for index, step in enumerate(steps):
            key += f"/{step.kind}{step.number}-{step.inserted}"
            if step.kind is Kind.NUMBERED or (depth and step.kind is Kind.LOWER):
                depth += 1
                element = _NUMBERED[min(depth, len(_NUMBERED)) - 1]
            else:
                element = _STEPS.get(step.kind, ("indent", "indent"))
            is_heading = step.kind in _DIVIDING or 0 < depth <= skipped
            if index == len(steps) - 1 or not is_heading:
                found.append(_Place(key, *element, _written(step)))
        return found

    @property
    def _headings(self) -> list[int]:
        """The headings that are open."""
        return [node.key for node in self._open if isinstance(node.key, int)]

    def _close_to(self, keys: Sequence[str | int]) -> None:
        """Closes the nodes that cannot hold the following piece."""
        kept = 1
        while kept < len(self._open) and self._open[kept].key in keys:
            kept += 1
        del self._open[kept:]

    def _add(self, tag: str, name: str, number: str, key: str | int | None) -> Node:
        above = self._open[-1].eid
        if tag == "article":  # articles are counted through the chapters
            above = next((node.eid for node in self._open if node.name == "annex"), "")
        node = Node(tag, name, self._eids.new(above, name, number), key)
        self._open[-1].below.append(node)
        self._open.append(node)
        return node


class _Place(NamedTuple):
    """A step on the way down to a clause."""

    key: str
    tag: str
    name: str
    number: str


def _headings_above(context: Sequence[Slice]) -> list[int]:
    """Where the headings above a clause begin, outermost first."""
    return [above.start for above in context if above.role is Role.HEADING and above.clause_id is None]


def _written(numbered: Mark | Step) -> str:
    """The number as it stands in an eId: 5-1 for 第五条之一; empty for an annex without a number."""
    inserted = f"-{numbered.inserted}" if numbered.inserted else ""
    return f"{numbered.number}{inserted}" if numbered.number else ""


def _texts(text: str) -> list[str]:
    return [line.text for line in lines_of(text)]
