"""Messages that are no questions about policy get a sentence of ours, before anything is searched."""

import re
from dataclasses import replace

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.inquiry import Inquiry
from bot.content.routing import RoutingRule
from bot.records.masking import NumberKind

_MASK = re.compile(rf"[(（]?(?:{'|'.join(NumberKind)})\*\*\*[)）]?")


def rescue(inquiry: Inquiry) -> Inquiry | Answer:
    """Whoever is in danger is told whom to call, whatever else is going on."""
    rule = inquiry.basis.routing.urgent_rule(inquiry.question.text)
    return _out_of_scope(inquiry, rule) if rule else inquiry


def route(inquiry: Inquiry) -> Inquiry | Answer:
    """Small talk, personal cases and the like get their sentence; a question loses the politeness around."""
    text = _MASK.sub(" ", inquiry.question.text).strip() if inquiry.masked.kinds else inquiry.question.text
    if not any(map(str.isalnum, text)) and inquiry.masked.kinds:
        return inquiry.answer(Status.OUT_OF_SCOPE, wording.ONLY_NUMBERS)
    routing = inquiry.basis.routing
    rule = None if _chooses(inquiry) else routing.rule(text)
    if rule:
        return _out_of_scope(inquiry, rule)
    asked = replace(inquiry.question, text=routing.without_politeness(text))
    return replace(inquiry, question=asked, note=routing.note_on(text))


def _chooses(inquiry: Inquiry) -> bool:
    """Whether the message is the number of an option that was offered before."""
    offered = inquiry.context.exchanges[-1].options if inquiry.context.exchanges else ()
    said = inquiry.question.text
    return said.isdecimal() and 1 <= int(said) <= len(offered)


def _out_of_scope(inquiry: Inquiry, rule: RoutingRule) -> Answer:
    return inquiry.answer(Status.OUT_OF_SCOPE, rule.sentence.replace("{hotline}", inquiry.contact))
