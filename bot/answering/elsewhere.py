"""Whether a question is about what the library does not hold, by the questions that it is like.

That finds matters that no list of words names, in whatever words they are asked: 老楼想装个电梯. It is told
only where it is known what people ask of the documents found.
"""

from typing import NamedTuple

from bot.answering import wording
from bot.answering.evidence import COVERED, Evidence
from bot.answering.unsaid import log_odds
from bot.answering.utterance import read_utterance
from bot.search.dense.questions import Likeness


class Line(NamedTuple):
    """How much more a question must be like those about other matters than like those that are answered here.

    `least`: where the best clause has half of its words. `by_support`: how much more for each unit of the
    log-odds of the clause's support.
    """

    least: float
    by_support: float

    def is_crossed(self, lead: float, support: float) -> bool:
        """Whether a lead is above the line."""
        return lead > self.least + self.by_support * log_odds(support)


OTHER, FAR, UNANSWERED = Line(0.05, 0.01), Line(0.15, 0.1), Line(0.07, 0.01)
"""From where a question is about something else, from where related clauses would not help either, and from
where it is about what is held and asks for what is not written. How far it is counts from those about what is
held that it is most like, answered or not; see docs/quality.md."""


HELD = 0.08
"""How much more a question must be like those that are answered here than like all others, so that it counts
for nothing which words the clauses leave unsaid."""


class Elsewhere(NamedTuple):
    """A question is about something else. `missing`: what is not held. `is_far`: nothing held is near it."""

    missing: str
    is_far: bool


def elsewhere(evidence: Evidence) -> Elsewhere | None:
    """What a question is about that is not held; None: it may be about what is."""
    likeness = _likeness(evidence)
    if likeness is None:
        return None
    held, (cosine, name), unanswered = likeness
    lead, support = cosine - held, evidence.best.support
    if OTHER.is_crossed(lead, support):
        missing = wording.no_rule_of(name) if name else wording.NOTHING_DIRECT
        return Elsewhere(missing, is_far=FAR.is_crossed(cosine - likeness.on_held, support))
    is_unanswered = UNANSWERED.is_crossed(unanswered - held, support)
    return Elsewhere(wording.NOTHING_DIRECT, is_far=False) if is_unanswered else None


def is_answered_here(evidence: Evidence) -> bool:
    """Whether a question is asked as others ask for what a held clause says."""
    likeness = _likeness(evidence)
    return likeness is not None and likeness.held - max(likeness.elsewhere.cosine, likeness.unanswered) > HELD


def is_on_held(evidence: Evidence) -> bool:
    """Whether a question is more like those about what is held, answered or not, than like others."""
    likeness = _likeness(evidence)
    return likeness is not None and likeness.on_held > likeness.elsewhere.cosine


def _likeness(evidence: Evidence) -> Likeness | None:
    """How much a question is like those that are answered here, and like others; None: that tells nothing.

    A question like a known one is about what is held; one that asks two things is like neither's questions,
    and one of general words alone (报名条件) is asked of anything. Who only names a topic that a clause names
    (社会工作服务), wants to read of it.
    """
    ranking, inquiry = evidence.inquiry.ranking, evidence.inquiry
    basis, text = inquiry.basis, ranking.query.text
    is_behind_answer = inquiry.completion is not None and inquiry.completion.is_behind_answer
    if ranking.part_of or ranking.query.recognized or is_behind_answer or basis.general.make_up(text):
        return None
    if evidence.best.support >= COVERED and not read_utterance(text, basis.follow_up).asks:
        return None
    return basis.index.likeness(ranking.query, [hit.entry_id for hit in ranking.kept])
