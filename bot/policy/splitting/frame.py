"""What frames a text and is no clause: masthead, table of contents, signature and imprint."""

import re
from collections.abc import Sequence

from bot.policy.clause import Role
from bot.policy.splitting.marks import DIVISIONS
from bot.policy.splitting.paragraphs import Paragraph

_BRACKETED = re.compile(r"[（(].*[）)]")
_MASTHEAD = re.compile(
    r"\S{1,12}[〔\[［(（【]\d{4}[〕\]］)）】]\s*第?\s*\d{1,5}\s*号"
    r"|\S{0,30}(?:令|公告)\s*第\s*[\d〇一二三四五六七八九十百]+\s*号|第\s*\d+\s*号"
)
_CONTENTS = re.compile(r"目\s*[录次]")
_DATE = re.compile(
    r"[（(]?(?:\d{4}|[一二三四五六七八九〇○零]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?"
)
_IMPRINT = re.compile(r"[（(]此件.*[）)]|抄\s*送[：:].*|.{2,30}\d日\s*印发")
_LONGEST_SIGNATURE = 30
_LONGEST_CONTENTS_LINE = 60


def masthead(paragraphs: Sequence[Paragraph], title: str) -> dict[int, Role]:
    """Places of the title, number and history that a text opens with."""
    found: dict[int, Role] = {}
    for place, paragraph in enumerate(paragraphs):
        if not (is_title(paragraph, title) or is_history(paragraph) or _MASTHEAD.fullmatch(paragraph.words)):
            break
        found[place] = Role.MASTHEAD
    return found


def is_title(paragraph: Paragraph, title: str) -> bool:
    """Whether it is a document's title, however it is broken up."""
    return re.sub(r"\s", "", paragraph.words) == re.sub(r"\s", "", title)


def is_history(paragraph: Paragraph) -> bool:
    """Whether it stands in brackets, as （2020年1月1日通过） below a title does."""
    return paragraph.mark is None and bool(_BRACKETED.fullmatch(paragraph.words))


def contents(paragraphs: Sequence[Paragraph]) -> dict[int, Role]:
    """Places of the tables of contents: chapters that are named before the first of them opens."""
    found: dict[int, Role] = {}
    place = 0
    while place < len(paragraphs):
        end = place
        while end < len(paragraphs) and _may_be_listed(paragraphs[end]):
            end += 1
        found.update(dict.fromkeys(_contents(paragraphs, place, end), Role.CONTENTS))
        place = max(end, place + 1)
    return found


def _may_be_listed(paragraph: Paragraph) -> bool:
    if paragraph.mark is None:
        return paragraph.is_heading
    return paragraph.mark.level in DIVISIONS.values() and len(paragraph.words) <= _LONGEST_CONTENTS_LINE


def _contents(paragraphs: Sequence[Paragraph], start: int, end: int) -> range:
    """The contents within a run of headings, empty where it holds none."""
    titled = next((i for i in range(start, end) if _CONTENTS.fullmatch(paragraphs[i].words)), None)
    divisions = [i for i in range(start if titled is None else titled, end) if paragraphs[i].mark]
    again = [i for i in divisions if paragraphs[i].mark == paragraphs[divisions[0]].mark]
    if len(again) > 1:
        return range(divisions[0] if titled is None else titled, again[-1])
    if titled is None:
        return range(0)
    body_follows = not divisions or end == len(paragraphs) or paragraphs[end].mark is not None
    return range(titled, titled + 1 if body_follows else end)


def imprint(paragraphs: Sequence[Paragraph]) -> dict[int, Role]:
    """Places, among the last ones of a text, of its signature, date and imprint; none without a date."""
    first = dated = len(paragraphs)
    while first and _is_imprint(paragraphs[first - 1]):
        first -= 1
        dated = first if _DATE.fullmatch(paragraphs[first].words) else dated
    if dated == len(paragraphs):
        return {}
    while first and _may_sign(paragraphs[first - 1]):
        first -= 1
    return dict.fromkeys(range(first, len(paragraphs)), Role.IMPRINT)


def _is_imprint(paragraph: Paragraph) -> bool:
    return bool(_DATE.fullmatch(paragraph.words) or _IMPRINT.fullmatch(paragraph.words))


def _may_sign(paragraph: Paragraph) -> bool:
    return paragraph.mark is None and paragraph.is_heading and len(paragraph.words) <= _LONGEST_SIGNATURE
