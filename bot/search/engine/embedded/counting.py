"""Entries → postings: counts their terms on all cores, in bulk if that pays.

Cutting texts into words takes nearly all of the time.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bot.processes import map_in_forks
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.postings import (
    Chunk,
    Postings,
    count,
    count_numbers,
    merge,
    places_of,
)
from bot.search.entry import Entry

if TYPE_CHECKING:
    from bot.search.segmentation.bulk import BulkAnalyzer

CHUNK = 500
"""Entries of a chunk: a tenth of a second of cutting. So all cores end together, and a progress bar moves."""

BULK_CHUNK = 2000
"""Entries of a chunk for compiled loops. With 500, twice as many terms had to be merged: two seconds more."""

BULK_FROM = 10_000
"""Entries from which compiled loops pay: they take a second to load, and the first time five to compile."""

Progress = Callable[[Iterable[Chunk], int], Iterable[Chunk]]
"""Passes chunks on, and may show how many have passed; the number is how many there will be."""


class TermCounter(NamedTuple):
    """A way to count the terms of entries, and the number of entries it takes at a time."""

    chunk_of: Callable[[Sequence[Entry]], Chunk]
    at_once: int


def unseen(chunks: Iterable[Chunk], _: int) -> Iterable[Chunk]:
    """Progress that shows nothing."""
    return chunks


def build(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress = unseen) -> Postings:
    """The postings of entries, numbered in their order."""
    return merge(chunks_of(entries, analyzer, progress))


def chunks_of(entries: Sequence[Entry], analyzer: Analyzer, progress: Progress) -> list[Chunk]:
    """The chunks of entries, in their order.

    They are counted in one forked process a core where that is possible.
    """
    counter = counter_for(len(entries), analyzer)
    starts = range(0, len(entries), counter.at_once)
    return list(progress(map_in_forks(partial(_chunk, entries, counter), starts), len(starts)))


def counter_for(entries: int, analyzer: Analyzer) -> TermCounter:
    """The counter that suits a number of entries. All counters give the same postings.

    For many entries, and where numba is installed, it cuts all texts of a chunk at once.
    """
    if entries < BULK_FROM:
        return TermCounter(partial(count_one_by_one, analyzer), CHUNK)
    try:
        from bot.search.segmentation.bulk import BulkAnalyzer  # noqa: PLC0415  # imports numba: half a second
    except ImportError:
        return TermCounter(partial(count_one_by_one, analyzer), CHUNK)
    return TermCounter(partial(count_in_bulk, BulkAnalyzer(analyzer)), BULK_CHUNK)


def count_one_by_one(analyzer: Analyzer, entries: Sequence[Entry]) -> Chunk:
    """The postings of entries, the reference. A heading that neighbours share is cut once."""
    terms = lru_cache(maxsize=64)(analyzer.terms)
    return count(entry.terms(terms) for entry in entries)


def count_in_bulk(analyzer: "BulkAnalyzer", entries: Sequence[Entry]) -> Chunk:
    """The same postings. A text is cut once, wherever it stands."""
    texts: dict[str, int] = {}
    pieces = [[texts.setdefault(piece, len(texts)) for piece in entry.pieces] for entry in entries]
    terms, numbers, starts = analyzer.tokens(list(texts))
    sizes = np.diff(starts)
    lengths = np.array([sizes[piece].sum() for piece in pieces], np.int64)
    places = np.fromiter(chain.from_iterable(pieces), np.int64)
    return count_numbers(terms, numbers[places_of(starts[places], sizes[places])], lengths)


def _chunk(entries: Sequence[Entry], counter: TermCounter, start: int) -> Chunk:
    return counter.chunk_of(entries[start : start + counter.at_once])
