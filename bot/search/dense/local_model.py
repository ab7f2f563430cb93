"""An embedding model on this machine: the only door to onnxruntime and tokenizers.

Both packages are optional. The model, an ONNX file and its tokenizer, runs on one thread, a text at a time:
with quantised weights a text's vector depends on the texts beside it, and a clause must have the same vector
whenever it is made.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bot.errors import SettingsError
from bot.processes import map_in_forks
from bot.search.dense.embedder import Matrix, Vector

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
"""The files of a model, as they are usually called."""

MOST_TOKENS = 512
"""What the model was trained to read of a text; the rest is left out."""


class LocalModel:
    """A model of the BERT kind; a text's vector is that of its first token. Threads may share it.

    It is loaded at once, so that processes forked later share it.

    Args:
        folder: holds MODEL and TOKENIZER.

    Raises:
        SettingsError: the packages or the files are not there, or are of no use.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime  # noqa: PLC0415  # optional, and half a second to import
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError as missing:
            raise SettingsError(
                f"package '{missing.name}': is not installed, EMBEDDING_MODEL_DIR cannot be used; "
                "run pip install -r requirements-model.txt"
            ) from None
        digest = hashlib.sha256()
        for name in (MODEL, TOKENIZER):
            try:
                digest.update((folder / name).read_bytes())
            except OSError as error:
                raise _unusable(folder, f"'{name}' cannot be read ({error.strerror})") from None
        self.name = digest.hexdigest()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # no threads, which a fork would lose
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            self._session = onnxruntime.InferenceSession(
                str(folder / MODEL), options, providers=["CPUExecutionProvider"]
            )
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(MOST_TOKENS)
            self._inputs = {given.name for given in self._session.get_inputs()}
            self.vector("试")
        except Exception as error:  # both packages raise plain ones, for files that are no model
            raise _unusable(folder, f"its files are no model ({type(error).__name__})") from error

    def vector(self, text: str) -> Vector:
        """The unit vector of a text."""
        readable = text.encode("utf-8", "replace").decode()  # the tokenizer takes no lone surrogates
        tokens = np.array([self._tokenizer.encode(readable).ids], np.int64)
        given = {
            "input_ids": tokens,
            "attention_mask": np.ones_like(tokens),
            "token_type_ids": np.zeros_like(tokens),
        }
        (states, *_) = self._session.run(None, {name: given[name] for name in self._inputs})
        first = np.asarray(states)[0, 0]
        vector: Vector = (first / (np.linalg.norm(first) or 1.0)).astype(np.float32)
        return vector

    def embedded(self, requests: Sequence[Sequence[str]]) -> Iterator[Matrix]:
        """The unit vectors of each request's texts, in rows; one process a core works on them."""
        return map_in_forks(self._vectors, requests)

    def _vectors(self, texts: Sequence[str]) -> Matrix:
        return np.stack([self.vector(text) for text in texts])


def _unusable(folder: Path, problem: str) -> SettingsError:
    return SettingsError(
        f"setting 'EMBEDDING_MODEL_DIR': '{folder}': {problem}; run make model, or leave it empty to use none"
    )
