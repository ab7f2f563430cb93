"""Completes a question with what it leaves out, from the conversation."""

import re
from dataclasses import dataclass, field

from bot.answering.context import Exchange
from bot.answering.counterpart import LONGEST_NAME, Counterparts, Span
from bot.answering.utterance import LONGEST_THING, Utterance, asking_in
from bot.content.follow_up import PAUSES, FollowUpGroup, FollowUpWords
from bot.content.general_words import GeneralWords
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher

LEAST_SUBJECT = 0.4
"""What the words of a subject must weigh to stand for a whole question.

As are all weights here, in idf of a word that no text holds.
"""

LATEST_ASKING = 2
"""Characters before the question words of an aspect that is said right behind its subject."""

LONGEST_CONTEXT = 60
"""Characters of the conversation that complete a question; what is older is dropped."""

_HAS_HAPPENED = "了"
"""At the end of a subject that is a sentence: 低保金发错了."""

_OF_A_KIND = "的"
"""At the end of what tells things of one kind apart: 赚钱的."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that leaves something out, and its meaning in the conversation.

    Args:
        text: the complete question.
        own: the query of its own words alone; `own_hits` were found with it.
        subject: what it is about; `aspect`: what it asks about that. Both are kept for the next question.
        asked: what is asked now. If a thing replaces another, this is the complete question.
        documents: the documents quoted before, if the question is still about the same.
        quoted: the clause that was quoted first before.
        is_corrected: whether the person says that something else was meant than that.
        pointed: the clause that the person points to: 第二条.
        is_behind_answer: whether what it goes on from was answered.
    """

    text: str
    own: Query
    own_hits: tuple[Hit, ...]
    subject: str
    aspect: str
    asked: str
    documents: frozenset[str] = frozenset()
    quoted: str | None = None
    is_corrected: bool = False
    pointed: str | None = None
    is_behind_answer: bool = False


@dataclass(frozen=True, slots=True)
class CompleteQuestion:
    """A complete question in words, with its subject and aspect.

    `replaced`: the words that the new ones replace; empty: none.
    """

    text: str
    subject: str
    aspect: str
    replaced: str = ""


