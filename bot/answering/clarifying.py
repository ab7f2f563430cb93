"""Asks back if a question fits several documents or places and points to none of them.

Two kinds of questions are asked back. In the first kind, the asker's place is unknown, and rules of several
places are near the top. In the second kind, the question is vague: it consists of words that fit any matter
(多少天能办下来), and clauses of several documents are near the top. `lexicon/general-words.txt` has these
words. Scores cannot decide this: a short question that names a matter (加班费怎么算) also finds clauses of
several documents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.answering import wording
from bot.answering.answer import Option, Status
from bot.answering.basis import Basis
from bot.answering.in_force_first import force_of
from bot.answering.inquiry import Inquiry, Verdict
from bot.answering.places import SOME_PLACE, jurisdiction_of_hit, places_asked_for
from bot.answering.ranking import MIN_SUPPORT, document_id_of
from bot.answering.sisters import are_sisters, likeness
from bot.policy.document import Document
from bot.policy.force.validity import LegalForce
from bot.policy.jurisdiction import COUNTRY, Jurisdiction
from bot.policy.subject import subject_of
from bot.search.query import Query
from bot.search.searcher import Hit

MOST_OPTIONS = 4

MOST_WEIGHT = 12.0
"""Weight of a vague question at most, in words that no text has; bigrams and expansions count, too. A longer
one that consists of general words tells a story, and the best clause mostly answers it."""

NEAR_DOCUMENT = 0.35
"""Share of the best score from which the best clause of another document is an option."""

LONGEST_LABEL = 20
"""Characters of a label that can be read at a glance."""

LOCAL, OTHER_PLACE = 0.8, 0.55
"""Shares of the best score from which rules of one place and of another one make the place matter."""

SAME_MATTER = 0.5
"""Share of the shorter title's bigrams, without places, from which two places' rules are about one matter."""

SAYS_AS_MUCH, OF_SOME_PLACE = 0.55, 0.9
"""Shares of what the first place's clause says of the question, from which another place's clause answers,
too: if both are about one matter, and if the question only asks for the rules of some place."""

SAME_TEXT = 0.6
"""Share of the shorter clause's bigrams from which two clauses say the same, so that nothing differs."""

_SUBJECT = re.compile(r"关于([^，,]+)[，,]")
_UNHELD = "\ufffd"


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One reading of a question: its label, the complete question, and its best clause."""

    label: str
    question: str
    hit: Hit


def take_option(inquiry: Inquiry) -> Inquiry:
    """The inquiry with an option as its question, if the message is the option's number or label."""
    exchanges = inquiry.context.exchanges
    if not exchanges or exchanges[-1].status != Status.CLARIFY:
        return inquiry
    options, said = exchanges[-1].options, inquiry.question.text.strip("。.，,！! 的")
    if said.isdecimal() and 1 <= int(said) <= len(options):
        chosen = [options[int(said) - 1]]
    else:
        chosen = [option for option in options if len(said) > 1 and said in option.partition("，")[0]]
    if len(chosen) != 1:
        return inquiry
    return replace(inquiry, question=replace(inquiry.question, text=chosen[0]))


def keep_to_subject(inquiry: Inquiry) -> Inquiry:
    """The inquiry with only those hits whose document the question names at its beginning: 关于工伤保险，….

    The options of `clarify` begin like this. A person who chose one wants its clauses, even if they say
    little about the question.
    """
    found = _SUBJECT.match(inquiry.question.text)
    pool = inquiry.ranking.pool
    own = [hit for hit in pool if found and _subject(_document(inquiry, hit)) == found[1]]
    if not own:
        return inquiry
    wanted = [hit._replace(support=max(hit.support, MIN_SUPPORT)) for hit in own]
    aside = [(hit, "the question names another document") for hit in pool if hit not in own]
    k = inquiry.question.k
    return replace(inquiry, ranking=inquiry.ranking.chosen_from(wanted, k, aside[:k]))


