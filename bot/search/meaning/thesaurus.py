"""Finds expressions of a question for which law and policy use other words, by the rules of a thesaurus."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from bot.search.meaning.rule import NUMERALS, DeadEnds, Rule, Spans

IsTorn = Callable[[int, int], bool]
"""Whether a stretch of a question, from its start to its end, is torn out of other words."""


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
                for start in NUMERALS if beginning == "<" else (beginning,):
                    numbers[start].append(number)
    return {start: tuple(found) for start, found in numbers.items()}
