"""Question sets with evidence: a clause answers a question if it holds one of the evidence texts."""

import json
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.assembly import nearness_of
from bot.commands.terminal import indexing
from bot.content.table import ANSWER_KINDS, ASPECTS, ELSEWHERE, EVERYDAY_QUESTIONS, UNANSWERED
from bot.living.questions import Written, questions_among
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.dense.near_words import NearWords
from bot.search.dense.nearness import OF_TABLE, Nearness
from bot.search.dense.sources import LocalNearness
from bot.search.dense.word_table import shipped_table
from bot.search.entry import Entry
from bot.search.searcher import Searcher
from bot.search.understanding import Glossary
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
SEED_QUESTIONS = ROOT / "benchmarks" / "seed-questions.jsonl"
SHARED = ROOT.parent / "shared"
"""Material beside the project; what needs it is skipped where it is absent."""

POLICIES = SHARED / "data" / "policies"
RESIDENTS = SHARED / "data" / "resident-questions" / "questions.jsonl"
LAY_QUESTIONS = SHARED / "data" / "lay-questions"


def require_residents() -> None:
    """Ends with status 1, and one sentence, where the policies and residents' questions are absent."""
    if not (POLICIES.is_dir() and RESIDENTS.is_file()):
        sys.exit(
            f"residents: cannot be measured, for {POLICIES}/*.txt and {RESIDENTS} are not there; they are no "
            "part of this repository: put yours there, or measure another set by `python -m bot evaluate`"
        )


@dataclass(frozen=True, slots=True)
class Posed:
    """A question with its evidence, empty where nothing answers it. A * in evidence stands for any text.

    `document` is the title of the one that it was asked about.
    """

    text: str
    kind: str
    split: str
    evidence: tuple[str, ...]
    document: str = ""


def nearness_among(entries: Iterable[Entry], settings: Settings) -> Nearness | None:
    """How near entries are to questions, by the table, and by the model of EMBEDDING_MODEL_DIR if it is set.

    Vectors are made the first time, and kept in DATA_DIR.
    """
    source = nearness_of(settings, settings.data_dir / "vectors-of-benchmarks", indexing)
    return source.of([entry.text for entry in entries])


def with_questions(
    glossary: Glossary, entries: Sequence[Entry], library: Library, settings: Settings
) -> Glossary:
    """A glossary with the questions that others are compared with: everyday ones, and known ones."""
    known = glossary.recognizer.questions if glossary.recognizer else ()
    knowledge = settings.knowledge_dir
    written = Written(
        EVERYDAY_QUESTIONS.load(knowledge).value,
        ELSEWHERE.load(knowledge).value,
        UNANSWERED.load(knowledge).value,
    )

    def source_of(kind: str) -> LocalNearness:
        folder = settings.data_dir / f"{kind}-vectors-of-benchmarks"
        return LocalNearness(shipped_table(), folder, indexing, OF_TABLE)

    return replace(glossary, questions=questions_among(entries, library, written, known, source_of))


def plain_glossary() -> Glossary:
    """Only how residents ask, as shipped; no thesaurus and no known questions."""
    knowledge = ROOT / "knowledge"
    near = NearWords(shipped_table()).of
    kinds, aspects = ANSWER_KINDS.load(knowledge).value, ASPECTS.load(knowledge).value
    return Glossary(answer_kinds=kinds, aspects=aspects, near_words=near)


def read_questions(path: Path) -> list[Posed]:
    """The questions of a .jsonl file: `question` or `q`, `kind`, `split`?, and `any` or `none`."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Posed(
            text=row.get("question") or row["q"],
            kind=row["kind"],
            split=row.get("split", ""),
            evidence=tuple(row.get("any", ())),
            document=row.get("document") or row.get("doc") or "",
        )
        for row in rows
    ]


def read_policies(folder: Path) -> Library:
    """Plain texts as a library; the first line of each is its title."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        lines = [line.rstrip() for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
        documents.append(Document(path.stem, lines[0].strip(), "\n".join(lines)))
    return Library.of(documents)


def first_right(posed: Posed, ids: Iterable[str], library: Library) -> int | None:
    """Rank, from 1, of the first clause that answers; None where none does."""
    for rank, clause_id in enumerate(ids, start=1):
        if answers(posed, library.clauses_by_id[clause_id].text):
            return rank
    return None


def answers(posed: Posed, text: str) -> bool:
    """Whether a clause holds one of the evidence texts, blanks aside."""
    blankless = re.sub(r"\s", "", text)
    return any(
        re.search(".*?".join(re.escape(part) for part in evidence.split("*")), blankless)
        for evidence in posed.evidence
    )


def is_named(clause: Clause, right: Iterable[Sequence[str]]) -> bool:
    """Whether a clause is one of some that are named, each by its document and its label or words of it."""
    squeezed = re.sub(r"\s", "", clause.text)
    headings = "".join(piece.text for piece in clause.context)
    for document, label in right:
        if clause.document_id != document:
            continue
        if clause.label == label or re.match(rf"{re.escape(label)}(?!之|[（(]?\d)", clause.label):
            return True
        if not label.startswith("第") and (label in squeezed or label in headings):
            return True
    return False


def ranks(questions: Sequence[Posed], index: Searcher, library: Library) -> list[int | None]:
    """For each answerable question, the rank of the first right clause among the best ten."""
    return [
        first_right(posed, (hit.entry_id for hit in index.search(index.query(posed.text), 10)), library)
        for posed in questions
        if posed.evidence
    ]


def share_within(found: Sequence[int | None], depth: int) -> float:
    """Share of ranks up to a depth, 0-1."""
    return sum(rank is not None and rank <= depth for rank in found) / len(found)
