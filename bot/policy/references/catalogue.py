"""Finds held documents by the names that other texts use."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.references.articles import Structure
from bot.policy.titles import title_key, title_keys


@dataclass(frozen=True)
class Catalogue:
    """The documents of a library. `holdings` are by document id."""

    holdings: Mapping[str, Holding]

    @cached_property
    def structures(self) -> Mapping[str, Structure]:
        """Document id → its articles."""
        return {document_id: Structure(holding) for document_id, holding in self.holdings.items()}

    def titled(self, title: str, by: str) -> str | None:
        """Id of the document that another document means by a title or a short form. None: it is not held.

        If several held documents have the title, those of the same jurisdiction are meant, and of these the
        newest.

        Args:
            by: id of the document that uses the title.
        """
        citing = self.holdings[by].document
        full = self.structures[by].short_forms.get(title, title)
        key = title_key(full)
        held = [document for document in self._by_key.get(key, ()) if document.document_id != by]
        if not held:
            return by if key in title_keys(citing.title) else None
        near = [d for d in held if citing.jurisdiction and d.jurisdiction == citing.jurisdiction]
        return max(near or held, key=self._age).document_id

    def _age(self, document: Document) -> tuple[date, str]:
        statement = self.holdings[document.document_id].statements.effective
        day = document.effective_on or (statement.day if statement else date.min)
        return day, document.document_id

    @cached_property
    def _by_key(self) -> Mapping[str, list[Document]]:
        by_key: dict[str, list[Document]] = defaultdict(list)
        for holding in self.holdings.values():
            if not holding.document.is_news:
                for key in title_keys(holding.document.title):
                    by_key[key].append(holding.document)
        return by_key
