"""Questions on entries that no entry answers, by the table of word vectors: 低保一个月几百块.

A question that is more like these asks for what is not written. The entry on which others ask it may help.
"""

from collections.abc import Mapping

from bot.search.dense.alike import QuestionGroups, groups_by
from bot.search.dense.sources import NearnessSource


class Unanswered:
    """The questions. Threads may share them.

    Args:
        groups: the questions on each entry.
        entry_ids: of the entries, in the order of the groups.
    """

    def __init__(self, groups: QuestionGroups, entry_ids: list[str]) -> None:
        self._groups, self._entry_ids = groups, entry_ids

    def likeness(self, question: str) -> float:
        """How much a question is like those that are most like it; 0: it shares nothing with any."""
        alike = self._groups.alike(question)
        return alike.cosine if alike else 0.0

    def on_entries(self, question: str) -> Mapping[str, float]:
        """Entry id → the cosine of a question with the nearest one on it; only entries that are near."""
        cosines = self._groups.cosines_of_groups(question)
        return {self._entry_ids[number]: cosine for number, cosine in cosines.items()}


def unanswered_by(source: NearnessSource, questions: Mapping[str, str]) -> Unanswered | None:
    """The questions, ready to be compared; None: there are none, or no vectors of them.

    Args:
        questions: entry id → the questions on it, a line each.
    """
    groups = groups_by(source, list(questions.values()))
    return None if groups is None else Unanswered(groups, list(questions))
