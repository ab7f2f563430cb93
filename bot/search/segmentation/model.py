"""What jieba cuts by, as flat arrays: its dictionary as a tree of characters, its hidden Markov model.

What jieba works out again for each text is worked out once, by the same operations in the same order, so that
every sum that compiled loops make of it has the same bits.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

import numpy as np

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Weights = np.ndarray[tuple[int], np.dtype[np.float64]]
Marks = np.ndarray[tuple[int], np.dtype[np.bool_]]
Table = np.ndarray[tuple[int, int], np.dtype[np.float64]]

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5
"""The characters that jieba looks up in its models, beside ASCII; others are words by themselves."""

STATES = "BEMS"
"""Begin, end, middle of a word, single character: in the order in which jieba prefers the later of equals."""

NO_WORD = -math.inf
_NONE = -1
_CODE_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Words, and every beginning of one, with their frequencies.

    Attributes:
        frequencies: ≥ 0; 0 for what only begins a word.
        total: the sum that makes them probabilities.
        split: words that are given back as single characters when the hidden Markov model finds them.
    """

    frequencies: Mapping[str, int]
    total: int
    split: Set[str]


@dataclass(frozen=True, slots=True)
class HiddenMarkov:
    """Logarithms of the probabilities of states, of their successions, and of characters in each state."""

    starts: Mapping[str, float]
    transitions: Mapping[str, Mapping[str, float]]
    emissions: Mapping[str, Mapping[str, float]]
    least: float
    """Where a model says nothing."""


class Model(NamedTuple):
    """Both models for compiled loops.

    A node is a beginning of a word. `roots[c]` is that of the character c, -1 for none; the others below node
    n are `children[n]` … `children[n + 1] - 1`, ascending by `codes`, the last character of each.
    `weights[n]`: logarithm of the probability of the word that ends there, NO_WORD where none does;
    `unknown`: that of a character that is no word. `split[n]`: as in `Dictionary`; empty where there is none.
    States are numbered as in STATES; `emissions[c - FIRST_HAN, s]`.
    """

    roots: Numbers
    codes: Codes
    children: Numbers
    weights: Weights
    unknown: float
    split: Marks
    starts: Weights
    transitions: Table
    emissions: Table


def model_of(dictionary: Dictionary, hidden: HiddenMarkov) -> Model:
    """The arrays of both models; half a second for jieba's dictionary of half a million nodes."""
    words = sorted(dictionary.frequencies.keys() - {""} | _beginnings(dictionary.split), key=len)
    codes, parents, order = _tree(words)
    whole = math.log(dictionary.total)
    frequencies = [dictionary.frequencies.get(word, 0) for word in words]
    weight_of = {f: math.log(f) - whole if f else NO_WORD for f in set(frequencies)}
    weights = np.array([weight_of[frequency] for frequency in frequencies])
    split = [word in dictionary.split for word in words] if dictionary.split else []
    first = parents == _NONE
    roots = np.full(LAST_HAN + 1, _NONE, np.int64)
    within = np.flatnonzero(first & (codes <= LAST_HAN))
    roots[codes[within]] = within
    return Model(
        roots,
        codes,
        np.searchsorted(parents, np.arange(len(words) + 1)),
        weights[order],
        math.log(1) - whole,
        np.array(split, np.bool_)[order] if split else np.zeros(0, np.bool_),
        np.array([hidden.starts[state] for state in STATES]),
        np.array([[hidden.transitions[a].get(b, hidden.least) for b in STATES] for a in STATES]),
        np.column_stack([_emissions(hidden.emissions[state], hidden.least) for state in STATES]),
    )


def codes_of(text: str) -> Codes:
    """The code points of a text, lone surrogates too; read-only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _beginnings(words: Set[str]) -> set[str]:
    return {word[:end] for word in words for end in range(1, len(word) + 1)}


def _tree(words: Sequence[str]) -> tuple[Codes, Numbers, Numbers]:
    """The nodes of words that are sorted by length, with every beginning of a word among them.

    Returns:
        For each node, ascending by parent and code, its last character, its parent (-1 for none), and which
        word ends there.
    """
    codes, parents, order = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    keys: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = []
    """For each length the nodes, ascending: parent among those one shorter, and code, in one number each."""
    before, shorter = 0, 0
    for length, group in groupby(words, key=len):
        characters = codes_of("".join(group)).reshape(-1, length).astype(np.uint64)
        place = np.zeros(len(characters), np.uint64)
        for column, known in enumerate(keys):
            place = np.searchsorted(known, place << _CODE_BITS | characters[:, column]).astype(np.uint64)
        key = place << _CODE_BITS | characters[:, -1]
        sorting = np.argsort(key)
        keys.append(key[sorting])
        codes.append(keys[-1].astype(np.uint32))
        above = (keys[-1] >> _CODE_BITS).astype(np.int64)
        parents.append(above + (before - shorter) if length > 1 else np.full(len(above), _NONE, np.int64))
        order.append(sorting + before)
        before, shorter = before + len(characters), len(characters)
    return np.concatenate(codes), np.concatenate(parents), np.concatenate(order)


def _emissions(logarithms: Mapping[str, float], least: float) -> list[float]:
    return [logarithms.get(chr(code), least) for code in range(FIRST_HAN, LAST_HAN + 1)]
