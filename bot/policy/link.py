"""Links from outside to a clause: right while the text around it changes, honest when its own words did."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.policy.clause import Clause
from bot.policy.library import Library

VERSION_LENGTH = 8
"""Hex digits of a clause's digest that a link carries."""

_UNIT = re.compile(r"[tbp][0-9]+")
_STEP = re.compile(r"(?:\.|[a-z])[0-9-]+$")


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
    clauses = {clause.anchor: clause for clause in holding.outline.clauses}
    if anchor in clauses and version_of(clauses[anchor]) == version:
        return Target(Kept.SAME, clauses[anchor])
    moved = next((clause for clause in holding.outline.clauses if version_of(clause) == version), None)
    return Target(Kept.MOVED, moved) if moved else Target(Kept.CHANGED, _in_place_of(clauses, anchor))


def _in_place_of(clauses: Mapping[str, Clause], anchor: str) -> Clause | None:
    """The clause at an anchor, the first one that is part of it now, or the one that it is part of now."""
    while _UNIT.search(anchor):
        part = re.compile(rf"{re.escape(anchor)}(?![0-9-])")
        if found := next((clauses[other] for other in clauses if part.match(other)), None):
            return found
        anchor, steps = _STEP.subn("", anchor)
        if not steps:
            break
    return None
