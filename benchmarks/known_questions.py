"""Prints what known questions bring, what they cost the clauses that have none, and what 40,000 take."""

import random
import resource
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.questions import (
    SEED_QUESTIONS,
    Posed,
    answers,
    plain_glossary,
    ranks,
    read_questions,
    share_within,
)
from bot.assembly import analyzer
from bot.content.known_questions import known_questions
from bot.content.library import load_library
from bot.content.table import KNOWN_QUESTIONS, THESAURUS
from bot.policy.document import Document
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.building import Corpus, open_or_build
from bot.search.engine.embedded.counting import build
from bot.search.entry import Batch, entries_of
from bot.search.index import Index
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.settings import read_settings

PARTS = 4
MANY, PER_CLAUSE, PER_DOCUMENT = 40_000, 10, 100


def main() -> None:
    settings = read_settings()
    terms, library = analyzer(settings), load_library(settings.knowledge_dir)
    known = known_questions(KNOWN_QUESTIONS.load(settings.knowledge_dir).value, library).value
    entries, thesaurus = list(entries_of(library)), THESAURUS.load(settings.knowledge_dir).value

    def knowing(questions: Sequence[KnownQuestion]) -> Index:
        recognizer = Recognizer(questions, build(entries_of_questions(questions), terms))
        glossary = replace(plain_glossary(), thesaurus=thesaurus, recognizer=recognizer)
        return Index(entries, terms, glossary=glossary)

    print(f"{len(known)} known questions\n{'questions':<44}{'n':>5}{'first':>8}{'in 3':>8}")
    for split in ("choose", "report"):
        posed = [row for row in read_questions(SEED_QUESTIONS) if row.split == split and row.evidence]
        report(f"{split}, no known questions", ranks(posed, knowing([]), library))
        report(f"{split}, known questions", ranks(posed, knowing(known), library))
        before, after = [], []
        for part in range(PARTS):
            held_out = {entry.entry_id for entry in entries[part::PARTS]}
            mine = [row for row in posed if answering(row, library) <= held_out]
            before += ranks(mine, knowing([]), library)
            after += ranks(mine, knowing([q for q in known if q.clause_id not in held_out]), library)
        report(f"{split}, clauses without, no known questions", before)
        report(f"{split}, clauses without, others have some", after)
    many([question.text for question in known], terms)


def report(name: str, found: Sequence[int | None]) -> None:
    print(f"{name:<44}{len(found):>5}{share_within(found, 1):>8.3f}{share_within(found, 3):>8.3f}")


def answering(posed: Posed, library: Library) -> set[str]:
    return {clause.clause_id for _, clause in library.clauses() if answers(posed, clause.text)}


def many(texts: Sequence[str], terms: Analyzer) -> None:
    """Reads, stores, opens and asks MANY questions, each made of pieces of the shipped ones."""
    dice = random.Random(1)  # noqa: S311  # a fixed seed
    pieces = [text[at : at + 4] for text in texts for at in range(0, len(text) - 3, 3)]
    made = ["".join(dice.sample(pieces, 4)) for _ in range(MANY)]
    with tempfile.TemporaryDirectory() as folder:
        library = write(Path(folder), made)
        started, before = time.perf_counter(), resident()
        known = known_questions(KNOWN_QUESTIONS.load(Path(folder)).value, library).value
        print(f"{len(known)} known questions read in {time.perf_counter() - started:.1f} s")
        for start in ("first", "next"):
            started = time.perf_counter()
            batch = Batch.of(entries_of_questions(known))
            stored = open_or_build(Corpus([batch], terms, Path(folder) / "stored"))
            recognizer = Recognizer(known, stored.postings)
            print(f"{start} start: ready in {time.perf_counter() - started:.2f} s")
        print(f"memory: at most {resident() - before:.0f} MB more")
        print_quickness(recognizer, [terms.terms(text) for text in made[:: MANY // 400]])


def write(folder: Path, texts: Sequence[str]) -> Library:
    """A library, and known questions for each of its clauses."""
    (folder / "questions").mkdir()
    articles = PER_DOCUMENT // PER_CLAUSE
    bodies = [texts[at : at + PER_DOCUMENT] for at in range(0, len(texts), PER_DOCUMENT)]
    library = Library.of(
        Document(f"文件{number}", "某某办法", "\n".join(f"{body[i]}按本办法办理。" for i in range(articles)))
        for number, body in enumerate(bodies)
    )
    for number, body in enumerate(bodies):
        lines = ["questions:"]
        for i, clause in enumerate(library.by_id[f"文件{number}"].outline.clauses):
            similar = body[i * PER_CLAUSE : (i + 1) * PER_CLAUSE]
            lines += [f"  - clause: {clause.clause_id}", f"    digest: {clause.digest[:8]}", "    similar:"]
            lines += [f"      - {text}" for text in similar]
        (folder / "questions" / f"文件{number}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return library


def print_quickness(recognizer: Recognizer, questions: Sequence[Sequence[str]]) -> None:
    """The least of five for each question."""
    taken = []
    for terms in questions:
        laps = []
        for _ in range(5):
            started = time.perf_counter()
            recognizer.recognize(terms)
            laps.append(1000 * (time.perf_counter() - started))
        taken.append(min(laps))
    taken.sort()
    median, slow = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
    print(f"recognised in {median:.2f} ms at the median, {slow:.2f} ms at the 99th of 100")


def resident() -> float:
    """MB at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
