"""The file of a document, `<document_id>.md`: front matter between two lines of ---, then the plain text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
)

from bot.content.lines import Lines, read_lines
from bot.content.yaml_lines import read_yaml
from bot.errors import DocumentError
from bot.policy.document import Document, Genre, is_document_id

FOLDER = "policies"
"""Where the documents stand in a knowledge folder."""

_FENCE = "---"
_KEY = re.compile(r"([a-z_]+):")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_Words = Annotated[
    str,
    StringConstraints(
        strict=True, strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]


def _iso_date(value: object) -> object:
    """2024-06-12 and nothing else: no time of day, no other order."""
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        return date.fromisoformat(value)
    if value is None:
        return None
    raise ValueError("is no date")


_Date = Annotated[date | None, BeforeValidator(_iso_date)]


class _FrontMatter(BaseModel):
    """The keys a document may have; the description of each says how to write it."""

    model_config = ConfigDict(extra="forbid")

    title: _Words = Field(description="the title as printed, in quotes if it holds ': '")
    issuers: tuple[_Words, ...] = Field((), description="a list such as [民政部, 财政部]")
    document_number: _Words | None = Field(None, description="text such as 民发〔2024〕5号, or null")
    genre: Genre | None = Field(None, description=f"one of {', '.join(Genre)}, or null")
    reports_on: _Words | None = Field(
        None, description="the title of the document this text is about, or null"
    )
    jurisdiction: _Words | None = Field(
        None, description="全国, or a place from the top down such as 福建省厦门市"
    )
    audience: tuple[_Words, ...] = Field((), description="a list such as [老年人]")
    signed_on: _Date = Field(None, description="a date such as 2024-06-12, or null")
    published_on: _Date = Field(None, description="a date such as 2024-06-12, or null")
    effective_on: _Date = Field(None, description="a date such as 2024-06-12, or null")
    expires_on: _Date = Field(None, description="a date such as 2024-06-12, or null")
    supersedes: tuple[_Words, ...] = Field((), description="a list of document ids")
    contact: _Words | None = Field(None, description="whom to call, as text in quotes, or null")
    source: _Words | None = Field(None, description="who published the text, or null")
    source_url: HttpUrl | None = Field(None, description="an address with http:// or https://, or null")


def read_document(path: Path) -> Document:
    """The document that a file holds.

    Accepts a BOM and CRLF; drops blanks at line ends and blank lines of the text.

    Args:
        path: a file `<document_id>.md` in UTF-8.

    Raises:
        DocumentError: the file cannot be read or used; names file, line, what is wrong and what to do.
    """
    document_id = unicodedata.normalize("NFC", path.stem)
    if not is_document_id(document_id):
        raise DocumentError(
            path,
            1,
            f"file name '{path.stem}': is no document id; use 1-80 Han characters, letters, digits, - and _",
        )
    lines = read_lines(path)
    end = _end_of_front_matter(lines)
    known = read_yaml(lines.part(1, end), _FrontMatter)
    text = "\n".join(kept for line in lines.lines[end + 1 :] if (kept := line.rstrip()))
    if not text:
        raise lines.error(end, "text: is missing; write it below the second line of ---")
    return Document(
        document_id=document_id,
        text=text,
        **{**dict(known), "source_url": str(known.source_url) if known.source_url else None},
    )


@dataclass(frozen=True, slots=True)
class FileLines:
    """Where a document's file has what, as 1-based lines: each key, and each line of the document's text."""

    keys: Mapping[str, int]
    text: tuple[int, ...]


def read_file_lines(path: Path) -> FileLines:
    """Where a sound document's file has what.

    Raises:
        DocumentError: the file has become unreadable.
    """
    lines = read_lines(path)
    end = _end_of_front_matter(lines)
    numbered = list(enumerate(lines.lines, start=1))
    return FileLines(
        keys={found[1]: number for number, line in numbered[1:end] if (found := _KEY.match(line))},
        text=tuple(number for number, line in numbered[end + 1 :] if line.rstrip()),
    )


def file_of(knowledge: Path, document_id: str) -> Path:
    """The file of a document in a knowledge folder."""
    folder = knowledge / FOLDER
    names = (unicodedata.normalize(form, document_id) for form in ("NFC", "NFD"))  # macOS writes NFD
    return next(path for name in names if (path := folder / f"{name}.md").exists())


def _end_of_front_matter(lines: Lines) -> int:
    """Index of the second line of ---."""
    if lines.lines[0].rstrip() != _FENCE:
        raise lines.error(0, f"front matter: is missing; begin the file with a line {_FENCE}")
    for index, line in enumerate(lines.lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return index
    raise lines.error(len(lines.lines) - 1, f"front matter: does not end; close it with a line {_FENCE}")
