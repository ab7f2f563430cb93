"""The file of a document, `<document_id>.md`: front matter between two lines of ---, then the plain text."""

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    ValidationError,
)

from bot.errors import DocumentError
from bot.policy.document import Document, Genre, is_document_id

_FENCE = "---"
_FULL_WIDTH_COLON = re.compile(r"\s*([A-Za-z_]+)\s*：")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=500)]


def _iso_date(value: object) -> object:
    """YAML reads 2024-06-12 as a date; anything but that or null is no date."""
    if value is None or type(value) is date:
        return value
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


_ADVICE = {name: field.description for name, field in _FrontMatter.model_fields.items()}


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
    lines = _read_lines(path)
    end = _end_of_front_matter(path, lines)
    _refuse_control_characters(path, lines)
    known = _read_front_matter(path, lines[1:end])
    text = "\n".join(kept for line in lines[end + 1 :] if (kept := line.rstrip()))
    if not text:
        raise DocumentError(path, end + 1, "text: is missing; write it below the second line of ---")
    return Document(
        document_id=document_id,
        text=text,
        **{**dict(known), "source_url": str(known.source_url) if known.source_url else None},
    )


def _read_lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            path, 1, f"file: cannot be read ({error.strerror}); check its permissions"
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            path, line, f"encoding: {_encoding_problem(data)}; save the file as UTF-8"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _encoding_problem(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "is not UTF-8"
    return "is GB18030, not UTF-8"


def _end_of_front_matter(path: Path, lines: list[str]) -> int:
    """Index of the second line of ---."""
    if lines[0].rstrip() != _FENCE:
        raise DocumentError(path, 1, f"front matter: is missing; begin the file with a line {_FENCE}")
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return index
    raise DocumentError(path, len(lines), f"front matter: does not end; close it with a line {_FENCE}")


def _refuse_control_characters(path: Path, lines: list[str]) -> None:
    for number, line in enumerate(lines, start=1):
        if found := _CONTROL.search(line):
            code = f"U+{ord(found[0]):04X}"
            raise DocumentError(path, number, f"control character {code}: is not text; remove it")


def _read_front_matter(path: Path, lines: list[str]) -> _FrontMatter:
    for number, line in enumerate(lines, start=2):
        if wide := _FULL_WIDTH_COLON.match(line):
            key = wide[1]
            raise DocumentError(path, number, f"key '{key}': has a full-width colon ：; write '{key}: '")
    try:
        node = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
        values = yaml.safe_load("\n".join(lines))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        number = mark.line + 2 if mark else 2
        raise DocumentError(
            path, number, f"front matter: {error.problem}; put a value with : [ ] {{ }} # or quotes in quotes"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DocumentError(
            path, 2, f"front matter: cannot be read ({type(error).__name__}); mend it"
        ) from None
    if not isinstance(node, yaml.MappingNode):
        raise DocumentError(path, 2, "front matter: is no list of keys; write lines such as 'title: …'")
    line_of = _lines_of_keys(path, node)
    try:
        return _FrontMatter.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise _document_error(
            path, line_of, str(first["loc"][0]), first["type"], first.get("input")
        ) from None


def _lines_of_keys(path: Path, node: yaml.MappingNode) -> dict[str, int]:
    """1-based line in the file of each key; a key given twice is an error, for YAML would keep the last."""
    line_of: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in line_of:
            raise DocumentError(path, line, f"key '{key.value}': stands twice; keep one")
        line_of[key.value] = line
    return line_of


def _document_error(path: Path, line_of: dict[str, int], key: str, kind: str, value: object) -> DocumentError:
    line = line_of.get(key, 1)
    if kind == "missing":
        return DocumentError(path, line, f"key '{key}': is missing; write {_ADVICE[key]}")
    if key not in _ADVICE:
        return DocumentError(path, line, f"key '{key}': is unknown; use {', '.join(_ADVICE)}")
    return DocumentError(path, line, f"{key} '{value}': is not usable; write {_ADVICE[key]}")
