"""The clause of one place that corresponds to another place's clause: two cities with the same notice.

Places issue the same notices, each with its own figures. Where another place's clause says what is asked, our
own place's clause that is most like it says the same of our place, in whatever words.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.answering.inquiry import Inquiry
from bot.search.searcher import Hit

SAME = 0.5
"""Share of the shorter clause's pairs of characters from which two clauses say the same."""

_NUMBERS = re.compile(r"[\d〇零一二三四五六七八九十百千万]+")


def sister(inquiry: Inquiry, own: Iterable[Hit], foreign: Hit) -> Hit | None:
    """The hit of our own place that is most like another place's clause; None: no hit is like it.

    It takes over that one's score and support: it says as much of the question.
    """
    clauses = inquiry.basis.library.clauses_by_id
    text = _without_numbers(clauses[foreign.entry_id].text)
    alike = [(likeness(text, _without_numbers(clauses[hit.entry_id].text)), hit) for hit in own]
    most, best = max(alike, key=lambda pair: pair[0], default=(0.0, foreign))
    if most < SAME:
        return None
    return best._replace(score=max(best.score, foreign.score), support=max(best.support, foreign.support))


def are_sisters(inquiry: Inquiry, one: Hit, other: Hit) -> bool:
    """Whether two clauses say the same but for the figures."""
    clauses = inquiry.basis.library.clauses_by_id
    texts = (_without_numbers(clauses[hit.entry_id].text) for hit in (one, other))
    return likeness(*texts) >= SAME


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's pairs of characters that stand in the other text.

    >>> likeness("城市低保标准", "低保标准调整"), likeness("低保标准", "公示七天")
    (0.6, 0.0)
    """
    first, second = _pairs(one), _pairs(other)
    return len(first & second) / max(min(len(first), len(second)), 1)


def _without_numbers(text: str) -> str:
    return _NUMBERS.sub("", text)


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    letters = re.sub(r"\W", "", text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))
