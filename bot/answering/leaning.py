"""The clauses that an answering sentence depends on: those that its 前款 or 第…条 means."""

import re
from collections.abc import Iterator, Sequence

from bot.policy.citation import Link
from bot.policy.clause import Clause, Role, Slice
from bot.policy.library import Library

MOST_SLICES = 2
LONGEST_SLICE = 300
"""Code points. What is longer is a link away."""

_BREACH = re.compile(r"违反(?:本[^，。；]{1,6})?$")
"""违反第五条的，处…: who asks for the penalty knows what was done, and the number only names it."""


def leans_on(
    library: Library, clause: Clause, links: Sequence[Link], sentence: tuple[int, int] | None
) -> tuple[Slice, ...]:
    """The clauses of the same document that the answering sentence refers to, in the order of its words.

    Two at most. A clause that is long, or is shown already as context, is left out.

    Args:
        links: what the clause refers to.
        sentence: the span of the answering sentence; None: the whole clause answers.
    """
    shown = {piece.clause_id for piece in clause.context}
    found = dict.fromkeys(
        link.clause_id for link in links if link.clause_id not in shown and _is_needed(clause, link, sentence)
    )
    return tuple(_slices(library, clause_ids=[clause_id for clause_id in found if clause_id]))[:MOST_SLICES]


def _is_needed(clause: Clause, link: Link, sentence: tuple[int, int] | None) -> bool:
    start, end = sentence or (0, len(clause.text))
    is_inside = start <= link.start and link.end <= end
    return (
        is_inside
        and link.document_id == clause.document_id
        and _BREACH.search(clause.text, start, link.start) is None
    )


def _slices(library: Library, clause_ids: Sequence[str]) -> Iterator[Slice]:
    for clause_id in clause_ids:
        leant = library.clauses_by_id[clause_id]
        if len(leant.text) <= LONGEST_SLICE:
            yield Slice(clause_id, Role.REFERENCE, leant.text, leant.start, leant.end)
