"""The number that a line opens with: 第十二条, 第三章, 二、, （三）, 1., （1）, ①, 附件2.

A mark is only a candidate. Whether it opens a clause depends on the other marks: see sequence.py.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import IntEnum

from bot.policy.numerals import NUMERAL, to_chinese, to_int


class Level(IntEnum):
    """Rank of a mark, outermost first. Source: 立法法 and GB/T 9704-2012."""

    ANNEX = 0  # 附件
    BOOK = 1  # 篇
    PART = 2  # 编
    SUBPART = 3  # 分编
    CHAPTER = 4  # 章
    SECTION = 5  # 节
    ARTICLE = 6  # 条
    HEADING = 7  # 一、
    SUBHEADING = 8  # （一）
    POINT = 9  # 1.
    SUBPOINT = 10  # （1）
    CIRCLED = 11  # ①


DIVISIONS = {
    "篇": Level.BOOK,
    "编": Level.PART,
    "分编": Level.SUBPART,
    "章": Level.CHAPTER,
    "节": Level.SECTION,
}
"""The levels above 条, by the word they are printed with."""

ITEMS = (Level.HEADING, Level.SUBHEADING, Level.POINT, Level.SUBPOINT, Level.CIRCLED)
"""The levels below 条. In a text without 条 they are the only ones."""

CLEAR, USUAL, DOUBTFUL = 2, 1, 0
"""How likely a mark opens a clause, from what stands behind 第…条: a blank or nothing; words; words that
usually follow a reference."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A clause number at the start of a line.

    `inserted` is 1 for 第十二条之一 and 0 for 第十二条. `number` is 0 for an annex without a number.
    """

    level: Level
    number: int
    inserted: int = 0
    evidence: int = field(default=USUAL, compare=False)

    @property
    def label(self) -> str:
        """The mark as a clerk cites it.

        >>> Mark(Level.ARTICLE, 12, 1).label, Mark(Level.SUBHEADING, 3).label, Mark(Level.POINT, 1).label
        ('第十二条之一', '（三）', '1.')
        """
        if self.level is Level.ANNEX:
            return f"附件{self.number or ''}"
        if self.level is Level.CIRCLED:
            return _CIRCLED[self.number - 1]
        written = str(self.number) if self.level in _ARABIC else to_chinese(self.number)
        inserted = f"之{to_chinese(self.inserted)}" if self.inserted else ""
        return _LABELS[self.level].format(written) + inserted


_ARABIC = {Level.POINT, Level.SUBPOINT}
_LABELS = {level: f"第{{}}{word}" for word, level in DIVISIONS.items()} | {
    Level.ARTICLE: "第{}条",
    Level.HEADING: "{}、",
    Level.SUBHEADING: "（{}）",
    Level.POINT: "{}.",
    Level.SUBPOINT: "（{}）",
}
_CHINESE = "一二三四五六七八九十百"
# What may stand in front of a mark: blanks, zero-width ones of web pages, # and > of Markdown.
_INDENT = re.compile(r"[\s\u200b\u2060\ufeff#>]+")
_ARTICLE = re.compile(rf"第([{NUMERAL}]+)条(?:之([一二三四五六七八九十]++))?+")
# What stands behind 第…条 in a reference: 第三条规定, 第十条第二款, 第三条、第四条.
_REFERENCE = re.compile(
    rf"规定|的|之|。|；|所[称列指述规涉定]|[、，和至或及](?:者|以及)?第|第[{NUMERAL}（(]+[）)]?[条款项目]"
)
_USUALLY_REFERENCE = re.compile(r"[、，．.]|所(?!有|属|在)|和(?!解|谐)|至(?!少)|或|及|以(?=[外上下内前后])")
_DIVISION = re.compile(
    rf"第([{NUMERAL}]+)(分编|[篇编章节])(?!规定|的|所|、|和|至|以|中|第)(?:\s.{{0,60}}|[^，。；：]{{0,25}})?"
)
# 附件：1.申请表 is a line of the list of annexes above the signature, not an annex.
_ANNEX = re.compile(
    r"附\s*[件录表](?!\s*[：:]\s*[1１])\s*([0-9０-９一二三四五六七八九十]{0,3})(?![、.．])(?:[\s：:][^，。；]{0,60}|[^，。；]{0,40})"
    r"|附[：:]"
)
_ITEMS = {
    Level.HEADING: re.compile(rf"([{_CHINESE}]+)[、.．]"),
    Level.SUBHEADING: re.compile(
        rf"[（(]([{_CHINESE}]+)[）)]"
        r"(?!项(?!目)|款(?![项物])|目(?!标|的|录|前)|至(?!少|今)|、?[（(]|和(?!解|谐)|或(?!者))"
    ),
    Level.POINT: re.compile(r"([0-9０-９]{1,2})[.．、](?![0-9０-９])"),
    Level.SUBPOINT: re.compile(r"[（(]?([0-9０-９]{1,2})[）)]"),
}
# 一、二级残疾人 and 一、二、三类人员 are grades, not headings.
_GRADES = re.compile(rf"[{_CHINESE}]+(?:[、级类档等]|$)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# ⑴ ⒈ ㈠ are one character each. NFKC turns them into (1) 1. (一).
_ENCLOSED = re.compile("[\u2474-\u249b\u3220-\u3229]")
_OPENINGS = frozenset("第附（(" + _CHINESE + "0123456789０１２３４５６７８９" + _CIRCLED)


def unindented(line: str) -> str:
    """A line from its first word on."""
    indent = _INDENT.match(line)
    return line[indent.end() :] if indent else line


def mark_of(line: str) -> Mark | None:
    """The mark that a line opens with. None: it opens with words.

    Args:
        line: blanks before its first word do not count.

    Source: the patterns and their traps were measured on 1,426 laws.

    >>> mark_of("第十二条之一　本办法……").number, mark_of("依照第三条规定办理"), mark_of("第三条规定的情形")
    (12, None, None)
    >>> mark_of("1.5万元以下的")
    """
    words = unindented(line)
    if _ENCLOSED.match(words):
        words = unicodedata.normalize("NFKC", words[0]) + words[1:]
    if words[:1] not in _OPENINGS or not words:
        return None
    try:
        if words[0] == "第":
            return _division(words) or _article(words)
        return _annex(words) if words[0] == "附" else _item(words)
    except ValueError:
        return None  # 第〇条, 00.: written like a number, but 0


def _division(words: str) -> Mark | None:
    found = _DIVISION.fullmatch(words)
    return Mark(DIVISIONS[found[2]], to_int(found[1])) if found else None


def _article(words: str) -> Mark | None:
    found = _ARTICLE.match(words)
    if found is None or _REFERENCE.match(words, found.end()):
        return None
    follows = words[found.end() : found.end() + 1]
    if not follows or follows.isspace():
        evidence = CLEAR
    else:
        evidence = DOUBTFUL if _USUALLY_REFERENCE.match(words, found.end()) else USUAL
    return Mark(Level.ARTICLE, to_int(found[1]), to_int(found[2]) if found[2] else 0, evidence)


def _annex(words: str) -> Mark | None:
    found = _ANNEX.fullmatch(words)
    if found is None:
        return None
    return Mark(Level.ANNEX, to_int(found[1]) if (found[1] or "").strip("0０") else 0)


def _item(words: str) -> Mark | None:
    if words[0] in _CIRCLED:
        return Mark(Level.CIRCLED, 1 + _CIRCLED.index(words[0]))
    for level, pattern in _ITEMS.items():
        if found := pattern.match(words):
            grades = level is Level.HEADING and _GRADES.match(words, found.end())
            return Mark(level, to_int(found[1]), evidence=DOUBTFUL if grades else USUAL)
    return None
