"""Completes a question with what it leaves out, from the conversation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.answering.context import Exchange
from bot.answering.utterance import LONGEST_THING, Utterance, asking_in
from bot.content.follow_up import PAUSES, FollowUpGroup, FollowUpWords
from bot.content.general_words import GeneralWords
from bot.policy.jurisdiction import Gazetteer
from bot.search.index import Hit, Searcher
from bot.search.query import Query

LEAST_SUBJECT = 0.4
"""What the words of a subject must weigh to stand for a whole question.

As are all weights here, in idf of a word that no text holds.
"""

LONGEST_NAME = 12
"""Characters of the name of a thing; what is longer tells something."""

SHORTEST_TERM = 3
"""Characters of a term of law by which a title is recognised: 最低生活保障, not 标准."""

LONGEST_WORD = 4
"""Characters of a thing that may take the place of another that looks nothing like it: 特困 of 低保.

A longer one stands for no other name: 眼睛看不见 is no 残疾人."""

LATEST_ASKING = 2
"""Characters before the question words of an aspect that is said right behind its subject."""

LONGEST_CONTEXT = 60
"""Characters of the conversation that complete a question; what is older is dropped."""

_NUMERAL = r"[0-9零〇一二两三四五六七八九十百千]+"
_NUMBER = re.compile(rf"({_NUMERAL})([\u4e00-\u9fff])")

_HAS_HAPPENED = "了"
"""At the end of a subject that is a sentence: 低保金发错了."""

_OF_A_KIND = "的"
"""At the end of what tells things of one kind apart: 赚钱的."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Completion:
    """A question that leaves something out, and its meaning in the conversation.

    Args:
        text: the complete question.
        own: the query of its own words alone; `own_hits` were found with it.
        subject: what it is about; `aspect`: what it asks about that. Both are kept for the next question.
        asked: what is asked now. If a thing replaces another, this is the complete question.
        documents: the documents quoted before, if the question is still about the same.
        disproved: the clause that was quoted first, if the person says that something else was meant.
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
    disproved: str | None = None
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

    `titles`: the folded titles of the library, one a line. `general`: words that name no matter.
    """

    index: Searcher
    words: FollowUpWords
    gazetteer: Gazetteer
    titles: str = ""
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
        span = self._counterpart(said.text, question, subject)
        if span is None:
            told = f"{question[-LONGEST_CONTEXT:]}，{said.text}"
            return CompleteQuestion(told, subject if aspect else told, aspect)
        text = _without_overlap(question[: span[0]], said.text) + said.text + question[span[1] :]
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
        return before.rstrip(PAUSES) if pause and self.general.make_up(last) else subject

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

    def _counterpart(self, thing: str, question: str, subject: str) -> Span | None:
        """The part of a question that a thing replaces: one that is like it, else a short subject.

        None: no such part is found.
        """
        words = self.index.words(thing)
        if not 1 <= len(words) <= 2 or len(thing) > LONGEST_NAME:
            return None
        if self.gazetteer.named(thing):
            return self._place_in(question) or (0, 0)
        kin = self._same_unit(thing, question)
        if kin is None and (qualified := self._qualified(thing, question)):
            return qualified
        happens = self.words.patterns[FollowUpGroup.HAPPENING].match(thing)
        kin = (
            kin or self._same_ending(thing, question) or (None if happens else self._titled(thing, question))
        )
        if kin is None and (happens or not self.is_question(question)):
            return None
        is_word = len(words) == 1 and len(thing) <= LONGEST_WORD
        if kin or not (is_word or len(thing) < LONGEST_WORD):
            return kin
        is_short = len(subject) <= LONGEST_WORD + 1 and question.startswith(subject)
        return (0, len(subject)) if is_short else None

    def _same_unit(self, thing: str, question: str) -> Span | None:
        """A part with the same unit: 六级 replaces 五级, 2020年 replaces 2015年."""
        units = {number[2] for number in _NUMBER.finditer(thing)}
        return next((number.span() for number in _NUMBER.finditer(question) if number[2] in units), None)

    def _place_in(self, question: str) -> Span | None:
        """Where to put a place: 江苏 replaces 宁夏; with no place in the question, it stands in front."""
        return next(((name.start, name.end) for name in self.gazetteer.names_in(question)), None)

    def _same_ending(self, thing: str, question: str) -> Span | None:
        """A part with the same ending: 医疗救助 replaces 教育救助, 抚恤金 replaces 退休金."""
        for length in range(len(thing) - 1, 1, -1):
            end = question.find(thing[-length:]) + length
            if end >= length and end >= len(thing):
                return self._whole_word(question, end - len(thing)), end
        for start, end in self._spans(question):
            word = question[start:end]
            is_long = len(word) > 2 < len(thing) or len(word) == len(thing)
            if is_long and (word[-1] == thing[-1] or (word[:2] == thing[:2] and len(thing) > 2)):
                return start, end
        return None

    def _whole_word(self, question: str, place: int) -> int:
        """Where the word begins that a place is in: 不合格 takes the place of 基本合格, not of 本合格."""
        return next((start for start, end in self._spans(question) if start < place < end), place)

    def _qualified(self, thing: str, question: str) -> Span | None:
        """Where to put a word for a kind: it replaces another such word, or goes to the beginning.

        农村 replaces 城镇, not 低保.
        """
        qualifying = self.words.patterns[FollowUpGroup.QUALIFYING]
        if not qualifying.fullmatch(thing):
            return None
        other = qualifying.search(question[: self._asks_at(question)])
        return other.span() if other else (0, 0)

    def _titled(self, thing: str, question: str) -> Span | None:
        """The longest part of the question that stands in titles, as the thing does: 社会团体 and 基金会."""
        if not self.is_titled(thing):
            return None
        spans = list(self._spans(question[: self._asks_at(question)]))
        starts = [start for start, _ in spans]
        ends = [end for start, end in spans] + [start + 2 for start, end in spans if end - start > 2]
        found = [
            (start, end)
            for start in starts
            for end in ends
            if 1 < end - start <= LONGEST_NAME and self.is_titled(question[start:end])
        ]
        return max(found, key=lambda span: span[1] - span[0], default=None)

    def is_titled(self, name: str) -> bool:
        """Whether a title holds a name, or a term of law for it."""
        return any(term in self.titles for term in self.terms_of(name))

    def terms_of(self, name: str) -> list[str]:
        """A name, and the terms of law for the whole name."""
        groups = self.index.query(name).expansions
        terms = [e.term for group in groups for e in group if e.said == name and len(e.term) >= SHORTEST_TERM]
        return [name, *terms] if len(name) <= LONGEST_WORD else [name]

    def _asks_at(self, question: str) -> int:
        """Where a question begins to ask."""
        asking = asking_in(question, self.words)
        return asking.start() if asking else len(question)

    def _spans(self, question: str) -> Iterator[Span]:
        """Where the words of a question stand."""
        place = 0
        for word in self.index.words(question):
            start = question.find(word, place)
            if start >= 0:
                place = start + len(word)
                yield start, place


def _without_overlap(front: str, thing: str) -> str:
    """What stands before a thing, without words that the thing begins with: 交了 before 交了十二年."""
    shared = (thing[:length] for length in range(len(thing) - 1, 0, -1) if front.endswith(thing[:length]))
    return front.removesuffix(next(shared, ""))
