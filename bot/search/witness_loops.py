"""What witnesses say of the best entries, in compiled loops: the features of `witness.py`. A door to numba.

Every piece of every text is gone through once, character by character; what begins with a character is found
in a table. `witness_arrays.py` lays out what the loops are given.
"""

import math
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np

from bot.search.arrays import Floats, Numbers, Table
from bot.search.concepts import MEANT, PART
from bot.search.witness_arrays import (
    DENIES,
    HEAD,
    HEADINGS,
    LEAD,
    LENGTH,
    PER_PIECE,
    TEXT,
    Layout,
    Texts,
    Wanted,
    example,
)

_BUCKETS = 1024
"""Places of the table of first characters. A power of two."""

_FEATURES = 9

Holds = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
"""1 where a string stands: a column for each; a row for headings, one for the text, and one for each sentence
behind its lead-in."""

_IN_HEADINGS, _IN_TEXT, _IN_SENTENCES = 0, 1, 2

_compiled = numba.njit(nogil=True, error_model="numpy")


class Strings(NamedTuple):
    """The strings that are looked for. `first[b]`: the first of bucket b, -1: none; `after[n]`: the next one.

    String n is `codes[starts[n]:starts[n + 1]]`.
    """

    codes: Layout
    starts: Numbers
    first: Numbers
    after: Numbers


class Places(NamedTuple):
    """Where the layout of each concept begins, and what it stands for counts; then those of the phrases."""

    concepts: Numbers
    meant: Numbers
    phrases: int
    shares: int


def warm_up(cache: Path) -> None:
    """Compiles the loops, which takes seconds; or loads what an earlier process compiled from `cache`."""
    numba.config.CACHE_DIR = str(cache)
    features.enable_caching()
    features(*example())


@_compiled
def features(texts: Texts, sought: Wanted) -> Table:
    """A row for each entry, in the order of Feature: those of `Witnesses`, but for the last bit of a sum."""
    strings, places = _strings(sought), _places(sought)
    found = np.empty((len(texts.lengths), _FEATURES))
    here = stating = 0
    for n in range(len(texts.lengths)):
        layout = texts.layouts[here : here + texts.lengths[n]]
        holds = _look(layout, strings)
        in_text = np.array([_says(sought, places, c, holds[_IN_TEXT]) for c in range(sought.concepts)])
        covered = _covered(sought, places, holds, in_text)
        found[n, 0] = texts.said[n]
        _look_at_characters(found[n], sought, strings, holds)
        found[n, 4] = _stated(sought, holds, covered, texts.stating[stating:])
        found[n, 5] = _dense(layout, covered)
        found[n, 6] = math.log(max(layout[TEXT], 10) / 100)
        found[n, 7] = sought.denied * _denied(layout, covered) if sought.denied else 0.0
        found[n, 8] = _least(sought, places, in_text)
        here += texts.lengths[n]
        stating += sought.asked * len(covered)
    return found


@_compiled
def _strings(sought: Wanted) -> Strings:
    """The strings that are looked for, by their first characters."""
    count = sought.strings
    starts = np.empty(count + 1, np.int64)
    starts[0] = len(sought.layout) - np.sum(sought.layout[sought.sizes : sought.sizes + count])
    first, after = np.full(_BUCKETS, -1), np.empty(count, np.int64)
    for n in range(count):
        starts[n + 1] = starts[n] + sought.layout[sought.sizes + n]
        bucket = sought.layout[starts[n]] & (_BUCKETS - 1)
        after[n] = first[bucket]
        first[bucket] = n
    return Strings(sought.layout, starts, first, after)


@_compiled
def _places(sought: Wanted) -> Places:
    """Where in the layout of a question everything begins."""
    concepts, meant = np.empty(sought.concepts, np.int64), np.empty(sought.concepts, np.int64)
    at, count = sought.words, sought.concepts
    for n in range(sought.concepts):
        concepts[n], meant[n] = at, count
        at += 3 + sought.layout[at + 2]
        count += sought.layout[at]
        at += 1 + sought.layout[at]
    return Places(concepts, meant, at, count)


@_compiled
def _look(layout: Layout, strings: Strings) -> Holds:
    """Which strings stand in which piece of an entry."""
    pieces = layout[0]
    holds = np.zeros((_IN_SENTENCES + pieces, len(strings.after)), np.uint8)
    place = HEAD + PER_PIECE * pieces
    place = _look_at_piece(layout, (place, place, place + layout[HEADINGS]), strings, holds, _IN_HEADINGS)
    for n in range(pieces):
        of_piece = HEAD + PER_PIECE * n
        span = place, place + layout[of_piece + LEAD], place + layout[of_piece + LENGTH]
        place = _look_at_piece(layout, span, strings, holds, _IN_SENTENCES + n)
    return holds


