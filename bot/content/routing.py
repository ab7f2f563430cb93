"""Routing: messages that are answered with a sentence of ours instead of a clause, `routing.yaml`.

words:                          # lists of words that phrases name in <>
  家人: [爸, 妈, 孩子]
polite: [请问, 老师, 啊]        # they change nothing beside a saying of `whole`
asking: [怎么申请, 由谁]        # a question about rules: it gets its clause, whatever `contains` finds
danger: 有人正有危险，打 110…     # where it is not clear what danger somebody is in
rules:                          # the first one that fits counts
  - name: fire
    sentence: 请马上打 119。     # {hotline}: the telephone to call, with its hours
    urgent: true                # also during maintenance
    continues: true             # a short question behind it is about what it tells
    whole: [着火了]             # the whole message
    always: [救命…着火]         # anywhere
    contains: [着火]            # anywhere, unless the message asks about rules
    unless: [着火点]            # never with one of these
    note: 还在着火，请打 119。   # in front of the clause that a question with words of `contains` gets
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.content.finder import Finder, Phrase
from bot.content.lines import read_lines
from bot.content.patterns import WordLists, spellings_of
from bot.content.sayings import Sayings
from bot.content.yaml_lines import KeyPath, read_numbered_yaml
from bot.errors import DocumentError
from bot.search.folding import Folding

T = TypeVar("T")

FILE = "routing.yaml"

_NOTHING = Finder()
_MOST_REMEMBERED = 64
_SEGMENT = re.compile(r"[^\s,，。.!！?？;；~～…、]+")


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """A kind of message and its sentence. `{hotline}` in a sentence is replaced by the telephone to call.

    `always`, `contains` and `unless` find phrases in a folded message without blanks. `line` is that of
    the rule in its file.
    """

    name: str
    sentence: str
    is_urgent: bool = False
    continues: bool = False
    always: Finder = _NOTHING
    contains: Finder = _NOTHING
    unless: Finder = _NOTHING
    note: str = ""
    line: int = 1

    def fits(self, text: str, *, is_about_rules: bool) -> bool:
        """Whether a folded message has the phrases of this rule."""
        is_said = self.always.finds(text) or (not is_about_rules and self.contains.finds(text))
        return is_said and not self.unless.finds(text)


@dataclass(frozen=True)
class Routing:
    """The rules in order. Without rules, every message is a question.

    Args:
        sayings: of whole messages; the rank is the position of the rule.
        asking: finds words of a question about rules.
        danger: all numbers to call, said where it is not clear which danger it is; empty: that of a guess.
        fold: folds what a person wrote.
    """

    rules: tuple[RoutingRule, ...] = ()
    sayings: Sayings = field(default_factory=Sayings)
    asking: Finder = _NOTHING
    danger: str = ""
    fold: Callable[[str], str] = str

    def urgent_rule(self, message: str) -> RoutingRule | None:
        """The first rule for people in danger that fits a message. None: no such rule fits."""
        return self._fitting(message)[0]

    def rule(self, message: str) -> RoutingRule | None:
        """The first other rule that fits a message; None: it is a question.

        A message of nothing but polite words gets the last rule.
        """
        return self._fitting(message)[1]

    def is_whole(self, rule: RoutingRule, message: str) -> bool:
        """Whether a whole message is a saying of a rule."""
        return self._said(self.squeezed(message)) is rule

    def is_plain(self, rule: RoutingRule, message: str) -> bool:
        """Whether a message fits a rule plainly, by a phrase of `always`, and asks about no rules."""
        return not self.is_about_rules(message) and rule.always.finds(self.squeezed(message))

    def named(self, name: str) -> RoutingRule | None:
        """The rule with a name."""
        return next((rule for rule in self.rules if rule.name == name), None)

    def is_about_rules(self, message: str) -> bool:
        """Whether a message has words of `asking`, and so asks about rules."""
        return self.asking.finds(self.squeezed(message))

    def note_on(self, message: str) -> str:
        """The note in front of the answer to a question; often empty."""
        text = self.squeezed(message)
        return next((rule.note for rule in self.rules if rule.note and rule.contains.finds(text)), "")

    def without_politeness(self, question: str) -> str:
        """A question without the sayings around it: 你好，低保怎么申请？谢谢 → 低保怎么申请？"""
        segments = list(_SEGMENT.finditer(question))
        said = [segment for segment in segments if self.sayings.rank(self.squeezed(segment[0])) is None]
        if not said or len(said) == len(segments):
            return question
        following = next((s.start() for s in segments if s.start() >= said[-1].end()), len(question))
        return question[said[0].start() : following].rstrip(" \u3000,，、;；~～")

    def _fitting(self, message: str) -> tuple[RoutingRule | None, RoutingRule | None]:
        """The first urgent rule that fits a message, and the first other rule. Several steps use both."""
        return self._fit_lately(self.squeezed(message))

    @cached_property
    def _fit_lately(self) -> Callable[[str], tuple[RoutingRule | None, RoutingRule | None]]:
        return lru_cache(maxsize=_MOST_REMEMBERED)(
            lambda text: (self._first(text, is_urgent=True), self._first(text, is_urgent=False))
        )

    def _first(self, text: str, *, is_urgent: bool) -> RoutingRule | None:
        said, is_about_rules = self._said(text), self.asking.finds(text)
        for rule in self.rules:
            if rule.is_urgent is is_urgent and (
                rule is said or rule.fits(text, is_about_rules=is_about_rules)
            ):
                return rule
        return None

    def _said(self, text: str) -> RoutingRule | None:
        """The rule that has the whole squeezed message as a saying."""
        rank = self.sayings.rank(text)
        return None if rank is None or not self.rules else self.rules[min(rank, len(self.rules) - 1)]

    def squeezed(self, message: str) -> str:
        """The message in the form that is compared with phrases: folded, without blanks."""
        return "".join(self.fold(message).split())


def _known_places(sentence: str) -> str:
    unknown = set(re.findall(r"\{([^}]*)\}", sentence)) - {"hotline"}
    if unknown:
        raise ValueError(f"有 {{{unknown.pop()}}}，只认得 {{hotline}}（电话和时间）")
    return sentence


_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
_Sentence = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400),
    AfterValidator(_known_places),
]
_LIST = "一个清单，一行一种说法"


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Phrase = Field(description="这一类的名字，每条不同")
    sentence: _Sentence = Field(description="回答的话，最多 400 个字")
    urgent: bool = Field(False, description="true 或 false：有人有危险")
    continues: bool = Field(False, description="true 或 false：后面的短话接着问这件事")
    whole: tuple[_Phrase, ...] = Field((), description=_LIST)
    always: tuple[_Phrase, ...] = Field((), description=_LIST)
    contains: tuple[_Phrase, ...] = Field((), description=_LIST)
    unless: tuple[_Phrase, ...] = Field((), description=_LIST)
    note: _Sentence | None = Field(None, description="问规定时放在条文前面的话，最多 400 个字")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: dict[_Phrase, tuple[_Phrase, ...]] = Field({}, description="一个名字一个清单")
    polite: tuple[_Phrase, ...] = Field((), description=_LIST)
    asking: tuple[_Phrase, ...] = Field((), description=_LIST)
    danger: _Sentence | None = Field(None, description="说不准是哪种危险时说的话，最多 400 个字")
    rules: tuple[_Rule, ...] = Field(description="一个清单，每项有 name、sentence 和说法")


def read_routing(path: Path) -> Routing:
    """The routing of a file.

    Raises:
        DocumentError: the file is unusable, a name stands twice, or a phrase cannot be read.
    """
    file, line_of = read_numbered_yaml(read_lines(path), _File)
    fold = Folding().fold
    lists = {fold(name): [fold(word) for word in words] for name, words in file.words.items()}
    return _Reading(path, file, line_of, fold, lists).routing()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A file that is being read; errors name the line of the phrase."""

    path: Path
    file: _File
    line_of: Mapping[KeyPath, int]
    fold: Callable[[str], str]
    lists: WordLists

    def routing(self) -> Routing:
        rules: list[RoutingRule] = []
        ranked: list[tuple[str, int]] = []
        for number, rule in enumerate(self.file.rules):
            at: KeyPath = ("rules", number)
            if any(rule.name == before.name for before in rules):
                problem = f"name“{rule.name}”：写了两次；每条写一个不同的"
                raise DocumentError(self.path, self.line_of[at], problem)
            rules.append(self._rule(rule, at))
            ranked += [(saying, number) for saying in self._sayings(rule.whole, (*at, "whole"))]
        sayings = Sayings(ranked, self._sayings(self.file.polite, ("polite",)), nothing=len(rules))
        asking = self._finder(self.file.asking, ("asking",))
        return Routing(tuple(rules), sayings, asking, self.file.danger or "", self.fold)

    def _rule(self, rule: _Rule, at: KeyPath) -> RoutingRule:
        return RoutingRule(
            name=rule.name,
            sentence=rule.sentence,
            is_urgent=rule.urgent,
            continues=rule.continues,
            always=self._finder(rule.always, (*at, "always")),
            contains=self._finder(rule.contains, (*at, "contains")),
            unless=self._finder(rule.unless, (*at, "unless")),
            note=rule.note or "",
            line=self.line_of[at],
        )

    def _finder(self, phrases: Iterable[str], at: KeyPath) -> Finder:
        return Finder(self._each(phrases, at, Phrase.of))

    def _sayings(self, phrases: Iterable[str], at: KeyPath) -> Iterator[str]:
        for spellings in self._each(phrases, at, spellings_of):
            yield from spellings

    def _each(self, phrases: Iterable[str], at: KeyPath, read: Callable[[str, WordLists], T]) -> Iterator[T]:
        for number, phrase in enumerate(phrases):
            folded = "".join(self.fold(phrase).split()).replace("...", "…")
            try:
                yield read(folded, self.lists)
            except ValueError as error:
                line = self.line_of[(*at, number)]
                raise DocumentError(self.path, line, f"说法“{phrase}”：{error}") from None
