"""The title of a document, its genre, and the text that it issues."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.intake.guessing.frame import Frame
from bot.intake.guessing.guess import Guess
from bot.intake.guessing.patterns import GENRE_END, IS_TITLED, close_up, offices_in, without_blanks
from bot.intake.reading.source import SourceLine
from bot.policy.document import Genre

_GENRES = (
    (Genre.LAW, "法典|(?<!办)法"),
    (Genre.REGULATIONS, "条例"),
    (Genre.RULES, "细则|规则|规程|章程|准则"),
    (Genre.MEASURES, "办法"),
    (Genre.PROVISIONS, "规定"),
    (Genre.OPINIONS, "意见|指导意见"),
    (Genre.NOTICE, "通知|公告|通告|通报|函|决定|决议"),
    (Genre.PLAN, "规划|纲要|计划|方案|要点"),
    (Genre.REPLY, "批复|复函|答复"),
)
_TAIL = re.compile(r"[（(〔\[][^（()）]{1,24}[）)〕\]]\s*$")
_ISSUES = re.compile(
    r"(?:印发|发布|公布|下发|颁布|转发|批转|修改|修订)(?:修订后的|新修订的|修订的)?\s*[《〈](.+)[》〉]"
)
_NEWS = re.compile(r"^(?:[^，。]{2,12}[：:]|.*(?:出台|发力|启动|助力|亮点|解读|记者))")


def title_guess(frame: Frame) -> Guess:
    """The title. It may stand over several lines; it is doubtful where it ends as no title does."""
    lines = frame.title_lines()
    if not lines:
        first = frame.lines[0] if frame.lines else SourceLine("（没有标题）", "全文")
        return Guess.read_in(first, first.text[:60].strip("。；，：:"), "没有找到标题，先用了第一段的开头")
    title = joined_title(lines)
    doubt = "" if IS_TITLED.search(title) else "不像公文标题的结尾；对照原文看一眼"
    if len(title) > 120:
        doubt = "标题太长，可能多取了几行；对照原文看一眼"
    return Guess(title, lines[0].place, " / ".join(line.text for line in lines), doubt)


def joined_title(lines: Sequence[SourceLine]) -> str:
    """The lines of a title as one. Between offices, and between the lines of a headline, stands a blank."""
    title = close_up(lines[0].text)
    for before, line in pairwise(lines):
        own = close_up(line.text)
        both = bool(offices_in(before.text) and offices_in(line.text))
        headline = "《" not in title and not IS_TITLED.search(own) and not _TAIL.fullmatch(own)
        title += (" " if both or headline else "") + own
    return re.sub(r"\s+", " ", without_blanks(title) if _is_single_office(lines) else title).strip()


def _is_single_office(lines: Sequence[SourceLine]) -> bool:
    """Whether blanks within the title are of its setting: it lists no offices."""
    return not any(" " in line.text and offices_in(line.text.split("关于")[0]) for line in lines) and not any(
        re.search(r"[局厅部委会院府] +[\u4e00-\u9fff]+[局厅部委会院府]", line.text) for line in lines
    )


def genre_guess(title: Guess) -> Guess | None:
    """The genre by the last word of the title; None: it names none."""
    words = _TAIL.sub("", str(title.value))
    if _NEWS.match(words) and not re.search(rf"{GENRE_END}$", words):
        return Guess(Genre.NEWS.value, title.place, title.words, "标题像报道；是报道才写 news")
    for genre, endings in _GENRES:
        if re.search(rf"(?:{endings})$", words):
            return Guess(genre.value, title.place, title.words)
    return None


def issued_title(title: str) -> str | None:
    """The title of the text that a notice issues; None: it issues none.

    >>> issued_title("民政部关于印发《特困人员认定办法》的通知")
    '特困人员认定办法'
    """
    found = _ISSUES.search(title)
    return found[1] if found and title.rstrip("。").endswith(("通知", "公告", "通告", "函", "令")) else None
