"""Prints how far confidence can be trusted, in small and large libraries: `python -m benchmarks.confidence`.

For each library: how many clauses, how many answerable questions, how often the best clause is right, what
was said of it on average, the mean distance between both over five ranges, and how well confidence tells
answerable questions from others (AUROC). Of `report` halves only: `choose` is what confidence was fitted to.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.clauses import read_local_clauses
from benchmarks.questions import (
    LAY_QUESTIONS,
    POLICIES,
    RESIDENTS,
    SEED_QUESTIONS,
    Posed,
    answers,
    read_policies,
    read_questions,
    require_residents,
)
from benchmarks.residents import by_halves
from bot.commands.evaluation import index_of
from bot.content.library import load_library
from bot.content.table import THESAURUS
from bot.evaluation.collection import read_collection
from bot.evaluation.metrics import auroc, reliability
from bot.policy.library import Library
from bot.search.entry import Entry, entries_of
from bot.search.index import Index
from bot.search.meaning.thesaurus import Thesaurus
from bot.settings import Settings, read_settings

PARTS = 8
"""Into so many libraries the policies are divided for one of middling size."""

IsRight = Callable[[str], bool]
"""Whether the entry with an id answers a question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a library: whether it can be answered there, and what the best entry made of it."""

    answerable: bool
    confidence: float
    right: bool


def main() -> None:
    require_residents()
    settings = read_settings()
    print(f"{'library':<26}{'clauses':>8}{'asked':>7}{'right':>7}{'said':>7}{'apart':>7}{'AUROC':>7}")
    for name, size, asked in measured(settings):
        inside = [each for each in asked if each.answerable]
        said, right = [each.confidence for each in inside], [each.right for each in inside]
        outside = [each.confidence for each in asked if not each.answerable]
        table = reliability(said, right)
        apart = sum(each.questions * abs(each.confidence - each.right) for each in table) / len(inside)
        told = auroc(said, outside) if outside else float("nan")
        print(
            f"{name:<26}{size:>8}{len(inside):>7}{sum(right) / len(inside):>7.2f}"
            f"{sum(said) / len(inside):>7.2f}{apart:>7.2f}{told:>7.3f}"
        )
        print("  ", *(f"{each.confidence:.2f}: {each.right:.2f} of {each.questions} " for each in table))


def measured(settings: Settings) -> Iterator[tuple[str, int, list[Asked]]]:
    """Name, size and answers of each library: as the service asks it, and as `evaluate` does by default."""
    seeds = load_library(settings.knowledge_dir)
    seed_questions = [posed for posed in read_questions(SEED_QUESTIONS) if posed.split == "report"]
    residents = by_halves(read_questions(RESIDENTS))["report"]
    policies = read_policies(POLICIES)
    both = Library.of(h.document for h in (*policies.holdings, *seeds.holdings))
    for with_thesaurus in (True, False):
        index_of = indexer(settings, with_thesaurus=with_thesaurus)
        how = "" if with_thesaurus else ", plain"
        yield f"seeds{how}", *of_library(seeds, seed_questions, index_of(entries_of(seeds), "seeds"))
        yield f"policies, an eighth{how}", *of_parts(policies, residents, index_of)
        yield f"policies{how}", *of_library(both, residents, index_of(entries_of(both), "policies"))
        many = [*entries_of(both), *read_local_clauses()]
        yield f"policies among laws{how}", *of_library(both, residents, index_of(many, "among-laws"))
        yield f"laws, laypeople{how}", *of_laws(index_of)


def indexer(settings: Settings, *, with_thesaurus: bool) -> Callable[[Iterable[Entry], str], Index]:
    """Makes indexes that are kept under a name."""
    thesaurus = THESAURUS.load(settings.knowledge_dir).value if with_thesaurus else Thesaurus()
    return lambda entries, name: index_of(settings, entries, f"confidence-{name}", thesaurus)


def of_library(library: Library, questions: Sequence[Posed], index: Index) -> tuple[int, list[Asked]]:
    """Questions with evidence, asked of an index that holds a library."""
    clauses = library.clauses_by_id

    def is_right(posed: Posed) -> IsRight | None:
        return (lambda i: i in clauses and answers(posed, clauses[i].text)) if posed.evidence else None

    return len(index), [asked(index, posed.text, is_right(posed)) for posed in questions]


def of_parts(
    library: Library, questions: Sequence[Posed], index_of: Callable[[Iterable[Entry], str], Index]
) -> tuple[int, list[Asked]]:
    """The same with a library divided; what only another part answers is not asked."""
    documents = [holding.document for holding in library.holdings]
    random.Random(2026).shuffle(documents)  # noqa: S311  # the same parts in every run
    found: list[Asked] = []
    size = 0
    for number in range(PARTS):
        part = Library.of(documents[number::PARTS])
        here = [p for p in questions if not p.evidence or any(answers(p, c.text) for _, c in part.clauses())]
        size, rows = of_library(part, here, index_of(entries_of(part), f"part-{number}"))
        found.extend(rows)
    return size, found


def of_laws(index_of: Callable[[Iterable[Entry], str], Index]) -> tuple[int, list[Asked]]:
    """Laypeople's questions of the laws, every second one; and seed questions that nothing there answers."""
    collection = read_collection(LAY_QUESTIONS)
    index = index_of(collection.entries, "laws")
    rows = [
        asked(index, collection.topics[topic], collection.qrels[topic].__contains__)
        for topic in list(collection.topics)[1::2]
    ]
    others = [posed for posed in read_questions(SEED_QUESTIONS) if not posed.evidence]
    return len(index), rows + [asked(index, posed.text, None) for posed in others]


def asked(index: Index, question: str, is_right: IsRight | None) -> Asked:
    """What the best entry makes of a question; `is_right` is None where none answers it."""
    best = next(iter(index.search(index.query(question), 1)), None)
    right = bool(best and is_right and is_right(best.entry_id))
    return Asked(is_right is not None, best.confidence if best else 0.0, right)


if __name__ == "__main__":
    main()
