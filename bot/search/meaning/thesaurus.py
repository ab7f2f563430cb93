"""Finds expressions of a question for which law and policy use other words, by the rules of a thesaurus."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from bot.policy.numerals import to_int

GAP = 8
"""Characters between two parts of an expression; never the end of a sentence."""

_NUMERALS = "0123456789一二三四五六七八九十百两"
_NUMBER = rf"(?<![{_NUMERALS}])([{_NUMERALS}]{{1,6}})"
RANGE = re.compile(r"<(\d+)-(\d+)>")

_SENTENCE_ENDS = tuple("。!?;\n")

DeadEnds = set[tuple[int, int]]
"""Parts of a rule, by number, and places of a question where they do not begin what ends well."""

Parts = tuple[tuple[str, ...], ...]
"""The parts of an expression, each with its alternatives."""

Spans = tuple[tuple[int, int], ...]
"""Where each part of an expression stands in a question, `question[start:end]`."""

IsTorn = Callable[[int, int], bool]
"""Whether a stretch of a question, from its start to its end, is torn out of other words."""


@dataclass(frozen=True, slots=True)
class MeantTerm:
    """A term of law or policy. `weight`: how surely it is meant, > 0, ≤ 1."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression and what it stands for.

    `given`: one of these words must stand in the question; empty: none needs to. `unless`: none of them may.
    """

    expression: str
    parts: Parts
    targets: tuple[MeantTerm, ...]
    given: tuple[str, ...]
    unless: tuple[str, ...]
    path: Path
    line: int

    @property
    def source(self) -> str:
        """The place of the rule for staff: `file:line`."""
        return f"{self.path.name}:{self.line}"

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms for which it stands."""
        return tuple(target.term for target in self.targets)

    @property
    def has_range(self) -> bool:
        """Whether a number in a range is a part of the expression."""
        return "<" in self.expression

    @property
    def beginning(self) -> int:
        """How many characters the beginnings of the first part have that are told apart.

        Of two expressions in the same place, the one with the shorter beginning goes first.
        """
        return 1 if any("<" in each or len(each) == 1 for each in self.parts[0]) else 2

    @property
    def is_one_piece(self) -> bool:
        """Whether the expression is a single run of characters."""
        return len(self.parts) == 1

    def match(self, question: str, start: int, dead: "DeadEnds | None" = None) -> "Spans | None":
        """The places of the expression's parts, if it begins at a place of a folded question.

        None: it does not begin there, or its conditions do not hold.

        Args:
            dead: what is known of this rule and question from other places; more is added.
        """
        spans = self._spans(question, start, set() if dead is None else dead)
        if spans is None or any(word in question for word in self.unless):
            return None
        return spans if not self.given or any(word in question for word in self.given) else None

    def _spans(self, question: str, start: int, dead: "DeadEnds") -> "Spans | None":
        if not self.has_range:
            if self.parts == ((self.expression,),):
                is_here = question.startswith(self.expression, start)
                return ((start, start + len(self.expression)),) if is_here else None
            if not question.startswith(self.parts[0], start):
                return None
            return self._spans_of_rest(question, start, 0, dead)
        found = _pattern(self.parts).match(question, start)
        if found is None or not self._numbers_fit(found):
            return None
        return tuple(found.span(f"part{number}") for number in range(len(self.parts)))

    def _spans_of_rest(self, question: str, start: int, part: int, dead: "DeadEnds") -> "Spans | None":
        """Where the parts stand from one of them on, if that one begins at a place.

        They end at the first end that a regular expression would find; but where no end is found is looked at
        once only, so that many parts cost no more than few.
        """
        if (part, start) in dead:
            return None
        for alternative in self.parts[part]:
            if not question.startswith(alternative, start):
                continue
            end = start + len(alternative)
            if part + 1 == len(self.parts):
                return ((start, end),)
            for place in range(end, min(end + GAP, len(question)) + 1):
                found = self._spans_of_rest(question, place, part + 1, dead)
                if found is not None:
                    return ((start, end), *found)
                if question[place : place + 1] in _SENTENCE_ENDS:
                    break
        dead.add((part, start))
        return None

    def _numbers_fit(self, found: re.Match[str]) -> bool:
        ranges = [(int(least), int(greatest)) for least, greatest in RANGE.findall(self.expression)]
        parts = found.re.groupindex.values()
        numerals = (found[n] for n in range(1, found.re.groups + 1) if n not in parts)
        for numeral, (least, greatest) in zip(numerals, ranges, strict=True):
            if numeral is None:
                continue
            try:
                value = to_int(numeral)
            except ValueError:
                return False
            if not least <= value <= greatest:
                return False
        return True


@cache  # as many as there are rules
def _pattern(parts: Parts) -> re.Pattern[str]:
    """A pattern for one alternative of each part, with at most GAP characters between two parts."""
    gap = f"[^。!?;\n]{{0,{GAP}}}?"
    written = (f"(?P<part{n}>{'|'.join(map(_literal, part))})" for n, part in enumerate(parts))
    return re.compile(gap.join(written))


def _literal(alternative: str) -> str:
    pieces = re.split(r"(<\d+-\d+>)", alternative)
    return "".join(_NUMBER if piece.startswith("<") else re.escape(piece) for piece in pieces)


@dataclass(frozen=True, slots=True)
class Meaning:
    """An expression found in a question, its parts in order, and the rule that says what it stands for."""

    spans: Spans
    rule: Rule

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.spans[-1][1]


