"""The way of a question: STEPS is the whole of it, in order.

A step takes the inquiry as it stands and gives it back with more, or gives the answer: then the way ends.
LAST_STEPS follow every answer. Only `remember` has an effect; the other steps are pure functions. What a step
is called is what its function is called: the imports say in which file it stands.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.clarifying import clarify, keep_to_subject, take_option
from bot.answering.following import follow_up, go_on
from bot.answering.fusion import rank_completed
from bot.answering.in_force_first import prefer_in_force
from bot.answering.inquiry import Inquiry
from bot.answering.judging import dismiss, judge, miss
from bot.answering.parts import divided
from bot.answering.places import keep_to_place, locate
from bot.answering.ranking import Ranking, rank
from bot.answering.routing import close, mask, rescue, route
from bot.answering.standing import stand
from bot.answering.tally import Tally
from bot.answering.telling import cite, conclude, refuse, remember, tell_what_was_hidden, warn
from bot.logs import place_of

_log = logging.getLogger(__name__)

Step = Callable[[Inquiry], Inquiry | Answer]
LastStep = Callable[[Inquiry, Answer], Answer]


def search(inquiry: Inquiry) -> Inquiry:
    """The question is understood, and clauses are ranked for it."""
    index, question = inquiry.basis.index, inquiry.question
    if inquiry.completion:
        ranking = rank_completed(inquiry.basis, inquiry.completion, question.k)
    else:
        ranking = rank(index, question, inquiry.unheld_names)
    return replace(inquiry, ranking=ranking)


def divide(inquiry: Inquiry) -> Inquiry:
    """Of a question that asks two things, the best clause of each comes first; a completed one asks one."""
    if inquiry.completion:
        return inquiry
    return replace(inquiry, ranking=divided(inquiry.ranking, inquiry.question.k, inquiry.basis))


STEPS: tuple[Step, ...] = (
    # What the question means.
    mask,  # numbers of people leave the question
    rescue,  # a person in danger is told whom to call
    close,  # during maintenance every other question gets a notice
    route,  # small talk and personal cases get a sentence; politeness leaves the question
    take_option,  # the number or the label of an option becomes its question
    locate,  # where the asker lives, which places the question names
    follow_up,  # what the question leaves out comes from the conversation
    # Which clauses fit.
    search,  # the best clauses for its words, and what they stand for
    go_on,  # a question that finds nothing by itself is completed after all
    keep_to_place,  # rules of other places are set aside
    prefer_in_force,  # what a newer text replaced gives way
    keep_to_subject,  # where the question names one document, the others are set aside
    divide,  # of two questions in one, each gets its clause
    # Whether they answer.
    dismiss,  # an everyday matter that no clause speaks of: nothing is kept
    miss,  # a place or a matter that nothing held speaks of is named as missing
    clarify,  # a question that fits several documents is asked back
    judge,  # where no clause answers, those that speak of it are `related`
    refuse,  # where no clause is kept, the answer says so
    stand,  # beside a clause without force stands the one that superseded it
    # What is said.
    cite,  # each clause with its citation and its answering sentence
    conclude,  # the status and the message
)
RANKING_STEPS: tuple[Callable[[Inquiry], Inquiry], ...] = (
    locate,
    search,
    go_on,
    keep_to_place,
    prefer_in_force,
    keep_to_subject,
)
LAST_STEPS: tuple[LastStep, ...] = (
    warn,  # a question about danger: whom to call comes first
    tell_what_was_hidden,  # numbers of people that were masked are named by their kind
    remember,  # what came of the question is kept
)


def walk(inquiry: Inquiry, tally: Tally) -> tuple[Inquiry, Answer]:
    """The inquiry as far as it came, and its answer; how long each step took is tallied.

    Never raises: what breaks is logged by its place, and answered politely.
    """
    times = [tally.now()]
    try:
        for step in STEPS:
            result = step(inquiry)
            times.append(tally.now())
            if isinstance(result, Answer):
                return inquiry, result
            inquiry = result
    except Exception as error:  # noqa: BLE001  # the outer wall: a resident gets a sentence, not a traceback
        _log.error("answer=failed error=%s", place_of(error))
        inquiry = replace(inquiry, passages=())
    finally:
        tally.walked(times)
    return inquiry, inquiry.answer(Status.FAILED, wording.failed(inquiry.contact))


def ranked(inquiry: Inquiry) -> Ranking:
    """The ranking behind an answer, as it stands when hits are chosen from it."""
    for step in RANKING_STEPS:
        inquiry = step(inquiry)
    return inquiry.ranking
