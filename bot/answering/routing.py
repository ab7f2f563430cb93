"""The steps before a question is understood: masking, help in danger, small talk."""

import re
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.inquiry import Inquiry
from bot.answering.utterance import asking_in
from bot.content.routing_examples import ASKING, CERTAIN, CLEAR, DOUBTFUL, LIKELY, ORDINARY, SURE
from bot.records.masking import mask as masked
from bot.records.written_numbers import NumberKind

_MASK = re.compile(rf"[(（]?(?:{'|'.join(NumberKind)})\*\*\*[)）]?")


def mask(inquiry: Inquiry) -> Inquiry:
    """The inquiry with a question in which personal numbers are masked, before any other step sees it."""
    found = masked(inquiry.question.text)
    return replace(inquiry, question=replace(inquiry.question, text=found.text), masked=found)


def rescue(inquiry: Inquiry) -> Inquiry | Answer:
    """The telephone numbers for a person in danger; every other inquiry goes on.

    Phrases of the routing tell plain cries for help; likeness to examples tells the others. A message that
    only may be a cry is answered, and the numbers stand as a note in front of the answer. The kind of danger
    is a guess: unless it is clear, all numbers are given.
    """
    basis, said = inquiry.basis, inquiry.question.text
    guess = basis.cries.likeliest(basis.routing.squeezed(said))
    if rule := basis.routing.urgent_rule(said):
        least = ORDINARY if basis.routing.is_plain(rule, said) else DOUBTFUL
        if asking_in(basis.index.fold(said), basis.follow_up):
            least = ASKING
        is_cry = guess.strength > least or basis.routing.is_whole(rule, said)
        return _out_of_scope(inquiry, rule.sentence) if is_cry else replace(inquiry, note=rule.note)
    rule = basis.routing.named(guess.kind)
    if guess.strength < LIKELY or rule is None or basis.routing.rule(said):
        return inquiry
    any_danger = basis.routing.danger
    if guess.strength < (CERTAIN if basis.routing.is_about_rules(said) else SURE):
        return replace(inquiry, note=any_danger or rule.note)
    told = (rule.sentence, any_danger) if guess.lead >= CLEAR else (any_danger or rule.sentence,)
    return _out_of_scope(inquiry, "\n".join(filter(None, (*told, wording.NO_DANGER))))


def close(inquiry: Inquiry) -> Inquiry | Answer:
    """The notice of maintenance, while there is one; else the inquiry goes on."""
    if inquiry.basis.is_closed:
        return inquiry.answer(Status.MAINTENANCE, wording.maintenance(inquiry.contact))
    return inquiry


def route(inquiry: Inquiry) -> Inquiry | Answer:
    """The sentence for small talk, personal cases and the like; else the question without polite words."""
    text = _MASK.sub(" ", inquiry.question.text).strip()
    if not any(map(str.isalnum, text)) and inquiry.masked.kinds:
        return inquiry.answer(Status.OUT_OF_SCOPE, wording.ONLY_NUMBERS)
    routing = inquiry.basis.routing
    rule = None if _chooses(inquiry) or _continues(inquiry) else routing.rule(text)
    if rule:
        return _out_of_scope(inquiry, rule.sentence)
    asked = replace(inquiry.question, text=routing.without_politeness(text))
    return replace(inquiry, question=asked, note=routing.note_on(text) or inquiry.note)


def tells_what_goes_on(inquiry: Inquiry) -> bool:
    """Whether a message that was answered with a sentence tells what the next question may be about.

    孩子一宿没回家, and then 能报警不; 我的工伤材料走到哪一步了, and then 最晚多久.
    """
    routing, said = inquiry.basis.routing, inquiry.question.text
    guess = inquiry.basis.cries.likeliest(routing.squeezed(said))
    guessed = routing.named(guess.kind) if guess.strength >= LIKELY else None
    rule = routing.urgent_rule(said) or routing.rule(said) or guessed
    return rule is not None and rule.continues


def _chooses(inquiry: Inquiry) -> bool:
    """Whether the message is the number of an option that was offered before."""
    offered = inquiry.context.exchanges[-1].options if inquiry.context.exchanges else ()
    said = inquiry.question.text
    return said.isdecimal() and 1 <= int(said) <= len(offered)


def _continues(inquiry: Inquiry) -> bool:
    """Whether the message goes on from the answer before: 真的吗, 个人呢."""
    last = inquiry.context.exchanges[-1:]
    folded = inquiry.basis.index.fold(inquiry.question.text)
    return any(exchange.clause_ids for exchange in last) and inquiry.basis.follow_up.continues(folded)


def _out_of_scope(inquiry: Inquiry, sentence: str) -> Answer:
    return inquiry.answer(Status.OUT_OF_SCOPE, sentence.replace("{hotline}", inquiry.contact))
