"""Links from outside to a clause: right while the text around it changes, honest when its own words did."""

from dataclasses import dataclass
from enum import StrEnum

from bot.policy.anchor import Anchor
from bot.policy.clause import Clause, Outline
from bot.policy.library import Library

VERSION_LENGTH = 8
"""Hex digits of a clause's digest that a link carries."""


class Kept(StrEnum):
    """What became of the clause that a link was made for."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: to its very words, or if they CHANGED to what stands in their place, if any."""

    kept: Kept
    clause: Clause | None


def version_of(clause: Clause) -> str:
    """What a link carries beside the clause's id, to know its words again."""
    return clause.digest[:VERSION_LENGTH]


def resolve(library: Library, clause_id: str, version: str) -> Target:
    """The clause that a link was made for.

    Its words are looked for at its anchor, then in the rest of its document.

    Args:
        clause_id: `<document_id>:<anchor>` as it was.
        version: the first 8 hex digits of the clause's digest as it was, in either case.
    """
    version = version.lower()
    document_id, _, anchor = clause_id.partition(":")
    holding = library.by_id.get(document_id)
    if holding is None:
        return Target(Kept.CHANGED, None)
    same = holding.clauses.get(clause_id)
    if same and version_of(same) == version:
        return Target(Kept.SAME, same)
    moved = next((clause for clause in holding.outline.clauses if version_of(clause) == version), None)
    return Target(Kept.MOVED, moved) if moved else Target(Kept.CHANGED, _in_place_of(anchor, holding.outline))


def _in_place_of(text: str, outline: Outline) -> Clause | None:
    """The clause at an anchor. If there is none now: its first part, else the clause that it is part of."""
    try:
        anchor = Anchor.parse(text)
    except ValueError:
        return None  # typed by hand
    for place in (anchor, *anchor.ancestors):
        if found := next((clause for clause in outline.clauses if place.holds(clause.anchor)), None):
            return found
    return None
