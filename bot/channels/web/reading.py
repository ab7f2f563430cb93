"""Texts cut for showing: a quote at its highlights, a document at its clauses."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.answer import Passage
from bot.policy.clause import Role
from bot.policy.holding import Holding


def marked(passage: Passage) -> Iterator[tuple[bool, str]]:
    """The clause's text in runs, each with whether it is highlighted; joined, they are the text."""
    text, at = passage.clause.text, 0
    for start, end in passage.highlights:
        yield False, text[at:start]
        yield True, text[start:end]
        at = end
    yield False, text[at:]


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause (with its anchor) or a block (with its role) of a document, as lines to show."""

    anchor: str | None
    label: str | None
    role: Role | None
    lines: tuple[str, ...]


def pieces(holding: Holding) -> list[Piece]:
    """The whole document in text order."""
    text = holding.document.text
    found = [
        (clause.start, Piece(clause.anchor, clause.label, None, _lines(clause.text)))
        for clause in holding.outline.clauses
    ] + [
        (block.start, Piece(None, None, block.role, _lines(text[block.start : block.end])))
        for block in holding.outline.blocks
    ]
    return [piece for _, piece in sorted(found, key=lambda placed: placed[0])]


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n"))
