"""Makes the tuning of the embedding model anew: `python -m benchmarks.model_tuning FOLDER`.

It needs the model of EMBEDDING_MODEL_DIR (`make model`), laws and policies beside the project, and half an
hour of a core. A matrix for questions and one for clauses turn the model's vectors so that everyday questions
are near to the clauses that answer them (`word_vectors.py` has both, `contrast.py` how). The card is
docs/word-vectors.md.
"""

import math
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.contrast import Adam, Asked, by_documents, pieces_of, pulls, turning
from benchmarks.word_fitting import unit_rows
from benchmarks.word_vectors import asked
from bot.search.arrays import Table
from bot.search.dense.local_model import LocalModel
from bot.search.dense.tuning import MODEL, SCALES, TURNS
from bot.settings import read_settings

EPOCHS, BATCH, RATE, SEED = 3, 128, 0.0005, 1

WARMTH = 0.05

ANCHOR = 0.3
"""The weight of 1 - cosine of every vector with what it was before it was turned."""


SHAKEN = 0.3
"""How long what is added by chance to a question's vector is: else questions are learnt by heart."""


class Vectors(NamedTuple):
    """The model's vectors of all questions, and of all texts of all clauses."""

    questions: Table
    texts: Table


def main() -> None:
    (folder,) = map(Path, sys.argv[1:])
    if (model_folder := read_settings().embedding_model_dir) is None:
        sys.exit("model_tuning: set EMBEDDING_MODEL_DIR; make model brings the model")
    model, taught = LocalModel(model_folder), asked()
    vectors = Vectors(embedded(model, taught.questions), embedded(model, [*chain(*taught.clauses)]))
    write(folder, model.name, tuned(taught, vectors))


def embedded(model: LocalModel, texts: Sequence[str]) -> Table:
    """The model's vector of each text."""
    requests = [texts[start : start + 200] for start in range(0, len(texts), 200)]
    return np.array([*chain.from_iterable(model.embedded(requests))], np.float32)


def tuned(asked: Asked, vectors: Vectors) -> list[Table]:
    """What is added for questions and for clauses to the matrix that changes nothing."""
    starts, answers = np.cumsum([0, *map(len, asked.clauses)]), np.array(asked.answers)
    axes, draw = vectors.questions.shape[1], np.random.default_rng(SEED)
    turns: list[Table] = [np.zeros((axes, axes), np.float32) for _ in vectors]
    steps = EPOCHS * math.ceil(len(answers) / BATCH)
    adams = [Adam(turn, RATE, steps) for turn in turns]
    for _ in range(EPOCHS):
        order, losses = by_documents(asked.documents, draw), []
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            clauses, right = np.unique(answers[batch], return_inverse=True)
            pieces = pieces_of(starts, clauses)
            own = Vectors(_shaken(vectors.questions[batch], draw), vectors.texts[pieces.rows])
            turned = [_turned(turn, each) for turn, each in zip(turns, own, strict=True)]
            *pulled, loss = pulls(turned[0][0], turned[1][0], pieces, right, WARMTH)
            for adam, each, (made, length), pull in zip(adams, own, turned, pulled, strict=True):
                adam.down(turning(made, length, pull - ANCHOR / len(each) * each).T @ each)
            losses.append(loss)
        print(f"loss {np.mean(losses):.3f}", file=sys.stderr)
    return turns


def _shaken(own: Table, draw: np.random.Generator) -> Table:
    shaken = own + SHAKEN / math.sqrt(own.shape[1]) * draw.standard_normal(own.shape, np.float32)
    return unit_rows(shaken)


def _turned(turn: Table, own: Table) -> tuple[Table, Table]:
    """The unit vectors of what is turned, and what their lengths were."""
    turned = own + own @ turn.T
    length = np.linalg.norm(turned, axis=1, keepdims=True)
    return turned / length, length


def write(folder: Path, model: str, turns: Sequence[Table]) -> None:
    """The files of a tuning."""
    folder.mkdir(parents=True, exist_ok=True)
    stacked = np.stack(turns)
    scales = (np.abs(stacked).max(axis=2, keepdims=True) / 127).astype(np.float32)
    np.save(folder / TURNS, np.rint(stacked / np.where(scales > 0, scales, 1)).astype(np.int8))
    np.save(folder / SCALES, scales)
    (folder / MODEL).write_text(f"{model}\n", "utf-8")


if __name__ == "__main__":
    main()
