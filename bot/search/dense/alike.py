"""Groups of questions, and how much a question is like those of the nearest groups.

Residents' questions are more like each other than like any text. Each group's questions mean one thing: they
ask for what a clause says, or about one matter.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

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
        vector = None if self._wholes is None else self._vector_of(question)
        if self._wholes is None or vector is None:
            return None
        wholes = self._wholes @ vector
        most = min(_MOST_GROUPS, len(wholes))
        near = np.argpartition(-wholes, most - 1)[:most]
        near = near[wholes[near] > 0]
        if not len(near):
            return None
        cosines, groups = self._sentences.cosines(vector, near)
        best = np.argsort(-cosines, kind="stable")[:NEAREST]
        return Alike(float(cosines[best].mean()), tuple(groups[best].tolist()))


def groups_by(source: NearnessSource, groups: Sequence[str]) -> QuestionGroups | None:
    """Groups of questions, ready to be compared; None: there are none, or no vectors of them."""
    nearness = source.of(groups) if groups else None
    return None if nearness is None else QuestionGroups(nearness, groups)
