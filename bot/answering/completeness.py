"""Whether a turn of a conversation is a question of its own, by what it says and what it finds alone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.answering.basis import Basis
from bot.answering.evidence import is_unheard_of
from bot.answering.ranking import MIN_SUPPORT, document_id_of
from bot.content.follow_up import FollowUpGroup
from bot.search.query import Query
from bot.search.searcher import Hit

ENOUGH_ELSEWHERE = 2.0
"""How much more a short question without a tie finds elsewhere than in the documents quoted before, in idf of
a word that no text holds, from which it is complete."""

ENOUGH_DESPITE_TIES = 6.0
"""The same for a question that begins with 那, or that any matter is spoken of with: 多少天给答复."""

_MOST_COUNTED = 8
"""Words, and idf found elsewhere, beyond which nothing changes."""

_START = 3.5
_EACH_WORD, _EACH_ELSEWHERE, _EACH_QUOTED = -0.75, -0.32, -0.74
_ASKS, _NAMES_A_TITLE, _FINDS_ALONE = -1.9, -1.4, -1.13
_HAS_PAUSE, _SHARE = 1.3, 3.5
"""Weights of what speaks for a turn that goes on from what was said, fitted on 888 dialogues and 1,105
questions behind one about something else, of the `choose` halves. Of those that the rules took for complete
it finds 19 of the 36 that are answered rightly if completed, and bends five that were answered alone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of a conversation that may go on from what was said before.

    Args:
        words: how many it has that are no stop words.
        asks: whether it asks something; else it tells something.
        has_pause: whether it has two stretches: 我不赚钱，要交吗.
        names_a_title: whether a word of it names what a document is called by.
        quoted: the documents that were quoted before.
        highest_idf: the idf of a word that no text holds.
    """

    words: int
    asks: bool
    has_pause: bool
    names_a_title: bool
    quoted: frozenset[str]
    highest_idf: float

    def is_complete(self, hits: Sequence[Hit], *, is_loose: bool) -> bool:
        """Whether a short question is about something of its own: its words name that, or find much more
        elsewhere than in the documents that were quoted before.

        Args:
            hits: what it finds alone.
            is_loose: whether it begins with 那, or consists of general words alone: 我不服.
        """
        if not hits or hits[0].support < MIN_SUPPORT:
            return False
        elsewhere = self._elsewhere(hits)
        if is_loose:
            return self.asks and elsewhere >= ENOUGH_DESPITE_TIES
        return elsewhere >= ENOUGH_ELSEWHERE or self.names_a_title

    @property
    def may_go_on(self) -> bool:
        """Whether it goes on from what was said, if what it finds alone stands in the documents quoted."""
        return self._by_words + _SHARE > 0

    def goes_on(self, hits: Sequence[Hit]) -> bool:
        """Whether it goes on from what was said, though it looks complete: 我就让二叔帮种半年.

        The fewer words, the less it finds elsewhere; and whoever tells something seldom changes the subject.
        """
        if not hits:
            return False
        elsewhere = min(self._elsewhere(hits), _MOST_COUNTED)
        finds_alone = hits[0].support >= MIN_SUPPORT
        found = (
            _SHARE * share_of(self.quoted, hits) + _EACH_ELSEWHERE * elsewhere + _FINDS_ALONE * finds_alone
        )
        return self._by_words + found > 0

    @property
    def _by_words(self) -> float:
        counted = _EACH_WORD * min(self.words, _MOST_COUNTED) + _EACH_QUOTED * len(self.quoted)
        return (
            _START
            + counted
            + _ASKS * self.asks
            + _NAMES_A_TITLE * self.names_a_title
            + _HAS_PAUSE * self.has_pause
        )

    def _elsewhere(self, hits: Sequence[Hit]) -> float:
        """What it finds elsewhere, more than in the documents quoted, in idf of a word that no text holds."""
        return hits[0].score * (1 - share_of(self.quoted, hits)) / self.highest_idf


def takes_up(said: str, before: str, basis: Basis) -> bool:
    """Whether a turn that finds nothing by itself takes up what was said before.

    It does with a word of that (西湖十景能修吗, 修完要留个啥记录不), with 那儿 or the like, or if no word of
    it names a matter. What is about something else has none of these: 二胡怎么调弦.

    Args:
        said: the turn, folded.
        before: the question before, folded.
    """
    if any(word in before for word in basis.index.words(said)) or basis.general.leave_open(said):
        return True
    return basis.follow_up.patterns[FollowUpGroup.RESUMING].search(said) is not None


def is_about_something_else(own: Query, basis: Basis, quoted: Sequence[str]) -> bool:
    """Whether a question is about something that no text knows, so that it does not continue an answer.

    It names a listed matter that no text has: 火车票怎么退. Or no text has its words, and it is more like
    questions about other matters than like those that are answered here: 活动完了几天里得录好 is not.

    Args:
        quoted: ids of the clauses that were quoted before.
    """
    if names_unheld(own, basis):
        return True
    if not is_unheard_of(own, basis):
        return False
    likeness = basis.index.likeness(own, quoted)
    return likeness is None or likeness.elsewhere.cosine > likeness.held


def names_unheld(own: Query, basis: Basis) -> bool:
    """Whether a question names a listed matter that no text has."""
    matters = chain(basis.subjects.named_in(own.text), basis.everyday.named_in(own.text))
    idfs = (tuple(basis.index.words(name).values()) for name, _ in matters)
    return any(found and min(found) >= basis.index.highest_idf for found in idfs)


def share_of(documents: Collection[str], hits: Sequence[Hit]) -> float:
    """The best score in some documents, as a share of the best score of all."""
    best = next((hit.score for hit in hits if document_id_of(hit) in documents), 0.0)
    return best / hits[0].score if best else 0.0
