"""A run: the ranked hits of every topic of a collection."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from bot.evaluation.collection import Collection, Qrels
from bot.search.index import Index
from bot.search.searcher import Hit

DEPTH = 100
"""Hits kept for each topic."""

Run = Mapping[str, Sequence[Hit]]
"""Topic id → hits, best first."""

Progress = Callable[[Iterable[str]], Iterable[str]]
"""Passes topic ids on, and may show how far it is."""


def rank_topics(collection: Collection, index: Index, progress: Progress = iter) -> Run:
    """The best hits for every topic of a collection whose entries are indexed."""
    return {
        topic: index.search(index.query(collection.topics[topic]), DEPTH)
        for topic in progress(collection.topics)
    }


def confidences(rankings: Iterable[Sequence[Hit]]) -> list[float]:
    """The confidence of the best hit of each question, 0 where nothing was found."""
    return [hits[0].confidence if hits else 0.0 for hits in rankings]


def best_is_right(run: Run, qrels: Qrels) -> list[bool]:
    """Whether the best hit of each topic answers it."""
    return [bool(hits) and qrels[topic].get(hits[0].entry_id, 0) > 0 for topic, hits in run.items()]


def write_run(run: Run, path: Path) -> None:
    """Writes a run as TREC tools read it: topic, Q0, entry, rank from 1, score, name."""
    rows = (
        f"{topic} Q0 {hit.entry_id} {rank} {hit.score!r} policy-qa\n"
        for topic, hits in run.items()
        for rank, hit in enumerate(hits, start=1)
    )
    path.write_text("".join(rows), "utf-8")
