"""Holds an OpenSearch cluster to the embedded engine: `python -m benchmarks.cluster URL… [--clauses N]`.

    python -m benchmarks.cluster http://127.0.0.1:9201 http://127.0.0.1:9202
    python -m benchmarks.cluster http://127.0.0.1:9201 http://127.0.0.1:9202 --clauses 1000000

Prints, of residents' questions about the policies of `../shared/data` and the shipped documents, how many get
the same status and clauses; of lay questions about laws, how many of the best ten are the same, up to ties;
how long both take, beside each other, and how much processor time the nodes spend. What is published is left
in the cluster, under a name of its own.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copytree

from benchmarks.clauses import read_questions as read_lay_questions
from benchmarks.clauses import read_rows
from benchmarks.machine import described
from benchmarks.questions import POLICIES, RESIDENTS, SEED_QUESTIONS, read_questions
from bot.answering.answer import Answer
from bot.answering.question import Question
from bot.assembly import analyzer, assemble, engine_of, knowledge_of, service_of
from bot.channels.service import Service
from bot.commands.terminal import indexing, publishing
from bot.search.engine.embedded.building import Corpus, open_or_build, whole
from bot.search.engine.opensearch.cluster import Cluster, ClusterAddress
from bot.search.engine.opensearch.editions import Editions
from bot.search.engine.opensearch.engine import OpenSearchEngine
from bot.search.engine.opensearch.publishing import Publisher
from bot.search.engine.port import Scored
from bot.search.entry import Batch, Entries, Entry
from bot.search.index import Index
from bot.search.ordering import POOL
from bot.settings import Settings, read_settings

K = 10
ASKED = 308
CLAUSES_A_DOCUMENT = 50
LAWS = 57_856


@dataclass(frozen=True, slots=True)
class Timed:
    """How long something took for each question, in ms."""

    name: str
    milliseconds: Sequence[float]

    def __str__(self) -> str:
        ordered = sorted(self.milliseconds)
        p99 = ordered[int(0.99 * (len(ordered) - 1))]
        return f"{self.name}: p50 {statistics.median(ordered):.1f} ms, p99 {p99:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("urls", nargs="+")
    parser.add_argument("--clauses", type=int, default=LAWS)
    options = parser.parse_args()
    print(described())
    settings = read_settings()
    if options.clauses == LAWS:
        policies(settings, options.urls)
    laws(settings, options.urls, options.clauses)


def policies(settings: Settings, urls: Sequence[str]) -> None:
    """Whole answers from two services over the same folder, one with a cluster."""
    posed = [*read_questions(RESIDENTS), *read_questions(SEED_QUESTIONS)]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Path(folder) / "knowledge"
        copytree(settings.knowledge_dir, knowledge)
        write_policies(knowledge / "policies")
        folders = {"knowledge_dir": knowledge, "data_dir": Path(folder) / "data"}
        plain = settings.model_copy(update={**folders, "search_url": ""})
        embedded = assemble(plain, indexing)
        clustered = assembled(plain.model_copy(update={"search_url": " ".join(urls)}))
        print("policies:", len(embedded.basis.library.clauses_by_id), "clauses;", len(posed), "questions")
        both = [(answer(embedded, each.text), answer(clustered, each.text)) for each in posed]
    same = [told(ours) == told(theirs) for ours, theirs in both]
    print("same status, clauses and scores:", sum(same), "of", len(same), clustered.troubles())
    for name, column in (("embedded", 0), ("cluster", 1)):
        print(Timed(f"whole answers, {name}", [pair[column].elapsed_ms for pair in both]))


def assembled(settings: Settings) -> Service:
    """The service with everything published."""
    edition = knowledge_of(settings, indexing).edition
    edition.upkeep.publish(publishing)
    edition.upkeep.tend()
    return service_of(settings, edition)


def write_policies(folder: Path) -> None:
    """The policies of `../shared/data` as documents; the first line of each is its title."""
    for path in sorted(POLICIES.glob("*.txt")):
        lines = [line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
        title = lines[0].replace("'", "''")
        (folder / f"{path.stem}.md").write_text(
            "\n".join(["---", f"title: '{title}'", "---", *lines]), "utf-8"
        )


def answer(service: Service, asked: str) -> Answer:
    """What a service answers."""
    return service.answerer.answer(Question.of(asked))


def told(given: Answer) -> tuple[object, ...]:
    """What must be the same: the status, and each clause with its score."""
    return given.status, [(p.clause.clause_id, round(p.score, 9)) for p in given.passages]


def laws(settings: Settings, urls: Sequence[str], count: int) -> None:
    """The best ten and the best POOL of lay questions, by engine and by the whole index."""
    terms = analyzer(settings)
    started = time.perf_counter()
    corpus = Corpus(batches_of(clauses(count)), terms, settings.data_dir / "benchmark-cluster")
    entries = Entries(corpus.batches)
    stored = whole(open_or_build(corpus, indexing))
    embedded = engine_of(settings.data_dir, entries, terms, stored)
    print(f"embedded: {len(entries)} entries in {time.perf_counter() - started:.0f} s")
    started = time.perf_counter()
    clustered = published(urls, corpus, entries)
    print(f"cluster: published in {time.perf_counter() - started:.0f} s")
    index = Index(entries, terms, embedded)
    queries = [index.query(question) for question in read_lay_questions(4 * ASKED)[::4]]
    asked = [list(query.weighted_terms) for query in queries]
    for k in (K, POOL):
        compare(f"best {k}", [embedded.best(a, k) for a in asked], [clustered.best(a, k) for a in asked])
    print(timed("embedded, best 100", lambda a: embedded.best(a, POOL), asked))
    spent = processor_seconds(urls)
    warm = timed("cluster, best 100, again", lambda a: clustered.best(a, POOL), asked)
    print(warm, f"; nodes {1000 * (processor_seconds(urls) - spent) / len(asked):.1f} ms CPU a question")
    clustered.forget()
    print(timed("cluster, best 100, no entry remembered", lambda a: clustered.best(a, POOL), asked))
    shown = Index(entries, terms, clustered)
    print(timed("embedded, whole search", lambda q: index.search(q, K), queries))
    print(timed("cluster, whole search", lambda q: shown.search(q, K), queries))
    same = sum(index.search(q, K) == shown.search(q, K) for q in queries)
    print("whole search, the same ten with the same scores:", same, "of", len(queries))


def clauses(count: int) -> list[Entry]:
    """The first clauses of laws; beyond those there are, halves of two clauses drawn at random."""
    rows = [(row["_id"], row["title"], row["text"]) for row in read_rows()]
    entries = [Entry(f"laws:{name}", (title,), text) for name, title, text in rows[:count]]
    drawn = Random(2026)  # noqa: S311  # the same in every run
    while len(entries) < count:
        (_, title, first), (_, _, second) = drawn.choice(rows), drawn.choice(rows)
        text = first[: len(first) // 2] + second[len(second) // 2 :]
        entries.append(Entry(f"mixed:{len(entries)}", (title,), text))
    return entries


def batches_of(entries: Sequence[Entry]) -> list[Batch]:
    """Documents of so many clauses."""
    starts = range(0, len(entries), CLAUSES_A_DOCUMENT)
    return [Batch.of(entries[start : start + CLAUSES_A_DOCUMENT]) for start in starts]


def published(urls: Sequence[str], corpus: Corpus, entries: Entries) -> OpenSearchEngine:
    """The engine of a corpus in a cluster, published there where it is not yet."""
    editions = Editions(Cluster(ClusterAddress(tuple(urls)), "benchmark"))
    Publisher(editions, f"benchmark {os.getpid()}").publish(corpus, publishing)
    manifest = editions.manifest(corpus.identity.name)
    assert manifest
    base = editions.base(manifest.base)
    assert base
    return OpenSearchEngine(editions.cluster, manifest, editions.statistics(manifest, base), entries)


def compare(name: str, ours: Sequence[Sequence[Scored]], theirs: Sequence[Sequence[Scored]]) -> None:
    """How many entries are the same; up to ties: with the score that stands at that place."""
    pairs = list(zip(ours, theirs, strict=True))
    identical = sum(a == b for a, b in pairs)
    shared = statistics.mean(overlap(a, b) for a, b in pairs)
    print(f"{name}: identical {identical} of {len(pairs)}, overlap up to ties {shared:.4f}")


def overlap(ours: Sequence[Scored], theirs: Sequence[Scored]) -> float:
    """The share of places at which the scores are the same."""
    if not ours:
        return float(not theirs)
    same = sum(abs(a - b) < 1e-9 for (_, a), (_, b) in zip(ours, theirs, strict=False))
    return same / len(ours)


def timed(name: str, ask: Callable[..., object], asked: Iterable[object]) -> Timed:
    """How long each question takes, one after another."""
    taken = []
    for each in asked:
        started = time.perf_counter()
        ask(each)
        taken.append(1000 * (time.perf_counter() - started))
    return Timed(name, taken)


def processor_seconds(urls: Sequence[str]) -> float:
    """What the nodes have spent so far."""
    with urllib.request.urlopen(f"{urls[0]}/_nodes/stats/process", timeout=10) as answered:
        nodes = json.load(answered)["nodes"].values()
    return float(sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)) / 1000


if __name__ == "__main__":
    main()
