"""Editions in the cluster: their parts, and the documents that describe them.

An edition is a base, an index of its own that never changes, and a few changes: entries of the base that have
gone, and entries that stand in a second index beside it. Its name is made from all its texts and from what
cuts them into terms, so every front end with the same knowledge folder asks for the same edition, and for no
other. Entries are named by the digest of their batch: what has not changed keeps its name in every edition.
"""

import base64
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.errors import ClusterError
from bot.search.bm25 import K1, B, LengthNorm
from bot.search.engine.embedded.snapshot import SnapshotContents
from bot.search.engine.opensearch.cluster import ADMIN_PATIENCE, WRITE_PATIENCE, Cluster, Json
from bot.search.engine.opensearch.statistics import BaseStatistics, Statistics

FORMAT = 1
"""Raised whenever documents change their meaning: services of two versions publish side by side."""

CURRENT = f"current:{FORMAT}"
"""The document that names what was published last."""

DIGITS = 32
"""Of the digest of a batch, in the names of its entries."""

MOST_BYTES_OF_A_TERM = 8000
"""Lucene takes 32,766; by default its tokenizer would cut a term after 255 characters."""


def batch_key(digest: bytes) -> str:
    """The name of a batch in the cluster."""
    return digest.hex()[:DIGITS]


def entry_key(batch: str, number: int) -> str:
    """The name of an entry in the cluster: its batch, and its number in the batch."""
    return f"{batch}.{number}"


def changes_of(base: str) -> str:
    """The index beside a base that holds entries added since."""
    return f"{base}-changes"


@dataclass(frozen=True, slots=True)
class EditionManifest:
    """The parts of an edition.

    `gone`: batches of the base that do not belong to it. `added`: batches that stand beside the base.
    """

    name: str
    base: str
    entries: int
    length: int
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    changes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Base:
    """An index that holds all entries of some batches, with their statistics."""

    index: str
    analysis: str
    contents: SnapshotContents
    statistics: BaseStatistics

    @property
    def sizes(self) -> dict[str, int]:
        """The number of entries of each batch."""
        return {batch_key(digest): size for digest, size in self.contents.rows() if size}


