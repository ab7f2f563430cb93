"""jieba's cutting by compiled loops: the same words as `jieba.Tokenizer.lcut`, which is the reference.

jieba leaves nothing out, so words are known by where they end. As in jieba, the later of equal scores wins.
"""

from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np

from bot.search.arrays import Floats, Marks, Numbers, Table
from bot.search.segmentation.model import FIRST_HAN, LAST_HAN, NO_WORD, Codes, Model

States = np.ndarray[tuple[int, int], np.dtype[np.int8]]

_CARRIAGE_RETURN, _LINE_FEED, _DOT, _PERCENT = map(ord, "\r\n.%")
_SIGNS = tuple(map(ord, "+#&._%-"))
_BEGIN, _END, _MIDDLE, _SINGLE = range(4)

_BEFORE = ((_END, _SINGLE), (_BEGIN, _MIDDLE), (_BEGIN, _MIDDLE), (_END, _SINGLE))
"""`finalseg.PrevStatus`: the two states that may stand before each state. Of equal ones the second wins."""


class Lattice(NamedTuple):
    """The notes on each place of the texts while they are cut.

    `ends[i]`: whether a word ends with character i. `scores[i]`: the score of the best way from i to the end
    of its block. `nexts[i]`: where the first word of that way ends. `chances[i, s]`: the score of the best
    way to character i in state s of the hidden Markov model. `befores[i, s]`: the state before, on that way.
    """

    ends: Marks
    scores: Floats
    nexts: Numbers
    befores: States
    chances: Table


def warm_up(model: Model, cache: Path) -> None:
    """Compiles the loops, which takes seconds, or loads them from `cache`."""
    numba.config.CACHE_DIR = str(cache)
    cut.enable_caching()
    number.enable_caching()
    no_text, no_places = np.frombuffer(b"", "<u4"), np.zeros(0, np.int64)
    cut(no_text, no_places, model)
    number(no_text, no_places, no_places)


@numba.njit(nogil=True)
def cut(text: Codes, starts: Numbers, model: Model) -> Marks:
    """Where words end: for each character, whether a word ends with it.

    Args:
        text: code points of several texts, one after another. Each text is cut by itself.
        starts: text i is `text[starts[i]:starts[i + 1]]`.
    """
    size = len(text)
    lattice = Lattice(
        np.zeros(size, np.bool_),
        np.zeros(size + 1),
        np.empty(size, np.int64),
        np.empty((size, 4), np.int8),
        np.empty((size, 4)),
    )
    for i in range(len(starts) - 1):
        place, end = starts[i], starts[i + 1]
        while place < end:
            behind = place
            while behind < end and _is_in_block(text[behind]):
                behind += 1
            if behind > place:
                _cut_block(text, place, behind, model, lattice)
            else:
                behind = place + 1
                if text[place] == _CARRIAGE_RETURN and behind < end and text[behind] == _LINE_FEED:
                    behind += 1
                lattice.ends[behind - 1] = True
            place = behind
    return lattice.ends


@numba.njit(nogil=True)
def _is_in_block(code: int) -> bool:
    """Whether a character is one of `jieba.re_han_default`: Han, letter, digit or one of +#&._%-."""
    return FIRST_HAN <= code <= LAST_HAN or _is_alphanumeric(code) or code in _SIGNS


@numba.njit(nogil=True)
def _is_alphanumeric(code: int) -> bool:
    return 0x30 <= code <= 0x39 or 0x41 <= code <= 0x5A or 0x61 <= code <= 0x7A


