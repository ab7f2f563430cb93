"""What turns the vectors of an embedding model so that a question is near to the clauses that answer it.

Two matrices, one for questions and one for clauses, that were fitted to everyday questions and their clauses
(`benchmarks/model_tuning.py`; docs/word-vectors.md). The vectors themselves stay as the model gives them:
they tell better what is far from everything.
"""

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from bot.search.arrays import Floats, Numbers
from bot.search.dense.embedder import Vector
from bot.search.dense.vectors import Rows

TURNS, SCALES, MODEL = "turns.npy", "scales.npy", "model.txt"
"""The files: what is added for questions and for clauses, in small integers; what each row of these is
multiplied by; the name of the model that they belong to."""

SHIPPED = Path(__file__).parent / "tuning"

Matrices = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]

_ROWS_AT_ONCE = 4096


class Tuning:
    """Turns vectors of one model. It is read when it is first asked. Threads may share it.

    Args:
        folder: holds the files.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def model(self) -> str:
        """The name of the model whose vectors it turns."""
        return (self._folder / MODEL).read_text("utf-8").strip()

    @cached_property
    def name(self) -> str:
        """The digest of its matrices."""
        digest = hashlib.sha256()
        for name in (TURNS, SCALES):
            digest.update((self._folder / name).read_bytes())
        return digest.hexdigest()

    def asked(self, question: Vector) -> Vector:
        """The vector whose product with a clause's own vector is the cosine of both turned, times `lengths`.

        So the clauses' vectors need not be turned: what turns them is turned back upon the question.
        """
        of_questions, of_clauses = self._turns
        turned = of_questions @ question
        asked: Vector = (turned / (np.linalg.norm(turned) or np.float32(1))) @ of_clauses
        return asked

    def lengths(self, rows: Rows, scales: Vector) -> Vector:
        """How long the vectors of clauses are once they are turned; 1 for a vector of zeros."""
        found = np.concatenate([*self._lengths(rows), np.zeros(0, np.float32)]) * scales
        lengths: Vector = np.where(found > 0, found, np.float32(1))
        return lengths

    def _lengths(self, rows: Rows) -> Iterator[Floats | Numbers | Vector]:
        of_clauses = self._turns[1].T
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            yield np.linalg.norm(rows[start : start + _ROWS_AT_ONCE].astype(np.float32) @ of_clauses, axis=1)

    @cached_property
    def _turns(self) -> Matrices:
        turns = np.load(self._folder / TURNS, allow_pickle=False).astype(np.float32)
        turns *= np.load(self._folder / SCALES, allow_pickle=False)
        turned: Matrices = turns + np.eye(turns.shape[1], dtype=np.float32)
        return turned


def tuning_of(model: str) -> Tuning | None:
    """The tuning that comes with the program, if it is for the model of this name."""
    shipped = Tuning(SHIPPED)
    return shipped if shipped.model == model else None
