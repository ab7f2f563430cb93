"""The table of word vectors: part of the program, small and quick, and at hand wherever no model is set."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.assembly import nearness_of
from bot.search.dense.nearness import TABLE_WEIGHTS
from bot.search.dense.sources import LocalNearness, RemoteNearness
from bot.search.dense.word_table import ROWS, SCALES, SHIPPED, WORDS, WordTable, shipped_table
from bot.search.progress import unseen
from bot.settings import Settings
from tests.conftest import ROOT

CARD = ROOT / "docs" / "word-vectors.md"


@pytest.fixture(scope="module")
def table() -> WordTable:
    """The one that is shipped."""
    return shipped_table()


@pytest.mark.parametrize(
    ("asked", "same", "other"),
    [
        ("没钱看病怎么办", "医疗救助的申请条件", "住宅专项维修资金的使用"),
        ("老板拖着不发钱", "用人单位应当按时支付劳动报酬", "托育机构应当取得食品经营许可"),
        ("娃娃上不起学", "家庭经济困难学生的资助", "遗体应当及时火化"),
    ],
)
def test_texts_that_mean_the_same_are_near(table: WordTable, asked: str, same: str, other: str) -> None:
    """Though no word of theirs is the same."""
    question = table.vector(asked)

    assert question @ table.vector(same) > question @ table.vector(other) + 0.05


def test_vectors_have_length_1(table: WordTable) -> None:
    """Or none at all, where a text holds no word of the table: then it is near to nothing."""
    assert np.linalg.norm(table.vector("低保怎么办")) == pytest.approx(1, abs=1e-5)
    for text in ("", " ", "ABC 123", "\U0001f600\ud800"):
        assert not table.vector(text).any()


@pytest.mark.parametrize("size", [3, 150])
def test_a_text_has_the_same_vector_whenever_it_is_made(table: WordTable, size: int) -> None:
    """Bit for bit, in forked processes too."""
    requests = [[f"第{number}项补助。", "由县里发放。"] for number in range(size)]

    made = [vector for vectors in table.embedded(requests) for vector in vectors]

    alone = [table.vector(text) for texts in requests for text in texts]
    assert all(np.array_equal(one, other) for one, other in zip(made, alone, strict=True))


def test_the_shipped_table_is_whole_and_small() -> None:
    """A vector for each of its words, all different; at most 3 MB in all."""
    words = (SHIPPED / WORDS).read_text("utf-8").split("\n")
    rows, scales = np.load(SHIPPED / ROWS), np.load(SHIPPED / SCALES)

    assert len(words) == len(set(words)) == len(rows) == len(scales)
    assert np.isfinite(scales).all()
    assert sum((SHIPPED / name).stat().st_size for name in (WORDS, ROWS, SCALES)) <= 3_000_000


def test_the_card_speaks_of_the_shipped_table(table: WordTable) -> None:
    """Another table needs its own figures: its digest stands in docs/word-vectors.md."""
    assert table.name[:16] in CARD.read_text("utf-8")


def test_where_nothing_is_set_the_table_is_used(tmp_path: Path) -> None:
    """With weights of its own; which cosine is low is not known, so it refuses nothing."""
    nearness = nearness_of(Settings(), tmp_path / "vectors", unseen).of(["给予补助。", "由县里发放。"])

    assert nearness is not None
    assert nearness.weights == TABLE_WEIGHTS
    assert not nearness.is_measured


def test_a_model_that_is_set_goes_before_the_table(tmp_path: Path) -> None:
    """Its vectors are kept apart from those of the table: they take minutes to make."""
    texts: Sequence[str] = ["给予补助。", "由县里发放。"]
    elsewhere = Settings(embedding_base_url="http://127.0.0.1:9/v1", embedding_model="m")

    source = nearness_of(Settings(), tmp_path / "vectors", unseen)
    assert isinstance(source, LocalNearness)
    source.of(texts)
    assert not (tmp_path / "vectors").exists()
    assert (tmp_path / "word-vectors").is_dir()
    assert isinstance(nearness_of(elsewhere, tmp_path / "vectors", unseen), RemoteNearness)
