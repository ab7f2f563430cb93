"""Typeset documents, kept as long as the library stays the same."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from bot.channels.web.reader.contents import TableOfContents, contents_of
from bot.channels.web.reader.typesetting import Part, typeset
from bot.policy.library import Library

MOST_SHEETS = 64
"""Documents that are kept set; a long one takes half a megabyte."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A typeset document and its contents."""

    parts: tuple[Part, ...]
    contents: TableOfContents


class Sheets:
    """The sheets of the library that was asked for last. Threads may share it."""

    def __init__(self) -> None:
        self._kept: tuple[Library, Callable[[str], Sheet]] | None = None

    def of(self, library: Library, document_id: str) -> Sheet:
        """The sheet of a document that a library holds."""
        kept = self._kept
        if kept is None or kept[0] is not library:
            kept = self._kept = library, _keeping(library)
        return kept[1](document_id)


def _keeping(library: Library) -> Callable[[str], Sheet]:
    @lru_cache(MOST_SHEETS)
    def sheet(document_id: str) -> Sheet:
        parts = typeset(document_id, library)
        return Sheet(parts, contents_of(parts))

    return sheet
