"""Automatic numbers, 第一条 and （一）, as Word shows them; they stand nowhere in the text of a file.

Source: ISO/IEC 29500-1, 17.9. Word and this module agree where LibreOffice does not: `lvlRestart` 0 means
that a level is never begun anew, and a deleted paragraph does not count.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.intake.reading.docx.names import attribute, child, children, integer, is_on, number_of, value_of
from bot.intake.reading.docx.number_formats import formatted
from bot.intake.reading.docx.styles import Styles

_PLACEHOLDER = re.compile(r"%([1-9])")
_NAMED = re.compile(r"第.+[编章节条]$")
_DEEPEST = 9
_BULLET = "bullet"
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class NumberedLevel:
    """How one level of a list is numbered. `restart`: the level after which it begins anew; 0: never."""

    start: int
    number_format: str
    text: str
    restart: int | None
    style: str | None
    is_legal: bool


@dataclass(slots=True)
class _Counters:
    """How far the levels of a list have been counted. None: the next paragraph begins anew."""

    counts: list[int | None] = field(default_factory=lambda: [None] * _DEEPEST)


@dataclass(frozen=True, slots=True)
class _Number:
    """A list that paragraphs name: an abstract list, and what this one has of its own."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, NumberedLevel]


class Numbering:
    """The numbers of a document. Paragraphs are told in order; each gets its number."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, NumberedLevel]] = {}
        self._linked: dict[str, str] = {}
        self._numbers: dict[int, _Number] = {}
        for element in children(root, "abstractNum"):
            abstract = attribute(element, "abstractNumId") or ""
            self._abstract[abstract] = _levels(element)
            if link := value_of(element, "numStyleLink"):
                self._linked[abstract] = link
        for element in children(root, "num"):
            if (number_id := integer(attribute(element, "numId"))) is not None:
                self._numbers[number_id] = _number(element)
        self._counters: dict[str, _Counters] = {}
        self._begun: set[tuple[int, int]] = set()

    def next_label(self, properties: Element | None, style_id: str | None) -> str:
        """The number that Word prints before the next paragraph; "" for one without a number."""
        where = self._where(properties, style_id)
        if where is None:
            return ""
        number_id, level = where
        number = self._numbers[number_id]
        abstract = self._resolved(number.abstract)
        levels = {**self._abstract.get(abstract, {}), **number.levels}
        if level not in levels:
            return ""
        counts = self._counters.setdefault(abstract, _Counters()).counts
        self._count(counts, number_id, level, levels)
        return _label(levels, level, counts)

    def _where(self, properties: Element | None, style_id: str | None) -> tuple[int, int] | None:
        """The list and level of a paragraph, by itself or by its style; None: it has no number."""
        own = children(properties, "numPr")
        number_id = next((found for each in own if (found := number_of(each, "numId")) is not None), None)
        level = next((found for each in own if (found := number_of(each, "ilvl")) is not None), None)
        if number_id is None:
            for name, style in self._styles.chain(style_id):
                if style.number_id is not None:
                    number_id = style.number_id
                    level = self._level_of_style(number_id, name) if level is None else level
                    level = style.level if level is None else level
                    break
        if number_id is None or number_id not in self._numbers:
            return None
        return number_id, min(max(level or 0, 0), _DEEPEST - 1)

    def _level_of_style(self, number_id: int, style_id: str) -> int | None:
        """The level that is tied to a style."""
        if (number := self._numbers.get(number_id)) is None:
            return None
        levels = self._abstract.get(self._resolved(number.abstract), {})
        return next((level for level, each in levels.items() if each.style == style_id), None)

    def _resolved(self, abstract: str) -> str:
        """The abstract list that a list style leads to."""
        for _ in range(_DEEPEST):
            style = self._styles.by_id.get(self._linked.get(abstract, ""))
            number = self._numbers.get(style.number_id) if style and style.number_id is not None else None
            if number is None or number.abstract == abstract:
                break
            abstract = number.abstract
        return abstract

    def _count(
        self, counts: list[int | None], number_id: int, level: int, levels: dict[int, NumberedLevel]
    ) -> None:
        starts = self._numbers[number_id].starts
        for above in range(level):
            if counts[above] is None and above in levels:
                counts[above] = levels[above].start
        before = counts[level]
        if level in starts and (number_id, level) not in self._begun:
            counts[level] = starts[level]
        elif before is None:
            counts[level] = starts.get(level, levels[level].start)
        else:
            counts[level] = before + 1
        self._begun.add((number_id, level))
        for below in range(level + 1, _DEEPEST):
            restart = levels[below].restart if below in levels else None
            if restart is None or restart > below or level < restart:
                counts[below] = None


def _levels(element: Element) -> dict[int, NumberedLevel]:
    found: dict[int, NumberedLevel] = {}
    for each in children(element, "lvl"):
        level = integer(attribute(each, "ilvl"))
        if level is not None and 0 <= level < _DEEPEST:
            found[level] = _level(each)
    return found


def _level(element: Element) -> NumberedLevel:
    custom = child(child(element, "AlternateContent"), "Choice")
    number_format = value_of(element, "numFmt") or value_of(custom, "numFmt") or "decimal"
    start = number_of(element, "start")
    return NumberedLevel(
        start=0 if start is None else start,
        number_format=number_format,
        text=value_of(element, "lvlText") or "",
        restart=number_of(element, "lvlRestart"),
        style=value_of(element, "pStyle"),
        is_legal=bool(is_on(element, "isLgl")),
    )


def _number(element: Element) -> _Number:
    starts: dict[int, int] = {}
    levels: dict[int, NumberedLevel] = {}
    for override in children(element, "lvlOverride"):
        level = integer(attribute(override, "ilvl"))
        if level is None or not 0 <= level < _DEEPEST:
            continue
        if (start := number_of(override, "startOverride")) is not None:
            starts[level] = start
        if (own := child(override, "lvl")) is not None:
            levels[level] = _level(own)
    return _Number(value_of(element, "abstractNumId") or "", starts, levels)


def _label(levels: dict[int, NumberedLevel], level: int, counts: list[int | None]) -> str:
    shown = levels[level]
    if shown.number_format == _BULLET:
        return ""

    def written(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        if at not in levels or at > level:
            return ""
        number_format = "decimal" if shown.is_legal else levels[at].number_format
        count = counts[at]
        return formatted(levels[at].start if count is None else count, number_format)

    label = _PLACEHOLDER.sub(written, shown.text).strip()
    if not label or _PRIVATE.search(label):
        return ""
    return f"{label}\u3000" if _NAMED.fullmatch(label) else label
