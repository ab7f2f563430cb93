"""The findings of `check` in documents: those of the lint rules, with the line of the file."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.documents import FileLines, file_of, read_file_lines
from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.stray_files import stray_files
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import Inspection, LintRule, Remark, Severity
from bot.policy.lint.rules import RULES


def check_documents(library: Library, around: Surroundings) -> Iterator[Finding]:
    """Findings on stray files beside the documents, then on the documents, by document and line."""
    for stray in stray_files(around.knowledge):
        yield Finding(stray.path, 1, Severity.WARNING, "stray-file", stray.problem, stray.advice)
    inspection = Inspection(library, around.today)
    for holding in around.progress(library.holdings, len(library.holdings)):
        path = file_of(around.knowledge, holding.document.document_id)
        remarks = [(rule, remark) for rule in RULES for remark in rule.find(holding, inspection)]
        if remarks:
            lines = read_file_lines(path)
            found = [_finding(path, lines, holding, rule, remark) for rule, remark in remarks]
            yield from sorted(found, key=lambda finding: finding.line)


def _finding(path: Path, lines: FileLines, holding: Holding, rule: LintRule, remark: Remark) -> Finding:
    if isinstance(remark.at, str):
        line = lines.keys.get(remark.at, 1)
    else:
        line = lines.text[holding.document.text.count("\n", 0, remark.at)]
    severity = remark.severity or rule.severity
    return Finding(path, line, severity, rule.name, remark.message, remark.advice)