class Ways(NamedTuple):
    """The tables by which rules are found. A file can hold them: they are dictionaries, strings and numbers.

    Args:
        lengths: a character → the lengths of the alternatives of parts that begin with it.
        anchored: each alternative of a part → the numbers of the rules that are found by it.
        ranged: one or two characters → the numbers of the rules with ranges that may begin with them.
    """

    lengths: dict[str, tuple[int, ...]]
    anchored: dict[str, tuple[int, ...]]
    ranged: dict[str, tuple[int, ...]]

    @classmethod
    def to(cls, rules: Sequence[Rule]) -> Self:
        """The ways to some rules."""
        literal = [number for number, rule in enumerate(rules) if not rule.has_range]
        lengths = _lengths(rules[number] for number in literal)
        return cls(lengths, _anchored(rules, literal), _by_start(rules))


class Thesaurus:
    """Finds the expressions of rules in questions. Immutable.

    A rule is looked at only where each of its parts stands somewhere in the question. It is found by the part
    that the fewest other rules have: 给 alone would lead to hundreds. Rules with ranges of numbers are found
    by the characters that they may begin with.

    Args:
        ways: to these rules; None: they are made from them.
    """

    def __init__(self, rules: Iterable[Rule] = (), ways: Ways | None = None) -> None:
        self.rules: Sequence[Rule] = rules if isinstance(rules, Sequence) else tuple(rules)
        self.ways = Ways.to(self.rules) if ways is None else ways
        self._lengths, self._anchored, self._ranged = self.ways

    def meanings(self, folded: str, is_torn: IsTorn | None = None) -> list[Meaning]:
        """The expressions of a folded question that a rule explains, in the order of the question.

        Each rule counts once. An expression inside a longer one is left out: 低保边缘 is not 低保.

        Args:
            is_torn: where an expression of one stretch is torn, it is none, and hides no shorter one:
                路口烧纸 in 十字路口烧纸.
        """
        found: dict[int, Meaning] = {}
        places = self._places(folded)
        for number in self._possible(places):
            rule, dead = self.rules[number], DeadEnds()
            for start in sorted({start for each in rule.parts[0] for start in places.get(each, ())}):
                if (spans := rule.match(folded, start, dead)) and _is_whole(spans, is_torn):
                    found[number] = Meaning(spans, rule)
                    break
        found.update(self._of_ranges(folded, is_torn))
        in_order = sorted((each.start, each.end, each.rule.beginning, n) for n, each in found.items())
        meanings = [found[number] for *_, number in in_order]
        pieces = [meaning for meaning in meanings if meaning.rule.is_one_piece]
        return [meaning for meaning in meanings if not any(_inside(meaning, piece) for piece in pieces)]

    def _places(self, folded: str) -> dict[str, list[int]]:
        """The places of each alternative of a rule's parts in a folded question."""
        places: dict[str, list[int]] = {}
        for start, character in enumerate(folded):
            for length in self._lengths.get(character, ()):
                if (text := folded[start : start + length]) in self._anchored:
                    places.setdefault(text, []).append(start)
        return places

    def _possible(self, places: Mapping[str, Sequence[int]]) -> Iterable[int]:
        """The numbers of the rules whose parts all stand somewhere."""
        standing = places.keys()
        for number in dict.fromkeys([number for text in places for number in self._anchored[text]]):
            for part in self.rules[number].parts:
                if standing.isdisjoint(part):
                    break
            else:
                yield number

    def _of_ranges(self, folded: str, is_torn: IsTorn | None) -> Mapping[int, Meaning]:
        """Number → what is found, of each rule with ranges."""
        found: dict[int, Meaning] = {}
        for start in range(len(folded)):
            for beginning in (folded[start], folded[start : start + 2]):
                for number in self._ranged.get(beginning, ()):
                    rule = self.rules[number]
                    if number in found:
                        continue
                    if (spans := rule.match(folded, start)) and _is_whole(spans, is_torn):
                        found[number] = Meaning(spans, rule)
        return found


def _is_whole(spans: Spans, is_torn: IsTorn | None) -> bool:
    """Whether an expression is not torn out of other words. One of several parts never is."""
    return is_torn is None or len(spans) > 1 or not is_torn(*spans[0])


def _inside(meaning: Meaning, other: Meaning) -> bool:
    longer = other.end - other.start > meaning.end - meaning.start
    return longer and other.start <= meaning.start and meaning.end <= other.end


def _lengths(rules: Iterable[Rule]) -> dict[str, tuple[int, ...]]:
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for rule in rules:
        for part in rule.parts:
            for alternative in part:
                lengths[alternative[0]].add(len(alternative))
    return {character: tuple(sorted(found)) for character, found in lengths.items()}


def _anchored(rules: Sequence[Rule], numbers: Sequence[int]) -> dict[str, tuple[int, ...]]:
    common = Counter(each for number in numbers for part in rules[number].parts for each in part)
    anchored: dict[str, list[int]] = {alternative: [] for alternative in common}
    for number in numbers:
        anchor = min(rules[number].parts, key=lambda part: sum(common[each] for each in part))
        for alternative in anchor:
            anchored[alternative].append(number)
    return {alternative: tuple(found) for alternative, found in anchored.items()}


def _by_start(rules: Iterable[Rule]) -> dict[str, tuple[int, ...]]:
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        if rule.has_range:
            for beginning in {alternative[: rule.beginning] for alternative in rule.parts[0]}:
                for start in _NUMERALS if beginning == "<" else (beginning,):
                    numbers[start].append(number)
    return {start: tuple(found) for start, found in numbers.items()}
