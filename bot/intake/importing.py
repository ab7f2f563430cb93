"""A file that an office has → drafts for a person to review."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.errors import DraftError, SourceError
from bot.intake.draft import Draft, DraftWarning, distinct_id, draft_of, with_guesses
from bot.intake.draft_files import DraftFolder, Origin
from bot.intake.guessing.guess import Guess
from bot.intake.parting import parts_of
from bot.intake.reading.source import SourceText
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library

_TITLE_FACTS = ("ArticleTitle", "标题", "名称")
_INHERITED = ("document_number", "issuers", "jurisdiction", "signed_on", "published_on")
_PASSED_OVER = ("~$", ".")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file: its drafts, or why there are none."""

    path: Path
    drafts: tuple[Draft, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Importer:
    """Makes drafts of files.

    Args:
        read: a file → its text; raises SourceError.
        folder: where the drafts go.
        held: the library, whose ids are taken.
        today: the day that the review file bears.
    """

    read: Callable[[Path], SourceText]
    folder: DraftFolder
    held: Library
    gazetteer: Gazetteer
    today: date

    def run(self, paths: Iterable[Path]) -> Iterator[Imported]:
        """What comes of each file, in order. Files are read two at a time, or one for each core."""
        with ThreadPoolExecutor(
            len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        ) as pool:
            for path, text in pool.map(self._attempt, paths):
                if isinstance(text, SourceError):
                    yield Imported(path, problem=str(text))
                    continue
                yield self._drafted(path, text)

    def _attempt(self, path: Path) -> tuple[Path, SourceText | SourceError]:
        try:
            return path, self.read(path)
        except SourceError as error:
            return path, error

    def _drafted(self, path: Path, text: SourceText) -> Imported:
        origin = Origin(path.name, _digest(path), text.format, self.today)
        if made := self.folder.made_from(origin.sha256):
            return Imported(
                path, problem=f"已经导入过，草稿是 {'、'.join(made)}；要重新导入，先移走它和审阅单"
            )
        try:
            drafts = tuple(self._named(draft) for draft in drafts_of(text, self.gazetteer))
            for draft in drafts:
                self.folder.write(draft, origin)
        except DraftError as error:
            return Imported(path, problem=str(error))
        return Imported(path, drafts)

    def _named(self, draft: Draft) -> Draft:
        """The draft under an id that neither a draft nor a held document has."""
        taken = self.folder.ids() | self.held.by_id.keys()
        document_id = distinct_id(draft.document.document_id, taken)
        return replace(draft, document=replace(draft.document, document_id=document_id))


def drafts_of(text: SourceText, gazetteer: Gazetteer) -> list[Draft]:
    """The drafts of what a file says, in its order, at least one."""
    named = next((text.facts[name] for name in _TITLE_FACTS if text.facts.get(name)), "")
    parts = parts_of(text.lines, named)
    drafts: list[Draft] = []
    for index, part in enumerate(parts):
        draft = draft_of(part, text.facts if index == 0 else {}, gazetteer)
        if part.issued_by is not None:
            draft = _issued(draft, drafts[part.issued_by])
        doubts = [DraftWarning(1, doubt) for doubt in text.doubts] if index == 0 else []
        drafts.append(replace(draft.warned(*doubts), left_out=text.left_out if index == 0 else ()))
    return drafts


def _issued(draft: Draft, notice: Draft) -> Draft:
    """A text with the number, issuers and days of the notice that issues it; the two cite each other."""
    inherited = {
        key: Guess(guess.value, f"印发它的通知，{guess.place}", guess.words, guess.doubt)
        for key, guess in notice.guesses.items()
        if key in _INHERITED
    }
    number = notice.document.document_number
    source = f"《{notice.document.title}》" + (f"（{number}）" if number else "")
    inherited["source"] = Guess(source, "印发它的通知", notice.document.title)
    return with_guesses(draft, inherited)


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files to import: those named, and all in the folders that are named, in order of their names."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inner = (each for each in sorted(path.rglob("*")) if each.is_file())
            found += [each for each in inner if not each.name.startswith(_PASSED_OVER)]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
