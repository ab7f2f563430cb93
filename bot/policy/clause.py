"""Clauses: the smallest pieces of a document that can be cited; and the blocks between them."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from bot.policy.anchor import Anchor
from bot.policy.article import Article


class Role(StrEnum):
    """What a piece of text is to the clauses around it."""

    MASTHEAD = "masthead"
    CONTENTS = "contents"
    HEADING = "heading"
    LEAD_IN = "lead_in"
    HEADER_ROW = "header_row"
    IMPRINT = "imprint"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a document's text. A reader needs it to understand another clause alone.

    `clause_id` is set if the piece is a clause; it is None if the piece is a block.
    """

    clause_id: str | None
    role: Role
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """`text[start:end]` is in no clause: a heading, or part of the frame of the text."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest piece that can be cited: `document.text[start:end] == text`.

    `anchor` is its position as a clerk counts it: t12k2. `label` is the position as a clerk writes it:
    第十二条第二款. `context` is what a reader needs to understand it alone, outermost first.
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


def document_of(clause_id: str) -> str:
    """The id of the document that holds a clause. Faster than looking the clause up.

    >>> document_of("低保办法:t12k2")
    '低保办法'
    """
    return clause_id.rpartition(":")[0]


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses and blocks of a document. Each non-blank character is in one clause or in one block.

    `articles` are the 条 of the text and of its annexes. All three are in text order.
    """

    clauses: tuple[Clause, ...]
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
