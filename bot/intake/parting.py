"""One file → its documents: a notice and the measures that it issues, or several texts in a row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.intake.guessing.frame import frame_of
from bot.intake.guessing.patterns import DAY, IS_TITLED, close_up
from bot.intake.guessing.titles import issued_title, joined_title
from bot.intake.reading.source import LineRole, SourceLine
from bot.policy.splitting.marks import DIVISIONS, Level, mark_of
from bot.policy.titles import title_key

_ANNEX = re.compile(r"附\s*件\s*[0-9一二三四五六七八九十]{0,2}\s*[：:]?")
_LONGEST_TITLE = 3
"""Lines that a title may stand over."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """The lines of one document in a file.

    Args:
        title: its title where another part names it; "": to be found.
        issued_by: index of the part that issues it; None: none does.
        doubt: why a person must look whether this is a document of its own.
    """

    lines: tuple[SourceLine, ...]
    title: str = ""
    issued_by: int | None = None
    doubt: str = ""


def parts_of(lines: Sequence[SourceLine], named: str = "") -> list[FilePart]:
    """The documents in a file, in its order, at least one.

    Args:
        named: the title that a web page gives; "": none.
    """
    notice = frame_of(lines, named)
    title = joined_title(notice.title_lines()) if notice.title else named
    issued = issued_title(title)
    if issued and (found := _title_at(lines, issued, notice.title.stop)):
        start, begin = found
        rest = lines[begin:]
        return [FilePart(tuple(lines[:start]), named), FilePart(tuple(rest), issued, issued_by=0)]
    cuts = _restarts(lines, notice.title.stop)
    bounds = [0, *cuts, len(lines)]
    parts = [FilePart(tuple(lines[start:end])) for start, end in pairwise(bounds)]
    doubt = f"一个文件里像有 {len(parts)} 份文件，已经分开；看看分得对不对" if len(parts) > 1 else ""
    return [
        FilePart(part.lines, named if index == 0 else "", None, doubt) for index, part in enumerate(parts)
    ]


def _title_at(lines: Sequence[SourceLine], title: str, after: int) -> tuple[int, int] | None:
    """Where the notice ends and where the text that it issues begins: its title stands alone, in 1-3 lines.

    Of several such places the last above the first article counts: before it the notice may list its annexes.
    """
    key = title_key(title)
    for start in range(after, len(lines)):
        for stop in range(start + 1, min(start + 1 + _LONGEST_TITLE, len(lines) + 1)):
            if title_key("".join(close_up(line.text) for line in lines[start:stop])) != key:
                continue
            end = start
            while end > after and _ANNEX.fullmatch(lines[end - 1].text):
                end -= 1
            return (end, start) if stop < len(lines) else None
    return None


def _restarts(lines: Sequence[SourceLine], after: int) -> list[int]:
    """Lines on which another document begins: a title, below it 第一章 or 第一条 again, no annex above."""
    cuts: list[int] = []
    seen_first = False
    for index, line in enumerate(lines):
        mark = mark_of(line.text)
        if mark is None or line.role is LineRole.ROW or mark.number != 1 or mark.inserted:
            continue
        if mark.level not in (Level.ARTICLE, *DIVISIONS.values()) or mark.level is Level.SECTION:
            continue
        start = _own_title(lines, index, after)
        if seen_first and start is not None and start not in cuts:
            cuts.append(start)
        seen_first = True
    return cuts


def _own_title(lines: Sequence[SourceLine], opening: int, after: int) -> int | None:
    """The line of the title right above the first number of a text; None: none, or it is an annex."""
    index = opening - 1
    while index > after and (_is_history(lines[index]) or mark_of(lines[index].text) is not None):
        if (mark := mark_of(lines[index].text)) and mark.level not in DIVISIONS.values():
            return None
        index -= 1
    start = index
    while start > after and index - start < _LONGEST_TITLE:
        words = "".join(close_up(line.text) for line in lines[start : index + 1])
        if IS_TITLED.search(words) and len(words) > 5 and not re.search(r"[。；，：]", words):
            annexed = any(_ANNEX.match(lines[at].text) for at in range(max(start - 2, 0), start))
            return None if annexed else start
        start -= 1
        if IS_TITLED.search(lines[start].text):
            break
    return None


def _is_history(line: SourceLine) -> bool:
    text = line.text.strip()
    return (text.startswith(("（", "(")) and text.endswith(("）", ")"))) or bool(DAY.fullmatch(text))
