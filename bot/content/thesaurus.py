"""The thesaurus: what people say, and the terms of law for it, `lexicon/thesaurus/*.txt`.

A line is a rule. `#` begins a remark. `，` `：` and `；` may have either width.

    老板, 包工头 → 用人单位, 雇主*0.7           either expression stands for the terms on the right
    低保 = 最低生活保障                         each stands for the other
    捡 … 娃/孩子 → 弃婴, 遗弃                   parts, at most GAP characters apart; / parts alternatives
    <80-120>岁 → 高龄, 老年人                   a number in a range
    工龄 → 缴费年限 ；若 养老/退休 ；除非 年假   only with one of the first words, never with the last
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bot.content.kind import LoadResult
from bot.content.lines import Lines, files_in, is_there, read_lines
from bot.errors import DocumentError
from bot.search.folding import Folding
from bot.search.meaning.rule import RANGE, MeantTerm, Parts, Rule
from bot.search.meaning.thesaurus import Thesaurus

RULES = "lexicon/thesaurus/*.txt"
OFF = "lexicon/thesaurus-off.txt"

MOST_PARTS = 8
MOST_PARTS_WITH_RANGES = 3
"""An expression with ranges of numbers is found by a regular expression, whose time grows with each part."""

_TARGET = re.compile(r"([^*]+?)(?:\*(0?\.\d+|1(?:\.0)?))?")
_CONDITION = re.compile(r"(若|除非)\s*(.+)")


def load_thesaurus(knowledge: Path) -> LoadResult[Thesaurus]:
    """The rules of a knowledge folder, files and lines in order. A line that is no rule is left out.

    The file OFF switches rules off: an expression a line, or `expression → term`.
    """
    folding, left_out = Folding(), []
    off: frozenset[tuple[str, str]] = frozenset()
    rules: list[Rule] = []
    try:
        off = _switched_off(knowledge / OFF, folding)
    except DocumentError as error:
        left_out.append(error)
    rules_at = knowledge / RULES
    try:
        paths = files_in(rules_at.parent, rules_at.name)
    except DocumentError as error:
        paths = []
        left_out.append(error)
    for path in paths:
        try:
            lines = read_lines(path)
        except DocumentError as error:
            left_out.append(error)
            continue
        for index in range(len(lines.lines)):
            try:
                rules.extend(_switched(rule, off) for rule in rules_of(lines, index, folding))
            except DocumentError as error:
                left_out.append(error)
    return LoadResult(Thesaurus(rule for rule in rules if rule.targets), tuple(left_out))


def _switched(rule: Rule, off: frozenset[tuple[str, str]]) -> Rule:
    """A rule without the targets that are switched off; it may have no target left."""
    if not off:
        return rule
    if (rule.expression, "") in off:
        return replace(rule, targets=())
    kept = tuple(target for target in rule.targets if (rule.expression, target.term) not in off)
    return rule if len(kept) == len(rule.targets) else replace(rule, targets=kept)


def _switched_off(path: Path, folding: Folding) -> frozenset[tuple[str, str]]:
    if not is_there(path):
        return frozenset()
    rows = (folding.fold(row.partition("#")[0]).strip() for row in read_lines(path).lines)
    pairs = (row.partition("→") for row in rows if row)
    return frozenset((expression.strip(), term.strip()) for expression, _, term in pairs)


def rules_of(lines: Lines, index: int, folding: Folding) -> Iterator[Rule]:
    """The rules of the line at an index, one for each expression. A remark or an empty line gives no rule.

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
        raise ValueError(f"说法“{text}”：没有 → 或 =，或者不止一个；写成“说法 → 词”")
    left, arrow, right = sides
    expressions = _listed(left, "说法")
    targets = tuple(_target(term) for term in _listed(right, "词"))
    if arrow == "=":
        members = [*expressions, *(target.term for target in targets)]
        pairs = [(a, tuple(MeantTerm(b) for b in members if b != a)) for a in members]
    else:
        pairs = [(expression, targets) for expression in expressions]
    for expression, meant in pairs:
        yield Rule(expression, _parts(expression), meant, given, unless, path, line)


def _listed(side: str, what: str) -> list[str]:
    items = [item.strip() for item in side.split(",")]
    if not all(items):
        raise ValueError(f"{what}：有一处是空的；箭头两边都要写，几个之间用一个逗号")
    return items


def _target(written: str) -> MeantTerm:
    found = _TARGET.fullmatch(written)
    if found is None or not 2 <= len(found[1].strip()) <= 20 or "…" in found[1] or "/" in found[1]:
        raise ValueError(f"词“{written}”：这样写不行；写 2 到 20 个字，把握写成“词*0.5”，最多是 1")
    return MeantTerm(found[1].strip(), float(found[2] or 1))


def _conditions(written: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {"若": (), "除非": ()}
    for condition in written:
        found = _CONDITION.fullmatch(condition)
        if found is None:
            raise ValueError(f"条件“{condition}”：看不懂；写成“；若 词/词”或“；除非 词/词”")
        words[found[1]] = tuple(word.strip() for word in found[2].split("/"))
    return words["若"], words["除非"]


def _parts(expression: str) -> Parts:
    if "<" in RANGE.sub("", expression):
        raise ValueError(f"说法“{expression}”：< 后面不是数的范围；写成 <80-120>")
    parts = tuple(tuple(each.strip() for each in part.split("/")) for part in expression.split("…"))
    shortest = sum(min(len(RANGE.sub("12", alternative)) for alternative in part) for part in parts)
    most = MOST_PARTS_WITH_RANGES if "<" in expression else MOST_PARTS
    if len(parts) > most:
        raise ValueError(f"说法“{expression}”：分成了 {len(parts)} 段；这样的最多 {most} 段")
    if not all(all(part) for part in parts) or shortest < 2:
        raise ValueError(f"说法“{expression}”：太短；至少写两个字")
    return parts
