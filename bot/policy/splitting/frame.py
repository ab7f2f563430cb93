"""The frame of a text: masthead, table of contents, signature and imprint. None of it is a clause."""

import re
from collections.abc import Sequence

from bot.policy.clause import Role
from bot.policy.splitting.lines import Line
from bot.policy.splitting.marks import DIVISIONS

_BRACKETED = re.compile(r"[（(].*[）)]")
_MASTHEAD = re.compile(
    r"\S{1,12}[〔\[［(（【]\d{4}[〕\]］)）】]\s*第?\s*\d{1,5}\s*号"
    r"|\S{0,30}(?:令|公告)\s*第\s*[\d〇一二三四五六七八九十百]+\s*号|第\s*\d+\s*号"
    r"|\S.{1,60}\s*文\s*件|(?:特急|加急|急件|特提|平急)|签发人[：:].{2,20}|[（(]?第?\s*\d{1,4}\s*号[）)]?"
)
_CONTENTS = re.compile(r"目\s*[录次]")
_DATE = re.compile(
    r"[（(]?(?:\d{4}|[一二三四五六七八九〇○零]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?"
)
_IMPRINT = re.compile(r"[（(]此件.*[）)]|抄\s*送[：:].*|.{2,30}\d日\s*印发")
_LONGEST_SIGNATURE = 30
_LONGEST_CONTENTS_LINE = 60


def masthead(lines: Sequence[Line], title: str) -> dict[int, Role]:
    """The lines that a text opens with: title, number, history. By index, like the other results here."""
    found: dict[int, Role] = {}
    for index, line in enumerate(lines):
        if not (is_title(line, title) or is_history(line) or _MASTHEAD.fullmatch(line.words)):
            break
        found[index] = Role.MASTHEAD
    return found


def is_title(line: Line, title: str) -> bool:
    """Whether it is the title of a document. Blanks within it do not count."""
    return re.sub(r"\s", "", line.words) == re.sub(r"\s", "", title)


def is_history(line: Line) -> bool:
    """Whether it stands in brackets, like （2020年1月1日通过） below a title."""
    return line.mark is None and bool(_BRACKETED.fullmatch(line.words))


def contents(lines: Sequence[Line]) -> dict[int, Role]:
    """The tables of contents: the names of chapters, before the first chapter opens."""
    found: dict[int, Role] = {}
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and _may_be_listed(lines[end]):
            end += 1
        found.update(dict.fromkeys(_contents(lines, index, end), Role.CONTENTS))
        index = max(end, index + 1)
    return found


def _may_be_listed(line: Line) -> bool:
    if line.mark is None:
        return line.is_heading
    return line.mark.level in DIVISIONS.values() and len(line.words) <= _LONGEST_CONTENTS_LINE


def _contents(lines: Sequence[Line], start: int, end: int) -> range:
    """The table of contents within a run of headings; empty if there is none."""
    titled = next((i for i in range(start, end) if _CONTENTS.fullmatch(lines[i].words)), None)
    divisions = [i for i in range(start if titled is None else titled, end) if lines[i].mark]
    again = [i for i in divisions if lines[i].mark == lines[divisions[0]].mark]
    if len(again) > 1:
        return range(divisions[0] if titled is None else titled, again[-1])
    if titled is None:
        return range(0)
    body_follows = not divisions or end == len(lines) or lines[end].mark is not None
    return range(titled, titled + 1 if body_follows else end)


def imprint(lines: Sequence[Line]) -> dict[int, Role]:
    """Signature, date and imprint at the end of a text; empty if no line is a date."""
    first = dated = len(lines)
    while first and _is_imprint(lines[first - 1]):
        first -= 1
        dated = first if _DATE.fullmatch(lines[first].words) else dated
    if dated == len(lines):
        return {}
    while first and _may_sign(lines[first - 1]):
        first -= 1
    return dict.fromkeys(range(first, len(lines)), Role.IMPRINT)


def _is_imprint(line: Line) -> bool:
    return bool(_DATE.fullmatch(line.words) or _IMPRINT.fullmatch(line.words))


def _may_sign(line: Line) -> bool:
    return line.mark is None and line.is_heading and len(line.words) <= _LONGEST_SIGNATURE
