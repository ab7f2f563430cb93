"""Prints how residents' questions are answered: by kind, with and without each device, and how sure of it.

Asked of the policies in `../shared/data` and the shipped documents as one library. Halves are by document, so
that what was looked at while choosing and what is reported share none.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from benchmarks.questions import (
    POLICIES,
    RESIDENTS,
    Posed,
    answers,
    nearness_among,
    plain_glossary,
    read_policies,
    read_questions,
    require_residents,
    share_within,
    with_questions,
)
from bot.assembly import analyzer
from bot.content.known_questions import known_questions
from bot.content.library import load_library
from bot.content.table import KNOWN_QUESTIONS, THESAURUS
from bot.evaluation.metrics import auroc, reliability
from bot.policy.library import Library
from bot.search.engine.embedded.counting import build
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.search.query import Query
from bot.search.searcher import Searcher
from bot.settings import read_settings

DEPTH = 10

DEVICES: dict[str, Callable[[Query], Query]] = {
    "everything": lambda query: query,
    "without the thesaurus": lambda query: replace(query, expansions=()),
    "without kinds of answer": lambda query: replace(query, kinds=()),
    "without known questions": lambda query: replace(query, recognized=()),
    "BM25 alone": lambda query: replace(query, expansions=(), kinds=(), recognized=()),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, the rank of the first right clause (None beyond DEPTH) and the confidence of the best."""

    posed: Posed
    rank: int | None
    confidence: float


def main() -> None:
    require_residents()
    settings = read_settings()
    shipped = load_library(settings.knowledge_dir)
    library = Library.of(h.document for h in (*read_policies(POLICIES).holdings, *shipped.holdings))
    terms = analyzer(settings)
    known = known_questions(KNOWN_QUESTIONS.load(settings.knowledge_dir).value, shipped).value
    recognizer = Recognizer(known, build(entries_of_questions(known), terms))
    thesaurus = THESAURUS.load(settings.knowledge_dir).value
    entries = list(entries_of(library))
    glossary = replace(plain_glossary(), thesaurus=thesaurus, recognizer=recognizer)
    glossary = with_questions(glossary, entries, library, settings)
    index = Index(entries, terms, glossary=glossary, nearness=nearness_among(entries, settings))
    halves = by_halves(read_questions(RESIDENTS))
    for name, questions in halves.items():
        print(f"\n{name}: first, in 3, in 10, MRR@10")
        for device, without in DEVICES.items():
            outcomes = [outcome(posed, index, library, without) for posed in questions]
            print_kinds(device, outcomes)
            if device == "everything":
                print_confidence(outcomes)


def by_halves(questions: Sequence[Posed]) -> dict[str, list[Posed]]:
    """The questions by documents; those without one, by turns."""
    halves: dict[str, list[Posed]] = {"choose": [], "report": []}
    for number, posed in enumerate(questions):
        odd = zlib.crc32(posed.document.encode()) % 2 if posed.evidence else number % 2
        halves["report" if odd else "choose"].append(posed)
    return halves


def outcome(posed: Posed, index: Searcher, library: Library, without: Callable[[Query], Query]) -> Outcome:
    """What a question finds."""
    hits = index.search(without(index.query(posed.text)), DEPTH)
    texts = (library.clauses_by_id[hit.entry_id].text for hit in hits)
    rank = next((rank for rank, text in enumerate(texts, start=1) if answers(posed, text)), None)
    return Outcome(posed, rank, hits[0].confidence if hits else 0.0)


def print_kinds(device: str, outcomes: Sequence[Outcome]) -> None:
    """A row for all answerable questions, and one a kind."""
    answerable = [each for each in outcomes if each.posed.evidence]
    kinds = Counter(each.posed.kind for each in answerable)
    print(f"  {device}")
    for kind in ("all", *sorted(kinds)):
        found = [each.rank for each in answerable if kind in ("all", each.posed.kind)]
        mrr = sum(1 / rank for rank in found if rank) / len(found)
        shares = " ".join(f"{share_within(found, depth):6.1%}" for depth in (1, 3, DEPTH))
        print(f"    {kind:<10}{len(found):>4}  {shares}  {mrr:.3f}")


def print_confidence(outcomes: Sequence[Outcome]) -> None:
    """How well confidence tells answerable questions from others, and how often it is right."""
    inside = [each.confidence for each in outcomes if each.posed.evidence]
    for kind in sorted({each.posed.kind for each in outcomes if not each.posed.evidence}):
        outside = [each.confidence for each in outcomes if each.posed.kind == kind]
        print(f"  AUROC against {kind} ({len(outside)}): {auroc(inside, outside):.3f}")
    for each in reliability([o.confidence for o in outcomes], [o.rank == 1 for o in outcomes]):
        print(f"  confidence {each.confidence:.2f}: right {each.right:.2f} of {each.questions}")


if __name__ == "__main__":
    main()
