"""Prints how long starting and answering take, beside rank_bm25 as shipped, in one run on one core."""

import statistics
import time
from collections.abc import Callable, Sequence

from rank_bm25 import BM25Okapi

from benchmarks.questions import POLICIES, SEED_QUESTIONS, plain_glossary, read_policies, read_questions
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.question import Question
from bot.assembly import analyzer, assemble
from bot.clock import SystemClock
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.settings import read_settings


def main() -> None:
    settings = read_settings()
    started = time.perf_counter()
    service = assemble(settings)
    print(f"start with the knowledge folder: {time.perf_counter() - started:.2f} s")
    terms = analyzer(settings)
    questions = [posed.text for posed in read_questions(SEED_QUESTIONS)]
    compare("seeds", service.basis.library, service.answerer, terms, questions)
    if POLICIES.exists():
        started = time.perf_counter()
        library = read_policies(POLICIES)
        split = time.perf_counter()
        index = Index(entries_of(library), terms, glossary=plain_glossary())
        basis = Basis(library, index, settings.hotline)
        answerer = Answerer(basis, SystemClock(), str)
        indexed = time.perf_counter() - split
        print(
            f"{len(library.holdings)} policies: split in {split - started:.2f} s, indexed in {indexed:.2f} s"
        )
        compare("policies", library, answerer, terms, questions)
    else:
        print(f"policies: skipped, {POLICIES} is absent")


def compare(
    name: str, library: Library, answerer: Answerer, terms: Analyzer, questions: Sequence[str]
) -> None:
    """Two rows: the whole answer path, and the bare scores of rank_bm25 on the same terms."""
    shipped = BM25Okapi([terms.terms(clause.text) for _, clause in library.clauses()])
    asked = [terms.terms(question) for question in questions]
    ours = clocked(lambda i: answerer.answer(Question(questions[i])), len(questions))
    theirs = clocked(lambda i: shipped.get_scores(asked[i]), len(questions))
    count = len(library.clauses_by_id)
    for what, (median, slowest) in (("answer, whole path", ours), ("rank_bm25, scores only", theirs)):
        print(f"{name:<10}{count:>7} clauses  {what:<24} p50 {median:7.3f} ms   p99 {slowest:7.3f} ms")
    print(f"{name:<10}{'':>16} ratio of the medians     {ours[0] / theirs[0]:.2f}")


def clocked(call: Callable[[int], object], count: int) -> tuple[float, float]:
    """Median and 99th percentile over the questions, ms; each the best of three calls."""
    times = []
    for i in range(count):
        best = min(_once(call, i) for _ in range(3))
        times.append(1000 * best)
    return statistics.median(times), statistics.quantiles(times, n=100)[98]


def _once(call: Callable[[int], object], i: int) -> float:
    started = time.perf_counter()
    call(i)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
