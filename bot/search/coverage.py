"""How much of a query texts cover, by term and by expression."""

import math
from collections.abc import Callable, Mapping, Sequence

from bot.search.query import Expansion, Query

Idfs = Callable[[tuple[str, ...]], Sequence[float]]


class Worth:
    """What each term and expression of a query is worth. Immutable.

    Args:
        idfs: how rare each of some terms is.
    """

    def __init__(self, query: Query, idfs: Idfs) -> None:
        expanded = (term for group in query.expansions for e in group for term in e.terms)
        terms = tuple(dict.fromkeys([*query.terms, *expanded]))
        self._words = [
            (term, term.removeprefix("#"), idf) for term, idf in zip(terms, idfs(terms), strict=True)
        ]
        self._asked = tuple(dict.fromkeys(query.terms))
        self._groups = query.expansions

    def rows(self, folded: Sequence[str]) -> list[list[float]]:
        """What each term and each expression is worth in each of some folded texts, in rows.

        A term is worth its idf where it stands in the text, else nothing; an expression, the best of its
        expansions. Rows without any worth are left out. Terms are looked for as strings: cutting every
        sentence of every passage into terms took ten times as long as the search itself.
        """
        whole = "\n".join(folded)
        worth = {
            term: [idf if word in text else 0.0 for text in folded]
            for term, word, idf in self._words
            if word in whole
        }
        rows = [worth[term] for term in self._asked if term in worth]
        rows += (row for group in self._groups if (row := _best_of(group, worth)))
        return rows


def _best_of(group: Sequence[Expansion], worth: Mapping[str, Sequence[float]]) -> list[float]:
    """The best of a group's expansions in each text; empty if no term of the group stands in any text."""
    weighted = []
    for expansion in group:
        if held := [worth[term] for term in expansion.terms if term in worth]:
            weighted.append([expansion.weight * math.fsum(column) for column in zip(*held, strict=True)])
    return [max(column) for column in zip(*weighted, strict=True)]
