"""Whether the best clauses answer a question, or only speak of what it is about.

A question is `related` where a signal says what is missing. The signals, the first that speaks decides:

1. A place is named, and the best clause is another place's rule.
2. A matter with rules of its own is named (驾照, 契税), and none of the kept clauses speaks of it.
3. A figure or detail is asked for, and the best clauses do not write it, or leave it to somebody. Where a
   place is named, its rule is what is missing.
4. The best clause says little of the question, and the best hits stand in many documents.

What is asked and how texts write it stands in `lexicon/particulars.yaml`, matters in `lexicon/subjects.txt`.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Status
from bot.answering.evidence import Evidence
from bot.answering.inquiry import Inquiry, Verdict
from bot.answering.leads import with_leads
from bot.policy.jurisdiction import Jurisdiction

COVERED = 0.6
"""Support from which a clause speaks of the matter even where it calls it otherwise: no answered question of
the `choose` halves is lost, and 1 of 10 that nothing answers is."""

WEAK = 0.3
"""Support below which scattered hits are no answer: with SCATTERED it costs 1 answered question in 100, and
finds every fifth that asks for what is not held."""

SCATTERED = 0.4
"""Share of the ten best hits that no document has more of."""

Signal = Callable[[Evidence], str | None]
"""What is missing, in a sentence; None: the signal says nothing."""


def judge(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the verdict `related` where nothing held answers it, and clauses that speak of it.

    Nothing changes where a step before has decided.
    """
    if inquiry.verdict.status is not Status.ANSWERED or not inquiry.ranking.kept:
        return inquiry
    evidence = Evidence(inquiry)
    missing = next((said for signal in SIGNALS if (said := signal(evidence))), None)
    if missing is None:
        return inquiry
    return replace(with_leads(evidence), verdict=Verdict(Status.RELATED, missing))


def other_places_rule(evidence: Evidence) -> str | None:
    """The question names a place, and the best clause is the rule of another."""
    place = unheld_place(evidence)
    return wording.no_rule_of(place) if place and evidence.jurisdiction(evidence.best).path else None


def unheld_subject(evidence: Evidence) -> str | None:
    """The question names a matter that no kept clause speaks of."""
    if evidence.best.support >= COVERED:
        return None
    inquiry = evidence.inquiry
    for word, subject in inquiry.basis.subjects.named_in(inquiry.understood_as):
        if not evidence.speaks_of(subject.words):
            return wording.no_rule_of(word)
    return None


def unwritten_particular(evidence: Evidence) -> str | None:
    """The question asks for a figure or detail that the best clauses do not write."""
    asked = evidence.asked
    if not asked:
        return None
    left_to, place = evidence.left_open_to(asked), unheld_place(evidence)
    if evidence.states(asked) and not left_to and not (place and evidence.leaves_open(evidence.best)):
        return None
    if place:
        return wording.no_rule_of(place)
    return wording.left_open(asked[0].name, left_to) if left_to else wording.not_written(asked[0].name)


def scattered(evidence: Evidence) -> str | None:
    """The best clause says little of the question, and no document stands out."""
    if evidence.best.support < WEAK and evidence.is_scattered(SCATTERED):
        return wording.NOTHING_FITS
    return None


SIGNALS: tuple[Signal, ...] = (other_places_rule, unheld_subject, unwritten_particular)


def unheld_place(evidence: Evidence) -> str | None:
    """The first place that the question names, in its words; None where a rule of a named place is kept."""
    inquiry = evidence.inquiry
    local = [where for hit in inquiry.ranking.kept if (where := evidence.jurisdiction(hit)).path]
    text, terms = inquiry.understood_as, inquiry.ranking.query.terms
    found = inquiry.basis.gazetteer.names_in(text)
    names = [name for name in found if any(term in text[name.start : name.end] for term in terms)]
    held = (_share(where, named) for where in local for name in names for named in name.candidates)
    return text[names[0].start : names[0].end] if names and not any(held) else None


def _share(one: Jurisdiction, other: Jurisdiction) -> bool:
    """Whether one of two divisions is part of the other, or the same."""
    return one.covers(other) or other.covers(one)
