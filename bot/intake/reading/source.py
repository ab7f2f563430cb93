"""The text of a file: its paragraphs in reading order, each with its place, and what was left out."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.errors import SourceError

MOST_CHARACTERS = 3_000_000
"""Of a file. The longest law has 110,000."""


def refuse_endless(characters: int) -> None:
    """Stops early if a file is too long to be a policy document.

    Raises:
        SourceError: a file has more characters than MOST_CHARACTERS.
    """
    if characters > MOST_CHARACTERS:
        raise SourceError(f"超过 {MOST_CHARACTERS // 10_000} 万字，不像一份政策文件；拆成几份再导入")


class LineRole(StrEnum):
    """The role of a line in the layout of its file."""

    BODY = "body"
    BOX = "box"  # a text box: 红头, 发文字号
    ROW = "row"  # a row of a table, | 年龄 | 金额 |


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A paragraph of a file. `place` tells a person where it stands: 第3页, 第12段, 文本框."""

    text: str
    place: str
    role: LineRole = LineRole.BODY
    is_centered: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """A piece of a file that is not in its text, and the reason."""

    text: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class UnsureText:
    """Words recognized with doubt, and the reason why a person must look."""

    text: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file within a file. `data` is base64."""

    name: str
    data: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a file.

    Args:
        format: what kind of file it is, as staff call it: Word 文档（docx）.
        facts: what the file says of itself beside its text, by name: ArticleTitle, PubDate.
        doubts: Chinese sentences on what may have been read wrongly.
        unsure: words of the text that may have been read wrongly.
        is_partly_scan: some of its pages are pictures, which were not read.
    """

    format: str
    lines: tuple[SourceLine, ...]
    facts: dict[str, str] = field(default_factory=dict)
    left_out: tuple[Omission, ...] = ()
    doubts: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    unsure: tuple[UnsureText, ...] = ()
    is_partly_scan: bool = False

    def with_lines(self, lines: tuple[SourceLine, ...]) -> "SourceText":
        """The same file with other lines."""
        return replace(self, lines=lines)
