"""Texts cut for showing: a quote at its highlights and links, a document at its clauses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.channels.api.answers import PassageModel
from bot.policy.citation import Link, links
from bot.policy.clause import Clause, Role
from bot.policy.library import Library


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is shown in the same way. `href`: where it leads; None: it is no link."""

    text: str
    href: str | None
    highlighted: bool


def marked(passage: PassageModel) -> Iterator[Run]:
    """The clause's text in runs; joined, they are the text."""
    text = passage.text
    return _runs(text, (0, len(text)), passage.references, passage.highlights)


def answering(passage: PassageModel) -> str:
    """The sentence of the clause that answers; all of it where it answers as a whole."""
    start, end = passage.sentence or (0, len(passage.text))
    return passage.text[start:end]


def _runs(
    text: str, span: tuple[int, int], links: Sequence[Link], highlights: Sequence[tuple[int, int]] = ()
) -> Iterator[Run]:
    """A span of a text, cut where a link or a highlight begins or ends."""
    first, last = span
    ends = {place for link in links for place in (link.start, link.end)}
    ends |= {place for highlight in highlights for place in highlight}
    cuts = [first, *sorted(place for place in ends if first < place < last), last]
    for start, end in pairwise(cuts):
        href = next((link.url for link in links if link.start <= start < link.end), None)
        highlighted = any(begin <= start < stop for begin, stop in highlights)
        yield Run(text[start:end], href, highlighted)


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause (with its anchor) or a block (with its role) of a document, as lines of runs to show."""

    anchor: str | None
    label: str | None
    role: Role | None
    lines: tuple[tuple[Run, ...], ...]


def pieces(document_id: str, library: Library) -> list[Piece]:
    """The whole document in text order; what its clauses refer to are links."""
    holding = library.by_id[document_id]
    text = holding.document.text
    found = [(clause.start, _piece(clause, library)) for clause in holding.outline.clauses] + [
        (block.start, Piece(None, None, block.role, _lines(text[block.start : block.end])))
        for block in holding.outline.blocks
    ]
    return [piece for _, piece in sorted(found, key=lambda placed: placed[0])]


def _piece(clause: Clause, library: Library) -> Piece:
    return Piece(clause.anchor, clause.label, None, _lines(clause.text, links(library, clause)))


def _lines(text: str, links: Sequence[Link] = ()) -> tuple[tuple[Run, ...], ...]:
    """The lines of a text without the blanks at their ends."""
    return tuple(tuple(_runs(text, found.span(), links)) for found in re.finditer(r"\S(?:[^\n]*\S)?", text))
