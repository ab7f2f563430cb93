"""The findings of `check`: each kind of file is loaded and checked as the table says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.content.finding import Finding, broken_file
from bot.content.kind import Contents, FileKind, LoadResult, Progress, Surroundings
from bot.content.table import CONTENT, DOCUMENTS
from bot.errors import DocumentError
from bot.policy.library import Library


def check_folder(knowledge: Path, today: date, progress: Progress) -> tuple[Library, list[Finding]]:
    """The library of a knowledge folder, and the findings in all of its files, kind by kind.

    Args:
        today: decides what has expired.
        progress: shows how far the check of the documents is.

    Raises:
        KnowledgeError: there is no folder of documents.
    """
    loaded = {kind: _attempt(kind, knowledge) for kind in CONTENT}
    usable = {kind: each.value for kind, each in loaded.items() if isinstance(each, LoadResult)}
    library = Contents(usable).of(DOCUMENTS)
    around = Surroundings(knowledge, library, today, progress)
    return library, [finding for kind, each in loaded.items() for finding in _findings(kind, each, around)]


def _attempt(kind: FileKind[object], knowledge: Path) -> LoadResult[object] | DocumentError:
    """The value of a kind's files, or the reason why a strict kind cannot be used."""
    try:
        return kind.load(knowledge)
    except DocumentError as error:
        return error


def _findings(
    kind: FileKind[object], loaded: LoadResult[object] | DocumentError, around: Surroundings
) -> Iterator[Finding]:
    if isinstance(loaded, DocumentError):
        yield broken_file(loaded)
        return
    yield from map(broken_file, loaded.left_out)
    yield from kind.check(loaded.value, around)
