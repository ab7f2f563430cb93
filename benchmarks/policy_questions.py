"""Everyday questions on the clauses of the policies and of the shipped documents: the table of word vectors
learns from them, too.

`knowledge/lexicon/questions.tsv` holds them. Fifteen writers who knew nothing of the service and had seen
none of the sets wrote them, each from a clause alone; none is, or is nearly, a question by which the search
is measured.
"""

from collections.abc import Iterator

from benchmarks.law_questions import Pair
from benchmarks.questions import POLICIES, ROOT, read_policies
from bot.content.everyday_questions import EVERYDAY_QUESTIONS_FILE, GOES_ON, read_everyday_questions
from bot.content.library import load_library
from bot.search.dense.asked import digest_of


def pairs_on_policies() -> Iterator[Pair]:
    """All of them; one that goes on where its document is spoken of stands behind its name."""
    libraries = read_policies(POLICIES), load_library(ROOT / "knowledge")
    text_of = {digest_of(clause.text): clause.text for each in libraries for _, clause in each.clauses()}
    rows = read_everyday_questions(ROOT / "knowledge" / EVERYDAY_QUESTIONS_FILE).rows
    return (
        Pair(_whole(each, row.document), row.document, text_of[row.digest])
        for row in rows
        for each in row.questions
    )


def _whole(question: str, document: str) -> str:
    return document + question if question.startswith(GOES_ON) else question
