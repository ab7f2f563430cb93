"""Everyday questions on the clauses of the policies and of the shipped documents: the table of word vectors
learns from them, too.

`policy-questions.tsv` holds them, a clause a line: its document, its label, then the questions that it
answers. One that begins with … goes on where its document is spoken of, so it is read behind that name.
Fifteen writers who knew nothing of the service and had seen none of the sets wrote them, each from a clause
alone; none is, or is nearly, a question by which the search is measured.
"""

from collections.abc import Iterator

from benchmarks.law_questions import Pair
from benchmarks.questions import POLICIES, ROOT, read_policies
from bot.content.library import load_library

POLICY_QUESTIONS = ROOT / "benchmarks" / "policy-questions.tsv"


def pairs_on_policies() -> Iterator[Pair]:
    """Those of `policy-questions.tsv`."""
    libraries = read_policies(POLICIES), load_library(ROOT / "knowledge")
    clauses = [clause for library in libraries for _, clause in library.clauses()]
    text_of = {(clause.document_id, clause.label): clause.text for clause in reversed(clauses)}
    rows = (line.split("\t") for line in POLICY_QUESTIONS.read_text("utf-8").splitlines())
    return (
        Pair(_whole(each, document), document, text_of[document, label])
        for document, label, *asked in rows
        for each in asked
    )


def _whole(question: str, document: str) -> str:
    return document + question if question.startswith("…") else question
