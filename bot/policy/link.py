"""Links from outside to a clause: they find its words again, or tell that these have changed."""

from dataclasses import dataclass
from enum import StrEnum

from bot.policy.anchor import Anchor
from bot.policy.clause import Clause, Outline
from bot.policy.library import Library

VERSION_LENGTH = 8
"""Hex digits of a clause's digest that a link carries."""


class Fate(StrEnum):
    """What became of the clause that a link was made for."""

    SAME = "same"  # the same words at the same anchor
    MOVED = "moved"  # the same words at another anchor of the document
    CHANGED = "changed"  # its words are nowhere in the document, or the document is gone


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads.

    If the words CHANGED, `clause` is what stands in their place now; None: nothing does.
    """

    fate: Fate
    clause: Clause | None


def version_of(clause: Clause) -> str:
    """What a link carries beside the clause id, to find the words again."""
    return clause.digest[:VERSION_LENGTH]


def resolve(library: Library, clause_id: str, version: str) -> Target:
    """The clause that a link was made for.

    Its words are looked for at its anchor first, then in the rest of its document.

    Args:
        clause_id: `<document_id>:<anchor>` at the time when the link was made.
        version: the first 8 hex digits of the clause's digest at that time, in upper or lower case.
    """
    version = version.lower()
    document_id, _, anchor = clause_id.partition(":")
    holding = library.by_id.get(document_id)
    if holding is None:
        return Target(Fate.CHANGED, None)
    same = holding.clauses.get(clause_id)
    if same and version_of(same) == version:
        return Target(Fate.SAME, same)
    moved = next((clause for clause in holding.outline.clauses if version_of(clause) == version), None)
    return Target(Fate.MOVED, moved) if moved else Target(Fate.CHANGED, _in_place_of(anchor, holding.outline))


def _in_place_of(text: str, outline: Outline) -> Clause | None:
    """The clause at an anchor. Without one: its first part, else the clause that it is part of."""
    try:
        anchor = Anchor.parse(text)
    except ValueError:
        return None  # a mistyped link
    for whole in (anchor, *anchor.ancestors):
        if found := next((clause for clause in outline.clauses if whole.holds(clause.anchor)), None):
            return found
    return None
