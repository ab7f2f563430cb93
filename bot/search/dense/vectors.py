"""Vectors of entries, by an embedding model: made once for each entry, stored, mapped into memory."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.errors import EndpointError, SnapshotError
from bot.search.entry import Entry

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float32]]

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""The vector of each text."""

Requests = Iterable[Sequence[str]]
"""The texts of each request to the model."""

Progress = Callable[[Requests, int], Requests]
"""Passes requests on, and may show how many have passed; the number is how many there will be."""

TEXTS_PER_REQUEST = 32
"""As many as small servers take."""

_FORMAT = 1
_MANIFEST = "manifest.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vectors:
    """Unit vectors, a row for each digest. They are float32, as numpy multiplies float16 without BLAS."""

    model: str
    digests: tuple[str, ...]
    matrix: Matrix


def text_of(entry: Entry) -> str:
    """The text of an entry that is embedded: its headings and its text, a line each."""
    return "\n".join((*entry.headings, entry.text))


def digest_of(entry: Entry) -> str:
    """SHA-256 of the text of an entry that is embedded."""
    return hashlib.sha256(text_of(entry).encode("utf-8", "surrogatepass")).hexdigest()


def unit(vector: Sequence[float], dimension: int) -> Vector:
    """The vector of length 1 in the same direction; a vector of zeros stays as it is.

    Raises:
        EndpointError: the vector has another dimension, or holds something that is not a number.
    """
    array = np.array(vector, np.float64)
    length = float(np.linalg.norm(array))
    if len(array) != dimension:
        raise EndpointError("dimension")
    if not np.isfinite(length):
        raise EndpointError("malformed")
    return (array / (length or 1.0)).astype(np.float32)


def open_vectors(folder: Path, model: str) -> Vectors:
    """The vectors by a model that a folder holds.

    Raises:
        SnapshotError: there are none, they are by another model, or a file is not as it was written.
    """
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        if (manifest["format"], manifest["model"]) != (_FORMAT, model):
            raise SnapshotError("outdated")
        path = folder / f"{manifest['sha256']}.npy"
        if _sha256(path) != manifest["sha256"]:
            raise SnapshotError("corrupt", is_damage=True)
        matrix: Matrix = np.load(path, mmap_mode="r", allow_pickle=False)
        digests = tuple(manifest["digests"])
        if matrix.shape != (len(digests), matrix.shape[-1]):
            raise SnapshotError("corrupt", is_damage=True)
    except FileNotFoundError:
        raise SnapshotError("missing") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error
    return Vectors(model, digests, matrix)


def write_vectors(vectors: Vectors, folder: Path) -> None:
    """Writes vectors for `open_vectors`, whole or not at all; then removes the former ones."""
    folder.mkdir(parents=True, exist_ok=True)
    making = folder / "making.npy"
    np.save(making, vectors.matrix, allow_pickle=False)
    sha256 = _sha256(making)
    making.replace(folder / f"{sha256}.npy")
    manifest = {"format": _FORMAT, "model": vectors.model, "sha256": sha256, "digests": vectors.digests}
    making.write_text(json.dumps(manifest), "utf-8")
    making.replace(folder / _MANIFEST)
    for old in folder.glob("*.npy"):
        if old.stem != sha256:
            old.unlink()


def make_vectors(entries: Sequence[Entry], model: str, embed: Embed, folder: Path, progress: Progress) -> int:
    """Makes the vectors that a folder does not hold yet, and stores them there. Returns how many it made.

    Vectors by another model or of another dimension are made anew. Vectors of entries that have left are
    dropped. What was made before the endpoint failed is kept.

    Raises:
        EndpointError: the endpoint failed.
    """
    texts = {digest_of(entry): text_of(entry) for entry in entries}
    held = _held(folder, model)
    rows = {digest: row for digest, row in held.items() if digest in texts}
    new = [digest for digest in texts if digest not in rows]
    dimension = len(embed([texts[new[0]]])[0]) if new else 0
    if new and rows and len(next(iter(rows.values()))) != dimension:
        _log.warning("vectors=made_anew reason=dimension")
        rows, new = {}, list(texts)
    requests = [new[start : start + TEXTS_PER_REQUEST] for start in range(0, len(new), TEXTS_PER_REQUEST)]
    made = 0
    try:
        for digests in progress(requests, len(requests)):
            embedded = embed([texts[digest] for digest in digests])
            rows.update(zip(digests, [unit(vector, dimension) for vector in embedded], strict=True))
            made += len(digests)
    finally:
        if rows and (made or len(rows) < len(held)):
            write_vectors(Vectors(model, tuple(rows), np.stack(list(rows.values()))), folder)
    return made


def _held(folder: Path, model: str) -> dict[str, Vector]:
    try:
        held = open_vectors(folder, model)
    except SnapshotError as error:
        level = logging.WARNING if error.is_damage else logging.INFO
        _log.log(level, "vectors=made_anew reason=%s", error)
        return {}
    return dict(zip(held.digests, held.matrix, strict=True))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
