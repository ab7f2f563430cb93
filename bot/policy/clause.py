"""Clauses, the smallest citable pieces of a document, and the blocks between them."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from bot.policy.anchor import Anchor
from bot.policy.article import Article


class Role(StrEnum):
    """What a piece of text is when it is not a clause of its own."""

    MASTHEAD = "masthead"
    CONTENTS = "contents"
    HEADING = "heading"
    LEAD_IN = "lead_in"
    HEADER_ROW = "header_row"
    IMPRINT = "imprint"


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a document's text that another clause needs to stand alone.

    `clause_id` names the clause that the piece is, None where it is a block.
    """

    clause_id: str | None
    role: Role
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Text that no clause holds: `text[start:end]` is a heading, or frames the text."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest citable piece: `document.text[start:end] == text`.

    `anchor` is its position as a clerk counts it, `label` the same as a clerk writes it, `context` what it
    needs to stand alone, outermost first.
    """

    document_id: str
    anchor: Anchor
    label: str
    text: str
    start: int
    end: int
    context: tuple[Slice, ...] = ()

    @property
    def clause_id(self) -> str:
        """`<document_id>:<anchor>`, unique in a library."""
        return f"{self.document_id}:{self.anchor}"

    @property
    def digest(self) -> str:
        """SHA-256 of the UTF-8 of the text, 64 hex digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's text, divided: each non-blank character stands in one clause or one block.

    `articles` are the 条 of the text and of its annexes in text order, however they are cut into clauses.
    """

    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
