"""A reviewed draft → `knowledge/policies/`: checked, compared with the held documents, moved in one step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.documents import FOLDER, read_document
from bot.errors import DocumentError, DraftError
from bot.intake.draft_files import CHANGES, REVIEW
from bot.intake.versions import changes_between, summary
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import Inspection, Remark, Severity
from bot.policy.lint.rules import RULES

ACCEPTED = "accepted"
"""Folder of the review files of drafts that were accepted: where each document came from."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A draft that may be accepted, and what a person should know before.

    Args:
        remarks: what `check` says of it in the library that it will stand in.
        replaces: the held document of the same id; None: it is new.
        compared: what it changes of the document that it replaces or supersedes; "": of none.
    """

    draft: Path
    holding: Holding
    remarks: tuple[tuple[Severity, Remark], ...]
    replaces: Holding | None
    compared: str

    @property
    def errors(self) -> tuple[Remark, ...]:
        """The errors that must be corrected before."""
        return tuple(remark for severity, remark in self.remarks if severity is Severity.ERROR)


def examine(draft: Path, library: Library, today: date) -> Acceptance:
    """The effect of accepting a draft.

    Args:
        draft: its `.md`.
        library: what is held now.

    Raises:
        DraftError: there is no such draft, or it cannot be read.
    """
    path = draft if draft.suffix == ".md" else draft.with_name(f"{draft.name}.md")
    try:
        holding = Holding.of(read_document(path))
    except DocumentError as error:
        raise DraftError(f"草稿“{path}”第{error.line}行：{error.problem}") from None
    document_id = holding.document.document_id
    replaces = library.by_id.get(document_id)
    others = [each for each in library.holdings if each.document.document_id != document_id]
    inspection = Inspection(Library.holding([*others, holding]), today)
    remarks = [
        (remark.severity or rule.severity, remark)
        for rule in RULES
        for remark in rule.find(holding, inspection)
    ]
    return Acceptance(path, holding, tuple(remarks), replaces, _compared(holding, replaces, library))


def _compared(holding: Holding, replaces: Holding | None, library: Library) -> str:
    """The changes that a document makes to each held one that it replaces or supersedes."""
    before = [library.by_id[each] for each in holding.document.supersedes if each in library.by_id]
    held = [replaces] if replaces else before
    return "；".join(
        f"与“{old.document.document_id}”比较：{summary(changes_between(old, holding))}" for old in held
    )


def accept(acceptance: Acceptance, knowledge: Path, *, replace: bool = False) -> Path:
    """Moves a draft to the documents; the running service takes it over. Its review file is kept.

    Args:
        replace: a held document of the same id gives way.

    Raises:
        DraftError: it has errors, or a document of this id is held and must not give way.
    """
    name = acceptance.draft.stem
    if acceptance.errors:
        first = acceptance.errors[0]
        raise DraftError(f"草稿“{name}”：{first.message}；{first.advice}")
    target = knowledge / FOLDER / acceptance.draft.name
    if target.exists() and not replace:
        raise DraftError(
            f"草稿“{name}”：已经收录了这个编号；改名，在 supersedes 里写旧文件的编号，或者加 --replace"
        )
    if not target.parent.is_dir():
        raise DraftError(f"文件夹“{target.parent}”：不存在；建好它，或者改设置 KNOWLEDGE_DIR")
    making = target.with_name(f".{target.name}.making")
    making.write_bytes(acceptance.draft.read_bytes())
    making.replace(target)
    acceptance.draft.unlink()
    _keep_beside(acceptance.draft)
    return target


def _keep_beside(draft: Path) -> None:
    """Moves the files that stand beside a draft out of the way."""
    for name in (f"{draft.stem}{REVIEW}", f"{draft.stem}{CHANGES}"):
        if (path := draft.with_name(name)).exists():
            kept = draft.parent / ACCEPTED / name
            kept.parent.mkdir(exist_ok=True)
            path.replace(kept)


def drafts_in(paths: Sequence[Path]) -> list[Path]:
    """The drafts that are named: files, and all files of a folder."""
    found = [inner for path in paths for inner in (sorted(path.glob("*.md")) if path.is_dir() else [path])]
    return list(dict.fromkeys(found))