@numba.njit(nogil=True)
def _cut_block(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """`Tokenizer.__cut_DAG`: the words of the best way; its single characters are looked at once more."""
    _find_way(text, start, end, model, lattice)
    place = loose = start
    while place < end:
        behind = lattice.nexts[place]
        if behind - place > 1:
            _cut_loose(text, loose, place, model, lattice)
            lattice.ends[behind - 1] = True
            loose = behind
        place = behind
    _cut_loose(text, loose, end, model, lattice)


@numba.njit(nogil=True)
def _find_way(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """`Tokenizer.calc`: the words whose probabilities have the greatest product, from the end backwards."""
    scores, weights, codes, children = lattice.scores, model.weights, model.codes, model.children
    scores[end] = 0.0
    for place in range(end - 1, start - 1, -1):
        best, behind = model.unknown + scores[place + 1], place + 1
        node, last, found = model.roots[text[place]], place, False
        while node >= 0:
            weight = weights[node]
            if weight != NO_WORD:
                score = weight + scores[last + 1]
                if not found or score >= best:
                    best, behind, found = score, last + 1, True
            last += 1
            node = _child(codes, children, node, text[last]) if last < end else -1
        scores[place], lattice.nexts[place] = best, behind


@numba.njit(nogil=True)
def _child(codes: Codes, children: Numbers, node: int, code: int) -> int:
    """The node for one more character; -1: there is none."""
    low, high = children[node], children[node + 1]
    behind = high
    while low < high:
        middle = (low + high) >> 1
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low if low < behind and codes[low] == code else -1


@numba.njit(nogil=True)
def _node_of(text: Codes, start: int, end: int, model: Model) -> int:
    """The node of a stretch; -1: no word begins with it."""
    node: int = model.roots[text[start]]
    for place in range(start + 1, end):
        if node < 0:
            break
        node = _child(model.codes, model.children, node, text[place])
    return node


@numba.njit(nogil=True, inline="always")
def _cut_loose(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """Cuts a stretch of single characters, which may be empty."""
    if end > start:
        lattice.ends[end - 1] = True
    if end - start > 1:
        _cut_several(text, start, end, model, lattice)


@numba.njit(nogil=True)
def _cut_several(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """Single characters stay single where together they are a word; else `finalseg.cut` looks at them."""
    node = _node_of(text, start, end, model)
    if node >= 0 and model.weights[node] != NO_WORD:
        _part(lattice.ends, start, end)
        return
    place = start
    while place < end:
        behind, is_han = place, text[place] >= FIRST_HAN
        while behind < end and (text[behind] >= FIRST_HAN) == is_han:
            behind += 1
        if is_han:
            _cut_unknown(text, place, behind, model, lattice)
        else:
            _cut_latin(text, place, behind, lattice)
        place = behind


@numba.njit(nogil=True)
def _cut_latin(text: Codes, start: int, end: int, lattice: Lattice) -> None:
    r"""`finalseg.re_skip`: stretches of the form [a-zA-Z0-9]+(?:\.\d+)?%?, and what stands between them."""
    place = start
    while place < end:
        if not _is_alphanumeric(text[place]):
            place += 1
            lattice.ends[place - 1] = place == end or _is_alphanumeric(text[place])
            continue
        while place < end and _is_alphanumeric(text[place]):
            place += 1
        decimals = place + 1
        while decimals < end and text[place] == _DOT and 0x30 <= text[decimals] <= 0x39:
            decimals += 1
        place = decimals if decimals > place + 1 else place
        if place < end and text[place] == _PERCENT:
            place += 1
        lattice.ends[place - 1] = True


@numba.njit(nogil=True)
def _cut_unknown(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """`finalseg.__cut`: the most probable words by the hidden Markov model. Viterbi (1967)."""
    state = _last_state(text, start, end, model, lattice)
    behind = end
    for place in range(end - 1, start - 1, -1):
        if state in (_END, _SINGLE):
            lattice.ends[place] = True
            behind = place + 1
        before = lattice.befores[place, state]
        if place == start or before in (_END, _SINGLE):
            _split(text, place, behind, model, lattice)
        state = before


@numba.njit(nogil=True)
def _last_state(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> int:
    """The state of the last character on the best way. `lattice.befores` leads back from there."""
    transitions, emissions = model.transitions, model.emissions
    chances, befores = lattice.chances, lattice.befores
    for state in range(4):
        chances[start, state] = model.starts[state] + emissions[text[start] - FIRST_HAN, state]
    for place in range(start + 1, end):
        for state in range(4):
            first, second = _BEFORE[state]
            emission = emissions[text[place] - FIRST_HAN, state]
            one = chances[place - 1, first] + transitions[first, state] + emission
            other = chances[place - 1, second] + transitions[second, state] + emission
            befores[place, state] = second if other >= one else first
            chances[place, state] = max(one, other)
    return _SINGLE if chances[end - 1, _SINGLE] >= chances[end - 1, _END] else _END


@numba.njit(nogil=True)
def _split(text: Codes, start: int, end: int, model: Model, lattice: Lattice) -> None:
    """Cuts a word into characters where the dictionary says so."""
    node = _node_of(text, start, end, model) if len(model.split) else -1
    if node >= 0 and model.split[node]:
        _part(lattice.ends, start, end)


@numba.njit(nogil=True)
def _part(ends: Marks, start: int, end: int) -> None:
    """Each character is a word."""
    for place in range(start, end):
        ends[place] = True


@numba.njit(nogil=True)
def number(text: Codes, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Numbers for stretches of a text, from 0 in the order of their first occurrence.

    Stretches of the same characters have the same number.

    Returns:
        The number of each stretch; and for each number, which stretch was the first with it.
    """
    bits = 1
    while 1 << bits < 2 * len(starts):
        bits += 1
    slots = np.full(1 << bits, -1, np.int64)
    numbers, firsts, count = np.empty(len(starts), np.int64), np.empty(len(starts), np.int64), 0
    for i in range(len(starts)):
        start, size = starts[i], ends[i] - starts[i]
        slot = _hash(text, start, ends[i]) >> np.uint64(64 - bits)
        while slots[slot] >= 0:
            first = firsts[slots[slot]]
            if ends[first] - starts[first] == size and _is_same(text, starts[first], start, size):
                break
            slot = (slot + np.uint64(1)) & np.uint64((1 << bits) - 1)
        if slots[slot] < 0:
            slots[slot], firsts[count] = count, i
            count += 1
        numbers[i] = slots[slot]
    return numbers, firsts[:count]


@numba.njit(nogil=True)
def _hash(text: Codes, start: int, end: int) -> np.uint64:
    """64 bits, the upper ones well mixed: Knuth's multiplicative hashing."""
    mixed = np.uint64(0)
    for place in range(start, end):
        mixed = (mixed ^ np.uint64(text[place])) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed * np.uint64(0x9E3779B97F4A7C15)


@numba.njit(nogil=True)
def _is_same(text: Codes, one: int, other: int, size: int) -> bool:
    same = 0
    while same < size and text[one + same] == text[other + same]:
        same += 1
    return same == size
