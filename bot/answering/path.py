"""The path of a question: STEPS is all of it, in order.

A step takes the inquiry and returns it with more in it, or returns the answer, which ends the path.
LAST_STEPS follow every answer. Only `remember` has an effect; the other steps are pure functions. A step is
named after its function; the imports show the file in which it stands.
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
from bot.answering.judging import dismiss, judge, miss, prefer_own_figure
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
    """The inquiry with its ranking: the question is understood, and clauses are searched."""
    index, question = inquiry.basis.index, inquiry.question
    if inquiry.completion:
        ranking = rank_completed(inquiry.basis, inquiry.completion, question.k)
    else:
        ranking = rank(index, question, inquiry.unheld_names)
    return replace(inquiry, ranking=ranking)


def divide(inquiry: Inquiry) -> Inquiry:
    """The inquiry with the best clause of each part in front, if the question asks two things."""
    if inquiry.completion:
        return inquiry
    return replace(inquiry, ranking=divided(inquiry.ranking, inquiry.question.k, inquiry.basis))


STEPS: tuple[Step, ...] = (
    # What the question means.
    mask,  # masks personal numbers
    rescue,  # tells a person in danger whom to call
    close,  # during maintenance, answers every other question with the notice
    route,  # answers small talk and personal cases with a sentence; drops polite words
    take_option,  # replaces the number or label of an option by its question
    locate,  # finds where the asker lives, and which places the question names
    follow_up,  # completes from the conversation what the question leaves out
    # Which clauses fit.
    search,  # finds the best clauses for its words and their meanings
    go_on,  # completes a question that finds nothing by itself
    keep_to_place,  # sets rules of other places aside
    prefer_in_force,  # sets texts aside that newer ones replaced
    keep_to_subject,  # if the question names one document, sets the others aside
    divide,  # gives each of two questions in one its clause
    # Whether they answer.
    dismiss,  # drops all clauses if the question is about an everyday matter
    miss,  # notes a place or a matter that no held text speaks of
    clarify,  # asks back if the question fits several documents
    prefer_own_figure,  # puts the clause of the asker's rule in front that states the figure asked for
    judge,  # marks clauses as `related` if they speak of the question and do not answer it
    refuse,  # answers `not_found` if no clause is kept
    stand,  # puts the superseding clause beside one that lost its force
    # What is said.
    cite,  # gives each clause its citation and its answering sentence
    conclude,  # gives the status and the message
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
    warn,  # puts telephone numbers in front of an answer about danger
    tell_what_was_hidden,  # names the kinds of personal numbers that were masked
    remember,  # keeps the record
)


def walk(inquiry: Inquiry, tally: Tally) -> tuple[Inquiry, Answer]:
    """The inquiry as far as it came, and its answer. Tallies the time of each step.

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
    """The ranking behind an answer, as it is before hits are chosen from it."""
    for step in RANKING_STEPS:
        inquiry = step(inquiry)
    return inquiry.ranking
