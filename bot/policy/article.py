"""The articles of a text with their 款 and 项. How the text is cut into clauses does not matter here."""

from bisect import bisect_right
from dataclasses import dataclass

from bot.policy.anchor import Anchor


@dataclass(frozen=True, slots=True)
class Subparagraph:
    """A 项: its number, and the offset of its first character."""

    number: int
    start: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款: the offset of its first character, and its 项 in text order."""

    start: int
    subparagraphs: tuple[Subparagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A 条: `text[start:end]` of the document.

    `parts` are its 款 in text order. They are empty if the article is a single 款 without 项. Half of all
    articles are, and this saves memory.

    Source: 立法法 (2023) art. 65: 条 is divided into 款, 款 into 项.
    """

    anchor: Anchor
    start: int
    end: int
    parts: tuple[Paragraph, ...] = ()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its 款 in text order, at least one."""
        return self.parts or (Paragraph(self.start),)

    def paragraph_at(self, offset: int) -> int:
        """Index of the 款 in which an offset of the document's text lies."""
        return bisect_right([paragraph.start for paragraph in self.paragraphs], offset) - 1
