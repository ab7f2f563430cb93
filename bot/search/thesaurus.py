"""What people say, and what law and policy call it: `lexicon/thesaurus/*.txt` of a knowledge folder.

A line is a rule. `#` begins a remark; `，` `：` and `；` may be written in either width.

    老板, 包工头 → 用人单位, 雇主*0.7           either expression stands for the terms on the right
    低保 = 最低生活保障                         each stands for the other
    捡 … 娃/孩子 → 弃婴, 遗弃                   parts, at most GAP characters apart; / parts alternatives
    <80-120>岁 → 高龄, 老年人                   a number in a range
    工龄 → 缴费年限 ；若 养老/退休 ；除非 年假   only with one of the first words, never with the last
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content_file import Lines, read_lines
from bot.policy.numerals import to_int
from bot.search.folding import Folding

GAP = 8
"""Characters between two parts of an expression; never the end of a sentence."""

_NUMERALS = "0123456789一二三四五六七八九十百两"
_NUMBER = rf"(?<![{_NUMERALS}])([{_NUMERALS}]{{1,6}})"
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_TARGET = re.compile(r"([^*]+?)(?:\*(0?\.\d+|1(?:\.0)?))?")
_CONDITION = re.compile(r"(若|除非)\s*(.+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A term of law or policy; `weight` (0-1] is how surely it is meant."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression and what it stands for. `given` and `unless`: words of the question that decide.

    `ranges` are the least and greatest value of each number of the pattern.
    """

    expression: str
    targets: tuple[Target, ...]
    given: tuple[str, ...]
    unless: tuple[str, ...]
    pattern: re.Pattern[str]
    ranges: tuple[tuple[int, int], ...]
    path: Path
    line: int

    @property
    def source(self) -> str:
        """Where staff find the rule: `file:line`."""
        return f"{self.path.name}:{self.line}"

    @property
    def is_one_piece(self) -> bool:
        """Whether the expression is a single run of characters."""
        return "…" not in self.expression

    def match(self, question: str, start: int) -> re.Match[str] | None:
        """The expression at a place of a folded question, where its conditions hold."""
        found = self.pattern.match(question, start)
        if found is None or not self._numbers_fit(found):
            return None
        if self.given and not any(word in question for word in self.given):
            return None
        return None if any(word in question for word in self.unless) else found

    def _numbers_fit(self, found: re.Match[str]) -> bool:
        for numeral, (least, greatest) in zip(found.groups(), self.ranges, strict=True):
            if numeral is None:
                continue
            try:
                value = to_int(numeral)
            except ValueError:
                return False
            if not least <= value <= greatest:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Meaning:
    """An expression found in a question, `question[start:end]`, and the rule that says what it stands for."""

    start: int
    end: int
    rule: Rule


