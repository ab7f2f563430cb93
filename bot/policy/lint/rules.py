"""The rules, in the order of docs/check.md, and the check that applies them to a library."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from bot.policy.document_file import FileLines, file_of, read_file_lines
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint import copies, days, leftovers, links, metadata, numbering
from bot.policy.lint.finding import Finding, Severity, broken_file
from bot.policy.lint.inspection import Inspection, Remark, Rule

RULES = (
    Rule("no-clauses", Severity.WARNING, numbering.no_clauses),
    Rule("article-gap", Severity.WARNING, numbering.article_gap),
    Rule("stray-article", Severity.WARNING, numbering.stray_article),
    Rule("repeated-clause", Severity.WARNING, copies.repeated_clause),
    Rule("copied-document", Severity.WARNING, copies.copied_document),
    Rule("copied-clause", Severity.NOTE, copies.copied_clause),
    Rule("dead-reference", Severity.WARNING, links.dead_reference),
    Rule("conflicting-days", Severity.WARNING, days.conflicting_days),
    Rule("impossible-days", Severity.ERROR, days.impossible_days),
    Rule("unmarked-expiry", Severity.WARNING, days.unmarked_expiry),
    Rule("unknown-effect", Severity.WARNING, days.unknown_effect),
    Rule("lost-predecessor", Severity.WARNING, days.lost_predecessor),
    Rule("backward-supersession", Severity.WARNING, days.backward_supersession),
    Rule("missing-metadata", Severity.NOTE, metadata.missing_metadata),
    Rule("mojibake", Severity.WARNING, leftovers.mojibake),
    Rule("radical", Severity.WARNING, leftovers.radical),
    Rule("spaced-words", Severity.WARNING, leftovers.spaced_words),
    Rule("page-number", Severity.WARNING, leftovers.page_number),
    Rule("letter-in-number", Severity.WARNING, leftovers.letter_in_number),
    Rule("broken-paragraph", Severity.WARNING, leftovers.broken_paragraph),
)

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
