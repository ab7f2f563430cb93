"""Everyday questions on clauses of laws: what the tuning of the model's vectors learns from, and, beside
those of `policy_questions.py`, the table of word vectors.

`law-questions.tsv` holds them, a clause a line: what it is called in the laws beside the project, then the
questions that it answers. They were written from each clause alone. None is on a document by which the search
is measured, none on a clause that answers one of the laypeople's questions by which it is measured.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from benchmarks.contrast import Asked
from benchmarks.laws import local_clauses, national_laws
from benchmarks.questions import LAY_QUESTIONS, ROOT
from bot.search.dense.vectors import texts_of
from bot.search.folding import Folding


class Pair(NamedTuple):
    """A question, and the document and text of a clause that answers it."""

    question: str
    document: str
    clause: str


LAW_QUESTIONS = ROOT / "benchmarks" / "law-questions.tsv"


def asked_of(posed: Sequence[Pair]) -> Asked:
    """Questions, and the clauses that answer them, each once."""
    fold = Folding().fold
    numbers = {text: number for number, text in enumerate(dict.fromkeys(each.clause for each in posed))}
    return Asked(
        [fold(each.question) for each in posed],
        [numbers[each.clause] for each in posed],
        [each.document for each in posed],
        [texts_of(text) for text in numbers],
    )


def pairs_on_laws() -> Iterator[Pair]:
    """Those of `law-questions.tsv`."""
    rows = [line.split("\t") for line in LAW_QUESTIONS.read_text("utf-8").splitlines()]
    clauses = _clauses({name for name, *_ in rows})
    return (Pair(each, *clauses[name]) for name, *asked in rows for each in asked)


def laypeoples_pairs() -> Iterator[Pair]:
    """Every second one of laypeople's questions, without clauses that answer one of the others."""
    with gzip.open(LAY_QUESTIONS / "queries.jsonl.gz", "rt", encoding="utf-8") as lines:
        questions = {row["_id"]: row["text"] for row in map(json.loads, lines)}
    learnt = set(list(questions)[::2])
    judged = (LAY_QUESTIONS / "qrels" / "train.tsv").read_text("utf-8").splitlines()[1:]
    answers = [(question, clause) for question, clause, _ in (line.split("\t") for line in judged)]
    measured = {clause for question, clause in answers if question not in learnt}
    answering = {clause for question, clause in answers if question in learnt} - measured
    with gzip.open(LAY_QUESTIONS / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        clauses = {row["_id"]: row for row in map(json.loads, lines) if row["_id"] in answering}
    found = (
        (questions[question], clauses[clause])
        for question, clause in answers
        if question in learnt and clause in answering
    )
    return (Pair(question, clause["title"], clause["text"]) for question, clause in found)


def _clauses(names: set[str]) -> dict[str, tuple[str, str]]:
    """Name → document and text. A paragraph of a national law is called by title and number (民法典#636)."""
    found: dict[str, tuple[str, str]] = {}
    for law in national_laws():
        for number, text in enumerate(law["paragraphs"]):
            if (name := f"{law['title']}#{number}") in names:
                found.setdefault(name, (law["title"], text))
    for clause in local_clauses():
        if clause["_id"] in names:
            found[clause["_id"]] = (clause["title"].rpartition("第")[0], clause["text"])
    return found
