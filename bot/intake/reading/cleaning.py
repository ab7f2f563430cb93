"""Cleaning for files of all formats: invisible characters, radicals, two articles in one paragraph."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.intake.reading.radicals import without_radicals
from bot.intake.reading.source import LineRole, Omission, SourceLine, SourceText
from bot.policy.numerals import NUMERAL
from bot.policy.splitting.marks import CLEAR, DOUBTFUL, Level, Mark, mark_of

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc]"
)
_BLANKS = re.compile(r"[\t\x0b\x0c \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_BULLET = re.compile(
    r"^[\ue000-\uf8ff·•●◆■□▪➢✓]+\s*(?=[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[\ue000-\uf8ff])"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_LEADING_PRIVATE = re.compile(r"^[\ue000-\uf8ff]+\s*")
_INNER_ARTICLE = re.compile(rf"(?<=[。；：？！”])\s*(?=第[{NUMERAL}]+条)")


def cleaned(source: SourceText) -> SourceText:
    """A file's text as it may stand in a document: one paragraph a line, nothing invisible in it."""
    left_out: list[Omission] = []
    lines = tuple(line for each in source.lines for line in _cleaned(each, left_out))
    private = sorted({found for line in lines for found in _PRIVATE.findall(line.text)})
    doubts = source.doubts
    if private:
        codes = "、".join(f"U+{ord(character):04X}" for character in private[:5])
        doubts += (f"有 {len(private)} 种自造字（{codes}），不知道是什么字；对照原文改正",)
    return replace(source, lines=lines, left_out=(*source.left_out, *left_out), doubts=doubts)


def _cleaned(line: SourceLine, left_out: list[Omission]) -> Iterator[SourceLine]:
    text = _BLANKS.sub(_blank, _INVISIBLE.sub("", without_radicals(line.text))).strip()
    for pattern in (_BULLET, _LEADING_PRIVATE):
        if found := pattern.match(text):
            left_out.append(Omission(found[0], line.place, "项目符号"))
            text = text[found.end() :]
    rows = [text] if line.role is LineRole.ROW else _articles_apart(text)
    for row in rows:
        if row:
            yield replace(line, text=row)


def _blank(found: re.Match[str]) -> str:
    return "\u3000" if "\u3000" in found[0] else " "


def _articles_apart(text: str) -> list[str]:
    """第三条 …。第四条 … in one paragraph as two: the number is the next one, and no reference."""
    rows: list[str] = []
    start, open_mark = 0, _article(text)
    for found in _INNER_ARTICLE.finditer(text):
        mark = _article(text[found.end() :])
        if open_mark is None or mark is None or mark.evidence == DOUBTFUL:
            continue
        if mark.number == open_mark.number + 1 and (
            mark.evidence == CLEAR or "”" not in found.string[: found.start()][-1:]
        ):
            rows.append(text[start : found.start()])
            start, open_mark = found.end(), mark
    return [*rows, text[start:]]


def _article(text: str) -> Mark | None:
    mark = mark_of(text[:24])
    return mark if mark is not None and mark.level is Level.ARTICLE else None
