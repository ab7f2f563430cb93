"""What can be found: a text under its headings, and the terms that it is found by."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.policy.clause import Role
from bot.policy.library import Library

HEADING_WEIGHT = 2
"""How often a title or heading counts. Chosen together with K1 and B; ×1 to ×3 are within 0.6 points."""

Terms = Callable[[str], list[str]]
"""The terms of a text, repeats kept."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found, under the titles and headings that stand above it."""

    entry_id: str
    headings: tuple[str, ...]
    text: str

    def terms(self, terms: Terms) -> list[str]:
        """The terms of the text, and those of its headings HEADING_WEIGHT times."""
        headings = [term for heading in self.headings for term in terms(heading)]
        return HEADING_WEIGHT * headings + terms(self.text)


def entries_of(library: Library) -> Iterable[Entry]:
    """One entry for each clause, under its document's title, what it reports on, and its headings."""
    for document, clause in library.clauses():
        headings = [piece.text for piece in clause.context if piece.role is Role.HEADING]
        above = [document.title, *([document.reports_on] if document.reports_on else []), *headings]
        yield Entry(clause.clause_id, tuple(above), clause.text)
