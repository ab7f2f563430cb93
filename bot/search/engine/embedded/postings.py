"""Postings: for each term, the entries that hold it and how often, in flat arrays.

No statistic of the whole library stands in them, so entries can join or leave without a rewrite: document
frequencies, the number of entries and their mean length are counted from what the arrays hold.
Zobel and Moffat, *Inverted Files for Text Search Engines* (2006).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.arrays import Numbers
from bot.search.engine.embedded.vocabulary import Vocabulary

EntryNumbers = np.ndarray[tuple[int], np.dtype[np.uint32]]
TermFrequencies = np.ndarray[tuple[int], np.dtype[np.uint16]]

MOST_FREQUENT = np.iinfo(np.uint16).max
"""A term counts at most 65,535 times in an entry; the longest clause we know has 6,000 terms."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Which entries hold which terms. Entries are numbered from 0.

    Term `n` stands in the entries `entries[starts[n]:starts[n + 1]]`, ascending, as often as `tfs` says
    there. `lengths[e]` is the number of terms of entry `e`, repeats included. All arrays are read-only.
    """

    vocabulary: Vocabulary
    starts: Numbers
    entries: EntryNumbers
    tfs: TermFrequencies
    lengths: EntryNumbers


@dataclass(frozen=True, slots=True)
class Chunk:
    """The postings of some neighbouring entries, numbered from 0: what a process hands back.

    `terms[i]` has `counts[i]` postings. The postings of all terms follow each other in `entries` and `tfs`.
    """

    terms: tuple[str, ...]
    counts: Numbers
    entries: EntryNumbers
    tfs: TermFrequencies
    lengths: EntryNumbers


def count(texts: Iterable[Sequence[str]]) -> Chunk:
    """The postings of texts, each given as its terms."""
    numbers: dict[str, int] = {}
    tokens: list[int] = []
    lengths = []
    for terms in texts:
        tokens.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        lengths.append(len(terms))
    return count_numbers(tuple(numbers), np.array(tokens, np.int64), np.array(lengths, np.int64))


def count_numbers(terms: tuple[str, ...], tokens: Numbers, lengths: Numbers) -> Chunk:
    """The postings of texts whose terms are given as numbers.

    Args:
        tokens: the place in `terms` of each term of the texts, one text after another.
        lengths: how many terms each text has.
    """
    entries = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    pairs, tfs = np.unique(tokens.astype(np.uint64) << np.uint64(32) | entries, return_counts=True)
    return Chunk(
        terms,
        np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=len(terms)),
        pairs.astype(np.uint32),
        np.minimum(tfs, MOST_FREQUENT).astype(np.uint16),
        lengths.astype(np.uint32),
    )


def merge(chunks: Sequence[Chunk]) -> Postings:
    """The postings of chunks whose entries follow each other in this order."""
    vocabulary, numbers = _common(chunks)
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    for chunk, terms in zip(chunks, numbers, strict=True):
        starts[terms + 1] += chunk.counts
    np.cumsum(starts, out=starts)
    entries, tfs = np.empty(starts[-1], np.uint32), np.empty(starts[-1], np.uint16)
    free, before = starts[:-1].copy(), 0
    for chunk, terms in zip(chunks, numbers, strict=True):
        places = places_of(free[terms], chunk.counts)
        entries[places], tfs[places] = chunk.entries + np.uint32(before), chunk.tfs
        free[terms] += chunk.counts
        before += len(chunk.lengths)
    lengths = np.concatenate([np.empty(0, np.uint32), *(chunk.lengths for chunk in chunks)])
    return read_only(Postings(vocabulary, starts, entries, tfs, lengths))


def _common(chunks: Sequence[Chunk]) -> tuple[Vocabulary, list[Numbers]]:
    """The vocabulary of all chunks, and the numbers in it of each chunk's terms."""
    met: dict[str, int] = {}
    order = [np.array([met.setdefault(term, len(met)) for term in chunk.terms], np.int64) for chunk in chunks]
    vocabulary = Vocabulary.of(met)
    number_of = vocabulary.numbers(tuple(met))
    return vocabulary, [number_of[terms] for terms in order]


def read_only(postings: Postings) -> Postings:
    """The same postings, immutable like mapped ones: numba would compile once more for other arrays."""
    for array in (postings.starts, postings.entries, postings.tfs, postings.lengths):
        array.setflags(write=False)
    return postings


def places_of(firsts: Numbers, counts: Numbers) -> Numbers:
    """Runs of neighbouring places, one run after another.

    Args:
        firsts: the first place of each run.
        counts: how many places it has.

    >>> places_of(np.array([10, 40]), np.array([2, 3])).tolist()
    [10, 11, 40, 41, 42]
    """
    before = np.cumsum(counts) - counts
    return np.repeat(firsts - before, counts) + np.arange(counts.sum())
