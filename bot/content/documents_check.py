"""What `check` finds in documents: files that are unusable, and what the rules of lint say."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.content.documents import FileLines, file_of, read_file_lines
from bot.content.finding import Finding, broken_file
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import Inspection, Remark, Rule
from bot.policy.lint.rules import RULES

Watch = Callable[[Iterable[Holding], int], Iterable[Holding]]
"""Passes the holdings on while somebody watches how far it is; the number is how many there are."""


def check_policies(knowledge: Path, library: Library, on: date, watch: Watch) -> Iterator[Finding]:
    """What the rules find in the documents of a knowledge folder, in the order of documents and lines.

    Args:
        on: the day for which expired is meant.
    """
    yield from (broken_file(error) for error in library.broken)
    inspection = Inspection(library, on)
    for holding in watch(library.holdings, len(library.holdings)):
        path = file_of(knowledge, holding.document.document_id)
        remarks = [(rule, remark) for rule in RULES for remark in rule.find(holding, inspection)]
        if remarks:
            where = read_file_lines(path)
            found = [_finding(path, where, holding, rule, remark) for rule, remark in remarks]
            yield from sorted(found, key=lambda finding: finding.line)


def _finding(path: Path, where: FileLines, holding: Holding, rule: Rule, remark: Remark) -> Finding:
    if isinstance(remark.at, str):
        line = where.keys.get(remark.at, 1)
    else:
        line = where.text[holding.document.text.count("\n", 0, remark.at)]
    severity = remark.severity or rule.severity
    return Finding(path, line, severity, rule.name, remark.message, remark.advice)
