"""The embedding model on this machine: what it gives, and what is said where it cannot be used."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot.assembly import knowledge_of
from bot.errors import SettingsError
from bot.search.dense.local_model import MODEL, TOKENIZER, LocalModel
from bot.search.dense.opening import VectorFolder
from bot.search.dense.tuning import tuning_of
from bot.search.dense.vectors import packed
from bot.settings import Settings
from tests.conftest import KNOWLEDGE, ROOT

FOLDER = Path(os.environ.get("EMBEDDING_MODEL_DIR") or ROOT / "models" / "bge-small-zh")


@pytest.fixture(scope="module")
def model() -> LocalModel:
    """The model that `make model` brings."""
    if not (FOLDER / MODEL).is_file():
        pytest.skip(f"no model in {FOLDER}: make model brings it")
    return LocalModel(FOLDER)


def test_texts_that_mean_the_same_are_near(model: LocalModel) -> None:
    """Though no word of theirs is the same. Vectors have length 1."""
    asked, same, other = map(model.vector, ("没钱看病怎么办", "医疗救助的申请条件", "住宅专项维修资金的使用"))

    assert np.linalg.norm(asked) == pytest.approx(1, abs=1e-6)
    assert asked @ same > asked @ other + 0.1


def test_the_shipped_tuning_is_for_it(model: LocalModel) -> None:
    """And its turned vectors, too, know what means the same."""
    tuning = tuning_of(model.name)
    asked, *texts = map(model.vector, ("没钱看病怎么办", "医疗救助的申请条件", "住宅专项维修资金的使用"))
    rows, scales = packed(np.stack(texts))

    assert tuning is not None
    same, other = rows @ tuning.asked(asked) * scales / tuning.lengths(rows, scales)
    assert same > other + 0.1


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: LocalModel) -> None:
    """Bit for bit, in forked processes too: a clause has the same vector whenever it is made."""
    texts = ["给予临时救助。", "第二条", "申请人应当提交下列材料：" * 60]

    made = [vector for vectors in model.embedded([texts, texts[::-1]]) for vector in vectors]

    alone = [model.vector(text) for text in (*texts, *texts[::-1])]
    assert all(np.array_equal(one, other) for one, other in zip(made, alone, strict=True))


def test_odd_texts_have_vectors(model: LocalModel) -> None:
    """Nothing, blanks, letters, what no vocabulary has, and more than it reads."""
    for text in ("", " ", "ABC", "\U0001f600\ud800", "长" * 5000):
        assert np.isfinite(model.vector(text)).all()


def test_a_service_makes_the_vectors_of_what_has_changed(
    model: LocalModel, tmp_path: Path, prepare: Callable[[Path], Path]
) -> None:
    """At its start of every clause; later only of a document that has come, while it answers."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    settings = Settings(
        knowledge_dir=tmp_path / "knowledge",
        data_dir=prepare(tmp_path / "data"),
        embedding_model_dir=FOLDER,
    )
    knowledge = knowledge_of(settings)
    folder = VectorFolder(settings.data_dir / "vectors", model.name)
    before = sum(map(len, folder.layers()))
    (settings.knowledge_dir / "policies" / "月球.md").write_text(
        "---\ntitle: 月球补贴办法\n---\n第一条 登月每次补贴一元。\n", "utf-8"
    )

    index = knowledge.refresh().index

    query = index.query("去月亮上给多少钱补贴")
    hit = index.search(query, 1)[0]
    witness = index.explain(query, hit.entry_id).witness
    assert hit.entry_id == "月球:t1"
    assert witness is not None
    assert dict(witness.features)["near"] > 0.4
    assert (before, sum(map(len, folder.layers()))) == (14, 15)
    assert (settings.data_dir / "word-vectors").is_dir()  # the table counts beside it


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, r"'model\.onnx' cannot be read \(No such file"),
        ({MODEL: b"?"}, r"'tokenizer\.json' cannot be read"),
        ({MODEL: b"?", TOKENIZER: b"{}"}, r"its files are no model"),
    ],
    ids=["empty", "half", "no model"],
)
def test_a_folder_without_a_model_is_named(tmp_path: Path, files: dict[str, bytes], problem: str) -> None:
    """With what is wrong, and what to do."""
    pytest.importorskip("onnxruntime", reason="an optional package: requirements-model.txt")
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)

    with pytest.raises(
        SettingsError, match=rf"EMBEDDING_MODEL_DIR': '{tmp_path}': {problem}.*run make model"
    ):
        LocalModel(tmp_path)


def test_without_the_packages_it_says_which_to_install(tmp_path: Path) -> None:
    """In a Python whose onnxruntime cannot be imported."""
    (tmp_path / "onnxruntime.py").write_text("raise ImportError(name='onnxruntime')", "utf-8")
    code = "from pathlib import Path; from bot.search.dense.local_model import LocalModel; LocalModel(Path())"

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "package 'onnxruntime': is not installed" in done.stderr
    assert "pip install -r requirements-model.txt" in done.stderr
