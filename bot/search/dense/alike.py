"""Groups of questions, and how much a question is like those of the nearest groups.

Residents' questions are more like each other than like any text. Each group's questions mean one thing: they
ask for what a clause says, or about one matter.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.search.arrays import Floats, Numbers
from bot.search.dense.nearness import MOST_COMPARED, Nearness
from bot.search.dense.sources import NearnessSource

NEAREST = 3
"""Questions whose mean cosine counts: one alone may share but a way to ask."""

_MOST_GROUPS = 20
"""Groups whose questions are compared one by one: those that are nearest as a whole."""


class Alike(NamedTuple):
    """The questions most like a question: their mean cosine, and the number of the group of each."""

    cosine: float
    groups: tuple[int, ...]


class QuestionGroups:
    """Groups of questions. Threads may share them.

    Args:
        nearness: of the groups, in their order.
        groups: the questions of each, a line each.
    """

    def __init__(self, nearness: Nearness, groups: Sequence[str]) -> None:
        self._vector_of, self._sentences = nearness.vector, nearness.sentences(groups)
        self._wholes = nearness.wholes if len(groups) <= MOST_COMPARED else None

    def alike(self, question: str) -> Alike | None:
        """The questions that are most like one; None: it shares nothing with any, or they are too many."""
        near = self._near(question)
        if near is None:
            return None
        cosines, groups = near
        best = np.argsort(-cosines, kind="stable")[:NEAREST]
        return Alike(float(cosines[best].mean()), tuple(groups[best].tolist()))

    def cosines_of_groups(self, question: str) -> Mapping[int, float]:
        """The number of each group that is near → the cosine of its nearest question."""
        near = self._near(question)
        if near is None:
            return {}
        nearest: dict[int, float] = {}
        for cosine, group in zip(*(each.tolist() for each in near), strict=True):
            nearest[group] = max(cosine, nearest.get(group, cosine))
        return nearest

    def _near(self, question: str) -> tuple[Floats, Numbers] | None:
        """The cosines with the questions of the nearest groups, and the number of the group of each."""
        vector = None if self._wholes is None else self._vector_of(question)
        if self._wholes is None or vector is None:
            return None
        wholes = self._wholes @ vector
        most = min(_MOST_GROUPS, len(wholes))
        near = np.argpartition(-wholes, most - 1)[:most]
        near = near[wholes[near] > 0]
        return self._sentences.cosines(vector, near) if len(near) else None


def groups_by(source: NearnessSource, groups: Sequence[str]) -> QuestionGroups | None:
    """Groups of questions, ready to be compared; None: there are none, or no vectors of them."""
    nearness = source.of(groups) if groups else None
    return None if nearness is None else QuestionGroups(nearness, groups)