class Thesaurus:
    """Finds the expressions of rules in questions. Immutable."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._by_first = _by_first(self.rules)

    def meanings(self, folded: str) -> list[Meaning]:
        """What a folded question says in other words than the law, in the order of the question.

        Each rule counts once. An expression inside a longer one is left out: 低保边缘 is not 低保.
        """
        found: dict[int, Meaning] = {}
        for start, character in enumerate(folded):
            for number in self._by_first.get(character, ()):
                if number not in found and (match := self.rules[number].match(folded, start)):
                    found[number] = Meaning(start, match.end(), self.rules[number])
        meanings = sorted(found.values(), key=lambda meaning: (meaning.start, meaning.end))
        pieces = [meaning for meaning in meanings if meaning.rule.is_one_piece]
        return [meaning for meaning in meanings if not any(_inside(meaning, piece) for piece in pieces)]


def _inside(meaning: Meaning, other: Meaning) -> bool:
    longer = other.end - other.start > meaning.end - meaning.start
    return longer and other.start <= meaning.start and meaning.end <= other.end


def _by_first(rules: Iterable[Rule]) -> Mapping[str, list[int]]:
    """First character of an expression → numbers of the rules that may begin with it."""
    numbers = defaultdict(list)
    for number, rule in enumerate(rules):
        first_part = re.split("…", rule.expression, maxsplit=1)[0].strip()
        for first in {_first(alternative) for alternative in first_part.split("/")}:
            for character in _NUMERALS if first == "<" else first:
                numbers[character].append(number)
    return numbers


def _first(alternative: str) -> str:
    return alternative.strip()[0]


def load_thesaurus(knowledge: Path) -> Thesaurus:
    """The rules of a knowledge folder, files and lines in order; without files there are none.

    `lexicon/thesaurus-off.txt` switches rules off: an expression a line, or `expression → term`.

    Raises:
        DocumentError: a file is not UTF-8, or a line is no rule.
    """
    folding = Folding()
    off = _switched_off(knowledge / "lexicon" / "thesaurus-off.txt", folding)
    rules = []
    for path in sorted((knowledge / "lexicon" / "thesaurus").glob("*.txt")):
        for rule in read_rules(read_lines(path), folding):
            targets = tuple(t for t in rule.targets if (rule.expression, t.term) not in off)
            if targets and (rule.expression, "") not in off:
                rules.append(replace(rule, targets=targets))
    return Thesaurus(rules)


def _switched_off(path: Path, folding: Folding) -> frozenset[tuple[str, str]]:
    if not path.exists():
        return frozenset()
    rows = (folding.fold(row.partition("#")[0]).strip() for row in read_lines(path).lines)
    pairs = (row.partition("→") for row in rows if row)
    return frozenset((expression.strip(), term.strip()) for expression, _, term in pairs)


def read_rules(lines: Lines, folding: Folding) -> Iterator[Rule]:
    """The rules of a file.

    Raises:
        DocumentError: a line is no rule; the message says what is wrong and what to do.
    """
    for index, row in enumerate(lines.lines):
        text = folding.fold(row.partition("#")[0]).replace("...", "…").strip()
        if text:
            try:
                yield from _rules(text, lines.path, lines.first + index)
            except ValueError as error:
                raise lines.error(index, str(error)) from None


def _rules(text: str, path: Path, line: int) -> Iterator[Rule]:
    text, *conditions = (part.strip() for part in text.split(";"))
    given, unless = _conditions(conditions)
    sides = re.split(r"(→|=)", text)
    if len(sides) != 3:
        raise ValueError(f"rule '{text}': has no single → or =; write 'expression → term'")
    left, arrow, right = sides
    expressions = _listed(left, "expression")
    targets = tuple(_target(term) for term in _listed(right, "term"))
    if arrow == "=":
        members = [*expressions, *(target.term for target in targets)]
        pairs = [(a, tuple(Target(b) for b in members if b != a)) for a in members]
    else:
        pairs = [(expression, targets) for expression in expressions]
    for expression, meant in pairs:
        pattern, ranges = _pattern(expression)
        yield Rule(expression, meant, given, unless, pattern, ranges, path, line)


def _listed(side: str, what: str) -> list[str]:
    items = [item.strip() for item in side.split(",")]
    if not all(items):
        raise ValueError(f"{what} '': is empty; write one on each side, parted by commas")
    return items


def _target(written: str) -> Target:
    found = _TARGET.fullmatch(written)
    if found is None or not 2 <= len(found[1].strip()) <= 20 or "…" in found[1] or "/" in found[1]:
        raise ValueError(
            f"term '{written}': is not usable; write 2-20 characters, or 'term*0.5' with a weight up to 1"
        )
    return Target(found[1].strip(), float(found[2] or 1))


def _conditions(written: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {"若": (), "除非": ()}
    for condition in written:
        found = _CONDITION.fullmatch(condition)
        if found is None:
            raise ValueError(f"condition '{condition}': is unknown; write '；若 词/词' or '；除非 词/词'")
        words[found[1]] = tuple(word.strip() for word in found[2].split("/"))
    return words["若"], words["除非"]


def _pattern(expression: str) -> tuple[re.Pattern[str], tuple[tuple[int, int], ...]]:
    parts = [[alternative.strip() for alternative in part.split("/")] for part in expression.split("…")]
    shortest = sum(min(len(_RANGE.sub("12", alternative)) for alternative in part) for part in parts)
    if not all(all(part) for part in parts) or shortest < 2:
        raise ValueError(f"expression '{expression}': is too short; write at least two characters")
    ranges = tuple((int(least), int(greatest)) for least, greatest in _RANGE.findall(expression))
    pattern = f"[^。!?;\n]{{0,{GAP}}}?".join(
        "(?:" + "|".join(_literal(alternative) for alternative in part) + ")" for part in parts
    )
    return re.compile(pattern), ranges


def _literal(alternative: str) -> str:
    pieces = re.split(r"(<\d+-\d+>)", alternative)
    return "".join(_NUMBER if piece.startswith("<") else re.escape(piece) for piece in pieces)
