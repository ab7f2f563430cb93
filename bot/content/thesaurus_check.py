"""The findings of `check` in the thesaurus: rules without effect, and rules that lead nowhere."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity
from bot.search.folding import Folding
from bot.search.meaning.rule import Rule
from bot.search.meaning.thesaurus import Thesaurus

ABOUT_SOMETHING_ELSE = 0.1
"""Above this share of rules that lead to no text, a file is about something that the library does not hold.
This is no fault. With 88 policies the share is at most 0.03 in files about them, else 0.13 or more."""


def check_thesaurus(thesaurus: Thesaurus, around: Surroundings) -> Iterator[Finding]:
    """Findings on rules that cannot have the effect they are meant for."""
    yield from _circles(thesaurus.rules)
    yield from _never_met(thesaurus.rules)
    yield from _repeated(thesaurus.rules)
    yield from _leading_nowhere(thesaurus.rules, around.library)


def _circles(rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if any(target.term == rule.expression for target in rule.targets):
            yield _finding(
                rule,
                Severity.WARNING,
                "rule-circle",
                f"“{rule.expression}”指向它自己",
                "从右边删去；互相指的两个说法用 = 写成一行",
            )


def _never_met(rules: Iterable[Rule]) -> Iterator[Finding]:
    for rule in rules:
        said = [alternative for part in rule.parts if len(part) == 1 for alternative in part]
        excluded = [word for word in rule.unless if any(word in each for each in said)]
        if excluded or (rule.given and set(rule.given) <= set(rule.unless)):
            yield _finding(
                rule,
                Severity.WARNING,
                "rule-never-met",
                f"“{rule.expression}”永远用不上：“除非”里的词总在问题里",
                "改正“若”“除非”后面的词",
            )


def _repeated(rules: Iterable[Rule]) -> Iterator[Finding]:
    first: dict[tuple[object, ...], Rule] = {}
    for rule in rules:
        key = (rule.expression, rule.targets, rule.given, rule.unless)
        before = first.setdefault(key, rule)
        if before is not rule:
            yield _finding(
                rule,
                Severity.NOTE,
                "rule-repeated",
                f"“{rule.expression}”和 {before.source} 写得一样",
                "删去一处",
            )


def _leading_nowhere(rules: Iterable[Rule], library: Library) -> Iterator[Finding]:
    """Notes on rules whose terms stand in no text. Only in files about matters of the library."""
    pairs = _pairs(library)
    lost = [rule for rule in rules if not any(_may_stand(target.term, pairs) for target in rule.targets)]
    all_of, lost_of = Counter(rule.path for rule in rules), Counter(rule.path for rule in lost)
    for rule in lost:
        if lost_of[rule.path] <= ABOUT_SOMETHING_ELSE * all_of[rule.path]:
            yield _finding(
                rule,
                Severity.NOTE,
                "rule-leads-nowhere",
                f"“{rule.expression}”指向的词，收录的文件里都没有",
                "照公文的写法改；等收录了相应的文件就用得上的，不用管",
            )


def _pairs(library: Library) -> frozenset[tuple[str, str]]:
    """All pairs of neighbouring characters in texts and titles, folded."""
    folding = Folding()
    pairs: set[tuple[str, str]] = set()
    for holding in library.holdings:
        pairs.update(pairwise(folding.fold(f"{holding.document.title}\n{holding.document.text}")))
    return frozenset(pairs)


def _may_stand(term: str, pairs: frozenset[tuple[str, str]]) -> bool:
    return all(pair in pairs for pair in pairwise(term))


def _finding(rule: Rule, severity: Severity, name: str, message: str, advice: str) -> Finding:
    return Finding(rule.path, rule.line, severity, name, message, advice)
