"""Completes a question from the conversation: what it leaves out is said for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.context import Exchange
from bot.answering.utterance import Utterance, asking_in
from bot.content.follow_up import PAUSES, FollowUpWords
from bot.policy.jurisdiction import Gazetteer
from bot.search.index import Hit, Index
from bot.search.query import Query

SHORTEST_SUBJECT = 6.0
"""Sum of the idf of the words that a subject must have to stand for a whole question."""

LONGEST_NAME = 4
"""Characters of a thing that may take the place of another that looks nothing like it: 特困 of 低保."""

LONGEST_CONTEXT = 60
"""Characters of the conversation that complete a question; what is older is dropped."""

_NUMERAL = r"[0-9零〇一二两三四五六七八九十百千]+"
_NUMBER = re.compile(rf"({_NUMERAL})([\u4e00-\u9fff])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that leaves something out, and what it means in its conversation.

    Args:
        text: the complete question.
        own: what it says by itself, as the index understands it; `own_hits` were found by that.
        subject: what it is about, `aspect` what it asks about that: for the next question.
        documents: those that were quoted before, where it is still about the same.
    """

    text: str
    own: Query
    own_hits: tuple[Hit, ...]
    subject: str
    aspect: str
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wording:
    """A complete question in words, and what it is about."""

    text: str
    subject: str
    aspect: str
    is_replaced: bool = False


@dataclass(frozen=True, slots=True)
class Completer:
    """Says what an utterance leaves out."""

    index: Index
    words: FollowUpWords
    gazetteer: Gazetteer

    def wording(self, said: Utterance, before: Exchange) -> Wording:
        """The complete question. A thing takes the place of another; an aspect goes to the same subject."""
        if not said.asks:
            return self._of_thing(said.text, before.understood_as)
        subject = before.subject[0] if before.subject else self.subject(before.understood_as)
        return Wording(self._joined(subject, said.text), subject, said.text)

    def subject(self, question: str) -> str:
        """What a question is about: what stands before its question words, or else the whole question.

        >>> # 低保怎么申请 → 低保; 宁夏要打造多少个示范社区 → as it is, for the subject stands behind
        """
        asking = asking_in(question, self.words)
        if asking is None:
            return question
        before = question[: asking.start()].rstrip(PAUSES)
        named, asked = self.index.words(before), self.index.words(question[asking.end() :])
        if len(asked) > 1 or sum(named.values()) < SHORTEST_SUBJECT or max(map(len, named)) < 2:
            return question
        last = list(named)[-1]
        return before[: before.rfind(last) + len(last)] if last in before else before

    def is_question(self, text: str) -> bool:
        """Whether a text asks something."""
        return asking_in(text, self.words) is not None

    def _joined(self, subject: str, aspect: str) -> str:
        """Subject and aspect as one question, 低保多久能批. A subject that is a sentence is set apart."""
        asking = asking_in(aspect, self.words)
        is_one = asking and asking.start() <= 1 and len(subject) <= 2 * LONGEST_NAME
        is_one = is_one and not self.is_question(subject)
        return f"{subject[-LONGEST_CONTEXT:]}{'' if is_one else '，'}{aspect}"

    def _of_thing(self, thing: str, question: str) -> Wording:
        span = self._counterpart(thing, question)
        if span is None:
            text = f"{question[-LONGEST_CONTEXT:]}，{thing}"
            return Wording(text, text, "")
        text = question[: span[0]] + thing + question[span[1] :]
        return Wording(text, self.subject(text), "", is_replaced=True)

    def _counterpart(self, thing: str, question: str) -> Span | None:
        """The part of a question whose place a thing takes; None where it is not seen."""
        words = self.index.words(thing)
        if not 1 <= len(words) <= 2 or len(thing) > 2 * LONGEST_NAME:
            return None
        kin = self._same_unit(thing, question) or self._same_place(thing, question)
        kin = kin or self._same_ending(thing, question)
        if kin or len(words) > 1 or len(thing) > LONGEST_NAME:
            return kin
        asking = asking_in(question, self.words)
        end = asking.start() if asking else len(question)
        return next((span for span in self._spans(question) if span[1] <= end), None)

    def _same_unit(self, thing: str, question: str) -> Span | None:
        """六级 takes the place of 五级, 2020年 that of 2015年."""
        units = {number[2] for number in _NUMBER.finditer(thing)}
        return next((number.span() for number in _NUMBER.finditer(question) if number[2] in units), None)

    def _same_place(self, thing: str, question: str) -> Span | None:
        """江苏 takes the place of 宁夏."""
        if not self.gazetteer.named(thing):
            return None
        return next(((name.start, name.end) for name in self.gazetteer.names_in(question)), None)

    def _same_ending(self, thing: str, question: str) -> Span | None:
        """医疗救助 takes the place of 教育救助, 抚恤金 that of 退休金, 服务站 that of 服务中心."""
        for length in range(len(thing) - 1, 1, -1):
            end = question.find(thing[-length:]) + length
            if end >= length and end >= len(thing):
                return end - len(thing), end
        for start, end in self._spans(question):
            word = question[start:end]
            if len(word) > 2 < len(thing) and (word[-1] == thing[-1] or word[:2] == thing[:2]):
                return start, end
        return None

    def _spans(self, question: str) -> Iterator[Span]:
        """Where the words of a question stand."""
        place = 0
        for word in self.index.words(question):
            start = question.find(word, place)
            if start >= 0:
                place = start + len(word)
                yield start, place
