"""The tuning of the model's vectors: small, for one model, and kept from telling what is far."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.search.dense.embedder import Vector
from bot.search.dense.nearness import OF_MODEL, Nearness
from bot.search.dense.opening import VectorFolder, bring_up_to_date
from bot.search.dense.tuning import MODEL, SCALES, SHIPPED, TURNS, Tuning, tuning_of
from bot.search.dense.vectors import packed
from bot.search.progress import unseen
from tests.conftest import ROOT
from tests.search.bigram_model import DIMENSION, BigramModel

CARD = ROOT / "docs" / "word-vectors.md"
TEXTS = ["高龄津贴每人每月发给一百元。由县里发放。", "养老机构按月收取费用。", "老年食堂提供助餐服务。"]


def written(folder: Path, turns: Sequence[np.ndarray]) -> Tuning:
    """A tuning of whole numbers."""
    np.save(folder / TURNS, np.array(turns, np.int8))
    np.save(folder / SCALES, np.ones((2, len(turns[0]), 1), np.float32))
    (folder / MODEL).write_text("bigrams\n", "utf-8")
    return Tuning(folder)


def turned(matrix: np.ndarray, vector: Vector) -> Vector:
    """The unit vector of what a matrix is added to."""
    made = vector + matrix @ vector
    return made / np.linalg.norm(made)


@pytest.fixture
def towards_the_canteen(tmp_path: Path) -> Tuning:
    """One by which what is asked about fees is near to what speaks of canteens."""
    model = BigramModel()
    asked, wanted = (np.sign(model.vector(text)) for text in ("收费吗", TEXTS[2]))
    return written(tmp_path, [np.outer(wanted, asked) * 9, np.zeros((DIMENSION, DIMENSION))])


def nearness(folder: Path, tuning: Tuning | None) -> Nearness:
    """That of TEXTS."""
    layers = bring_up_to_date(VectorFolder(folder / "vectors", "bigrams"), BigramModel(), TEXTS, unseen)
    return Nearness(layers, BigramModel().vector, OF_MODEL._replace(tuning=tuning), TEXTS)


def test_cosines_are_those_of_turned_vectors(tmp_path: Path) -> None:
    """Of questions by one matrix, of clauses by the other, though clauses' vectors are kept as they are."""
    chance = np.random.default_rng(1)
    matrices = chance.integers(-2, 3, (2, 8, 8))
    question, *clauses = (
        each / np.linalg.norm(each) for each in chance.normal(size=(6, 8)).astype(np.float32)
    )
    tuning = written(tmp_path, list(matrices))
    rows, scales = packed(np.stack(clauses))

    cosines = rows @ tuning.asked(question) * scales / tuning.lengths(rows, scales)

    wanted = [turned(matrices[1], clause) @ turned(matrices[0], question) for clause in clauses]
    assert cosines == pytest.approx(wanted, abs=0.02)


def test_turned_vectors_decide_what_is_near(tmp_path: Path, towards_the_canteen: Tuning) -> None:
    """In the order of the clauses, and among all of the library."""
    plain, tuned = nearness(tmp_path, None), nearness(tmp_path, towards_the_canteen)

    assert plain.nearest("收费吗", 1) != [2]
    assert tuned.nearest("收费吗", 1) == [2]
    compared = tuned.compared("收费吗", TEXTS)
    assert compared
    assert int(np.argmax(compared.cosines[:, 0])) == 2


def test_what_is_far_is_told_by_vectors_as_they_are(tmp_path: Path, towards_the_canteen: Tuning) -> None:
    """The tuning has seen questions that clauses answer, none that nothing answers."""
    plain, tuned = (
        nearness(tmp_path, each).compared("收费吗", TEXTS) for each in (None, towards_the_canteen)
    )

    assert plain and tuned
    assert tuned.told == plain.told
    assert tuned.cosines.max() > max(plain.told or []) + 0.2


def test_a_vector_of_zeros_stays_far_from_everything(tmp_path: Path) -> None:
    """A text of which the model makes nothing has cosines of 0, not an error."""
    tuning = written(tmp_path, list(np.ones((2, 8, 8))))
    nothing = np.zeros(8, np.float32)
    rows, scales = packed(np.stack([nothing]))

    assert tuning.lengths(rows, scales).tolist() == [1]
    assert not tuning.asked(nothing).any()


def test_another_model_has_no_tuning() -> None:
    """Its vectors count as they are."""
    assert tuning_of("another") is None
    assert tuning_of(Tuning(SHIPPED).model) is not None


def test_the_shipped_tuning_is_whole_and_small() -> None:
    """Two matrices of 512 axes; at most 600 KB."""
    turns, scales = np.load(SHIPPED / TURNS), np.load(SHIPPED / SCALES)

    assert turns.shape == (2, 512, 512)
    assert turns.dtype == np.int8
    assert scales.shape == (2, 512, 1)
    assert np.isfinite(scales).all()
    assert sum((SHIPPED / name).stat().st_size for name in (TURNS, SCALES, MODEL)) <= 600_000


def test_the_card_speaks_of_the_shipped_tuning() -> None:
    """Another one needs its own figures: its digest stands in docs/word-vectors.md."""
    assert Tuning(SHIPPED).name[:16] in CARD.read_text("utf-8")
