"""Real clauses at any size: the first n of ../shared/data in a fixed random order, more by resampling."""

import gzip
import json
from collections.abc import Iterator
from random import Random

import numpy as np

from benchmarks.questions import SHARED
from bot.search.arrays import Numbers
from bot.search.engine.embedded.postings import Postings
from bot.search.engine.embedded.vocabulary import Vocabulary
from bot.search.entry import Entry

CORPORA = ("lay-questions/corpus.jsonl.gz", "clauses-local.jsonl.gz")
QUESTIONS = "lay-questions/queries.jsonl.gz"


def read_clauses() -> list[Entry]:
    """Every clause of the corpora, shuffled."""
    entries = [Entry(row["_id"], (row["title"],), row["text"]) for row in read_rows()]
    Random(2026).shuffle(entries)  # noqa: S311  # the same order in every run
    return entries


def read_rows() -> Iterator[dict[str, str]]:
    """Every clause of the corpora, with its `title` and `text`, law after law."""
    for name in CORPORA:
        yield from _rows(name)


def read_local_clauses() -> list[Entry]:
    """The clauses of provincial regulations, 78,657."""
    return [Entry(row["_id"], (row["title"],), row["text"]) for row in _rows(CORPORA[1])]


def read_questions(n: int) -> list[str]:
    """The first n questions of laypeople."""
    return [row["text"] for _, row in zip(range(n), _rows(QUESTIONS), strict=False)]


def sample(postings: Postings, n: int) -> Postings:
    """Postings of the first n clauses; beyond those there are, each further one mixes the terms of two.

    A mixed clause takes every second distinct term of two clauses drawn at random, so that lengths and the
    number of postings a clause stay what they are.
    """
    term_of = np.repeat(np.arange(len(postings.vocabulary)), np.diff(postings.starts))
    by_entry = np.argsort(postings.entries, kind="stable")
    held = np.bincount(postings.entries, minlength=len(postings.lengths))
    first = np.cumsum(held) - held
    real = min(n, len(held))
    drawn = np.random.default_rng(2026).integers(0, len(held), (2, n - real))
    entry, place = [np.repeat(np.arange(real), held[:real])], [np.arange(held[:real].sum())]
    for half, source in enumerate(drawn):
        counts = (held[source] + half) // 2
        entry.append(np.repeat(np.arange(real, n), counts))
        steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        place.append(np.repeat(first[source], counts) + 2 * steps + (1 - half))
    chosen = by_entry[np.concatenate(place)]
    return _sorted(postings.vocabulary, term_of[chosen], np.concatenate(entry), postings.tfs[chosen])


def _sorted(vocabulary: Vocabulary, terms: Numbers, entries: Numbers, tfs: Numbers) -> Postings:
    """Postings from rows in any order; an entry that got a term twice has the sum."""
    keys, rows = np.unique(terms << 32 | entries, return_inverse=True)
    sums = np.bincount(rows, tfs).astype(np.uint16)
    used, starts = np.unique(keys >> 32, return_index=True)
    names = vocabulary.terms()
    return Postings(
        Vocabulary.of(names[number] for number in used.tolist()),
        np.append(starts, len(keys)),
        (keys & 0xFFFFFFFF).astype(np.uint32),
        sums,
        np.bincount(entries, tfs).astype(np.uint32),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with gzip.open(SHARED / "data" / name, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
