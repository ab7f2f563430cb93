"""The core of compiled loops, which go through the entries window by window. A door to numba.

MaxScore (Turtle and Flood 1995) over windows. Within a window, terms of great weight are added up in an array
that stays in the processor's cache. Terms of small weight are added only to the entries that may still come
among the best.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np

from bot.search.arrays import Floats, Numbers
from bot.search.engine.embedded.cores import QueryPostings
from bot.search.engine.embedded.postings import EntryNumbers

WINDOW = 8192
"""Most entries of a window: 64 KiB of scores. With 4,096 or 32,768, 100,000 clauses take a tenth longer."""

FIRST = 256
"""Entries of the first window. Each further window is as wide as all before it, up to WINDOW. Lists can be
left out only once a window has shown how high the scores of the best are: with 4,096 entries from the start,
10,000 clauses took 2.4 times as long, 100,000 1.3 times."""

_SCAN = 24
"""A list of at most this many postings for each entry that is looked for is read through; a longer one is
searched by halves. With 8 the slowest hundredth of questions took a tenth longer, with 64 a twentieth."""


_ONE = np.uint64(1)
"""Places and entries are unsigned: numba tests each signed one for counting from the end."""


_compiled = numba.njit(nogil=True, error_model="numpy")
"""numpy's error model: testing each division for zero costs a tenth."""


class Workspace(NamedTuple):
    """The memory that all windows share.

    `places[j]`: the first posting of term j that no window has passed. `scores[i]`: the score so far of entry
    i of the window; all are 0 between windows. `touched`: the entries of the window that have a score.
    `open`: the touched entries that may still come among the best.
    """

    places: Numbers
    scores: Floats
    touched: Numbers
    open: Numbers


class Best(NamedTuple):
    """The best entries so far and their scores, best first, zeros behind."""

    entries: Numbers
    scores: Floats


def warm_up(queries: Iterable[QueryPostings], cache: Path) -> None:
    """Compiles the loops, which takes seconds, or loads them from `cache`."""
    numba.config.CACHE_DIR = str(cache)
    best_entries.enable_caching()
    for query in queries:
        best_entries(query, 1)


@_compiled
def best_entries(query: QueryPostings, k: int) -> tuple[Numbers, Floats]:
    """The best entries: the same as `best_by_numpy`, bit for bit."""
    rest = np.append(np.cumsum(query.weights[::-1])[::-1], 0.0)
    work = Workspace(
        query.starts.copy(), np.zeros(WINDOW), np.empty(WINDOW + 1, np.int64), np.empty(WINDOW, np.int64)
    )
    best, size = Best(np.empty(k, np.int64), np.zeros(k)), 0
    needed = len(query.weights)
    window = 0
    while window < len(query.lengths):
        behind = window + min(WINDOW, max(FIRST, window))
        kth = best.scores[k - 1]
        while needed > 0 and rest[needed - 1] <= kth:
            needed -= 1
        count = _add(query, work, needed, (window, behind))
        left = _keep(work, work.touched[:count], kth - rest[needed])
        for term in range(needed, len(query.weights)):
            if left == 0:
                break
            _add_to_open(query, work, (term, left), (window, behind))
            left = _keep(work, work.open[:left], kth - rest[term + 1])
        for i in work.open[:left]:
            if not query.gone[window + i]:
                size = _insert(best, size, window + i, work.scores[i])
        for i in work.touched[:count]:
            work.scores[i] = 0.0
        window = behind
    return best.entries[:size], best.scores[:size]


@_compiled
def _add(query: QueryPostings, work: Workspace, needed: int, span: tuple[int, int]) -> int:
    """Adds the first `needed` terms to the entries of a window. Gives the number of entries with a score."""
    entries, tfs, scores, touched = query.entries, query.tfs, work.scores, work.touched
    lengths, base, slope = query.lengths[span[0] :], query.base, query.slope
    first, behind = np.uint32(span[0]), np.uint32(span[1])
    count = 0
    for term in range(needed):
        place, end, weight = np.uint64(work.places[term]), np.uint64(query.ends[term]), query.weights[term]
        while place < end and entries[place] < behind:
            i = entries[place] - first
            touched[count] = i
            count += scores[i] == 0.0
            scores[i] += weight * _saturated(tfs[place], base + slope * lengths[i])
            place += _ONE
        work.places[term] = place
    return count


@_compiled
def _add_to_open(query: QueryPostings, work: Workspace, task: tuple[int, int], span: tuple[int, int]) -> None:
    """Adds a term to the first `left` open entries. Closed entries may get it too: they are not read."""
    term, left = task
    window, behind = span
    first = _search(query.entries, work.places[term], query.ends[term], window)
    last = _search(query.entries, first, min(query.ends[term], first + behind - window), behind)
    work.places[term] = last
    entries, tfs, scores = query.entries, query.tfs, work.scores
    lengths, base, slope, weight = query.lengths[window:], query.base, query.slope, query.weights[term]
    if last - first <= _SCAN * left:
        for place in range(np.uint64(first), np.uint64(last)):
            i = entries[place] - np.uint32(window)
            share = weight * _saturated(tfs[place], base + slope * lengths[i])
            scores[i] += share * (scores[i] > 0.0)  # a branch that nobody can predict costs more
        return
    for i in work.open[:left]:
        place = _search(entries, first, last, window + i)
        if place < last and entries[place] == window + i:
            scores[i] += weight * _saturated(tfs[place], base + slope * lengths[i])


@_compiled
def _saturated(tf: float, length_norm: float) -> float:
    """The part of its weight that a term gives: `bot.search.bm25.saturation`, for loops."""
    return tf / (tf + length_norm)


@_compiled
def _keep(work: Workspace, entries: Numbers, above: float) -> int:
    """Opens the entries whose score is above a bound and closes all others. Gives the number of open ones."""
    kept, scores, left = work.open, work.scores, 0
    for i in entries:
        kept[left] = i
        left += scores[i] > above
    return left


@_compiled
def _search(entries: EntryNumbers, low: int, high: int, entry: int) -> int:
    """The first place from `low` on whose entry is not smaller than `entry`; `high`: all are smaller."""
    while low < high:
        middle = (low + high) >> 1
        if entries[middle] < entry:
            low = middle + 1
        else:
            high = middle
    return low


@_compiled
def _insert(best: Best, size: int, entry: int, score: float) -> int:
    """Puts an entry in its place among the best, if it is one of them. Gives the number of best entries."""
    k = len(best.entries)
    i = size
    while i > 0 and (
        best.scores[i - 1] < score or (best.scores[i - 1] == score and best.entries[i - 1] > entry)
    ):
        if i < k:
            best.entries[i], best.scores[i] = best.entries[i - 1], best.scores[i - 1]
        i -= 1
    if i < k:
        best.entries[i], best.scores[i] = entry, score
    return min(size + 1, k)