def clarify(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the verdict `clarify` and a hit for each option, if it must be asked back.

    It is never asked back twice in a row, nor if an earlier step has decided.
    """
    if not inquiry.ranking.pool or _is_settled(inquiry):
        return inquiry
    readings = list(_by_place(inquiry)) or list(_by_document(inquiry))
    readings = readings[:MOST_OPTIONS]
    if len(readings) < 2:
        return inquiry
    options = tuple(Option(reading.label, reading.question) for reading in readings)
    hits = tuple(reading.hit for reading in readings)
    return replace(inquiry, hits=hits, verdict=Verdict(Status.CLARIFY, options=options))


def _is_settled(inquiry: Inquiry) -> bool:
    """Whether it must not be asked back.

    This is so if it was just asked back, if an earlier step has decided, or if the question or the
    conversation points to a document.
    """
    exchanges = inquiry.context.exchanges
    asked_back = bool(exchanges) and exchanges[-1].status == Status.CLARIFY
    is_decided = inquiry.verdict.status is not Status.ANSWERED
    points = bool(_SUBJECT.match(inquiry.question.text))
    if inquiry.completion and inquiry.completion.documents:
        points = True
    return asked_back or is_decided or points


def _by_place(inquiry: Inquiry) -> Iterator[Interpretation]:
    """A reading for each place with rules near the top. Empty: the place is known, or does not matter."""
    query, best = inquiry.ranking.query, inquiry.ranking.pool[0]
    if len(places_asked_for(inquiry)) == 1 or best.support < MIN_SUPPORT:
        return
    if not query.kinds and not SOME_PLACE.search(query.text):
        return
    local: dict[Jurisdiction, Hit] = {}
    for hit in inquiry.ranking.pool:
        place = jurisdiction_of_hit(inquiry, hit)
        if place != COUNTRY and not any(place.covers(o) or o.covers(place) for o in local):
            local[place] = hit
    near = {place: hit for place, hit in local.items() if hit.score >= OTHER_PLACE * best.score}
    if not near or (first := next(iter(near.values()))).score < LOCAL * best.score:
        return
    near = {place: hit for place, hit in near.items() if hit is first or _is_counterpart(inquiry, hit, first)}
    if len(near) < 2:
        return
    asked = inquiry.basis.follow_up.bare(inquiry.question.text)
    for place, hit in near.items():
        yield Interpretation(str(place), wording.option(str(place), asked), hit)


def _is_counterpart(inquiry: Inquiry, hit: Hit, first: Hit) -> bool:
    """Whether another place's clause answers what the first place's clause answers.

    It says nearly as much of the question, and is about the same matter by its title or by what it says. If
    the question asks for the rules of some place (省里有啥安排), it may be about another matter.
    """
    index, query = inquiry.basis.index, inquiry.ranking.query
    clauses = inquiry.basis.library.clauses_by_id
    said, by_first = (index.idf_coverage(query, clauses[each.entry_id].text) for each in (hit, first))
    one, two = (_without_places(inquiry, _subject(_document(inquiry, each))) for each in (hit, first))
    if likeness(one, two) >= SAME_MATTER or are_sisters(inquiry, hit, first):
        return said >= SAYS_AS_MUCH * by_first
    return bool(SOME_PLACE.search(query.text)) and said >= OF_SOME_PLACE * by_first


def _without_places(inquiry: Inquiry, title: str) -> str:
    names = inquiry.basis.gazetteer.names_in(title)
    kept = [c for at, c in enumerate(title) if not any(name.start <= at < name.end for name in names)]
    return "".join(kept)


def _by_document(inquiry: Inquiry) -> Iterator[Interpretation]:
    """A reading for each document that a vague question fits; empty if the question is not vague."""
    if not is_vague(inquiry.ranking.query, inquiry.basis):
        return
    asked = inquiry.basis.follow_up.bare(inquiry.question.text)
    best_of: dict[str, Hit] = {}
    for hit in inquiry.ranking.pool:
        if force_of(inquiry, hit) is not LegalForce.NOT_IN_FORCE:
            best_of.setdefault(document_id_of(hit), hit)
    hits = list(best_of.values())
    shown: list[Interpretation] = []
    for hit in hits:
        label = _subject(_document(inquiry, hit))
        is_option = hit.score >= NEAR_DOCUMENT * hits[0].score and len(label) <= LONGEST_LABEL
        if is_option and not any(_is_same(inquiry, label, hit, other) for other in shown):
            shown.append(Interpretation(label, wording.option(f"关于{label}", asked), hit))
            yield shown[-1]


def is_vague(query: Query, basis: Basis) -> bool:
    """Whether a question names no matter, and is short."""
    if not basis.general.leave_open(query.text):
        return False
    unheld = basis.index.idf_coverage(Query("", (_UNHELD,)), _UNHELD)
    return basis.index.idf_coverage(query, query.text) <= MOST_WEIGHT * unheld


def _is_same(inquiry: Inquiry, label: str, hit: Hit, other: Interpretation) -> bool:
    """Whether a hit and an option do not differ: in their subjects, or in their words."""
    if label in other.label or other.label in label:
        return True
    clauses = inquiry.basis.library.clauses_by_id
    one, two = (clauses[each.entry_id].text for each in (hit, other.hit))
    return likeness(one, two) >= SAME_TEXT


@lru_cache(maxsize=4096)
def _subject_of(title: str) -> str:
    return subject_of(title)


def _subject(document: Document) -> str:
    return _subject_of(document.reports_on or document.title)


def _document(inquiry: Inquiry, hit: Hit) -> Document:
    library = inquiry.basis.library
    return library.by_id[document_id_of(hit)].document
