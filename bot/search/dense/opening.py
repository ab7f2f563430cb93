"""Dense retrieval from stored vectors, if there are any."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from bot.errors import SnapshotError
from bot.search.dense.embedding import QuestionEmbedder
from bot.search.dense.retrieval import DenseRetriever
from bot.search.dense.vectors import Embed, open_vectors
from bot.search.entry import Entry

_log = logging.getLogger(__name__)


def open_retriever(
    entries: Iterable[Entry], folder: Path, model: str, embed: Embed, seconds: Callable[[], float]
) -> DenseRetriever | None:
    """Dense retrieval of entries; None where no vectors of the model are stored yet.

    Args:
        folder: holds the vectors.
        embed: asks the model for the vectors of questions.
        seconds: a stopwatch.
    """
    try:
        vectors = open_vectors(folder, model)
    except SnapshotError as error:
        _log.warning("dense=off reason=vectors_%s run='python -m bot embed'", error)
        return None
    entries = list(entries)
    embedder = QuestionEmbedder(embed, vectors.matrix.shape[1], seconds)
    retriever = DenseRetriever(vectors, entries, embedder.vector)
    _log.info("dense=loaded vectors=%d clauses=%d", len(retriever), len(entries))
    return retriever
