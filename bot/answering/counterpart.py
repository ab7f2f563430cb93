"""The part of a question whose place a thing takes: 低保怎么申请, and then 特困呢."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.answering.utterance import asking_in
from bot.content.follow_up import FollowUpGroup, FollowUpWords
from bot.policy.jurisdiction import Gazetteer
from bot.search.searcher import Searcher

LONGEST_NAME = 12
"""Characters of the name of a thing; what is longer tells something."""

SHORTEST_TERM = 3
"""Characters of a term of law by which a title is recognised: 最低生活保障, not 标准."""

LONGEST_WORD = 4
"""Characters of a thing that may take the place of another that looks nothing like it: 特困 of 低保.

A longer one stands for no other name: 眼睛看不见 is no 残疾人."""

_NUMERAL = r"[0-9零〇一二两三四五六七八九十百千]+"
_NUMBER = re.compile(rf"({_NUMERAL})([\u4e00-\u9fff])")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counterparts:
    """Finds the part of a question that is like a thing.

    Args:
        titles: the folded titles of the library, one a line.
        quoted: the folded texts of the documents that were quoted before.
    """

    index: Searcher
    words: FollowUpWords
    gazetteer: Gazetteer
    titles: str = ""
    quoted: tuple[str, ...] = ()

    def span(self, thing: str, question: str, subject: str, *, tells_apart: bool) -> Span | None:
        """The part of a question that a thing replaces: one that is like it, else a short subject.

        What is no matter of its own goes in front: 周末 of 加班费怎么算. It is said to tell things of a kind
        apart, or the documents quoted before speak of it.

        Args:
            tells_apart: whether it is said for things of one kind: 周末的呢.

        Returns:
            Where the part begins and ends; (0, 0): the thing goes in front. None: it goes behind.
        """
        is_short = 1 <= len(self.index.words(thing)) <= 2 or thing in self.titles
        if not is_short or len(thing) > LONGEST_NAME:
            return None
        if self.gazetteer.named(thing):
            return self._place_in(question) or (0, 0)
        number = self._same_unit(thing, question)
        if number is None and (qualified := self._qualified(thing, question)):
            return qualified
        happens = self.words.patterns[FollowUpGroup.HAPPENING].match(thing)
        kin = number or self._same_ending(thing, question)
        if kin is None and not happens and (titled := self._titled(thing, question)):
            kin = (0, 0) if tells_apart and titled[0] > 0 else titled
        if kin or happens or not (question.startswith(subject) and asking_in(question, self.words)):
            return kin
        return self._subject(thing, subject, tells_apart=tells_apart)

    def _subject(self, thing: str, subject: str, *, tells_apart: bool) -> Span | None:
        """A short subject, whose place the name of another matter takes."""
        words = self.index.words(thing)
        is_name = sum(map(len, words)) == len(thing)
        is_short = len(thing) < LONGEST_WORD or (len(words) == 1 and len(thing) == LONGEST_WORD)
        if not (is_name and is_short and len(subject) <= LONGEST_WORD + 1):
            return None
        return (0, 0) if tells_apart or self._is_spoken_of(thing) else (0, len(subject))

    def _is_spoken_of(self, thing: str) -> bool:
        """Whether the documents that were quoted before speak of a thing."""
        return any(term in text for term in self.terms_of(thing) for text in self.quoted)

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
