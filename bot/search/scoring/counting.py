"""Some entries into the chunk of their postings: text by text, or many texts at once where that pays."""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.search.analysis import Analyzer
from bot.search.entry import Entry
from bot.search.scoring.postings import Chunk, count, count_numbers, places_of

if TYPE_CHECKING:
    from bot.search.segmentation.bulk import BulkAnalyzer

CHUNK = 500
"""Entries a chunk: a tenth of a second of cutting, so that cores end together and the bar moves."""

BULK_CHUNK = 2000
"""As many when compiled loops cut. With 500, merging twice as many terms took two seconds longer."""

BULK_FROM = 10_000
"""Entries from which compiled loops pay: they take a second to load, and the first time five to compile."""


class Counting(NamedTuple):
    """What counts the terms of entries, and how many entries it is given at a time."""

    counter: Callable[[Sequence[Entry]], Chunk]
    chunk: int


def counting_for(entries: int, analyzer: Analyzer) -> Counting:
    """What suits a number of entries: for many all texts of a chunk at once, where numba is installed.

    Both give the same postings.
    """
    if entries < BULK_FROM:
        return Counting(partial(count_one_by_one, analyzer), CHUNK)
    try:
        from bot.search.segmentation.bulk import BulkAnalyzer  # noqa: PLC0415  # imports numba: half a second
    except ImportError:
        return Counting(partial(count_one_by_one, analyzer), CHUNK)
    return Counting(partial(count_in_bulk, BulkAnalyzer(analyzer)), BULK_CHUNK)


def count_one_by_one(analyzer: Analyzer, entries: Sequence[Entry]) -> Chunk:
    """Their postings, the reference. Neighbours share their headings, which are cut once."""
    terms = lru_cache(maxsize=64)(analyzer.terms)
    return count(entry.terms(terms) for entry in entries)


def count_in_bulk(analyzer: "BulkAnalyzer", entries: Sequence[Entry]) -> Chunk:
    """The same postings; a text is cut once, wherever it stands."""
    texts: dict[str, int] = {}
    pieces = [[texts.setdefault(piece, len(texts)) for piece in entry.pieces] for entry in entries]
    terms, numbers, bounds = analyzer.numbered(list(texts))
    sizes = np.diff(bounds)
    lengths = np.array([sizes[piece].sum() for piece in pieces], np.int64)
    places = np.fromiter(chain.from_iterable(pieces), np.int64)
    return count_numbers(terms, numbers[places_of(bounds[places], sizes[places])], lengths)
