"""Decides whether the best clauses answer a question, or only speak about its matter.

A question is `related` if an earlier step says so, or if one of these signals tells what is missing. The
first one decides:

1. The question names a place, no kept clause is a rule of that place, and the best clause is a rule of
   another place or leaves room for rules of places.
2. The question names a matter with rules of its own (驾照, 契税), and no kept clause speaks of it. Or it is
   asked as others ask about a matter that is not held; see `elsewhere.py`.
3. The question asks for a figure or detail, and the best clauses do not state it, or leave it to somebody. If
   the question names a place, the rule of that place is missing.
4. The best clause leaves official words of the question unsaid (检疫, 期货); see `unsaid.py`.
5. No clause is kept, but the best one is only a little below what answers, and its text is about the matter,
   or it says much of what is asked.

If words and vectors find nothing near, related clauses would not help either: nothing is found.

`lexicon/particulars.yaml` has the figures and details, `lexicon/subjects.txt` the matters,
`lexicon/official-words.txt` the official words.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Status
from bot.answering.elsewhere import elsewhere, is_answered_here, is_on_held
from bot.answering.evidence import UNSPOKEN, Evidence, is_unheard_of
from bot.answering.inquiry import Inquiry, Verdict
from bot.answering.leads import with_leads
from bot.answering.matters import says_otherwise, speaks_of
from bot.answering.places import applies, places_asked_for
from bot.answering.ranking import MIN_SUPPORT, Ranking, document_id_of
from bot.answering.unsaid import unsaid_words
from bot.content.subjects import Subject, Subjects
from bot.search.searcher import Hit

NEARLY = 0.1
"""Support of the best clause from which a question is near, if its text is about the matter. Below 0.18,
what answers, there are questions of other subjects as well; titles, and what is left unsaid, tell them apart:
of 85 near ones on laws it shows clauses for 29, of 73 answerable ones 23 times the right one within five, and
for 8 of 374 far ones."""

NEAREST = 3
"""The best clauses: where all are far, the question is; where one is near, it is."""

FAR = 0.42
"""Cosine below which a clause means something else, by bge-small-zh-v1.5. Of 485 answerable questions of the
`choose` halves none has all three best clauses below; from 0.46 on one has, from 0.5 on four."""

BESIDE, BESIDE_MATTER = 0.8, 1.2
"""Nearness of the best clause below which the clauses do not help either; the second one where the question
names a matter that none of them speaks of. What is missing of a place is told whatever is near."""

COSINE_COUNTS = 5.0
"""What a cosine counts beside the logarithm of support. Each alone tells less."""

LEAST_SUPPORT = 0.02
"""Support that is taken for any lower one."""

NAMED = 0.35
"""Share of the question's words, by idf, from which a title names its matter. A word that happens to mean
something in one document has less: from 0.15, 今年犯太岁怎么化解 was about 预防未成年人犯罪."""

MOST_NAMED = 2
"""Official words that are told to be missing."""


def dismiss(inquiry: Inquiry) -> Inquiry:
    """The inquiry without any clause, if it is about something that no policy speaks of.

    It names an everyday matter that no clause speaks of, or something that no text holds.
    """
    ranking = inquiry.ranking
    if not ranking.pool:
        return inquiry
    evidence = Evidence(replace(inquiry, ranking=replace(ranking, kept=ranking.kept or ranking.pool[:1])))
    if unspoken := next(_unspoken_of(evidence, inquiry.basis.everyday), None):
        reason = f"no clause speaks of the everyday matter '{unspoken[0]}'"
    elif is_unheard_of(ranking.query, inquiry.basis):
        reason = "what the question names stands in no text"
    elif (other := elsewhere(evidence)) and other.is_far:
        reason = "the question is like those about other matters, and like none that is answered here"
    elif is_far(ranking.pool):
        reason = f"no clause means nearly what is asked: all cosines are below {FAR}"
    else:
        return inquiry
    return _without_clauses(inquiry, reason)


def _without_clauses(inquiry: Inquiry, reason: str) -> Inquiry:
    ranking = inquiry.ranking
    rejected = (*((hit, reason) for hit in ranking.kept), *ranking.rejected)
    return replace(inquiry, ranking=replace(ranking, kept=(), rejected=rejected, pool=()), verdict=Verdict())


def is_far(hits: Sequence[Hit]) -> bool:
    """Whether the best three clauses mean something else, by their vectors; never without a model."""
    return all(hit.near is not None and hit.near < FAR for hit in hits[:NEAREST])


def miss(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the verdict `related`, if it names a place or a matter that no held text speaks of.

    If an earlier step has decided, nothing changes.
    """
    if not inquiry.ranking.kept or inquiry.verdict.status is not Status.ANSWERED:
        return inquiry
    evidence = Evidence(inquiry)
    missing = unheld_place(evidence)
    if missing is None and (missing := unheld_subject(evidence)) and is_beside(evidence, BESIDE_MATTER):
        return _without_clauses(inquiry, "no clause is near a matter that none speaks of")
    return replace(inquiry, verdict=Verdict(Status.RELATED, missing)) if missing else inquiry


