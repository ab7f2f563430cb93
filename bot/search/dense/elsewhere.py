"""Matters that a library does not hold, each with questions about it, by the table of word vectors.

A question that is more like these than like those that the held clauses answer is about something else, in
whatever words: no list of words has 老楼想装个电梯, but others ask so of lifts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.search.dense.alike import QuestionGroups, groups_by
from bot.search.dense.sources import NearnessSource

AGREED = 2
"""Questions, of the three that are most alike, that tell which matter is meant."""


class Matter(NamedTuple):
    """A matter and questions about it. `name`: None where no document would rule it."""

    name: str | None
    questions: Sequence[str]


class Rival(NamedTuple):
    """What a question is about if it is about nothing held.

    `cosine`: how much it is like others about it. `name`: of the matter, if it is clear which one it is.
    """

    cosine: float
    name: str | None


class Elsewhere:
    """The matters. Threads may share them.

    Args:
        groups: the questions of each matter.
    """

    def __init__(self, groups: QuestionGroups, matters: Sequence[Matter]) -> None:
        self._groups = groups
        self._names = [matter.name for matter in matters]

    def rival(self, question: str) -> Rival | None:
        """What a question is about if it is about nothing held; None: it is like no question here."""
        alike = self._groups.alike(question)
        if alike is None:
            return None
        (number, count), *_ = Counter(alike.groups).most_common(1)
        return Rival(alike.cosine, self._names[number] if count >= AGREED else None)


def elsewhere_by(source: NearnessSource, matters: Iterable[Matter]) -> Elsewhere | None:
    """The matters, ready to be compared; None: there are none, or no vectors of them."""
    matters = tuple(matters)
    groups = groups_by(source, ["\n".join(matter.questions) for matter in matters])
    return None if groups is None else Elsewhere(groups, matters)
