"""How a question is told the clause that answers it among others: a contrastive loss, and its slope.

InfoNCE: van den Oord et al. 2018. A clause is as near as its whole and its nearest sentence together, as
where it is ranked. The table of word vectors and the tuning of the model are brought down it.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from bot.search.arrays import Marks, Numbers, Table

TOGETHER = 16
"""Questions about one document that stand in a batch: its other clauses are the ones to be told apart."""


class Asked(NamedTuple):
    """Questions and the clauses that answer them.

    `clauses`: a clause is its whole text and its sentences. `answers`: for each question, the number of its
    clause. `documents`: for each question, the name of its document.
    """

    questions: Sequence[str]
    answers: Sequence[int]
    documents: Sequence[str]
    clauses: Sequence[Sequence[str]]


class Pieces(NamedTuple):
    """The texts of some clauses. `rows`: their numbers among all texts; `firsts`: where each clause's whole
    stands among these; `sizes`: how many texts each has."""

    rows: Numbers
    firsts: Numbers
    sizes: Numbers


class Pulls(NamedTuple):
    """The slope of the loss at the unit vectors of questions and of texts, and the loss."""

    of_questions: Table
    of_texts: Table
    loss: float


class Adam:
    """Steps down a slope, less each time: Kingma and Ba (2015)."""

    def __init__(self, table: Table, rate: float, steps: int) -> None:
        self._table, self._rate, self._steps, self._step = table, rate, steps, 0
        self._mean, self._square = np.zeros_like(table), np.zeros_like(table)

    def down(self, slope: Table) -> None:
        """Changes the table."""
        self._step += 1
        self._mean = 0.9 * self._mean + 0.1 * slope
        self._square = 0.99 * self._square + 0.01 * slope**2
        rate = self._rate * (1 - self._step / (self._steps + 1))
        mean, square = self._mean / (1 - 0.9**self._step), self._square / (1 - 0.99**self._step)
        self._table -= rate * mean / (np.sqrt(square) + 1e-9)


def turning(made: Table, length: Table, pull: Table) -> Table:
    """The part of a pull at unit vectors that turns them, before they were given length 1."""
    turned: Table = (pull - made * (pull * made).sum(axis=1, keepdims=True)) / length
    return turned


def by_documents(documents: Sequence[str], draw: np.random.Generator) -> Numbers:
    """The numbers of the questions: up to TOGETHER of a document after one another, else by chance."""
    found: dict[str, list[int]] = {}
    for number in draw.permutation(len(documents)).tolist():
        found.setdefault(documents[number], []).append(number)
    runs = [
        numbers[start : start + TOGETHER]
        for numbers in found.values()
        for start in range(0, len(numbers), TOGETHER)
    ]
    order: Numbers = np.array(
        [number for run in draw.permutation(len(runs)).tolist() for number in runs[run]]
    )
    return order


def pieces_of(starts: Numbers, clauses: Numbers) -> Pieces:
    """The texts of some clauses. `starts`: where those of each clause begin among all texts."""
    sizes = starts[clauses + 1] - starts[clauses]
    firsts = np.cumsum(sizes) - sizes
    return Pieces(np.repeat(starts[clauses] - firsts, sizes) + np.arange(sizes.sum()), firsts, sizes)


def pulls(questions: Table, texts: Table, clauses: Pieces, right: Numbers, warmth: float) -> Pulls:
    """The slope of the loss by which each question is told its clause among those of a batch.

    Args:
        questions, texts: unit vectors in rows; the texts are those of the clauses.
        right: for each question, the place of its clause.
        warmth: what cosines are divided by before the softmax.
    """
    cosines = questions @ texts.T
    nearest, of_sentence = _nearest(cosines, clauses)
    scores = (cosines[:, clauses.firsts] + nearest) / (2 * warmth)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    each = np.arange(len(right))
    loss = float(-np.log(shares[each, right] + 1e-12).mean())
    shares[each, right] -= 1
    shares /= 2 * warmth * len(right)
    pull = np.repeat(shares, clauses.sizes, axis=1) * of_sentence
    pull[:, clauses.firsts] += shares
    return Pulls(pull @ texts, pull.T @ questions, loss)


def _nearest(cosines: Table, clauses: Pieces) -> tuple[Table, Marks]:
    """The cosine of each clause's nearest sentence, and which text that is."""
    of_sentences = cosines.copy()
    of_sentences[:, clauses.firsts[clauses.sizes > 1]] = -2.0  # the whole is none of its sentences
    nearest = np.maximum.reduceat(of_sentences, clauses.firsts, axis=1)
    return nearest, of_sentences == np.repeat(nearest, clauses.sizes, axis=1)
