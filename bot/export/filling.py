"""An element of Akoma Ntoso, its eId, and how the lines of a clause become paragraphs and points in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from itertools import count as count_from

from bot.policy.splitting.lines import Line
from bot.policy.splitting.marks import DOUBTFUL, ITEMS, Level

DIVISIONS = {
    Level.ANNEX: ("hcontainer", "annex"),
    Level.BOOK: ("book", "book"),
    Level.PART: ("part", "part"),
    Level.SUBPART: ("subpart", "subpart"),
    Level.CHAPTER: ("chapter", "chp"),
    Level.SECTION: ("section", "sec"),
    Level.ARTICLE: ("article", "art"),
    Level.HEADING: ("paragraph", "para"),
    Level.SUBHEADING: ("subparagraph", "subpara"),
    Level.POINT: ("point", "point"),
    Level.SUBPOINT: ("point", "point"),
    Level.CIRCLED: ("indent", "indent"),
}
"""Level of a mark → element and its short name in an eId. Source: Akoma Ntoso Naming Convention 1.0, 5.6."""
_NUMBER = re.compile(
    r"[\s\u200b\u2060\ufeff#>]*(?:附\s*[件录表]\s*[0-9０-９一二三四五六七八九十]*[：:]?|第[^\s第条]+?(?:分编|[篇编章节])"
    r"|第[^\s第条]+条(?:之[一二三四五六七八九十]+)?|[（(]?[0-9０-９一二三四五六七八九十百]+[)）、.．]|[①-⑳⑴-⒛㈠-㈩])"
)


@dataclass(slots=True)
class Node:
    """An element of the hierarchy: its number, its heading, its own lines, then its parts."""

    tag: str
    name: str
    eid: str
    key: str | int | None = None
    num: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    below: list["Node"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it has no words yet."""
        return not (self.num or self.heading or self.lines or self.below)


class Eids:
    """The eIds of a document: art_12__para_2. They are unique."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, above: str, name: str, number: str) -> str:
        """The eId of an element below another. What has no number is counted; what is taken gets a count."""
        stem = f"{above}__{name}" if above else name
        stem = f"{stem}_{number}" if number else stem
        counted = (f"{stem}_{count}" for count in count_from(2 if number else 1))
        eid = next(eid for eid in chain([stem] if number else [], counted) if eid not in self._given)
        self._given.add(eid)
        return eid


class Filling:
    """Puts the lines of a clause into its node.

    A line without a number is a paragraph (款) if there are several. A numbered line is a point of what
    stands above it. A row of a table stays with what it follows.
    """

    def __init__(self, node: Node, eids: Eids, *, is_article: bool) -> None:
        self._node = node
        self._eids = eids
        self._is_article = is_article
        self._paragraph = node
        self._items: list[tuple[Level, Node]] = []

    def fill(self, opening: str, lines: Sequence[Line]) -> None:
        """Adds the lines. `opening` is the first line without its number."""
        further = lines[1:]
        several = any(not line.is_row and not _level(line) for line in further)
        if further and lines[0].mark and lines[0].is_heading and not self._is_article:
            self._node.heading = opening
        elif opening:
            self._plain(opening, apart=several)
        for line in further:
            if level := _level(line):
                self._item(line, level)
            elif line.is_row:
                (self._items[-1][1] if self._items else self._paragraph).lines.append(line.text)
            else:
                self._plain(line.text, apart=True)

    def _plain(self, text: str, *, apart: bool) -> None:
        self._items = []
        if apart:
            element = ("paragraph", "para") if self._node.tag == "article" else ("alinea", "al")
            self._paragraph = self._below(self._node, element, str(len(self._node.below) + 1))
        self._paragraph.lines.append(text)

    def _item(self, line: Line, level: Level) -> None:
        while self._items and self._items[-1][0] >= level:
            self._items.pop()
        if not self._is_article:
            element = DIVISIONS[level]
        else:
            element = ("indent", "indent") if self._items else ("point", "point")
        number = str(line.mark.number) if line.mark else ""
        above = self._items[-1][1] if self._items else self._paragraph
        item = self._below(above, element, number)
        item.num, words = split_number(line.text)
        if words:
            item.lines.append(words)
        self._items.append((level, item))

    def _below(self, above: Node, element: tuple[str, str], number: str) -> Node:
        tag, name = element
        node = Node(tag, name, self._eids.new(above.eid, name, number))
        above.below.append(node)
        return node


def split_number(text: str) -> tuple[str, str]:
    """The number that a line opens with, and what stands behind it.

    >>> split_number("第三条之一　本办法"), split_number("（一）甲"), split_number("甲")
    (('第三条之一', '本办法'), ('（一）', '甲'), ('', '甲'))
    """
    found = _NUMBER.match(text)
    return (found[0].strip(), text[found.end() :].strip()) if found else ("", text)


def _level(line: Line) -> Level | None:
    """The level of a numbered line; None: it has no number, the number of an article, or grades: 一、二级."""
    mark = line.mark
    is_item = mark is not None and mark.level in ITEMS and mark.evidence > DOUBTFUL and not line.is_row
    return mark.level if mark and is_item else None