def prefer_own_figure(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the clause of the asker's own rule in front that states the figure asked for."""
    ranking = inquiry.ranking
    if not ranking.kept or inquiry.verdict.status is not Status.ANSWERED:
        return inquiry
    stating = own_rule_stating(Evidence(inquiry))
    if stating is None:
        return inquiry
    others = (hit for hit in ranking.pool if hit != stating)
    return replace(inquiry, ranking=ranking.chosen_from([stating, *others], inquiry.question.k))


def judge(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the verdict `related` and clauses about it, if no held text answers it."""
    ranking, verdict = inquiry.ranking, inquiry.verdict
    if not ranking.pool or verdict.status not in (Status.ANSWERED, Status.RELATED):
        return inquiry
    kept = ranking.kept or ranking.pool[:1]
    evidence = Evidence(replace(inquiry, ranking=replace(ranking, kept=kept)))
    if verdict.missing is None and ranking.kept and (other := elsewhere(evidence)):
        verdict = Verdict(Status.RELATED, other.missing)
    unwritten = filter(None, map(unwritten_particular, _of_parts(evidence)))
    missing = verdict.missing or next(unwritten, None)
    if missing is None and ranking.kept:
        missing = unsaid_matter(evidence)
    if not ranking.kept:
        missing = (missing or wording.NOTHING_DIRECT) if is_near(evidence) else None
    if missing is None:
        return inquiry
    if verdict.missing is None and is_beside(evidence, BESIDE):
        return _without_clauses(inquiry, "no clause is near what is asked")
    is_matter_held = verdict.missing is None or evidence.unheld_place is not None
    led = with_leads(evidence, is_matter_held=is_matter_held)
    return replace(led, verdict=Verdict(Status.RELATED, missing))


def own_rule_stating(evidence: Evidence) -> Hit | None:
    """The next clause of the asker's own rule that states the figure asked for, if its best clause does not.

    Such rules are short, and name the matter in every clause but the one with the amounts.
    """
    best, wanted = evidence.best, places_asked_for(evidence.inquiry)
    asked = [row for row in evidence.asked if row.stated and row.varies]
    rule = evidence.jurisdiction(best)
    if not wanted or not rule.path or not applies(rule, wanted) or evidence.states(asked):
        return None
    document_id, question = document_id_of(best), evidence.inquiry.asked
    for hit in evidence.inquiry.ranking.pool:
        is_of_rule = document_id_of(hit) == document_id and hit.support >= MIN_SUPPORT
        if is_of_rule and any(row.is_stated(evidence.folded(hit), question) for row in asked):
            return hit
    return None


def unheld_place(evidence: Evidence) -> str | None:
    """What is missing, if the best clause is a rule of another place or leaves room for one; else None."""
    place, best = evidence.unheld_place, evidence.best
    if place and (evidence.jurisdiction(best).path or (not evidence.asked and evidence.leaves_room(best))):
        return wording.no_rule_of(place)
    return None


def unheld_subject(evidence: Evidence) -> str | None:
    """What is missing, if the question names a matter that no kept clause speaks of; else None.

    A best clause that covers the question well is enough, and one that speaks of the matter in other words.
    A matter that a document is called by is held: 家暴, 反家庭暴力法.
    """
    basis = evidence.inquiry.basis
    if is_answered_here(evidence):
        return None
    for matter, subject in _unspoken_of(evidence, basis.subjects):
        if not says_otherwise(evidence, subject):
            is_held = any(word in title for word in subject.words for title in basis.titles.values())
            return wording.NOTHING_DIRECT if is_held else wording.no_rule_of(matter)
    return None


def unwritten_particular(evidence: Evidence) -> str | None:
    """What is missing, if the question asks for a figure or detail that the best clauses lack; else None."""
    asked = evidence.asked
    if not asked:
        return None
    left_to, place = evidence.left_open_to(asked), evidence.unheld_place or evidence.unheld_own_place
    is_of_places = place and evidence.leaves_open(evidence.best)
    if evidence.states(asked) and not left_to and not is_of_places:
        return None
    if place:
        return wording.no_rule_of(place)
    words = asked[0].words_in(evidence.inquiry.understood_as)
    return (
        wording.left_open(words, asked[0].name, left_to)
        if left_to
        else wording.not_written(words, asked[0].name)
    )


def unsaid_matter(evidence: Evidence) -> str | None:
    """What is missing, if the best clause does not say the official words of the question; else None.

    Words that fit any matter (申请) are not named; a rule of the place that the question names may lack them.
    """
    words, basis = () if is_answered_here(evidence) else unsaid_words(evidence), evidence.inquiry.basis
    named = [word for word in words if not basis.general.make_up(word)][:MOST_NAMED]
    if not named:
        return wording.NOTHING_DIRECT if words and not evidence.is_of_named_place else None
    unheld = [
        word
        for word, idf in zip(named, basis.index.idfs(named), strict=True)
        if idf >= basis.index.highest_idf
    ]
    is_nowhere = named[0] in unheld
    return wording.written_nowhere(unheld) if is_nowhere else wording.not_written_there(named)


def is_near(evidence: Evidence) -> bool:
    """Whether one of the best clauses does not answer, but says much of what is asked.

    Or the title of its document does.
    """
    hits = (hit for hit in evidence.inquiry.ranking.pool[:NEAREST] if hit.support >= NEARLY)
    return any(evidence.matter_in_title(hit) >= NAMED or evidence.unspoken(hit) < UNSPOKEN for hit in hits)


def is_beside(evidence: Evidence, limit: float) -> bool:
    """Whether words and vectors find nothing near the question, nor is it like those about what is held.

    Never without the table of word vectors.
    """
    if is_on_held(evidence):
        return False
    cosine = evidence.inquiry.basis.index.highest_cosine(evidence.inquiry.ranking.query)
    support = max(evidence.best.support, LEAST_SUPPORT)
    return cosine is not None and math.log(support) + COSINE_COUNTS * cosine < limit


def _of_parts(evidence: Evidence) -> Iterator[Evidence]:
    """The evidence for each part of a question that asks two things; for the whole, if it asks one."""
    ranking = evidence.inquiry.ranking
    if not ranking.part_of:
        yield evidence
    hits_of: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in ranking.kept:
        if part := ranking.part_of.get(hit.entry_id):
            hits_of[part.text].append(hit)
    for hits in hits_of.values():
        query = ranking.part_of[hits[0].entry_id].query
        of_part = Ranking(query, tuple(hits), (), ranking.pool)
        yield Evidence(replace(evidence.inquiry, ranking=of_part))


def _unspoken_of(evidence: Evidence, matters: Subjects) -> Iterator[tuple[str, Subject]]:
    """The matters that the question names and no kept clause speaks of, each with its name.

    What was named before an answer is held.
    """
    for name, subject in matters.named_in(evidence.inquiry.unanswered):
        if not speaks_of(evidence, subject):
            yield name, subject
