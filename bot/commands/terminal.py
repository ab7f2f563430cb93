"""Output of the command line: answers, tables and progress bars. The only door to rich."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.answering import attribution
from bot.policy.holding import Holding
from bot.policy.lint.inspection import Severity

if TYPE_CHECKING:  # what only one command shows is imported by that command
    from bot.answering.answer import Answer
    from bot.content.finding import Finding
    from bot.evaluation.metrics import Bin
    from bot.intake.accepting import Acceptance
    from bot.intake.importing import ImportResult
    from bot.intake.suggestion import SuggestionCounts
    from bot.policy.document import Document
    from bot.policy.library import Library
    from bot.search.explanation import Explanation
    from bot.search.searcher import Hit
    from bot.search.spelling.spelling import Change

T = TypeVar("T")

_out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
_errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def say(text: str) -> None:
    """A line on standard output, exactly as it is."""
    _out.print(text)


def complain(text: str) -> None:
    """A line on standard error."""
    _errors.print(text)


def typed_lines() -> Iterator[str]:
    """The lines that a person types, until the end of the input. A terminal shows a prompt."""
    while True:
        try:
            typed = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if typed:
            yield typed


def progress(items: Iterable[T], what: str, total: int) -> Iterable[T]:
    """The items, with a progress bar on standard error if it is a terminal."""
    return track(items, what, total=total, console=_errors, transient=True, disable=not _errors.is_terminal)


def indexing(chunks: Iterable[T], total: int) -> Iterable[T]:
    """The chunks of an index that is being built, with a progress bar."""
    return progress(chunks, "indexing", total)


def publishing(chunks: Iterable[T], total: int) -> Iterable[T]:
    """The chunks of an index that is being published to a cluster, with a progress bar."""
    return progress(chunks, "publishing", total)


def show_answer(answer: Answer) -> None:
    """An answer with its quotes, highlights and citations."""
    say(answer.message)
    for number, passage in enumerate(answer.passages, start=1):
        quote = Text(passage.clause.text)
        for start, end in passage.highlights:
            quote.stylize("bold", start, end)
        _out.print(Text(f"\n[{number}] ").append_text(quote))
        say(f"    —— {attribution.source_line(passage.citation)}")
    for suggestion in answer.suggestions:
        say(f"  · {suggestion}")


def show_change(change: Change) -> None:
    """One line: a stretch of the question that was corrected, and other words that it might mean."""
    others = f"  (or {'、'.join(change.alternatives)})" if change.alternatives else ""
    say(f"“{change.typed}” read as “{change.meant}”: {change.mistake}{others}")


def show_hit(rank: int, document: Document, label: str, hit: Hit, rejected: str | None) -> None:
    """One line of a ranking."""
    fate = f"  ✗ {rejected}" if rejected else ""
    say(f"{rank}. {hit.score:.3f} ({hit.confidence:.3f}) {hit.entry_id} 《{document.title}》{label}{fate}")


def show_explanation(explanation: Explanation) -> None:
    """Every factor of a score."""
    table = Table("term", "times", "tf", "idf", "length norm", "share", show_footer=True)
    table.columns[0].footer = "score"
    table.columns[-1].footer = f"{explanation.score:.4f}"
    for column in table.columns[1:]:
        column.justify = "right"
    for row in explanation.terms:
        weight = row.weight
        factors = (f"{weight.idf:.4f}", f"{weight.length_norm:.4f}", f"{row.share:.4f}")
        table.add_row(row.term, str(row.occurrences), str(weight.tf), *factors)
    for meant in explanation.expansions:
        found = meant.expansion
        said = f"{found.said} → {found.term} ({found.source})"
        table.add_row(said, f"{found.weight:.3f}", "", "", "", f"{meant.share:.4f}")
    for kind in explanation.kinds:
        stated = "states" if kind.is_stated else "does not state"
        table.add_row(f"{stated} the {kind.kind} that is asked for", "", "", "", "", f"{kind.share:.4f}")
    for known in explanation.known:
        recognized = known.recognized
        what = "negative question" if recognized.known.is_negative else "known question"
        said = f"{what} “{recognized.known.text}”"
        table.add_row(said, f"{recognized.similarity:.3f}", "", "", "", f"{known.share:.4f}")
    if witness := explanation.witness:
        features = " · ".join(f"{name} {value:.2f}" for name, value in witness.features)
        table.add_row(f"in order: {features}", "", "", "", "", f"{witness.share:.4f}")
    _out.print(table)


_MANY_NOTES = 3
"""More notes of one rule than this are one line of `check`."""

_SEVERITIES = {
    Severity.ERROR: ("错误", "bold red"),
    Severity.WARNING: ("警告", "yellow"),
    Severity.NOTE: ("提示", "dim"),
}


def show_check(library: Library, findings: Sequence[Finding], *, details: bool) -> None:
    """Warnings and notes by file, then a table of the documents; errors on standard error, one a line.

    Args:
        details: notes of a rule that has many are shown one by one, too.
    """
    notes = Counter(finding.rule for finding in findings if finding.severity is Severity.NOTE)
    gathered = {rule for rule, count in notes.items() if count > _MANY_NOTES and not details}
    milder = [
        finding
        for finding in findings
        if finding.severity is Severity.WARNING
        or (finding.severity is Severity.NOTE and finding.rule not in gathered)
    ]
    for path, of_file in groupby(milder, key=lambda finding: finding.path):
        say(str(path))
        for finding in of_file:
            word, style = _SEVERITIES[finding.severity]
            _out.print(Text(f"{finding.line:>6} ").append(word, style).append(f" {finding.sentence}"))
    for rule in sorted(gathered):
        _show_gathered([each for each in findings if each.rule == rule and each.severity is Severity.NOTE])
    _out.print(_table(library, findings))
    totals = Counter(finding.severity for finding in findings)
    counted = "，".join(f"{totals[severity]} 个{word}" for severity, (word, _) in _SEVERITIES.items())
    documents, clauses = len(library.holdings), len(library.clauses_by_id)
    say(f"{documents} 份文件，{clauses} 条条款，{len(library.broken)} 份读不了；{counted}")
    for finding in findings:
        if finding.severity is Severity.ERROR:
            complain(f"错误：{finding}")


def _show_gathered(notes: Sequence[Finding]) -> None:
    """Many notes of one rule in one line."""
    files = "、".join(dict.fromkeys(note.path.name for note in notes))
    word, style = _SEVERITIES[Severity.NOTE]
    said = f" {notes[0].message} 等 {len(notes)} 处，在 {files}；逐条看：check --details [{notes[0].rule}]"
    _out.print(Text(word, style).append(said))


def _table(library: Library, findings: Sequence[Finding]) -> Table:
    counts = Counter((finding.document_id, finding.severity) for finding in findings)
    table = Table("文件", "标题", "条款", "错误", "警告", "提示")
    for column in table.columns[2:]:
        column.justify = "right"
    for holding in library.holdings:
        document = holding.document
        found = (str(counts[document.document_id, severity] or "") for severity in Severity)
        table.add_row(document.document_id, document.title, str(len(holding.outline.clauses)), *found)
    return table


def show_imported(results: Sequence[ImportResult], folder: Path) -> None:
    """A table of the drafts. Failures go to standard error: what failed, why, and what to do."""
    table = Table("文件", "草稿", "发文字号", "条款", "待看")
    for column in table.columns[3:]:
        column.justify = "right"
    for result in results:
        for draft in result.drafts:
            document = draft.document
            clauses = len(Holding.of(document).outline.clauses)
            row = (result.name, document.document_id, document.document_number or "")
            table.add_row(*row, str(clauses), str(len(draft.warnings) or ""))
    made = sum(len(result.drafts) for result in results)
    failed = [result for result in results if result.problem]
    if made:
        _out.print(table)
    say(f"{len(results)} 个文件，{made} 份草稿在 {folder}，{len(failed)} 个没有导入")
    for draft in (draft for result in results for draft in result.drafts if draft.earlier):
        said = next(each.what for each in draft.warnings if each.what.startswith("与“"))
        say(f"{draft.document.document_id}：{said}；见 {draft.document.document_id}.changes.html")
    if made:
        say("每份草稿旁边的 .review.yaml 写明猜了什么、哪几行要看；看完用 python -m bot accept 收录")
    for result in failed:
        complain(f"错误：{result.name}：{result.problem}")


def show_acceptance(acceptance: Acceptance) -> None:
    """What accepting a draft changes, and the findings of `check` on it."""
    holding, held = acceptance.holding, acceptance.replaces
    clauses = len(holding.outline.clauses)
    before = f"，取代现有的（{len(held.outline.clauses)} 条条款）" if held else "，新收录"
    say(f"《{holding.document.title}》{clauses} 条条款{before}")
    if acceptance.compared:
        say(f"  {acceptance.compared}")
    for severity, remark in acceptance.remarks:
        word, style = _SEVERITIES[severity]
        place = (
            remark.at
            if isinstance(remark.at, str)
            else f"正文第{holding.document.text.count(chr(10), 0, remark.at) + 1}行"
        )
        _out.print(Text(f"  {place} ").append(word, style).append(f" {remark.message}；{remark.advice}"))


def show_tally(tally: SuggestionCounts, waiting: int) -> None:
    """How many questions a model suggested, and what failed; `waiting`: clauses that still have none."""
    say(f"written: {tally.questions} questions for {tally.clauses} clauses; still without: {waiting} clauses")
    if tally.fewer:
        say(f"fewer than asked for: {tally.fewer} clauses")
    for problem, count in sorted(tally.dropped.items()):
        say(f"dropped, {problem}: {count} questions")
    for reason, count in sorted(tally.failed.items()):
        complain(f"failed, {reason}: {count} clauses")
    if tally.stopped:
        complain(f"error: endpoint: {tally.stopped}; check the settings LLM_… and run it again")


def show_reliability(table: Iterable[Bin]) -> None:
    """How often the best hit was right, by its stated confidence. Shows nothing for an empty table."""
    for each in table:
        say(f"confidence {each.confidence:.2f}: right {each.right:.2f} of {each.questions}")


def show_dialogues(figures: Mapping[str, Mapping[str, float]]) -> None:
    """The figures of dialogues, one kind a line."""
    for kind, row in figures.items():
        shares = "".join(f"  {name} {value:.3f}" for name, value in row.items() if name != "dialogues")
        say(f"{kind:<12}{row['dialogues']:>5.0f}{shares}")


def show_metrics(metrics: Mapping[str, float]) -> None:
    """Metrics, one a line."""
    for name, value in metrics.items():
        say(f"{name:<12}{value:>8.4f}" if name != "queries" else f"{name:<12}{value:>8.0f}")
