"""A rule of a thesaurus: an expression of residents, and the terms of law or policy for which it stands."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.policy.numerals import to_int

GAP = 8
"""Characters between two parts of an expression; never the end of a sentence."""

NUMERALS = "0123456789一二三四五六七八九十百两"
"""Characters of a number in a question."""

_NUMBER = rf"(?<![{NUMERALS}])([{NUMERALS}]{{1,6}})"
RANGE = re.compile(r"<(\d+)-(\d+)>")

_SENTENCE_ENDS = tuple("。!?;\n")

DeadEnds = set[tuple[int, int]]
"""Parts of a rule, by number, and places of a question where they do not begin what ends well."""

Parts = tuple[tuple[str, ...], ...]
"""The parts of an expression, each with its alternatives."""

Spans = tuple[tuple[int, int], ...]
"""Where each part of an expression stands in a question, `question[start:end]`."""


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

    def match(self, question: str, start: int, dead: DeadEnds | None = None) -> Spans | None:
        """The places of the expression's parts, if it begins at a place of a folded question.

        None: it does not begin there, or its conditions do not hold.

        Args:
            dead: what is known of this rule and question from other places; more is added.
        """
        spans = self._spans(question, start, set() if dead is None else dead)
        if spans is None or any(word in question for word in self.unless):
            return None
        return spans if not self.given or any(word in question for word in self.given) else None

    def _spans(self, question: str, start: int, dead: DeadEnds) -> Spans | None:
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

    def _spans_of_rest(self, question: str, start: int, part: int, dead: DeadEnds) -> Spans | None:
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
