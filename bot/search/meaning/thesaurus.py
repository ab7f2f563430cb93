"""Finds the expressions of a question for which law and policy have other words, by rules of a thesaurus."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
        """Where staff find the rule: `file:line`."""
        return f"{self.path.name}:{self.line}"

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that it stands for."""
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

    def match(self, question: str, start: int, dead: "DeadEnds | None" = None) -> int | None:
        """Where the expression ends that begins at a place of a folded question.

        None: it does not begin there, or its conditions do not hold.

        Args:
            dead: what is known of this rule and question from other places; more is added.
        """
        end = self._end(question, start, set() if dead is None else dead)
        if end is None or any(word in question for word in self.unless):
            return None
        return end if not self.given or any(word in question for word in self.given) else None

    def _end(self, question: str, start: int, dead: "DeadEnds") -> int | None:
        if not self.has_range:
            if self.parts == ((self.expression,),):
                return start + len(self.expression) if question.startswith(self.expression, start) else None
            if not question.startswith(self.parts[0], start):
                return None
            return self._end_of_rest(question, start, 0, dead)
        found = _pattern(self.parts).match(question, start)
        return found.end() if found and self._numbers_fit(found) else None

    def _end_of_rest(self, question: str, start: int, part: int, dead: "DeadEnds") -> int | None:
        """Where the parts end from one of them on, if that one begins at a place.

        The first end that a regular expression would find; but where no end is found is looked at once only,
        so that many parts cost no more than few.
        """
        if (part, start) in dead:
            return None
        for alternative in self.parts[part]:
            if not question.startswith(alternative, start):
                continue
            end = start + len(alternative)
            if part + 1 == len(self.parts):
                return end
            for place in range(end, min(end + GAP, len(question)) + 1):
                found = self._end_of_rest(question, place, part + 1, dead)
                if found is not None:
                    return found
                if question[place : place + 1] in _SENTENCE_ENDS:
                    break
        dead.add((part, start))
        return None

    def _numbers_fit(self, found: re.Match[str]) -> bool:
        ranges = [(int(least), int(greatest)) for least, greatest in RANGE.findall(self.expression)]
        for numeral, (least, greatest) in zip(found.groups(), ranges, strict=True):
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
    """Matches one alternative of each part, with at most GAP characters between two parts."""
    gap = f"[^。!?;\n]{{0,{GAP}}}?"
    return re.compile(gap.join("(?:" + "|".join(map(_literal, part)) + ")" for part in parts))


def _literal(alternative: str) -> str:
    pieces = re.split(r"(<\d+-\d+>)", alternative)
    return "".join(_NUMBER if piece.startswith("<") else re.escape(piece) for piece in pieces)


@dataclass(frozen=True, slots=True)
class Meaning:
    """An expression found in a question, `question[start:end]`, and the rule that says what it stands for."""

    start: int
    end: int
    rule: Rule


class Thesaurus:
    """Finds the expressions of rules in questions. Immutable.

    A rule is looked at only where each of its parts stands somewhere in the question. It is found by the part
    that the fewest other rules have: 给 alone would lead to hundreds. Rules with ranges of numbers are found
    by the characters that they may begin with.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        literal = [number for number, rule in enumerate(self.rules) if not rule.has_range]
        self._lengths = _lengths(self.rules[number] for number in literal)
        self._anchored = _anchored(self.rules, literal)
        self._ranged = _by_start(self.rules)

    def meanings(self, folded: str) -> list[Meaning]:
        """The expressions of a folded question that a rule explains, in the order of the question.

        Each rule counts once. An expression inside a longer one is left out: 低保边缘 is not 低保.
        """
        found: list[tuple[int, int, int, int]] = []
        places = self._places(folded)
        for number in self._possible(places):
            rule, dead = self.rules[number], DeadEnds()
            for start in sorted({start for each in rule.parts[0] for start in places.get(each, ())}):
                if end := rule.match(folded, start, dead):
                    found.append((start, end, rule.beginning, number))
                    break
        found += self._of_ranges(folded)
        meanings = [Meaning(start, end, self.rules[number]) for start, end, _, number in sorted(found)]
        pieces = [meaning for meaning in meanings if meaning.rule.is_one_piece]
        return [meaning for meaning in meanings if not any(_inside(meaning, piece) for piece in pieces)]

    def _places(self, folded: str) -> dict[str, list[int]]:
        """Where each alternative of a part of a rule stands in a folded question; the others are left out."""
        places: dict[str, list[int]] = {}
        for start, character in enumerate(folded):
            for length in self._lengths.get(character, ()):
                if (text := folded[start : start + length]) in self._anchored:
                    places.setdefault(text, []).append(start)
        return places

    def _possible(self, places: Mapping[str, Sequence[int]]) -> Iterable[int]:
        """The numbers of the rules each of whose parts stands somewhere."""
        standing = places.keys()
        for number in dict.fromkeys([number for text in places for number in self._anchored[text]]):
            for part in self.rules[number].parts:
                if standing.isdisjoint(part):
                    break
            else:
                yield number

    def _of_ranges(self, folded: str) -> list[tuple[int, int, int, int]]:
        """Start, end, beginning and number of each rule with ranges that is found."""
        found: dict[int, tuple[int, int, int, int]] = {}
        for start in range(len(folded)):
            for beginning in (folded[start], folded[start : start + 2]):
                for number in self._ranged.get(beginning, ()):
                    rule = self.rules[number]
                    if number not in found and (end := rule.match(folded, start)):
                        found[number] = start, end, rule.beginning, number
        return list(found.values())


def _inside(meaning: Meaning, other: Meaning) -> bool:
    longer = other.end - other.start > meaning.end - meaning.start
    return longer and other.start <= meaning.start and meaning.end <= other.end


def _lengths(rules: Iterable[Rule]) -> Mapping[str, tuple[int, ...]]:
    """A character → the lengths of the alternatives of parts that begin with it."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for rule in rules:
        for part in rule.parts:
            for alternative in part:
                lengths[alternative[0]].add(len(alternative))
    return {character: tuple(sorted(found)) for character, found in lengths.items()}


def _anchored(rules: Sequence[Rule], numbers: Sequence[int]) -> Mapping[str, list[int]]:
    """Each alternative of a part → the numbers of the rules that are found by it."""
    anchored: dict[str, list[int]] = {}
    for number in numbers:
        for part in rules[number].parts:
            for alternative in part:
                anchored.setdefault(alternative, [])
    common = Counter(each for number in numbers for part in rules[number].parts for each in part)
    for number in numbers:
        anchor = min(rules[number].parts, key=lambda part: sum(common[each] for each in part))
        for alternative in anchor:
            anchored[alternative].append(number)
    return anchored


def _by_start(rules: Iterable[Rule]) -> Mapping[str, list[int]]:
    """One or two characters → the numbers of the rules with ranges of numbers that may begin with them."""
    numbers = defaultdict(list)
    for number, rule in enumerate(rules):
        if rule.has_range:
            for beginning in {alternative[: rule.beginning] for alternative in rule.parts[0]}:
                for start in _NUMERALS if beginning == "<" else (beginning,):
                    numbers[start].append(number)
    return numbers
