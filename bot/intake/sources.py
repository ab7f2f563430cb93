"""A file and its attachments as texts. Old formats are converted first."""

import base64
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from bot.errors import SourceError
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.office import as_docx, is_old
from bot.intake.reading.sandbox import read_file
from bot.intake.reading.source import Attachment, SourceText

_COVERING_LETTER = 300
"""Characters. A shorter mail only says what hangs on it."""

_DEEPEST = 3
"""Mails within mails."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text and the name of its file, 来信.eml › 办法.docx; or the reason why there is no text."""

    name: str
    text: SourceText | None = None
    problem: str = ""


def sources_of(path: Path) -> list[Source]:
    """The texts of a file and its attachments, or the reason why there is none; at least one."""
    return list(_sources(path, path.name, 0))


def _sources(path: Path, name: str, depth: int) -> Iterator[Source]:
    try:
        text = _text(path)
    except SourceError as error:
        yield Source(name, problem=str(error))
        return
    length = sum(len(line.text) for line in text.lines)
    if not text.attachments or length > _COVERING_LETTER:
        yield Source(name, text)
    for attachment in text.attachments:
        yield from _attached(attachment, f"{name} › {PurePath(attachment.name).name}", depth)


def _attached(attachment: Attachment, name: str, depth: int) -> Iterator[Source]:
    if depth >= _DEEPEST:
        yield Source(name, problem="邮件里套着邮件，太深了；把附件另存出来再导入")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "attachment"  # its own name might lead elsewhere
        path.write_bytes(base64.b64decode(attachment.data))
        yield from _sources(path, name, depth + 1)


def _text(path: Path) -> SourceText:
    """The text of a file.

    Raises:
        SourceError: it cannot be read.
    """
    try:
        old = path.is_file() and is_old(path)
    except OSError:
        old = False  # reading says why
    if not old:
        return read_file(path)
    with as_docx(path) as converted:
        return replace(read_file(converted), format=FileFormat.OFFICE)
