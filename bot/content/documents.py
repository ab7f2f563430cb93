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
    if value is None:
        return None
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError("不是日期")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("没有这一天") from None


_Date = Annotated[date | None, BeforeValidator(_iso_date)]
_DATE = "一个日期，如 2024-06-12，没有就写 null"


class FrontMatter(BaseModel):
    """The keys that a document may have; the description of each says what to write."""

    model_config = ConfigDict(extra="forbid")

    title: _Words = Field(description="标题，照印，里面有“: ”就用引号括起来")
    issuers: tuple[_Words, ...] = Field((), description="一个清单，如 [民政部, 财政部]")
    document_number: _Words | None = Field(None, description="发文字号，如 民发〔2024〕5号，没有就写 null")
    genre: Genre | None = Field(None, description=f"其中一个：{'、'.join(Genre)}，不知道就写 null")
    reports_on: _Words | None = Field(None, description="正文所讲的文件的标题，没有就写 null")
    jurisdiction: _Words | None = Field(None, description="全国，或从上往下的地名，如 福建省厦门市")
    audience: tuple[_Words, ...] = Field((), description="一个清单，如 [老年人]")
    signed_on: _Date = Field(None, description=_DATE)
    published_on: _Date = Field(None, description=_DATE)
    effective_on: _Date = Field(None, description=_DATE)
    expires_on: _Date = Field(None, description=_DATE)
    supersedes: tuple[_Words, ...] = Field((), description="一个清单，列出被取代的文件的编号")
    contact: _Words | None = Field(None, description="向谁咨询，用引号括起来，没有就写 null")
    source: _Words | None = Field(None, description="正文是从哪里来的，没有就写 null")
    source_url: HttpUrl | None = Field(None, description="以 http:// 或 https:// 开头的网址，没有就写 null")


def read_document(path: Path) -> Document:
    """The document in a file.

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
            f"文件名“{path.stem}”：不能当编号；改成 1 到 80 个汉字、字母、数字、- 或 _",
        )
    lines = read_lines(path)
    end = _end_of_front_matter(lines)
    known = read_yaml(lines.part(1, end), FrontMatter)
    text = "\n".join(kept for line in lines.lines[end + 1 :] if (kept := line.rstrip()))
    if not text:
        raise lines.error(end, "正文：没有写；写在第二行 --- 下面")
    return Document(
        document_id=document_id,
        text=text,
        **{**dict(known), "source_url": str(known.source_url) if known.source_url else None},
    )


@dataclass(frozen=True, slots=True)
class FileLines:
    """The 1-based lines of a document's file on which each key and each line of the text stand."""

    keys: Mapping[str, int]
    text: tuple[int, ...]


def read_file_lines(path: Path) -> FileLines:
    """The lines of a sound document's file.

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
    """The index of the second line of ---."""
    if lines.lines[0].rstrip() != _FENCE:
        raise lines.error(0, f"说明：没有写；文件第一行写 {_FENCE}，下面写各个键")
    for index, line in enumerate(lines.lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return index
    raise lines.error(len(lines.lines) - 1, f"说明：没有结尾；写完各个键，加一行 {_FENCE}")