@dataclass(frozen=True, slots=True)
class Completer:
    """Finds what an utterance leaves out.

    `general`: words that name no matter.
    """

    index: Searcher
    words: FollowUpWords
    counterparts: Counterparts
    general: GeneralWords = field(default_factory=GeneralWords)

    def wording(self, said: Utterance, before: Exchange) -> CompleteQuestion:
        """The complete question: a thing replaces another one, an aspect is asked about the same subject."""
        if before.subject:
            subject, aspect = before.subject[0], before.aspect
        else:
            subject, aspect = self._parts(before.understood_as)
        if said.asks:
            asked = said.text
            if said.topic and said.topic in subject:
                asked = asked.removeprefix(said.topic).lstrip(PAUSES) or asked
            return CompleteQuestion(self._joined(subject, asked), *self._narrowed(subject, asked))
        question = self._joined(subject, aspect) if before.subject else before.understood_as
        if not said.text:
            return CompleteQuestion(question, subject, aspect)
        happens = self.words.patterns[FollowUpGroup.HAPPENING].match(said.text)
        is_short = len(said.text) <= LONGEST_THING
        if is_short and said.text.endswith(_OF_A_KIND) and not happens:
            return self._of_kind(said.text, question)
        thing = self._without_front(said.text) if said.closes else said.text
        span = _span_of_denied(said.denied, question)
        if span is None and (said.closes or self.is_question(question)):
            span = self.counterparts.span(thing, question, subject, tells_apart=said.tells_apart)
        if span is None:
            told = f"{question[-LONGEST_CONTEXT:]}，{said.text}"
            return CompleteQuestion(told, subject if aspect else told, aspect)
        text = _without_overlap(question[: span[0]], thing) + thing + question[span[1] :]
        return CompleteQuestion(text, *self._parts(text), replaced=question[slice(*span)])

    def _of_kind(self, kind: str, question: str) -> CompleteQuestion:
        """The question about things of a kind: 赚钱的 stands before 养老院."""
        text = f"{kind}{question}"
        return CompleteQuestion(text, *self._parts(text))

    def _narrowed(self, subject: str, asked: str) -> tuple[str, str]:
        """Subject and aspect behind a question that names a subject of its own: 公司把我裁了，失业金.

        What comes next is about that, too.
        """
        own, aspect = self._parts(asked)
        if not aspect or own in subject:
            return subject, asked
        return f"{subject}，{own}", aspect

    def _parts(self, question: str) -> tuple[str, str]:
        """The subject of a question, and the aspect that it asks about: 低保 and 怎么申请.

        The subject is the text before the question words, without the verbs that lead to them. If that text
        says little, or if the question goes on after the question words, the whole question is the subject.
        """
        asking = asking_in(question, self.words)
        if asking is None:
            return question, ""
        subject = self._without_general(self._without_verbs(question[: asking.start()].rstrip(PAUSES)))
        named, asked = self.index.words(subject), self.index.words(question[asking.end() :])
        says_little = sum(named.values()) < LEAST_SUBJECT * self.index.highest_idf
        if len(asked) > 1 or says_little or max(map(len, named)) < 2:
            return question, ""
        return subject, question[len(subject) :].lstrip(PAUSES)

    def _without_verbs(self, subject: str) -> str:
        """A subject without the verbs behind it: 失业金 for 失业金能领. 基金会 does not end with a verb."""
        verb_at_end = re.compile(f"(?:{self.words.patterns[FollowUpGroup.PREDICATE].pattern})$")
        while verb := verb_at_end.search(subject):
            *_, (last, idf) = self.index.words(subject).items() or [("", 0.0)]
            if len(last) > len(verb[0]) and subject.endswith(last) and idf < self.index.highest_idf:
                break
            subject = subject[: verb.start()].rstrip(PAUSES)
        return subject

    def _without_general(self, subject: str) -> str:
        """A subject without a last stretch that names no matter: 家里 in 孩子他爸工伤没了，家里."""
        before, pause, last = subject.rpartition(",")
        is_general = pause and self.general.make_up(last) and len(self.index.words(last)) < 2
        return before.rstrip(PAUSES) if is_general else subject

    def is_question(self, text: str) -> bool:
        """Whether a text asks something."""
        return asking_in(text, self.words) is not None

    def _joined(self, subject: str, aspect: str) -> str:
        """Subject and aspect as one question: 低保多久能批. A comma follows a subject that is a sentence."""
        if not aspect:
            return subject
        asking = asking_in(aspect, self.words)
        is_one = asking and asking.start() <= LATEST_ASKING and len(subject) <= LONGEST_NAME
        is_one = is_one and not subject.endswith(_HAS_HAPPENED)
        is_one = is_one and sum(map(len, self.index.words(subject))) >= len(subject) - 1
        return f"{subject[-LONGEST_CONTEXT:]}{'' if is_one else '，'}{aspect}"

    def _without_front(self, thing: str) -> str:
        """A thing without the stop words before it: 乡下 for 我们乡下; what happened stays whole."""
        if self.words.patterns[FollowUpGroup.HAPPENING].match(thing):
            return thing
        first = next(iter(self.index.words(thing)), "")
        return thing[max(thing.find(first), 0) :]


def _span_of_denied(denied: str, question: str) -> Span | None:
    """Where what is not meant stands in a question: 变更 of 不是变更."""
    ends = (denied[start:] for start in range(len(denied) - 1))
    named = next((end for end in ends if end in question), "")
    place = question.find(named)
    return (place, place + len(named)) if named else None


def _without_overlap(front: str, thing: str) -> str:
    """What stands before a thing, without words that the thing begins with: 交了 before 交了十二年."""
    shared = (thing[:length] for length in range(len(thing) - 1, 0, -1) if front.endswith(thing[:length]))
    return front.removesuffix(next(shared, ""))
