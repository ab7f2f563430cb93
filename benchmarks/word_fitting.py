"""How the rows of a table of word vectors are fitted: a text's vector is the sum of those of its words.

First to the vectors that a model gives to texts; then so that a question is nearer to the clause that answers
it than to others (a contrastive loss: InfoNCE, van den Oord et al. 2018).
"""

import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from bot.search.arrays import Marks, Numbers, Table

LONGEST_WORD = 4
EPOCHS, BATCH, RATE, SEED = 8, 2048, 0.003, 1
TUNED_EPOCHS, TUNED_BATCH, TUNED_RATE = 4, 128, 0.002

WARMTH = 0.08
"""What cosines are divided by before the softmax (0.05 did less)."""

ANCHOR, ANCHORED = 1.0, 1024
"""The weight of the first loss while the second is brought down, and its texts a step: words that stand in no
question stay where the model has put them. A weight of 10 held the others back."""

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


class Aimed(NamedTuple):
    """Texts as words, and the vectors that the model gives them."""

    held: csr_matrix
    wanted: Table


class Pieces(NamedTuple):
    """The texts of some clauses, in rows. `firsts`: the row of each clause's whole; `sizes`: its rows."""

    rows: csr_matrix
    firsts: Numbers
    sizes: Numbers


def pieces(text: str) -> Iterator[str]:
    """Every run of one to four characters of a text."""
    for size in range(1, LONGEST_WORD + 1):
        yield from (text[start : start + size] for start in range(len(text) - size + 1))


def unit_rows(rows: Table) -> Table:
    """Rows of length 1."""
    scaled: Table = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return scaled


def words_of(texts: Sequence[str], words: Sequence[str]) -> csr_matrix:
    """A row for each text, which counts each word."""
    numbers = {word: number for number, word in enumerate(words)}
    found = [[numbers[piece] for piece in pieces(text) if piece in numbers] for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    ones = np.ones(ends[-1], np.float32)
    return csr_matrix((ones, list(chain.from_iterable(found)), ends), (len(texts), len(words)))


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


def fitted(words: Sequence[str], counts: Counter[str], aimed: Aimed) -> Table:
    """The vector of each word. `aimed`: the last texts are the words."""
    held, wanted = aimed
    whole = sum(counts[word] + 1 for word in words)
    rare = np.array([1e-4 / (1e-4 + (counts[word] + 1) / whole) for word in words])
    table: Table = (wanted[-len(words) :] * rare[:, np.newaxis]).astype(np.float32)
    draw, texts = np.random.default_rng(SEED), held.shape[0]
    adam = Adam(table, RATE, EPOCHS * math.ceil(texts / BATCH))
    for _ in range(EPOCHS):
        order, cosines = draw.permutation(texts), []
        for start in range(0, texts, BATCH):
            batch = order[start : start + BATCH]
            slope, cosine = _aiming(table, held[batch], wanted[batch])
            adam.down(slope)
            cosines.append(cosine)
        print(f"cosine with the model {np.mean(cosines):.3f}", file=sys.stderr)
    return table


def _aiming(table: Table, given: csr_matrix, aim: Table) -> tuple[Table, float]:
    """The slope of 1 - cosine of some texts with their aims, and the mean cosine."""
    made, length = _made(table, given)
    slope: Table = given.T @ _turning(made, length, -aim) / len(aim)
    return slope, float((made * aim).sum(axis=1).mean())


def _made(table: Table, given: csr_matrix) -> tuple[Table, Table]:
    """The unit vectors of texts, and what their lengths were."""
    summed = given @ table
    length = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-6)
    return summed / length, length


def _turning(made: Table, length: Table, pull: Table) -> Table:
    """The part of a pull at unit vectors that turns them, before they were given length 1."""
    turning: Table = (pull - made * (pull * made).sum(axis=1, keepdims=True)) / length
    return turning


def tuned(table: Table, words: Sequence[str], asked: Asked, aimed: Aimed) -> Table:
    """The table, changed so that questions are near the clauses that answer them."""
    table = table.copy()
    questions = words_of(asked.questions, words)
    texts = words_of(list(chain.from_iterable(asked.clauses)), words)
    starts = np.cumsum([0, *map(len, asked.clauses)])
    answers, draw = np.array(asked.answers), np.random.default_rng(SEED)
    adam = Adam(table, TUNED_RATE, TUNED_EPOCHS * math.ceil(len(answers) / TUNED_BATCH))
    for _ in range(TUNED_EPOCHS):
        order, losses = _by_documents(asked.documents, draw), []
        for start in range(0, len(order), TUNED_BATCH):
            batch = order[start : start + TUNED_BATCH]
            clauses, right = np.unique(answers[batch], return_inverse=True)
            slope, loss = _telling(table, questions[batch], _pieces(texts, starts, clauses), right)
            held = draw.integers(0, aimed.held.shape[0], ANCHORED)
            adam.down(slope + ANCHOR * _aiming(table, aimed.held[held], aimed.wanted[held])[0])
            losses.append(loss)
        print(f"loss {np.mean(losses):.3f}", file=sys.stderr)
    return table


def _by_documents(documents: Sequence[str], draw: np.random.Generator) -> Numbers:
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


def _pieces(texts: csr_matrix, starts: Numbers, clauses: Numbers) -> Pieces:
    sizes = starts[clauses + 1] - starts[clauses]
    firsts = np.cumsum(sizes) - sizes
    rows = np.repeat(starts[clauses] - firsts, sizes) + np.arange(sizes.sum())
    return Pieces(texts[rows], firsts, sizes)


def _telling(table: Table, asked: csr_matrix, clauses: Pieces, right: Numbers) -> tuple[Table, float]:
    """The slope of the loss by which a question is told its clause among those of the batch, and that loss.

    A clause is as near as its whole and its nearest sentence together, as where it is ranked.
    """
    questions, question_lengths = _made(table, asked)
    texts, lengths = _made(table, clauses.rows)
    cosines = questions @ texts.T
    nearest, of_sentence = _nearest(cosines, clauses)
    scores = (cosines[:, clauses.firsts] + nearest) / (2 * WARMTH)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    each = np.arange(len(right))
    loss = float(-np.log(shares[each, right] + 1e-12).mean())
    shares[each, right] -= 1
    shares /= 2 * WARMTH * len(right)
    pull = np.repeat(shares, clauses.sizes, axis=1) * of_sentence
    pull[:, clauses.firsts] += shares
    slope: Table = asked.T @ _turning(questions, question_lengths, pull @ texts)
    slope = slope + clauses.rows.T @ _turning(texts, lengths, pull.T @ questions)
    return slope, loss


def _nearest(cosines: Table, clauses: Pieces) -> tuple[Table, Marks]:
    """The cosine of each clause's nearest sentence, and which text that is."""
    of_sentences = cosines.copy()
    of_sentences[:, clauses.firsts[clauses.sizes > 1]] = -2.0  # the whole is none of its sentences
    nearest = np.maximum.reduceat(of_sentences, clauses.firsts, axis=1)
    return nearest, of_sentences == np.repeat(nearest, clauses.sizes, axis=1)
