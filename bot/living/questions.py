"""The questions that an edition compares others with: what its clauses answer, and what they do not."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.content.elsewhere import MattersElsewhere
from bot.content.everyday_questions import EverydayQuestions
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.search.dense.asked import asked_by, digest_of, questions_of
from bot.search.dense.elsewhere import Matter, elsewhere_by
from bot.search.dense.questions import Questions
from bot.search.dense.sources import NearnessSource
from bot.search.dense.unanswered import unanswered_by
from bot.search.entry import Entry

SourceOf = Callable[[str], NearnessSource]
"""Gives the nearness of questions of some kind, which has this name."""

_NO_NAME = re.compile(r"[^\u3400-\u9fff\d]")


class Written(NamedTuple):
    """The questions that the lexicon has.

    `everyday`: on clauses of common policies, which answer them. `elsewhere`: on other matters. `unanswered`:
    on clauses of which none answers them.
    """

    everyday: EverydayQuestions
    elsewhere: MattersElsewhere
    unanswered: EverydayQuestions


def questions_among(
    entries: Sequence[Entry],
    library: Library,
    written: Written,
    known: Iterable[KnownQuestion],
    source_of: SourceOf,
) -> Questions | None:
    """Those that the entries answer, and those that none does; None: nobody knows what people ask here."""
    asked = asked_by(source_of("question"), entries, written.everyday.of_text, known)
    if asked is None:
        return None
    matters = (*written.elsewhere.matters, *_unheld(entries, library, written.everyday))
    unanswered = questions_of(entries, written.unanswered.of_text, ())
    return Questions(
        asked,
        elsewhere_by(source_of("elsewhere"), matters),
        unanswered_by(source_of("unanswered"), unanswered),
    )


def _unheld(entries: Iterable[Entry], library: Library, everyday: EverydayQuestions) -> Iterator[Matter]:
    """The questions on clauses of documents that are not held, in whatever version."""
    documents = (holding.document for holding in library.holdings)
    names = {_name(each) for document in documents for each in (document.document_id, document.title)}
    rows = [row for row in everyday.rows if _name(row.document) not in names]
    held = {digest_of(entry.text) for entry in entries} if rows else set()
    return (Matter(None, row.asked) for row in rows if row.digest not in held)


def _name(title: str) -> str:
    """A title without its signs: 办法（试行） is 办法试行."""
    return _NO_NAME.sub("", title)
