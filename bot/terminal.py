"""What the command line shows: answers, tables and progress bars. The only door to rich."""

import sys
from collections.abc import Iterable, Iterator, Mapping

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from bot.answering import wording
from bot.answering.answer import Answer
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.index import Hit, TermShare
from bot.search.spelling import Change

_out = Console(highlight=False, soft_wrap=True, markup=False, emoji=False)
_errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def say(text: str) -> None:
    """A line on standard output, exactly as it is."""
    _out.print(text)


def complain(text: str) -> None:
    """A line on standard error."""
    _errors.print(text)


def typed_lines() -> Iterator[str]:
    """What a person types, line by line, until the end of the input; a prompt where a terminal watches."""
    while True:
        try:
            typed = input("> " if sys.stdin.isatty() else "").strip()
        except EOFError:
            return
        if typed:
            yield typed


def progress(items: Iterable[str], what: str, total: int) -> Iterable[str]:
    """The items, with a bar on standard error when a terminal watches."""
    return track(items, what, total=total, console=_errors, transient=True, disable=not _errors.is_terminal)


def show_answer(answer: Answer) -> None:
    """An answer with its quotes, highlights and citations."""
    say(answer.message)
    for number, passage in enumerate(answer.passages, start=1):
        quote = Text(passage.clause.text)
        for start, end in passage.highlights:
            quote.stylize("bold", start, end)
        _out.print(Text(f"\n[{number}] ").append_text(quote))
        say(f"    —— {wording.source_line(passage.citation)}")
    for suggestion in answer.suggestions:
        say(f"  · {suggestion}")


def show_change(change: Change) -> None:
    """One line: how a stretch of the question was read, and what else it might have been."""
    others = f"  (or {'、'.join(change.alternatives)})" if change.alternatives else ""
    say(f"“{change.typed}” read as “{change.meant}”: {change.mistake}{others}")


def show_hit(rank: int, document: Document, label: str, hit: Hit, rejected: str | None) -> None:
    """One line of a ranking."""
    fate = f"  ✗ {rejected}" if rejected else ""
    say(f"{rank}. {hit.score:.3f} ({hit.confidence:.3f}) {hit.entry_id} 《{document.title}》{label}{fate}")


def show_explanation(rows: Iterable[TermShare], score: float) -> None:
    """Every factor of a score; the shares sum to it."""
    table = Table("term", "times", "tf", "idf", "length norm", "share", show_footer=True)
    table.columns[0].footer = "score"
    table.columns[-1].footer = f"{score:.4f}"
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        weight = row.weight
        factors = (f"{weight.idf:.4f}", f"{weight.length_norm:.4f}", f"{row.share:.4f}")
        table.add_row(row.term, str(row.occurrences), str(weight.tf), *factors)
    _out.print(table)


def show_library(library: Library) -> None:
    """What the library holds, and what is broken in it."""
    table = Table("document", "title", "clauses", show_footer=True)
    table.columns[2].justify = "right"
    table.columns[0].footer = f"{len(library.holdings)} documents, {len(library.broken)} broken"
    table.columns[2].footer = str(len(library.clauses_by_id))
    for holding in library.holdings:
        document = holding.document
        table.add_row(document.document_id, document.title, str(len(holding.outline.clauses)))
    _out.print(table)
    for error in library.broken:
        complain(f"error: {error}")


def show_metrics(metrics: Mapping[str, float]) -> None:
    """Metrics, one a line."""
    for name, value in metrics.items():
        say(f"{name:<12}{value:>8.4f}" if name != "queries" else f"{name:<12}{value:>8.0f}")
