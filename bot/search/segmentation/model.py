"""The data by which jieba cuts, as flat arrays: its dictionary as a tree, its hidden Markov model.

What jieba computes again for each text is computed once here, by the same operations in the same order. So
every sum that compiled loops make of it has the same bits.
"""

import math
from collections.abc import Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple

import numpy as np

from bot.search.analysis import Dictionary, HiddenMarkov
from bot.search.arrays import Floats, Marks, Numbers, Table

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]

FIRST_HAN, LAST_HAN = 0x4E00, 0x9FD5
"""The characters beside ASCII that jieba looks up in its models. Any other character is a word by itself."""

STATES = "BEMS"
"""Begin, end, middle of a word, single character. Of equally likely states, jieba prefers the later one."""

NO_WORD = -math.inf
_NONE = -1
_CODE_BITS = np.uint64(32)


class Model(NamedTuple):
    """Both models for compiled loops.

    A node is a beginning of a word. `roots[c]`: the node of the character c, -1 where no word begins with it.
    Below node n stand the nodes `children[n]` … `children[n + 1] - 1`, ascending by `codes`, the last
    character of each. `weights[n]`: logarithm of the probability of the word that ends at n, NO_WORD where
    none ends. `unknown`: that of a character that is no word. `split[n]`: whether the word is one of
    `Dictionary.split`; empty where that is empty. States are numbered as in STATES. Characters of `emissions`
    are numbered from FIRST_HAN.
    """

    roots: Numbers
    codes: Codes
    children: Numbers
    weights: Floats
    unknown: float
    split: Marks
    starts: Floats
    transitions: Table
    emissions: Table


def model_of(dictionary: Dictionary, hidden: HiddenMarkov) -> Model:
    """The arrays of both models. It takes half a second for jieba's dictionary of half a million nodes."""
    known = dict(dictionary.frequencies.items())
    words = sorted(known.keys() - {""} | _beginnings(dictionary.split), key=len)
    codes, parents, order = _tree(words)
    whole = math.log(dictionary.total)
    frequencies = [known.get(word, 0) for word in words]
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
    """The code points of a text, lone surrogates included; read-only."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _beginnings(words: Set[str]) -> set[str]:
    return {word[:end] for word in words for end in range(1, len(word) + 1)}


def _tree(words: Sequence[str]) -> tuple[Codes, Numbers, Numbers]:
    """The nodes of words.

    Args:
        words: sorted by length. Every beginning of a word is among them.

    Returns:
        For each node, ascending by parent and code: its last character, its parent (-1: none), and which of
        the words ends there.
    """
    codes, parents, order = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    keys: list[np.ndarray[tuple[int], np.dtype[np.uint64]]] = []
    """For each length the nodes, ascending. Each is one number: its parent, and its code."""
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
