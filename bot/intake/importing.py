"""A file that an office has → drafts for a person to review."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.content.known_questions import QuestionRow
from bot.errors import DraftError
from bot.intake.draft import Draft, DraftWarning, distinct_id, draft_of, with_guesses
from bot.intake.draft_files import DraftFolder, Origin
from bot.intake.guessing.guess import Guess
from bot.intake.newspaper import is_page, newspaper_drafts
from bot.intake.parting import parts_of
from bot.intake.reading.source import SourceText, UnsureText
from bot.intake.sources import Source
from bot.intake.superseding import superseding
from bot.intake.versions import earlier_version
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library

_TITLE_FACTS = ("ArticleTitle", "标题", "名称")
_INHERITED = ("document_number", "issuers", "jurisdiction", "signed_on", "published_on")
_PASSED_OVER = ("~$", ".")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The result of one file or attachment: its drafts, or the reason why there are none."""

    name: str
    drafts: tuple[Draft, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Importer:
    """Makes drafts of files.

    Args:
        read: a file → what it and its attachments say.
        folder: where the drafts go.
        held: the library, whose ids are taken.
        today: the day that the review file bears.
        questions: the rows of known questions, which a newer text may leave behind.
    """

    read: Callable[[Path], list[Source]]
    folder: DraftFolder
    held: Library
    gazetteer: Gazetteer
    today: date
    questions: tuple[QuestionRow, ...] = ()

    def run(self, paths: Sequence[Path]) -> Iterator[list[ImportResult]]:
        """The result of each file, in order. One file is read on each core at a time."""
        with ThreadPoolExecutor(os.cpu_count() or 2) as pool:
            for path, sources in zip(paths, pool.map(self.read, paths), strict=True):
                shown = path.name if len(paths) == 1 else str(path)
                yield [self._imported(path, replace(each, name=_shown(each, shown))) for each in sources]

    def _imported(self, path: Path, source: Source) -> ImportResult:
        if source.text is None:
            return ImportResult(source.name, problem=source.problem)
        origin = Origin(source.name, _digest(path, source.name), source.text.format, self.today)
        if made := self.folder.made_from(origin.sha256):
            held = "、".join(made)
            return ImportResult(source.name, problem=f"已经导入过（{held}）；要重新导入，先移走草稿和审阅单")
        try:
            drafts = tuple(self._placed(draft) for draft in drafts_of(source.text, self.gazetteer))
            for draft in drafts:
                self.folder.write(draft, origin)
                if draft.earlier is not None:
                    self.folder.write_changes(draft)
        except DraftError as error:
            return ImportResult(source.name, problem=str(error))
        return ImportResult(source.name, drafts)

    def _placed(self, draft: Draft) -> Draft:
        """The draft beside what is held: linked with its earlier version, under an id that is not taken.

        Raises:
            DraftError: the very text is held.
        """
        earlier = earlier_version(draft.document, self.held)
        if earlier is not None:
            if earlier.document.digest == draft.document.digest:
                held = earlier.document.document_id
                raise DraftError(f"已经收录（{held}），一字不差；不用再导入")
            draft = superseding(draft, earlier, self.questions, self.held)
        taken = self.folder.ids() | self.held.by_id.keys()
        document_id = distinct_id(draft.document.document_id, taken)
        return replace(draft, document=replace(draft.document, document_id=document_id))


def drafts_of(text: SourceText, gazetteer: Gazetteer) -> list[Draft]:
    """The drafts of what a file says, in its order, at least one."""
    named = next((text.facts[name] for name in _TITLE_FACTS if text.facts.get(name)), "")
    if is_page(text.lines):
        pages = newspaper_drafts(text.lines, gazetteer)
        return [replace(draft, left_out=text.left_out if draft is pages[0] else ()) for draft in pages]
    parts = parts_of(text.lines, named)
    drafts: list[Draft] = []
    for index, part in enumerate(parts):
        draft = draft_of(part, text.facts if index == 0 else {}, gazetteer)
        if part.issued_by is not None:
            draft = _issued(draft, drafts[part.issued_by])
        doubts = [DraftWarning(1, doubt) for doubt in text.doubts] if index == 0 else []
        doubts += unsure_warnings(draft, text.unsure)
        drafts.append(replace(draft.warned(*doubts), left_out=text.left_out if index == 0 else ()))
    return drafts


def unsure_warnings(draft: Draft, unsure: Iterable[UnsureText]) -> Iterator[DraftWarning]:
    """Warnings for words recognized with doubt, at the lines of a draft that hold them."""
    lines = [_squeezed(line) for line in draft.document.text.split("\n")]
    for each in unsure:
        words = _squeezed(each.text)
        at = next((number for number, line in enumerate(lines) if words and words in line), None)
        if at is not None:
            yield DraftWarning(at, each.why, f"对照原件{each.place}改正")


def _squeezed(text: str) -> str:
    return "".join(text.split())


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


def _shown(source: Source, path: str) -> str:
    """The name of a source with the path that was given: 来件/来信.eml › 办法.docx."""
    _, mark, attachment = source.name.partition(" › ")
    return f"{path}{mark}{attachment}"


def _digest(path: Path, name: str) -> str:
    """The digest of a file; an attachment counts as a file of its own."""
    _, _, attachment = name.partition(" › ")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    digest.update(attachment.encode())
    return digest.hexdigest()
