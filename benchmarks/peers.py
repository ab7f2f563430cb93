"""Other BM25 engines over the same postings: each answers a question's terms with its k best entries."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from bot.search.bm25 import K1, B, LengthNorm, idfs, saturation
from bot.search.engine.embedded.postings import Postings
from bot.search.engine.reference import ReferenceEngine

Search = Callable[[Sequence[str]], Sequence[object]]
"""The entries with the best scores."""


def peers(postings: Postings, k: int, folder: Path) -> dict[str, Search]:
    """The peers that are installed and can hold so many entries. `folder` is for their files."""
    found: dict[str, Search] = {}
    if find_spec("bm25s") and find_spec("numba"):
        found["bm25s (numba)"] = bm25s(postings, k)
    if find_spec("tantivy"):
        found["tantivy"] = tantivy(postings, k, folder)
    if len(postings.lengths) <= 100_000:
        found["rank_bm25"] = rank_bm25(postings, k)
    return found


def bm25s(postings: Postings, k: int) -> Search:
    """bm25s with its numba backend, its sparse matrix filled from the postings: building it takes minutes."""
    import bm25s as package  # noqa: PLC0415  # may be absent

    n, df = len(postings.lengths), np.diff(postings.starts)
    lengths = postings.lengths.astype(np.float64)
    norms = LengthNorm.of(lengths.mean()).norms(lengths)[postings.entries]
    shares = np.repeat(idfs(n, df), df) * saturation(postings.tfs.astype(np.float64), norms)
    engine = package.BM25(k1=K1, b=B, method="lucene", backend="numba")
    engine.scores = {
        "data": shares.astype(np.float32),
        "indices": postings.entries.astype(np.int32),
        "indptr": postings.starts,
        "num_docs": n,
    }
    engine.vocab_dict = {term: number for number, term in enumerate(postings.vocabulary.terms())}
    engine.unique_token_ids_set = set(engine.vocab_dict.values())
    engine.nonoccurrence_array = None
    engine.activate_numba_scorer()
    return lambda terms: engine.retrieve([list(terms)], k=k, show_progress=False, n_threads=0)[0][0]


def tantivy(postings: Postings, k: int, folder: Path) -> Search:
    """tantivy, one segment. Its k1 and b are fixed at 1.2 and 0.75."""
    import tantivy as package  # noqa: PLC0415  # may be absent

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    builder = package.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field("entry", stored=True)
    schema = builder.build()
    index = package.Index(schema, str(folder))
    writer = index.writer(heap_size=2_000_000_000, num_threads=1)
    for entry, terms in enumerate(texts(postings)):
        writer.add_document(package.Document(terms=" ".join(terms), entry=entry))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(terms: Sequence[str]) -> Sequence[int]:
        clauses = [(package.Occur.Should, package.Query.term_query(schema, "terms", t)) for t in terms]
        hits = searcher.search(package.Query.boolean_query(clauses), k, count=False).hits
        return [address.doc for _, address in hits]

    return search


def rank_bm25(postings: Postings, k: int) -> Search:
    """Our reference: rank_bm25 with another idf, and a full sort."""
    engine = ReferenceEngine({str(entry): terms for entry, terms in enumerate(texts(postings))})
    return lambda terms: np.argsort(-engine.get_scores(terms), kind="stable")[:k].tolist()


def texts(postings: Postings) -> Iterator[list[str]]:
    """The terms of each entry, in the order of the vocabulary."""
    terms = np.array(postings.vocabulary.terms(), object)
    term_of = np.repeat(np.arange(len(terms), dtype=np.uint32), np.diff(postings.starts))
    by_entry = np.argsort(postings.entries, kind="stable")
    held = np.bincount(postings.entries, minlength=len(postings.lengths))
    ends = np.cumsum(held)
    for start, end in zip((ends - held).tolist(), ends.tolist(), strict=True):
        rows = by_entry[start:end]
        yield np.repeat(terms[term_of[rows]], postings.tfs[rows]).tolist()
