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
from functools import cache
from pathlib import Path

from bot.content_file import Lines, read_lines
from bot.errors import DocumentError
from bot.policy.numerals import to_int
from bot.search.folding import Folding

GAP = 8
"""Characters between two parts of an expression; never the end of a sentence."""

_NUMERALS = "0123456789一二三四五六七八九十百两"
_NUMBER = rf"(?<![{_NUMERALS}])([{_NUMERALS}]{{1,6}})"
_RANGE = re.compile(r"<(\d+)-(\d+)>")
_TARGET = re.compile(r"([^*]+?)(?:\*(0?\.\d+|1(?:\.0)?))?")
_CONDITION = re.compile(r"(若|除非)\s*(.+)")

Parts = tuple[tuple[str, ...], ...]
"""The parts of an expression, each with its alternatives."""


@dataclass(frozen=True, slots=True)
class Target:
    """A term of law or policy; `weight` (0-1] is how surely it is meant."""

    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One expression and what it stands for. `given` and `unless`: words of the question that decide."""

    expression: str
    parts: Parts
    targets: tuple[Target, ...]
    given: tuple[str, ...]
    unless: tuple[str, ...]
    path: Path
    line: int

    @property
    def source(self) -> str:
        """Where staff find the rule: `file:line`."""
        return f"{self.path.name}:{self.line}"

    @property
    def is_one_piece(self) -> bool:
        """Whether the expression is a single run of characters."""
        return len(self.parts) == 1

    def match(self, question: str, start: int) -> int | None:
        """Where the expression ends that begins at a place of a folded question; None where it does not.

        Its conditions must hold, too.
        """
        end = self._end(question, start)
        if end is None or any(word in question for word in self.unless):
            return None
        return end if not self.given or any(word in question for word in self.given) else None

    def _end(self, question: str, start: int) -> int | None:
        if "<" not in self.expression:
            if self.parts == ((self.expression,),):
                return start + len(self.expression) if question.startswith(self.expression, start) else None
            if not question.startswith(self.parts[0], start):
                return None
        found = _pattern(self.parts).match(question, start)
        return found.end() if found and self._numbers_fit(found) else None

    def _numbers_fit(self, found: re.Match[str]) -> bool:
        ranges = [(int(least), int(greatest)) for least, greatest in _RANGE.findall(self.expression)]
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


@cache  # no more than there are rules
def _pattern(parts: Parts) -> re.Pattern[str]:
    """Parts at most GAP characters apart, each by one of its alternatives."""
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
    """Finds the expressions of rules in questions. Immutable."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._by_start = _by_start(self.rules)

    def meanings(self, folded: str) -> list[Meaning]:
        """What a folded question says in other words than the law, in the order of the question.

        Each rule counts once. An expression inside a longer one is left out: 低保边缘 is not 低保.
        """
        found: dict[int, Meaning] = {}
        for start in range(len(folded)):
            for beginning in (folded[start], folded[start : start + 2]):
                for number in self._by_start.get(beginning, ()):
                    if number not in found and (end := self.rules[number].match(folded, start)):
                        found[number] = Meaning(start, end, self.rules[number])
        meanings = sorted(found.values(), key=lambda meaning: (meaning.start, meaning.end))
        pieces = [meaning for meaning in meanings if meaning.rule.is_one_piece]
        return [meaning for meaning in meanings if not any(_inside(meaning, piece) for piece in pieces)]


def _inside(meaning: Meaning, other: Meaning) -> bool:
    longer = other.end - other.start > meaning.end - meaning.start
    return longer and other.start <= meaning.start and meaning.end <= other.end


def _by_start(rules: Iterable[Rule]) -> Mapping[str, list[int]]:
    """One or two characters → numbers of the rules that may begin with them; each rule under one length."""
    numbers = defaultdict(list)
    for number, rule in enumerate(rules):
        first = rule.parts[0]
        length = 1 if any("<" in alternative or len(alternative) == 1 for alternative in first) else 2
        for beginning in {alternative[:length] for alternative in first}:
            for start in _NUMERALS if beginning == "<" else (beginning,):
                numbers[start].append(number)
    return numbers


def load_thesaurus(knowledge: Path) -> tuple[Thesaurus, list[DocumentError]]:
    """The rules of a knowledge folder, files and lines in order, and what is wrong with the other lines.

    `lexicon/thesaurus-off.txt` switches rules off: an expression a line, or `expression → term`.
    """
    folding, broken = Folding(), []
    off: frozenset[tuple[str, str]] = frozenset()
    rules: list[Rule] = []
    try:
        off = _switched_off(knowledge / "lexicon" / "thesaurus-off.txt", folding)
    except DocumentError as error:
        broken.append(error)
    for path in sorted((knowledge / "lexicon" / "thesaurus").glob("*.txt")):
        try:
            lines = read_lines(path)
        except DocumentError as error:
            broken.append(error)
            continue
        for index in range(len(lines.lines)):
            try:
                rules.extend(_switched(rule, off) for rule in rules_of(lines, index, folding))
            except DocumentError as error:
                broken.append(error)
    return Thesaurus(rule for rule in rules if rule.targets), broken


def _switched(rule: Rule, off: frozenset[tuple[str, str]]) -> Rule:
    """A rule without what is switched off of it, perhaps without any target."""
    if not off:
        return rule
    if (rule.expression, "") in off:
        return replace(rule, targets=())
    kept = tuple(target for target in rule.targets if (rule.expression, target.term) not in off)
    return rule if len(kept) == len(rule.targets) else replace(rule, targets=kept)


def _switched_off(path: Path, folding: Folding) -> frozenset[tuple[str, str]]:
    if not path.exists():
        return frozenset()
    rows = (folding.fold(row.partition("#")[0]).strip() for row in read_lines(path).lines)
    pairs = (row.partition("→") for row in rows if row)
    return frozenset((expression.strip(), term.strip()) for expression, _, term in pairs)


def rules_of(lines: Lines, index: int, folding: Folding) -> Iterator[Rule]:
    """The rules of the line at an index, one for each expression; none for a remark or an empty line.

    Raises:
        DocumentError: the line is no rule; the message says what is wrong and what to do.
    """
    text = folding.fold(lines.lines[index].partition("#")[0]).replace("...", "…").strip()
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
        yield Rule(expression, _parts(expression), meant, given, unless, path, line)


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


def _parts(expression: str) -> Parts:
    if "<" in _RANGE.sub("", expression):
        raise ValueError(f"expression '{expression}': its < begins no range of numbers; write <80-120>")
    parts = tuple(tuple(each.strip() for each in part.split("/")) for part in expression.split("…"))
    shortest = sum(min(len(_RANGE.sub("12", alternative)) for alternative in part) for part in parts)
    if not all(all(part) for part in parts) or shortest < 2:
        raise ValueError(f"expression '{expression}': is too short; write at least two characters")
    return parts
