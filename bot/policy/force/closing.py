"""The closing of a document: sentences about the document itself, such as when it takes effect."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.policy.anchor import Anchor
from bot.policy.clause import Clause, Outline, Role

_CLOSING_HEADING = re.compile(r"(?:第.{1,4}[编章节]|[一二三四五六七八九十]+、)?\s*附\s*则")
_LAST_UNITS = 8
"""Without a heading 附则 the last 8 articles, items or 段 are the closing."""

_QUOTED = re.compile(r"“[^“”]*”")
_SENTENCE = re.compile(r"[^。；;\n]+")


@dataclass(frozen=True, slots=True)
class ClosingSentence:
    """A sentence of a clause, or a part up to ；. Blanks stand for the words in quotation marks."""

    clause: Clause
    text: str


def closing_sentences(outline: Outline) -> Iterator[ClosingSentence]:
    """The sentences of a document's closing, in text order.

    The closing are the clauses under a heading 附则 and the last clauses before the annexes. Words in “” are
    left out: they are another text's, such as an article that an amendment quotes.
    """
    for clause in _closing_clauses(outline):
        text = _QUOTED.sub(lambda quoted: "“" + " " * (len(quoted[0]) - 2) + "”", clause.text)
        for found in _SENTENCE.finditer(text):
            yield ClosingSentence(clause, found[0])


def _closing_clauses(outline: Outline) -> Iterator[Clause]:
    own = [clause for clause in outline.clauses if not clause.anchor.annex] or outline.clauses
    units: set[Anchor] = set()
    for clause in reversed(own):
        units.add(clause.anchor.outermost)
        if len(units) > _LAST_UNITS:
            last_begin = clause.end
            break
    else:
        last_begin = 0
    for clause in own:
        if clause.start >= last_begin or _is_under_closing_heading(clause):
            yield clause


def _is_under_closing_heading(clause: Clause) -> bool:
    headings = (piece.text for piece in clause.context if piece.role is Role.HEADING)
    return any(_CLOSING_HEADING.match(heading) for heading in headings)
