"""The vectors of a library: opened from files, and made if they are missing.

As with the index, what has changed since the vectors were written is kept beside them, so that a small change
is written in a moment.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from bot.errors import SnapshotError
from bot.locking import alone
from bot.search.dense.embedder import TEXTS_PER_REQUEST, Embedder
from bot.search.dense.vectors import (
    Embedded,
    Keys,
    Vectors,
    key_of,
    open_vectors,
    packed,
    texts_of,
    write_vectors,
)
from bot.search.progress import Progress

CHANGES = ".changes"
"""The folder of what has changed, in that of the vectors. When these are written anew, it goes."""

MOST_CHANGED = 16
"""Where more than one text in so many has changed, all vectors are written anew."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VectorFolder:
    """The folder in which the vectors of one model are stored."""

    path: Path
    model: str

    def layers(self) -> list[Vectors]:
        """The stored vectors, then those of later changes; empty if nothing usable is stored."""
        found = []
        for folder in (self.path, self.path / CHANGES):
            try:
                found.append(open_vectors(folder, self.model))
            except SnapshotError as error:
                if error.is_damage:
                    _log.warning("vectors=unusable reason=%s", error)
                break
        return found


def missing(layers: Sequence[Vectors], texts: Iterable[str]) -> dict[int, str]:
    """Key → text, for the texts that have no vectors yet."""
    by_key = {key_of(text): text for text in texts}
    keys: Keys = np.fromiter(by_key, np.uint64, len(by_key))
    held = np.zeros(len(keys), np.bool_)
    for layer in layers:
        held |= layer.places(keys) >= 0
    return {key: by_key[key] for key in keys[~held].tolist()}


def bring_up_to_date(
    folder: VectorFolder, embedder: Embedder, texts: Sequence[str], progress: Progress
) -> list[Vectors]:
    """The vectors of all texts. Missing ones are made and stored.

    Of several processes one makes them, and the others open what it wrote.

    Raises:
        EndpointError: the model failed. What was made before is kept.
    """
    with alone(folder.path / ".writing"):
        layers = folder.layers()
        new = missing(layers, texts)
        if not new:
            return layers
        made: list[Embedded] = []
        try:
            for embedded in _made(new, embedder, progress):
                made.append(embedded)  # one by one, so that what was made before a failure is kept
        finally:
            if made:
                layers = _stored(folder, layers, made, texts)
                _log.info("vectors=made clauses=%d", len(made))
        return layers


def _made(texts: Mapping[int, str], embedder: Embedder, progress: Progress) -> Iterator[Embedded]:
    """The vectors of texts, one after another.

    Raises:
        EndpointError: the model failed.
    """
    pieces = {key: texts_of(text) for key, text in texts.items()}
    all_pieces = list(chain.from_iterable(pieces.values()))
    starts = range(0, len(all_pieces), TEXTS_PER_REQUEST)
    requests = [all_pieces[start : start + TEXTS_PER_REQUEST] for start in starts]
    embedded = progress(embedder.embedded(requests), len(requests))
    rows = chain.from_iterable(zip(*packed(vectors), strict=True) for vectors in embedded)
    for key, of_text in pieces.items():
        own, scales = zip(*(next(rows) for _ in of_text), strict=True)
        yield key, np.stack(own), np.array(scales, np.float32)


def _stored(
    folder: VectorFolder, layers: Sequence[Vectors], made: Sequence[Embedded], texts: Iterable[str]
) -> list[Vectors]:
    """The vectors needed, with the new ones. Many changes are written with the rest, few beside it."""
    needed: Keys = np.unique(np.fromiter(map(key_of, texts), np.uint64))
    stored, *fresh = layers or [Vectors.of([])]
    changed = Vectors.of([*chain.from_iterable(_held(layer, needed) for layer in fresh), *made])
    is_small = len(changed) * MOST_CHANGED <= len(stored)
    if is_small:
        written, path = changed, folder.path / CHANGES
    else:
        written, path = Vectors.of([*_held(stored, needed, but=changed.keys), *_each(changed)]), folder.path
    try:
        write_vectors(written, path, folder.model)
    except OSError as error:
        _log.error("vectors=not_stored reason=%s", error.strerror)  # a full disk does not stop the answers
        return [stored, changed]
    return folder.layers()


def _held(layer: Vectors, needed: Keys, but: Keys | None = None) -> list[Embedded]:
    """The needed texts that a layer holds."""
    is_needed = np.isin(layer.keys, needed)
    if but is not None:
        is_needed &= ~np.isin(layer.keys, but)
    return [layer.text(place) for place in np.flatnonzero(is_needed).tolist()]


def _each(layer: Vectors) -> list[Embedded]:
    return [layer.text(place) for place in range(len(layer))]
