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

from benchmarks.contrast import Adam, Asked, Pieces, by_documents, pieces_of, pulls, turning
from bot.search.arrays import Numbers, Table

LONGEST_WORD = 4
EPOCHS, BATCH, RATE, SEED = 8, 2048, 0.003, 1
TUNED_EPOCHS, TUNED_BATCH, TUNED_RATE = 4, 128, 0.002

WARMTH = 0.08
"""What cosines are divided by before the softmax (0.05 did less)."""

ANCHOR, ANCHORED = 1.0, 1024
"""The weight of the first loss while the second is brought down, and its texts a step: words that stand in no
question stay where the model has put them. A weight of 10 held the others back."""


class Told(NamedTuple):
    """The clauses of a batch, and for each question of it the place of the right one."""

    clauses: Pieces
    right: Numbers


class Aimed(NamedTuple):
    """Texts as words, and the vectors that the model gives them."""

    held: csr_matrix
    wanted: Table


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
    slope: Table = given.T @ turning(made, length, -aim) / len(aim)
    return slope, float((made * aim).sum(axis=1).mean())


def _made(table: Table, given: csr_matrix) -> tuple[Table, Table]:
    """The unit vectors of texts, and what their lengths were."""
    summed = given @ table
    length = np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-6)
    return summed / length, length


def tuned(table: Table, words: Sequence[str], asked: Asked, aimed: Aimed) -> Table:
    """The table, changed so that questions are near the clauses that answer them."""
    table = table.copy()
    questions = words_of(asked.questions, words)
    texts = words_of(list(chain.from_iterable(asked.clauses)), words)
    starts = np.cumsum([0, *map(len, asked.clauses)])
    answers, draw = np.array(asked.answers), np.random.default_rng(SEED)
    adam = Adam(table, TUNED_RATE, TUNED_EPOCHS * math.ceil(len(answers) / TUNED_BATCH))
    for _ in range(TUNED_EPOCHS):
        order, losses = by_documents(asked.documents, draw), []
        for start in range(0, len(order), TUNED_BATCH):
            batch = order[start : start + TUNED_BATCH]
            clauses, right = np.unique(answers[batch], return_inverse=True)
            told = Told(pieces_of(starts, clauses), right)
            slope, loss = _telling(table, questions[batch], texts[told.clauses.rows], told)
            held = draw.integers(0, aimed.held.shape[0], ANCHORED)
            adam.down(slope + ANCHOR * _aiming(table, aimed.held[held], aimed.wanted[held])[0])
            losses.append(loss)
        print(f"loss {np.mean(losses):.3f}", file=sys.stderr)
    return table


def _telling(table: Table, asked: csr_matrix, texts: csr_matrix, told: Told) -> tuple[Table, float]:
    """The slope of the loss by which questions are told their clauses from others, and that loss."""
    clauses, right = told
    questions, question_lengths = _made(table, asked)
    made, lengths = _made(table, texts)
    pull = pulls(questions, made, clauses, right, WARMTH)
    slope: Table = asked.T @ turning(questions, question_lengths, pull.of_questions)
    slope = slope + texts.T @ turning(made, lengths, pull.of_texts)
    return slope, pull.loss
