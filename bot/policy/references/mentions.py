"""Words by which a text refers to places in itself or in other texts: 本办法第五条, 前款, 《…》第三条, 附件1.

This module reads the words. resolution.py finds which clause they mean.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.policy.anchor import Kind
from bot.policy.force.statements import GENRE_WORD, SELF
from bot.policy.numerals import NUMERAL, to_int
from bot.policy.places import BRACKETED_ITEM, NOWHERE, CitedPlace, Place, cited_places
from bot.policy.titles import TITLE


class Naming(Enum):
    """How a mention names the text in which its place is."""

    OWN = auto()  # 本办法第五条, 第五条
    TITLED = auto()  # 《某某办法》第五条; `name` is the title
    NAMED = auto()  # 某某法第五条; `name` are the words in front, and the title is at their end
    SAME = auto()  # 该法第五条, 同条第二款: the document or article of the last mention
    BACK = auto()  # 前款, 前两条: `number` of `counted` back from here
    ANNEX = auto()  # 附件1; `number` is 0 for 附件 without a number


@dataclass(frozen=True, slots=True)
class Mention:
    """`text[start:end]` refers to a place."""

    start: int
    end: int
    naming: Naming
    place: Place = NOWHERE
    name: str = ""
    counted: Kind | None = None
    number: int = 0


_COUNTED = {"条": Kind.ARTICLE, "款": Kind.PARAGRAPH, "项": Kind.SUBPARAGRAPH}
_HEAD = re.compile(
    rf"{TITLE}"
    rf"|(?<![以之从提目当此先空])(?:前(?P<back>[一二两三四五六七八九十]?)|上)(?P<counted>[条款项])(?!件|目|例|约)"
    rf"|(?P<same>该|同)条(?=第|[（(])"
    rf"|本条(?=第)"
    rf"|第\s*[{NUMERAL}]+\s*(?:条(?!件|例|约|线|款)|款|项(?!目))"
    rf"|{BRACKETED_ITEM}"
    rf"|(?<!邮件)附件\s*(?P<annex>[0-9０-９一二三四五六七八九十]{{0,2}})(?!\s*[：:])"
)
_BEHIND_TITLE = re.compile(
    r"\s*(?:[（(][^（()）]{0,60}(?:[（(][^（()）]*[）)][^（()）]*)?[）)]){0,2}\s*(?:中的|中|的)?\s*"
)
_OWN = re.compile(rf"{SELF}(?:[（(][^（）()]*[）)])?的?\s*$")
_SAME = re.compile(rf"(?:该|同|上述|前述|此){GENRE_WORD}的?\s*$")
_NAMED = re.compile(
    rf"[\u4e00-\u9fff、]{{0,30}}(?:{GENRE_WORD}|通则|总则|修正案|议定书|合同|协议|协定|附录|附表|名录|宪章)"
    r"(?:[（(][^（）()]{1,12}[）)])?的?\s*$"
)
_BROKEN = re.compile(rf"第[{NUMERAL}]+\s*$")  # 第二百三十六第三款: 条 is lost
_LONGEST_LOOK_BACK = 48


def mentions(text: str) -> list[Mention]:
    """The mentions of a text, in text order. They do not overlap."""
    found: list[Mention] = []
    at = 0
    while head := _HEAD.search(text, at):
        new = list(_read(text, head, at))
        found += new
        at = new[-1].end if new else head.end()
    return found


def _read(text: str, head: re.Match[str], at: int) -> Iterator[Mention]:
    if head[1] is not None:
        yield from _titled(text, head)
    elif head["counted"]:
        yield from _back(text, head)
    elif head["annex"] is not None:
        yield Mention(head.start(), head.end(), Naming.ANNEX, number=_number(head["annex"]))
    elif head[0].startswith(("该", "同")):
        yield from _listed(Naming.SAME, head.start(), list(cited_places(text, head.end())))
    elif head[0].startswith("本"):
        yield from _listed(Naming.OWN, head.start(), list(cited_places(text, head.end())))
    else:
        yield from _placed(text, head, at)


def _titled(text: str, head: re.Match[str]) -> Iterator[Mention]:
    """《…》 with the places behind it. Without a place it means the document as a whole."""
    behind = _BEHIND_TITLE.match(text, head.end())
    places = list(cited_places(text, behind.end() if behind else head.end()))
    if places:
        yield from _listed(Naming.TITLED, head.start(), places, head[1])
    else:
        yield Mention(head.start(), head.end(), Naming.TITLED, name=head[1])


def _back(text: str, head: re.Match[str]) -> Iterator[Mention]:
    """前款 or 前两条, with 第二款 or 第（三）项 behind it."""
    counted = _COUNTED[head["counted"]]
    count = to_int(head["back"]) if head["back"] else 1
    places = [cited for cited in cited_places(text, head.end()) if cited.place.article is None]
    if not places:
        yield Mention(head.start(), head.end(), Naming.BACK, counted=counted, number=count)
    for index, cited in enumerate(places):
        start = cited.start if index else head.start()
        yield Mention(start, cited.end, Naming.BACK, cited.place, counted=counted, number=count)


def _placed(text: str, head: re.Match[str], at: int) -> Iterator[Mention]:
    """第五条, 第二款, 第（三）项. The words in front tell in which text."""
    places = list(cited_places(text, head.start()))
    before = text[max(at, head.start() - _LONGEST_LOOK_BACK) : head.start()]
    if own := _OWN.search(before):
        yield from _listed(Naming.OWN, head.start() - len(own[0]), places)
    elif _SAME.search(before):
        yield from _listed(Naming.SAME, head.start(), places)
    elif named := _NAMED.search(before):
        yield from _listed(Naming.NAMED, head.start(), places, named[0].removesuffix("的"))
    elif _BROKEN.search(before):
        yield from _listed(Naming.NAMED, head.start(), places)
    else:
        yield from _listed(Naming.OWN, head.start(), places)


def _listed(naming: Naming, start: int, places: list[CitedPlace], name: str = "") -> Iterator[Mention]:
    """A mention for each place of a list. The first one begins with the name of the text, at `start`."""
    for index, cited in enumerate(places):
        yield Mention(cited.start if index else start, cited.end, naming, cited.place, name)


def _number(numeral: str) -> int:
    try:
        return to_int(numeral) if numeral else 0
    except ValueError:
        return 0
