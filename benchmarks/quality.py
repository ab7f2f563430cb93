"""Prints how often the right clause is found: our seed questions, and residents' where they are present."""

from collections.abc import Sequence

from benchmarks.questions import (
    POLICIES,
    RESIDENTS,
    SEED_QUESTIONS,
    Posed,
    plain_glossary,
    ranks,
    read_policies,
    read_questions,
    share_within,
)
from bot.answering.question import Question
from bot.assembly import analyzer, assemble
from bot.channels.service import Service
from bot.policy.library import Library
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.searcher import Searcher
from bot.settings import read_settings


def main() -> None:
    settings = read_settings()
    service = assemble(settings)
    seeds = read_questions(SEED_QUESTIONS)
    print(f"{'questions':<28}{'n':>5}{'first':>8}{'in 3':>8}{'in 10':>8}")
    for split in ("choose", "report"):
        half = [posed for posed in seeds if posed.split == split]
        report(f"seeds, {split}", half, service.basis.index, service.basis.library)
    if RESIDENTS.exists():
        library = read_policies(POLICIES)
        index = Index(entries_of(library), analyzer(settings), glossary=plain_glossary())
        questions = read_questions(RESIDENTS)
        for kind in dict.fromkeys(posed.kind for posed in questions if posed.evidence):
            report(f"residents, {kind}", [posed for posed in questions if posed.kind == kind], index, library)
        report("residents, all", questions, index, library)
    else:
        print(f"residents: skipped, {RESIDENTS} is absent")
    for split in ("choose", "report"):
        refusals(split, [posed for posed in seeds if posed.split == split], service)


def report(name: str, questions: Sequence[Posed], index: Searcher, library: Library) -> None:
    """One row: how often the right clause stands first, within three, within ten."""
    found = ranks(questions, index, library)
    shares = "".join(f"{share_within(found, depth):>8.3f}" for depth in (1, 3, 10))
    print(f"{name:<28}{len(found):>5}{shares}")


def refusals(split: str, questions: Sequence[Posed], service: Service) -> None:
    """One row: how many answerable questions are answered, and how many others are refused."""
    answered = [bool(service.answerer.answer(Question(posed.text)).passages) for posed in questions]
    kept = [given for given, posed in zip(answered, questions, strict=True) if posed.evidence]
    refused = [not given for given, posed in zip(answered, questions, strict=True) if not posed.evidence]
    print(
        f"seeds, {split}: {sum(kept)} of {len(kept)} answerable questions answered, "
        f"{sum(refused)} of {len(refused)} others refused"
    )


if __name__ == "__main__":
    main()