class Editions:
    """The documents of a cluster that describe its editions."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.index = f"{cluster.name}-state"
        self._base: Base | None = None
        self._is_prepared = False

    def prepare(self) -> None:
        """Makes the index of these documents if it is missing."""
        if self._is_prepared:
            return
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-all"}
        kept = {"base": {"type": "keyword"}, "reader_at": {"type": "double"}}
        self.make_index(self.index, settings, {"dynamic": False, "properties": kept})
        self._is_prepared = True

    def make_index(self, index: str, settings: Json, mappings: Json) -> None:
        """Makes an index; an existing one stays as it is."""
        body = {"settings": {"index": settings}, "mappings": mappings}
        try:
            self.cluster.ask("PUT", f"/{index}", body, seconds=ADMIN_PATIENCE)
        except ClusterError as error:
            if error.status != 400 or self._is_missing(index):
                raise

    def get(self, doc_id: str) -> Any:
        """A document; None: there is none."""
        return (self.versioned(doc_id) or {}).get("_source")

    def versioned(self, doc_id: str) -> Any:
        """A document with its version; None: there is none."""
        try:
            return self.cluster.ask("GET", f"/{self.index}/_doc/{doc_id}", params={"preference": "_local"})
        except ClusterError as error:
            if error.status == 404:
                return None
            raise

    def put(self, doc_id: str, body: Json, **params: str | int) -> None:
        """Writes a document. Raises ClusterError with status 409 if another version is there."""
        self.cluster.ask("PUT", f"/{self.index}/_doc/{doc_id}", body, params, WRITE_PATIENCE)

    def manifest(self, name: str) -> EditionManifest | None:
        """The manifest of an edition; None: the cluster does not hold it."""
        found = self.get(f"edition:{FORMAT}:{name}")
        if found is None:
            return None
        gone, added = tuple(found["gone"]), tuple(found["added"])
        counted = found["entries"], found["length"]
        return EditionManifest(name, found["base"], *counted, gone, added, found["changes"])

    def put_manifest(self, manifest: EditionManifest) -> None:
        """Writes a manifest: from now on the edition can be read."""
        body = {field: getattr(manifest, field) for field in EditionManifest.__slots__}
        self.put(f"edition:{FORMAT}:{manifest.name}", body)
        self.put(CURRENT, {"edition": manifest.name, "base": manifest.base})

    def base(self, index: str) -> Base | None:
        """A base with its statistics, remembered; None: there is none, or it is not complete."""
        if self._base is None or self._base.index != index:
            self._base = self._read_base(index)
        return self._base

    def forget(self) -> None:
        """Reads a base again next time: somebody may have removed it."""
        self._base, self._is_prepared = None, False

    def put_base(self, base: Base) -> None:
        """Marks a base as complete."""
        parts = list(base.statistics.parts())
        for number, part in enumerate(parts):
            self.put(f"terms:{base.index}:{number}", {"base": base.index, "part": part})
        contents = base.contents
        body = {
            "base": base.index,
            "analysis": base.analysis,
            "digests": _packed(contents.digests.tobytes()),
            "sizes": _packed(contents.sizes.astype("<u4").tobytes()),
            "parts": len(parts),
            **base.statistics.sizes,
        }
        self.put(f"base:{base.index}", body)
        self._base = base

    def statistics(self, manifest: EditionManifest, base: Base) -> Statistics:
        """The statistics of an edition's entries."""
        return Statistics(base.statistics, manifest.entries, manifest.length, manifest.changes)

    def _read_base(self, index: str) -> Base | None:
        found = self.get(f"base:{index}")
        if found is None:
            return None
        parts = [self.get(f"terms:{index}:{number}") for number in range(found["parts"])]
        if None in parts:
            return None
        digests = np.frombuffer(_unpacked(found["digests"]), np.uint8)
        sizes = np.frombuffer(_unpacked(found["sizes"]), "<u4").astype(np.uint32)
        counted = BaseStatistics.read([part["part"] for part in parts], found)
        return Base(index, found["analysis"], SnapshotContents(digests, sizes), counted)

    def _is_missing(self, index: str) -> bool:
        try:
            self.cluster.ask("GET", f"/{index}/_settings")
        except ClusterError as error:
            if error.status == 404:
                return True
            raise
        return False


def base_settings(entries: int) -> Json:
    """The settings of a base: our BM25. Its parts are two where that makes an answer quicker."""
    return {
        "number_of_shards": 2 if entries >= 200_000 else 1,
        "similarity": {"ours": {"type": "BM25", "k1": K1, "b": B}},
        **_COMMON,
    }


def changes_settings(norm: LengthNorm) -> Json:
    """The settings of the index for what changes: what is asked brings its own idf, for these few entries
    know none. The length norm is that of the base."""
    script = f"return query.boost * doc.freq / (doc.freq + {norm.base!r} + {norm.slope!r} * doc.length)"
    return {
        "number_of_shards": 1,
        "similarity": {"ours": {"type": "scripted", "script": {"source": script}}},
        **_COMMON,
    }


def mappings() -> Json:
    """Terms come as they are, divided by blanks; how often and in how long a text is all that counts."""
    terms = {"type": "text", "analyzer": "terms", "similarity": "ours", "index_options": "freqs"}
    key = {"type": "keyword", "index": False}
    return {"dynamic": False, "properties": {"terms": terms, "batch": {"type": "keyword"}, "key": key}}


_COMMON: Mapping[str, object] = {
    "auto_expand_replicas": "0-all",
    "analysis": {
        "tokenizer": {"terms": {"type": "whitespace", "max_token_length": MOST_BYTES_OF_A_TERM}},
        "analyzer": {"terms": {"type": "custom", "tokenizer": "terms"}},
    },
}


def document(batch: str, number: int, terms: Sequence[str]) -> tuple[str, Json]:
    """The id of an entry's document, and its content."""
    key = entry_key(batch, number)
    return key, {"key": key, "batch": batch, "terms": " ".join(terms)}


def _packed(data: bytes) -> str:
    return base64.b64encode(zlib.compress(data)).decode()


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b64decode(text))
