"""Vectors of clauses and of their sentences: small integers in sealed files that processes share.

A clause is known by its bare text, whichever document it stands in. So a clause that has not changed keeps
its vectors, and those of one that has left are dropped the next time files are written.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bot.errors import SnapshotError
from bot.policy.units import units
from bot.search.arrays import Floats, Numbers
from bot.search.dense.embedder import Matrix, Vector
from bot.search.sealing import check_sealed, homes, write_sealed

Keys = np.ndarray[tuple[int], np.dtype[np.uint64]]
Rows = np.ndarray[tuple[int, int], np.dtype[np.int8]]

Embedded = tuple[int, Rows, Vector]
"""A text: its key, the rows of its vectors and their scales."""

_FORMAT = 2
_HIGHEST = 127
_FILES = ("keys", "starts", "rows", "scales")


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of some texts, eight bits a number: cosines are right to a few thousandths.

    `keys`: of the texts, ascending. `starts`: the first row of each text, and the number of rows. A text's
    first row is that of the whole, the others are those of its sentences. `scales`: what each row is
    multiplied by.
    """

    keys: Keys
    starts: Numbers
    rows: Rows
    scales: Vector

    @classmethod
    def of(cls, found: Sequence[Embedded]) -> "Vectors":
        """The vectors of some texts, each given once."""
        found = sorted(found, key=lambda text: text[0])
        sizes = np.array([0, *(len(rows) for _, rows, _ in found)], np.int64)
        return cls(
            np.array([key for key, _, _ in found], np.uint64),
            sizes.cumsum(),
            np.concatenate([rows for _, rows, _ in found]) if found else np.zeros((0, 1), np.int8),
            np.concatenate([scales for _, _, scales in found]) if found else np.zeros(0, np.float32),
        )

    def __len__(self) -> int:
        return len(self.keys)

    def places(self, keys: Keys) -> Numbers:
        """The place of each text among the keys; -1: it has no vectors here."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found: Numbers = np.where(self.keys[places] == keys, places, -1)
        return found

    def text(self, place: int) -> Embedded:
        """The text at a place."""
        start, end = int(self.starts[place]), int(self.starts[place + 1])
        return int(self.keys[place]), self.rows[start:end], self.scales[start:end]


class Sentences(NamedTuple):
    """The vectors of the sentences of some texts: `sizes` of them for each, from row `firsts` on.

    `factors`: what the product of each row with a question's vector is multiplied by to be their cosine.
    """

    rows: Rows
    factors: Vector
    firsts: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, keys: Keys, layers: Sequence[Vectors], factors: Sequence[Vector]) -> "Sentences":
        """The sentences of the texts of some keys; of those that no layer has, none.

        Args:
            layers: the vectors of texts; those of the first layer that has a text count.
            factors: those of the rows of each layer.
        """
        firsts, sizes = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.int64)
        above = np.cumsum([0, *(len(layer.rows) for layer in layers)])
        for layer, start in reversed([*zip(layers, above, strict=False)]):
            places = layer.places(keys)
            held = np.flatnonzero(places >= 0)
            starts, ends = layer.starts[places[held]], layer.starts[places[held] + 1]
            has_several = ends - starts > 1  # the whole is none of its sentences
            firsts[held], sizes[held] = start + starts + has_several, ends - starts - has_several
        rows = [layer.rows for layer in layers]
        return cls(
            rows[0] if len(rows) == 1 else np.concatenate(rows), np.concatenate(factors), firsts, sizes
        )

    def cosines(self, vector: Vector, texts: Numbers) -> tuple[Floats, Numbers]:
        """The cosines with the sentences of the texts of some numbers, and the number of the text of each."""
        sizes = self.sizes[texts]
        ends = sizes.cumsum()
        rows = np.repeat(self.firsts[texts] - (ends - sizes), sizes) + np.arange(ends[-1])
        cosines = self.rows[rows].astype(np.float32) @ vector * self.factors[rows]
        return cosines.astype(np.float64), np.repeat(texts, sizes)


def texts_of(text: str) -> tuple[str, ...]:
    """The pieces of a clause that are embedded: the whole text, then its sentences if there are several.

    >>> texts_of("给予补助。由县里发放。"), texts_of("给予补助。")
    (('给予补助。由县里发放。', '给予补助。', '由县里发放。'), ('给予补助。',))
    """
    sentences = tuple(unit.text for unit in units(text))
    return (text, *sentences) if len(sentences) > 1 else (text,)


def key_of(text: str) -> int:
    """64 bits of the SHA-256 of a text: among a million clauses, one chance in forty million of two alike."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])


def packed(vectors: Matrix) -> tuple[Rows, Vector]:
    """Unit vectors, in rows, as rows of small integers, and the factor of each row."""
    scales: Vector = (np.abs(vectors).max(axis=1) / _HIGHEST).astype(np.float32)
    rows: Rows = np.rint(vectors / np.where(scales > 0, scales, 1)[:, np.newaxis]).astype(np.int8)
    return rows, scales


def open_vectors(folder: Path, model: str) -> Vectors:
    """The vectors of a model that a folder holds, mapped into memory.

    Raises:
        SnapshotError: there are none, they are by another model, or a file is not as it was written.
    """
    reason = SnapshotError("missing")
    for home in homes(folder):
        try:
            check_sealed(home, _about(model))
            return _opened(home)
        except SnapshotError as error:
            reason = error
    raise reason


def write_vectors(vectors: Vectors, folder: Path, model: str) -> None:
    """Writes vectors for `open_vectors`, whole or not at all; then removes older ones.

    Raises:
        OSError: the disk does not take them; the former ones stay.
    """

    def save(home: Path) -> None:
        for name in _FILES:
            np.save(home / f"{name}.npy", getattr(vectors, name), allow_pickle=False)

    digest = hashlib.sha256(model.encode() + vectors.keys.tobytes()).hexdigest()
    write_sealed(folder / digest, _about(model), save)


def _about(model: str) -> dict[str, str | int]:
    return {"format": _FORMAT, "model": model}


def _opened(home: Path) -> Vectors:
    try:
        keys, starts, rows, scales = (
            np.asarray(np.load(home / f"{name}.npy", mmap_mode="r", allow_pickle=False)) for name in _FILES
        )
    except (OSError, ValueError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error
    return Vectors(keys, starts, rows, scales)
