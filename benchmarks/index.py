"""Prints how fast the index answers beside its peers: `python -m benchmarks.index [SIZE …]`.

Single thread, the best 10, the same terms for everyone, one run. Each question goes three times in a row to
each engine before the next question is asked, and the best time counts. Ratios hold, absolutes do not.

The same figures go to `benchmark-index.json` in DATA_DIR.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.clauses import QUESTIONS, read_clauses, read_questions, sample
from benchmarks.machine import described, memory_of_workers
from benchmarks.peers import Search, peers
from bot.assembly import analyzer
from bot.commands.terminal import progress
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.cores import Core, QueryPostings, best_by_numpy
from bot.search.engine.embedded.counting import build, count_one_by_one, counter_for
from bot.search.engine.embedded.engine import COMPILED_FROM, EmbeddedEngine, core_for
from bot.search.engine.embedded.postings import Postings
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.embedded.snapshot import Identity, SnapshotContents, open_snapshot, write_snapshot
from bot.search.engine.port import WeightedTerm
from bot.search.entry import Batch, Entries, Entry
from bot.settings import read_settings

SIZES = (10_000, 100_000, 1_000_000)
K = 10
ASKED = 400
ASKED_SLOW = 10
"""Questions for an engine that takes longer than SLOW."""
SLOW = 20
"""ms a question."""

IDENTITY = Identity("benchmark", SnapshotContents.of([]))
CLAUSES_A_DOCUMENT = 50
MEGABYTE = 1_000_000

Row = dict[str, object]


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    settings = read_settings()
    terms = analyzer(settings)
    questions = [terms.terms(question) for question in read_questions(ASKED)]
    machine = described()
    print(machine)
    build_row, clauses = built(read_clauses(), terms)
    rows = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=settings.data_dir) as folder:
            rows[size] = measured(sample(clauses, size), questions, Path(folder))
    report = {"machine": machine, "questions": QUESTIONS, "k": K, "build": build_row, "sizes": rows}
    (settings.data_dir / "benchmark-index.json").write_text(json.dumps(report, indent=2), "utf-8")


def built(entries: Sequence[Entry], terms: Analyzer) -> tuple[Row, Postings]:
    """Builds the postings of all clauses on all cores; how fast, and how fast one core counts.

    A core's speed is by its processor time, so that other programs do not change it.
    """
    counter = counter_for(len(entries), terms)
    row: Row = {
        "one core, MB/s": speed(counter.chunk_of, entries[: 5 * counter.at_once]),
        "one core by jieba itself, MB/s": speed(partial(count_one_by_one, terms), entries[:2000]),
    }
    started, worked = time.perf_counter(), processor_time()
    postings = build(entries, terms, lambda chunks, total: progress(chunks, "indexing", total))
    seconds, worked = time.perf_counter() - started, processor_time() - worked
    row |= {"clauses": len(entries), "seconds": seconds, "processor seconds": worked}
    row |= {"all cores, MB/s": megabytes(entries) / seconds}
    print(row)
    return row, postings


def speed(count: Callable[[Sequence[Entry]], object], entries: Sequence[Entry]) -> float:
    """Megabytes of raw text a second of processor time."""
    started = time.process_time()
    count(entries)
    return megabytes(entries) / (time.process_time() - started)


def processor_time() -> float:
    """Seconds that this process and those it waited for have worked."""
    return sum(os.times()[:4])


def megabytes(entries: Sequence[Entry]) -> float:
    """Raw text of entries in UTF-8, each heading wherever it stands."""
    return sum(len("".join((*entry.headings, entry.text)).encode()) for entry in entries) / MEGABYTE


def measured(postings: Postings, questions: Sequence[Sequence[str]], folder: Path) -> Row:
    """Every figure at one size, printed as it is known."""
    started = time.perf_counter()
    write_snapshot(postings, folder, IDENTITY)
    written = time.perf_counter()
    opened = open_snapshot(folder, IDENTITY).postings
    row: Row = {"write s": written - started, "open ms": 1000 * (time.perf_counter() - written)}
    row["MB on disk"] = sum(path.stat().st_size for path in folder.rglob("*.npy")) / MEGABYTE
    row["limit"] = limit(opened, questions)
    entries = entries_for(opened)
    core = core_for(COMPILED_FROM, folder / "numba")
    engines = {**ours(entries, opened, core), **peers(opened, K, folder / "tantivy")}
    times = clocked(engines, questions)
    row["shares of 60 terms in 300 entries, ms"] = shares_time(entries, opened, questions)
    row["MB of 4 workers"] = memory_of_workers(lambda: ask_all(entries, folder, questions, core))
    milliseconds = {name: percentiles(values) for name, values in times.items()}
    show(len(opened.lengths), row, milliseconds)
    return row | {"ms": milliseconds}


def entries_for(postings: Postings) -> Entries:
    """Entries without texts, by documents, for postings that are counted already."""
    ids = [f"{n // CLAUSES_A_DOCUMENT}:{n}" for n in range(len(postings.lengths))]
    return Entries(
        Batch(b"", tuple(Entry(entry_id, (), "") for entry_id in document), document[0].partition(":")[0])
        for document in (ids[n : n + CLAUSES_A_DOCUMENT] for n in range(0, len(ids), CLAUSES_A_DOCUMENT))
    )


def ours(entries: Entries, postings: Postings, fast: Core) -> dict[str, Search]:
    """The embedded engine with each of its cores: numba's where it is installed, and numpy's."""
    cores = {"ours (numba)": fast, "ours (numpy)": best_by_numpy}
    return {
        name: _search(EmbeddedEngine(entries, [Segment(postings)], core))
        for name, core in cores.items()
        if name == "ours (numpy)" or fast is not best_by_numpy
    }


def ask_all(entries: Entries, folder: Path, questions: Sequence[Sequence[str]], core: Core) -> EmbeddedEngine:
    """What a worker does: opens the index and answers from it."""
    engine = EmbeddedEngine(entries, [Segment(open_snapshot(folder, IDENTITY).postings)], core)
    for terms in questions:
        engine.best(weighted(terms), K)
    return engine


def weighted(terms: Sequence[str]) -> list[WeightedTerm]:
    """Terms that count once each time they stand there."""
    return [(term, 1.0) for term in terms]


def _search(engine: EmbeddedEngine) -> Search:
    return lambda terms: [entry_id for entry_id, _ in engine.best(weighted(terms), K)]


def clocked(engines: Mapping[str, Search], questions: Sequence[Sequence[str]]) -> dict[str, list[float]]:
    """For each engine the best time of each question, ms; fewer questions where the first takes long."""
    for search in engines.values():
        search(questions[0])
    slow = {name for name, search in engines.items() if _milliseconds(search, questions[0]) > SLOW}
    times: dict[str, list[float]] = {name: [] for name in engines}
    for number, terms in enumerate(questions):
        for name, search in engines.items():
            if name not in slow or number < ASKED_SLOW:
                times[name].append(min(_milliseconds(search, terms) for _ in range(3)))
    return times


def _milliseconds(search: Callable[[Sequence[str]], object], terms: Sequence[str]) -> float:
    started = time.perf_counter()
    search(terms)
    return 1000 * (time.perf_counter() - started)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """p50 and p99 over the questions."""
    p50, p99 = np.percentile(values, [50, 99]).tolist()
    return {"p50": p50, "p99": p99, "n": len(values)}


def limit(postings: Postings, questions: Sequence[Sequence[str]]) -> Row:
    """The physical limit: the postings of a question, and how long a plain sum over their bytes takes."""
    engine = EmbeddedEngine(Entries([]), [Segment(postings)])
    queries = [query for terms in questions for query in engine.queries(weighted(terms))]
    counts = [int((query.ends - query.starts).sum()) for query in queries]
    times = [min(_timed_sum(query) for _ in range(3)) for query in queries]
    megabytes_read = 6 * statistics.median(counts) / MEGABYTE
    return {"postings": statistics.median(counts), "MB": megabytes_read, "ms to sum them": percentiles(times)}


def _timed_sum(query: QueryPostings) -> float:
    started = time.perf_counter()
    for start, end in zip(query.starts.tolist(), query.ends.tolist(), strict=True):
        query.entries[start:end].sum()
        query.tfs[start:end].sum()
    return 1000 * (time.perf_counter() - started)


def shares_time(entries: Entries, postings: Postings, questions: Sequence[Sequence[str]]) -> float:
    """ms to find what each of 60 terms gives each of 300 entries; the best of 20."""
    engine = EmbeddedEngine(entries, [Segment(postings)])
    terms = list(dict.fromkeys(term for question in questions for term in question))[:60]
    ids = entries.ids(np.random.default_rng(2026).integers(0, len(postings.lengths), 300).tolist())
    return min(_milliseconds(lambda asked: engine.shares(asked, ids), terms) for _ in range(20))


def show(size: int, row: Row, times: Mapping[str, Mapping[str, float]]) -> None:
    """The table of one size."""
    print(f"\n{size:,} clauses: " + ", ".join(f"{k} {v}" for k, v in row.items() if k != "ms"))
    for name, ms in times.items():
        ratio = ms["p50"] / times["ours (numpy)" if "ours (numba)" not in times else "ours (numba)"]["p50"]
        print(f"{name:<16} p50 {ms['p50']:9.3f} ms  p99 {ms['p99']:9.3f} ms  p50 ÷ ours {ratio:9.2f}")


if __name__ == "__main__":
    main()
