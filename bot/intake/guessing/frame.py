"""The frame of a document above and below its body: 版头, 标题, 署名, 版记."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.intake.guessing.patterns import (
    ADDRESSEE,
    DAY,
    GENRE_END,
    IS_TITLED,
    NUMBER,
    ORDER,
    ORDER_NUMBER,
    close_up,
    offices_in,
)
from bot.intake.reading.source import LineRole, SourceLine
from bot.policy.splitting.marks import DIVISIONS, Level, mark_of

_DEEPEST_FRONT = 60
_LONGEST_TITLE_LINE = 60
_STOP = re.compile(r"[。；！？!?;]|[，,：:]$")
_CONTENTS = re.compile(r"目\s*[录次]")
_BRACKETED = re.compile(r"[（(〔\[【].*[）)〕\]】]", re.DOTALL)
_HEADS = "总理|主席|部长|省长|市长|局长|主任|署长|县长|区长|院长|检察长|行长|审计长"
_NO_TITLE = re.compile(
    r"(?:特急|加急|急件|机密|秘密|绝密|内部|平急|普通)|.*文件$|签发人.*|[—－\-\d\s/]+|份号.*"
    r"|.{0,12}(?:来源|发布时间|索引号|发文字号|浏览|字体|分享|打印)[：:].*"
    rf"|(?:{_HEADS})\s*[\u4e00-\u9fff ]{{2,6}}"
)
_PROMULGATED = re.compile(
    r"现予|现(?:将.{1,60})?(?:公布|发布)(?!给)|予以公布|公布施行|已(?:经|于).{0,60}通过"
)
_SIGNER = re.compile(r"\s*签\s*发\s*人\s*[：:]?.*")
_NOT_SIGNED = re.compile(
    r"^\s*(?:附\s*[件录表：:]|抄\s*送|主\s*送|联系人|联系电话|[（(].*[）)]$|[—－\-\s\d]+$)"
)
IMPRINT = re.compile(r"(?P<office>[\u4e00-\u9fff]{2,40}?)\s*(?P<day>\d{4}年\d{1,2}月\d{1,2}日)\s*印发\s*。?$")


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a document around its body. `title` and `front` overlap: the title stands in the front.

    Args:
        front: lines above the body, with the title.
        title: the lines of the title, by index in the document; empty: none was found.
        signature: lines of the signature: offices and day, by index.
    """

    lines: tuple[SourceLine, ...]
    front: range
    title: range
    signature: range

    def title_lines(self) -> tuple[SourceLine, ...]:
        """The lines that make the title."""
        return tuple(self.lines[index] for index in self.title)

    def front_lines(self) -> tuple[SourceLine, ...]:
        """The lines above the body without the title."""
        return tuple(self.lines[index] for index in self.front if index not in self.title)

    def below_title(self) -> tuple[SourceLine, ...]:
        """The lines between the title and the body."""
        return tuple(self.lines[index] for index in self.front if self.title and index >= self.title.stop)

    def signature_lines(self) -> tuple[SourceLine, ...]:
        """The lines of the signature."""
        return tuple(self.lines[index] for index in self.signature)


def frame_of(lines: Sequence[SourceLine], named: str = "") -> Frame:
    """Finds the frame of a document.

    Args:
        lines: of one document.
        named: a title that is known from elsewhere; "": none is.
    """
    front = _front(lines)
    title = _title(lines, front, named)
    return Frame(tuple(lines), front, title, _signature(lines, front.stop))


def _front(lines: Sequence[SourceLine]) -> range:
    """The lines above the body. A promulgation, 现予公布, does not end them, nor what stands in brackets."""
    promulgated = next(
        (
            index
            for index, line in enumerate(lines[:_DEEPEST_FRONT])
            if _PROMULGATED.search(line.text) and len(line.text) < 400 and not _opens(line)
        ),
        -1,
    )
    promulgated = promulgated if _title_follows(lines, promulgated) else -1
    for index, line in enumerate(lines[:_DEEPEST_FRONT]):
        if index <= promulgated and not _opens(line):
            continue
        if _is_body(line) and not (index < 3 and line.role is LineRole.BOX):
            return range(index)
    return range(min(len(lines), _DEEPEST_FRONT) if len(lines) < 4 else min(1, len(lines)))


def _title_follows(lines: Sequence[SourceLine], promulgated: int) -> bool:
    """Whether a title stands below a promulgation, before the first number."""
    if promulgated < 0:
        return False
    if any(ADDRESSEE.fullmatch(line.text) for line in lines[:promulgated]):
        return False
    for line in lines[promulgated + 1 : promulgated + 12]:
        if _opens(line):
            return False
        if IS_TITLED.search(close_up(line.text)) and _may_be_title(line):
            return True
    return False


def _opens(line: SourceLine) -> bool:
    mark = mark_of(line.text)
    return mark is not None and mark.level in (Level.ARTICLE, Level.HEADING, *DIVISIONS.values())


