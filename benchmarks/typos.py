"""Prints what mistyped questions still find, as they are and corrected, beside the right spelling.

`python -m benchmarks.typos [N]`: N questions on law for each kind of mistake, 400 unless given, which takes a
minute; 0 leaves law out.
"""

import math
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.mistyping import Keyboard, Mistake
from benchmarks.questions import (
    LAY_QUESTIONS,
    POLICIES,
    RESIDENTS,
    SEED_QUESTIONS,
    Posed,
    answers,
    plain_glossary,
    read_policies,
    read_questions,
)
from bot.assembly import analyzer, assemble
from bot.evaluation.collection import read_collection
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.query import Query
from bot.search.searcher import Searcher
from bot.settings import read_settings

DEPTH = 10
HALVES = ("choose", "report")
REAL = "residents, real"
"""Mistyped by those who wrote them. What is right is not known; they are compared with what they typed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its right spelling. `is_right`: whether an entry answers it."""

    text: str
    is_right: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Trial:
    """Questions put to an index, and how many of them are mistyped."""

    name: str
    index: Searcher
    asked: Sequence[Asked]
    most: int = 1000


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    settings = read_settings()
    terms = analyzer(settings)
    keyboard = Keyboard(terms.lexicon.stop_words, settings.data_dir / "jieba")
    heads = f"{'right':>8}{'as typed':>10}{'corrected':>11}{'changed':>9}{'other ten':>11}{'p50 ms':>8}"
    print(f"{'questions':<20}{'mistake':<20}{'n':>5}{heads}")
    for trial in trials(terms, most):
        report(trial, terms, Mistake("none", lambda text: text), len(trial.asked))
        if trial.name != REAL:
            for mistake in keyboard.mistakes():
                report(trial, terms, mistake, trial.most)


def report(trial: Trial, terms: Analyzer, mistake: Mistake, most: int) -> None:
    """One row: what the right spelling finds, and which part of that the mistyped one does.

    Found is 1 / log2(1 + rank) of the first right entry within ten: nDCG@10 where one entry is right.
    "changed": questions that are corrected; "other ten": those for which the first ten are not the same.
    """
    index = trial.index
    right = typed = corrected = 0.0
    changed = moved = 0
    times = []
    pairs = [(asked, text) for asked in trial.asked[:most] if (text := mistake.make(asked.text))]
    for asked, text in pairs:
        started = time.perf_counter()
        query = index.query(text)
        times.append(time.perf_counter() - started)
        as_typed = found(index, Query(text, tuple(terms.terms(text))))
        after = found(index, query) if query.changes else as_typed
        right += gain(asked, found(index, Query(asked.text, tuple(terms.terms(asked.text)))))
        typed += gain(asked, as_typed)
        corrected += gain(asked, after)
        changed += bool(query.changes)
        moved += after != as_typed
    n = len(pairs)
    parts = f"{right / n:>8.3f}{typed / right:>10.1%}{corrected / right:>11.1%}"
    counts = f"{changed / n:>9.1%}{moved / n:>11.1%}{1000 * statistics.median(times):>8.2f}"
    print(f"{trial.name:<20}{mistake.name:<20}{n:>5}{parts}{counts}", flush=True)


def found(index: Searcher, query: Query) -> list[str]:
    """Ids of the first ten hits."""
    return [hit.entry_id for hit in index.search(query, DEPTH)]


def gain(asked: Asked, entry_ids: Sequence[str]) -> float:
    """1 / log2(1 + rank) of the first right entry; 0 without one."""
    ranks = (rank for rank, entry_id in enumerate(entry_ids, start=1) if asked.is_right(entry_id))
    return next((1 / math.log2(1 + rank) for rank in ranks), 0.0)


def trials(terms: Analyzer, most: int) -> Iterator[Trial]:
    """Seed questions, residents' by halves of the documents, and lay questions by even and odd topics."""
    service = assemble(read_settings())
    seeds = read_questions(SEED_QUESTIONS)
    for half in HALVES:
        posed = [one for one in seeds if one.split == half]
        yield Trial(f"seeds, {half}", service.basis.index, answerable(posed, service.basis.library))
    if not RESIDENTS.exists():
        print(f"residents, law: skipped, {RESIDENTS} is absent")
        return
    library = read_policies(POLICIES)
    index = Index(entries_of(library), terms, glossary=plain_glossary())
    residents = [one for one in read_questions(RESIDENTS) if one.evidence]
    yield Trial(REAL, index, answerable([one for one in residents if one.kind == "typo"], library))
    documents = sorted({one.document for one in residents})
    for half, named in zip(HALVES, (documents[::2], documents[1::2]), strict=True):
        posed = [one for one in residents if one.kind != "typo" and one.document in named]
        yield Trial(f"residents, {half}", index, answerable(posed, library))
    if most:
        yield from law(terms, most)


def law(terms: Analyzer, most: int) -> Iterator[Trial]:
    """Lay questions on clauses of law."""
    collection = read_collection(LAY_QUESTIONS)
    index = Index(collection.entries, terms, glossary=plain_glossary())
    for half, rest in zip(HALVES, (0, 1), strict=True):
        topics = [topic for topic in collection.topics if int(topic) % 2 == rest]
        asked = [Asked(collection.topics[topic], collection.qrels[topic].__contains__) for topic in topics]
        yield Trial(f"law, {half}", index, asked, most)


def answerable(posed: Sequence[Posed], library: Library) -> list[Asked]:
    """Questions with evidence, judged by it."""

    def asked(one: Posed) -> Asked:
        return Asked(one.text, lambda entry_id: answers(one, library.clauses_by_id[entry_id].text))

    return [asked(one) for one in posed if one.evidence]


if __name__ == "__main__":
    main()
