"""The sentences of a clause as units that can answer: a list item knows the words that lead in to it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.policy.splitting.sentences import sentences

_LEAD_IN = re.compile(r"[：:]\s*$")
_ITEM = re.compile(r"(?:[（(][一二三四五六七八九十\d]+[）)]|[①-⑳]|\d+[.．、]|[一二三四五六七八九十]+、)")
_MOST_REMEMBERED = 8192
"""Clauses whose units are kept: a few megabytes, and reading them is half the work of a question."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a part of it between semicolons, or an item of a list: `text[start:end]` of a clause.

    `lead`: index of the unit that leads in to the list that this one is in; None where it is in none.
    """

    start: int
    end: int
    text: str
    lead: int | None = None

    @property
    def leads_in(self) -> bool:
        """Whether a list follows: 应当提交下列材料："""
        return _LEAD_IN.search(self.text) is not None

    @property
    def is_half(self) -> bool:
        """Whether the sentence goes on behind its semicolon."""
        return self.text.endswith(("；", ";"))


@lru_cache(maxsize=_MOST_REMEMBERED)
def units(text: str) -> tuple[Unit, ...]:
    """The units of a clause, in text order.

    An item's further sentences are in its list as long as they stand in the same line.

    >>> text = "提交下列材料：\\n（一）申请书；\\n（二）身份证。\\n逾期不候。"
    >>> [(unit.text, unit.lead) for unit in units(text)]
    [('提交下列材料：', None), ('（一）申请书；', 0), ('（二）身份证。', 0), ('逾期不候。', None)]
    """
    found: list[Unit] = []
    for start, end in sentences(text):
        unit = Unit(start, end, text[start:end])
        found.append(Unit(start, end, unit.text, _lead(text, found, unit)))
    return tuple(found)


def _lead(text: str, before: list[Unit], unit: Unit) -> int | None:
    """Index of the unit before that leads in to the list that a unit is in."""
    if not before:
        return None
    last = before[-1]
    lead = len(before) - 1 if last.leads_in else last.lead
    if lead is None or _ITEM.match(unit.text) or last.leads_in:
        return lead
    return lead if "\n" not in text[last.end : unit.start] or last.is_half else None