@_compiled
def _look_at_piece(
    layout: Layout, span: tuple[int, int, int], strings: Strings, holds: Holds, row: int
) -> int:
    """Marks the strings of a piece: its beginning, that of its own words behind the lead-in, its end."""
    begin, own, end = span
    for place in range(begin, end):
        n = strings.first[layout[place] & (_BUCKETS - 1)]
        while n >= 0:
            start, length = strings.starts[n], strings.starts[n + 1] - strings.starts[n]
            same = 0
            if place + length <= end:
                while same < length and layout[place + same] == strings.codes[start + same]:
                    same += 1
            if same == length:
                holds[row, n] = 1
                if row != _IN_HEADINGS and place >= own:
                    holds[_IN_TEXT, n] = 1
            n = strings.after[n]
    return end


@_compiled
def _look_at_characters(found: Floats, sought: Wanted, strings: Strings, holds: Holds) -> None:
    """The shares of characters that stand in the text, in headings, and in the text though no word does."""
    held = titled = lone = 0
    for n in range(sought.characters):
        titled += holds[_IN_HEADINGS, n]
        if holds[_IN_TEXT, n]:
            held += 1
            lone += not _is_spoken(strings.codes[strings.starts[n]], sought, strings, holds)
    found[1] = sought.character * held
    found[2] = sought.title * sought.character * titled
    found[3] = sought.character * lone


@_compiled
def _is_spoken(character: int, sought: Wanted, strings: Strings, holds: Holds) -> bool:
    """Whether a word with a character stands in the text or in headings."""
    for at in range(sought.words):
        word = sought.layout[at]
        if holds[_IN_TEXT, word] or holds[_IN_HEADINGS, word]:
            for place in range(strings.starts[word], strings.starts[word + 1]):
                if strings.codes[place] == character:
                    return True
    return False


@_compiled
def _says(sought: Wanted, places: Places, concept: int, holds: Holds) -> float:
    """How much of a concept a piece says, 0-1: `Concept.covered_by`. `holds`: the row of the piece."""
    layout, at = sought.layout, places.concepts[concept]
    if holds[layout[at]]:
        return 1.0
    count, here = layout[at + 2], 0
    for n in range(at + 3, at + 3 + count):
        here += holds[layout[n]]
    if count and here == layout[at + 1]:
        return 1.0
    literal = PART if here else 0.0
    at += 3 + count
    for n in range(layout[at]):
        if holds[layout[at + 1 + n]]:
            meant: float = MEANT * sought.shares[places.meant[concept] + n]
            return max(literal, meant)
    return literal


@_compiled
def _covered(sought: Wanted, places: Places, holds: Holds, in_text: Floats) -> Floats:
    """How much of the question each sentence says, by the concepts of which the text says anything."""
    covered = np.empty(len(holds) - _IN_SENTENCES)
    for n in range(len(covered)):
        total = rest = 0.0
        for concept in range(sought.concepts):
            if in_text[concept] > 0:
                says = _says(sought, places, concept, holds[_IN_SENTENCES + n])
                total, rest = _plus(total, rest, sought.shares[concept] * says)
        covered[n] = total + rest
    return covered


@_compiled
def _plus(total: float, rest: float, value: float) -> tuple[float, float]:
    """A sum with one more value, and what rounding has left out of it (Neumaier 1974): as exact as fsum."""
    after = total + value
    lost = (total - after) + value if abs(total) >= abs(value) else (value - after) + total
    return after, rest + lost


@_compiled
def _stated(sought: Wanted, holds: Holds, covered: Floats, stating: Floats) -> float:
    """How much the best sentence says that states an aspect: the mean of all that are asked for."""
    if sought.asked == 0:
        return 0.0
    total = rest = 0.0
    for asked in range(sought.asked):
        best = 0.0
        for n in range(len(covered)):
            counts = stating[asked * len(covered) + n]
            if counts > 0:
                held = 0
                for character in range(sought.characters):
                    held += holds[_IN_TEXT, character] & holds[_IN_SENTENCES + n, character]
                best = max(best, counts * (covered[n] + sought.character * held))
        total, rest = _plus(total, rest, best)
    return (total + rest) / sought.asked


@_compiled
def _dense(layout: Layout, covered: Floats) -> float:
    """How much the sentence says that says most, for its length."""
    if len(covered) == 0:
        return 0.0
    best = np.argmax(covered)
    length = layout[HEAD + PER_PIECE * best + LENGTH]
    dense: float = covered[best] / (3 + math.sqrt(length))
    return dense


@_compiled
def _denied(layout: Layout, covered: Floats) -> float:
    """How much the sentence says that says most of those that deny."""
    best = 0.0
    for n in range(len(covered)):
        if layout[HEAD + PER_PIECE * n + DENIES]:
            best = max(best, covered[n])
    return best


@_compiled
def _least(sought: Wanted, places: Places, in_text: Floats) -> float:
    """How much is said of the phrase of which least is; 0 where there are no phrases."""
    least, at, share = np.inf, places.phrases, places.shares
    for _ in range(sought.phrases):
        total = rest = 0.0
        count = sought.layout[at]
        for n in range(count):
            total, rest = _plus(total, rest, sought.shares[share + n] * in_text[sought.layout[at + 1 + n]])
        least = min(least, total + rest)
        at, share = at + 1 + count, share + count
    return least if sought.phrases else 0.0
