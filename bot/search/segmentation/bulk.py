"""The terms of many texts at once: the same as `Analyzer.terms` gives, many times as fast.

Terms are numbers. A word is made a string once, however often it stands in the texts.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from bot.search.analysis import RUN, Analyzer
from bot.search.arrays import Numbers
from bot.search.segmentation import loops
from bot.search.segmentation.model import Codes, codes_of, model_of

Kinds = np.ndarray[tuple[int], np.dtype[np.int8]]

_NONE, _HAN, _OTHER = range(3)


class Tokens(NamedTuple):
    """The terms of texts. Text i has `terms[n]` for each n of `numbers[starts[i]:starts[i + 1]]`."""

    terms: tuple[str, ...]
    numbers: Numbers
    starts: Numbers


class _Spans(NamedTuple):
    """Stretches of a text in its order: their beginnings and ends."""

    starts: Numbers
    ends: Numbers


class BulkAnalyzer:
    """An analyzer for many texts at once.

    Making it takes a second; processes that are forked later inherit it.

    The compiled loops are kept where the analyzer keeps its dictionary, once a machine and version.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._model = model_of(analyzer.dictionary(), analyzer.hidden_markov())
        self._kinds = _kinds()
        loops.warm_up(self._model, analyzer.cache / "numba")

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """The terms that `Analyzer.terms` gives for each text, in the same order, repeats kept."""
        folded = [f"{self._analyzer.fold(text)}\n" for text in texts]  # a line end is no part of any term
        joined = "".join(folded)
        codes, starts = codes_of(joined), np.cumsum([0, *map(len, folded)])
        terms: dict[str, int] = {}

        def numbers_of(spans: _Spans, term_of: Callable[[str], str | None]) -> Numbers:
            """The number of the term of each stretch; -1: it is no term."""
            numbers, firsts = loops.number(codes, *spans)
            first = zip(spans.starts[firsts].tolist(), spans.ends[firsts].tolist(), strict=True)
            found = [term_of(joined[start:end]) for start, end in first]
            places = [-1 if term is None else terms.setdefault(term, len(terms)) for term in found]
            found_at: Numbers = np.array(places, np.int64)[numbers]
            return found_at

        words, bigrams = self._words(codes, starts), _bigrams(self._kinds[codes])
        numbers = np.append(numbers_of(words, self._analyzer.term_of), numbers_of(bigrams, "#".__add__))
        owners = np.searchsorted(starts, np.append(words.starts, bigrams.starts), "right") - 1
        numbers, owners = numbers[numbers >= 0], owners[numbers >= 0]
        ends = np.cumsum(np.bincount(owners, minlength=len(texts)))
        return Tokens(tuple(terms), numbers[np.argsort(owners, kind="stable")], np.append(0, ends))

    def _words(self, codes: Codes, starts: Numbers) -> _Spans:
        ends = np.flatnonzero(loops.cut(codes, starts, self._model)) + 1
        return _Spans(np.append(0, ends)[:-1], ends)


def _kinds() -> Kinds:
    """For each code point: _NONE, _HAN or _OTHER, as RUN has it."""
    kinds = np.full(sys.maxunicode + 1, _NONE, np.int8)
    for run in RUN.finditer("".join(map(chr, range(len(kinds))))):
        kinds[run.start() : run.end()] = _OTHER if run[0].isascii() else _HAN
    return kinds


def _bigrams(kinds: Kinds) -> _Spans:
    """The stretches that are bigrams or whole runs in a text, by the kinds of its characters.

    `Analyzer.terms` gives the same ones. The last character must belong to no term.
    """
    before, after = np.roll(kinds, 1), np.roll(kinds, -1)
    is_pair = (kinds == _HAN) & (after == _HAN)
    begins = is_pair | ((kinds != _NONE) & (before != kinds))
    starts = np.flatnonzero(begins)
    ends = np.where(is_pair[starts], starts + 2, starts + 1)
    ends[kinds[starts] == _OTHER] = np.flatnonzero((kinds == _OTHER) & (after != _OTHER)) + 1
    return _Spans(starts, ends)