def _is_body(line: SourceLine) -> bool:
    text = line.text
    if _opens(line) or line.role is LineRole.ROW or _CONTENTS.fullmatch(text):
        return True
    if _BRACKETED.fullmatch(text) or _NO_TITLE.fullmatch(text):
        return False
    if ADDRESSEE.fullmatch(text) and not ORDER.fullmatch(text):
        return True
    return bool(_STOP.search(text)) or len(text) > _LONGEST_TITLE_LINE * 2


def _may_be_title(line: SourceLine) -> bool:
    text = close_up(line.text)
    if line.role is LineRole.ROW or len(text) > _LONGEST_TITLE_LINE * 2 or _STOP.search(text):
        return False
    if _BRACKETED.fullmatch(text) or _NO_TITLE.fullmatch(text):
        return False
    if NUMBER.search(text) and len(_SIGNER.sub("", NUMBER.sub("", text)).strip()) < 8:
        return False
    if ORDER.fullmatch(text) or ORDER_NUMBER.fullmatch(text):
        return False
    return "关于" in text or not DAY.search(text)


def _title(lines: Sequence[SourceLine], front: range, named: str) -> range:
    """The lines of the title: of the groups of neighbouring lines the last one that ends as titles do."""
    groups = list(_groups(lines, front))
    if named:
        key = _key(named)
        for group in groups:
            for start in group:
                for stop in range(start + 1, group.stop + 1):
                    if _key("".join(lines[index].text for index in range(start, stop))) == key:
                        return range(start, stop)
    titled = [group for group in groups if _is_titled(lines, group)]
    # 公告 and 国务院令 stand alone above the title of what they publish.
    long_enough = [group for group in titled if len(_words(lines, group)) > 6] or titled
    if long_enough:
        return _trimmed(lines, long_enough[-1])
    boxless = [group for group in groups if all(lines[index].role is LineRole.BODY for index in group)]
    centered = [group for group in boxless if any(lines[index].is_centered for index in group)]
    best = max(centered or boxless or groups, key=lambda group: len(_words(lines, group)), default=range(0))
    return _trimmed(lines, best)


def _groups(lines: Sequence[SourceLine], front: range) -> list[range]:
    groups: list[range] = []
    start: int | None = None
    for index in [*front, front.stop]:
        line = lines[index] if index < len(lines) else None
        fits = index in front and line is not None and _may_be_title(line)
        same = start is not None and fits and line is not None and lines[index - 1].role is line.role
        if start is not None and (not same or _ends_title(lines, start, index)):
            groups.append(range(start, index))
            start = None
        if fits and start is None:
            start = index
    return groups


def _ends_title(lines: Sequence[SourceLine], start: int, index: int) -> bool:
    """Whether a title is complete above a line, and the line begins another one."""
    above = "".join(close_up(lines[at].text) for at in range(start, index))
    own = close_up(lines[index].text)
    if above.count("《") != above.count("》") or not IS_TITLED.search(above):
        return False
    return not re.match(rf"[（(]|的|{GENRE_END}", own) and len(own) > 2 and bool(IS_TITLED.search(own))


def _is_titled(lines: Sequence[SourceLine], group: range) -> bool:
    return bool(IS_TITLED.search(_words(lines, group)))


def _words(lines: Sequence[SourceLine], group: range) -> str:
    return "".join(close_up(lines[index].text) for index in group)


def _trimmed(lines: Sequence[SourceLine], group: range) -> range:
    """A title without the offices above it, unless the title goes on from them: 民政部 / 关于…."""
    start = group.start
    while group.stop - start > 1 and offices_in(lines[start].text):
        rest = "".join(close_up(lines[index].text) for index in range(start + 1, group.stop))
        rest_offices = [index for index in range(start, group.stop) if offices_in(lines[index].text)]
        after = _words(lines, range(rest_offices[-1] + 1, group.stop))
        if after.startswith(("关于", "印发", "转发", "批转")) and rest:
            break
        start += 1
    stop = group.stop
    while (
        stop - start > 1
        and offices_in(lines[stop - 1].text)
        and IS_TITLED.search(_words(lines, range(start, stop - 1)))
    ):
        stop -= 1  # the issuer stands below the title
    return range(start, stop)


def _signature(lines: Sequence[SourceLine], body: int) -> range:
    """The offices and the day below the body: the last day that stands alone, and the offices above it."""
    for index in range(len(lines) - 1, max(body - 1, len(lines) - 400, 0), -1):
        text = close_up(lines[index].text)
        found = DAY.search(text)
        if found is None or IMPRINT.search(text):
            continue
        rest = (text[: found.start()] + text[found.end() :]).strip(" （）()\u3000")
        if rest and not offices_in(rest):
            continue
        first = index
        while (
            first - 1 >= body
            and offices_in(lines[first - 1].text)
            and not _NOT_SIGNED.match(lines[first - 1].text)
        ):
            first -= 1
        if first == index and not rest and body == 0:
            continue
        return range(first, index + 1)
    return range(0)


def _signs(line: SourceLine) -> bool:
    return bool(offices_in(line.text)) and not _NOT_SIGNED.match(line.text)


def _key(title: str) -> str:
    return re.sub(r"[\W_]+", "", title)
