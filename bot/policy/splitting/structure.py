"""A text as a tree: 编章节 above, articles or items 一、（一）1. below them, each with its paragraphs.

Nothing is cut by length here; that is cutting.py's.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.policy.clause import Block, Role, Slice
from bot.policy.document import Document
from bot.policy.numerals import to_chinese
from bot.policy.splitting import sequence
from bot.policy.splitting.marks import ITEMS, Level, Mark
from bot.policy.splitting.paragraphs import Paragraph, paragraphs_of
from bot.policy.splitting.texts import Text, annex_word, texts_of

_LETTERS = {Level.BOOK: "a", Level.PART: "n", Level.SUBPART: "e", Level.CHAPTER: "z", Level.SECTION: "j"}
_BELOW_PARAGRAPH = (("x", "项"), ("m", "目"))  # a 款 is counted, these are numbered


@dataclass(frozen=True, slots=True)
class Place:
    """A position as anchors and labels tell it."""

    anchor: str
    label: str

    def below(self, anchor: str, label: str) -> "Place":
        return Place(self.anchor + anchor, self.label + label)


_Name = Callable[[Place, Mark, int], Place]
"""The place of an item below another one, from its mark and depth."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a text that can be cited: an article, a 款, an item, a paragraph.

    `head` is what it says before its `children` begin; an article of several 款 has none.
    """

    place: Place
    head: tuple[Paragraph, ...]
    children: tuple["Unit", ...] = ()
    in_article: bool = False

    @property
    def start(self) -> int:
        return self.head[0].start if self.head else self.children[0].start

    @property
    def end(self) -> int:
        return self.children[-1].end if self.children else self.head[-1].end

    @property
    def size(self) -> int:
        """Its characters; how print indents them does not count."""
        return size_of(self.head) + sum(child.size for child in self.children)


def size_of(paragraphs: Iterable[Paragraph]) -> int:
    """Characters of paragraphs without the blanks before them."""
    return sum(len(paragraph.words) for paragraph in paragraphs)


@dataclass(frozen=True, slots=True)
class Headed:
    """An outermost unit under its headings, outermost first."""

    unit: Unit
    above: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that is open, and what it adds to the places of paragraphs below it."""

    level: Level
    piece: Slice
    place: Place


def structure_of(document: Document) -> list[Headed | Block]:
    """The outermost units of a document and the blocks between them, in text order."""
    reading = _Reading()
    for text in texts_of(paragraphs_of(document.text), document.title):
        reading.read(text)
    return reading.found


@dataclass
class _Reading:
    """Where the reading stands: which text and headings are open, and what is counted so far."""

    found: list[Headed | Block] = field(default_factory=list)
    number: int = 0
    text: Place = Place("", "")
    labels: set[str] = field(default_factory=lambda: {""})
    headings: list[_Heading] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    itemized: set[str] = field(default_factory=set)
    article: Mark | None = None
    group: list[Paragraph] = field(default_factory=list)

    def read(self, text: Text) -> None:
        """Adds the units and blocks of a text."""
        self._open_text(text)
        for place, paragraph in enumerate(text.paragraphs):
            if place in text.roles:
                self._close()
                self._block(text.roles[place], paragraph)
            elif place in text.headings:
                self._close()
                self._block(Role.HEADING, paragraph)
                self._open_heading(paragraph.mark.level if paragraph.mark else Level.CHAPTER, paragraph)
            else:
                if place in text.articles:
                    self._close()
                    self.article = paragraph.mark
                self.group.append(paragraph)
        self._close()

    def _block(self, role: Role, paragraph: Paragraph) -> None:
        self.found.append(Block(role, paragraph.start, paragraph.end))

    def _open_text(self, text: Text) -> None:
        annex = None if text.annex is None else text.paragraphs[text.annex]
        title = None if text.title is None else text.paragraphs[text.title]
        if annex or text.starts_anew:
            printed = annex.mark.number if annex and annex.mark else 0
            self.number = printed if printed > self.number else self.number + 1
            named = f"{annex_word(annex)}{printed or ''}" if annex else f"《{title.words}》" if title else ""
            self.text = Place(f"f{self.number}.", named if named not in self.labels else f"附件{self.number}")
            self.labels.add(self.text.label)
            self.headings = []
        for heading in (annex, title):
            if heading:
                self._open_heading(Level.ANNEX, heading)

    def _open_heading(self, level: Level, paragraph: Paragraph) -> None:
        below_texts = max(level, Level.BOOK)  # a title stands beside 附件2, not instead of it
        self.headings = [heading for heading in self.headings if heading.level < below_texts]
        place = Place("", "")
        if paragraph.mark and level in _LETTERS:
            place = Place(f"{_LETTERS[level]}{paragraph.mark.number}", paragraph.mark.label)
        elif level is Level.CHAPTER and not self.counted[self.text.anchor]:  # 序言第1段, but not 附则第9段
            place = Place("", re.sub(r"\s", "", paragraph.words))
        piece = Slice(None, Role.HEADING, paragraph.text, paragraph.start, paragraph.end)
        self.headings.append(_Heading(level, piece, place))

    def _close(self) -> None:
        """Makes units of the paragraphs since the last heading or article."""
        group, article = self.group, self.article
        self.group, self.article = [], None
        if not group:
            return
        above = tuple(heading.piece for heading in self.headings)
        if article:
            anchor = f"t{article.number}" + (f"-{article.inserted}" if article.inserted else "")
            units = [_article(self.text.below(anchor, article.label), group)]
        else:
            units = self._loose(group)
        self.found.extend(Headed(unit, above) for unit in units)

    def _loose(self, group: Sequence[Paragraph]) -> list[Unit]:
        """Units of the paragraphs that stand in no article: items, and what stands before them."""
        scope = self.text
        for heading in self.headings:
            scope = scope.below(heading.place.anchor, heading.place.label)
        head, children = _items(group, scope, _item_of_text)
        if children and scope.anchor in self.itemized:
            head, children = tuple(group), ()  # their anchors are taken: a chapter's number is misprinted
        elif children:
            self.itemized.add(scope.anchor)
        return [*(self._paragraph(run, scope) for run in _runs(head, _goes_on)), *children]

    def _paragraph(self, run: tuple[Paragraph, ...], scope: Place) -> Unit:
        self.counted[scope.anchor] += 1
        count = self.counted[scope.anchor]
        return Unit(scope.below(f"p{count}", f"第{count}段"), run)


def _article(place: Place, paragraphs: Sequence[Paragraph]) -> Unit:
    """An article: its 款 where it has several, else the items of its only one."""
    runs = list(_runs(paragraphs, _goes_on_in_article))
    if len(runs) == 1:
        return Unit(place, *_items(runs[0], place, _item_of_article), in_article=True)
    children = []
    for number, run in enumerate(runs, start=1):
        below = place.below(f"k{number}", f"第{to_chinese(number)}款")
        children.append(Unit(below, *_items(run, below, _item_of_article), in_article=True))
    return Unit(place, (), tuple(children), in_article=True)


def _runs(
    paragraphs: Iterable[Paragraph], goes_on: Callable[[Paragraph, Paragraph], bool]
) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs as a clerk counts them, one or several lines each."""
    run: list[Paragraph] = []
    for paragraph in paragraphs:
        if run and not goes_on(run[-1], paragraph):
            yield tuple(run)
            run = []
        run.append(paragraph)
    if run:
        yield tuple(run)


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether a paragraph is part of a quotation or table that stands before it."""
    return paragraph.quoted or (paragraph.is_row and before.is_row)


def _goes_on_in_article(_: Paragraph, paragraph: Paragraph) -> bool:
    """The same for a 款, of which items and tables are parts."""
    return paragraph.quoted or paragraph.is_row or paragraph.mark is not None


def _items(
    paragraphs: Sequence[Paragraph],
    place: Place,
    name: _Name,
    levels: Sequence[Level] = ITEMS,
    depth: int = 0,
) -> tuple[tuple[Paragraph, ...], tuple[Unit, ...]]:
    """What stands before the first item, and the items: those of the outermost level that makes a list."""
    if not levels:
        return tuple(paragraphs), ()
    openings = _openings(paragraphs, levels[0])
    if not openings:
        return _items(paragraphs, place, name, levels[1:], depth)
    children = []
    ends = [first for first, _ in openings[1:]] + [len(paragraphs)]
    for (first, mark), end in zip(openings, ends, strict=True):
        item = name(place, mark, depth)
        head, nested = _items(paragraphs[first + 1 : end], item, name, levels[1:], depth + 1)
        children.append(Unit(item, (paragraphs[first], *head), nested, name is _item_of_article))
    return tuple(paragraphs[: openings[0][0]]), tuple(children)


def _openings(paragraphs: Sequence[Paragraph], level: Level) -> list[tuple[int, Mark]]:
    """The items of a level that make a list, each with its place."""
    return sequence.items(
        [
            (place, paragraph.mark)
            for place, paragraph in enumerate(paragraphs)
            if paragraph.mark and paragraph.mark.level is level
        ]
    )


def _item_of_text(place: Place, mark: Mark, depth: int) -> Place:
    """二、（三）1."""
    return place.below(f".{mark.number}" if depth else f"b{mark.number}", mark.label)


def _item_of_article(place: Place, mark: Mark, depth: int) -> Place:
    """第（三）项, 第1目, and what is below as printed."""
    if depth >= len(_BELOW_PARAGRAPH):
        return place.below(f".{mark.number}", mark.label)
    letter, word = _BELOW_PARAGRAPH[depth]
    return place.below(f"{letter}{mark.number}", f"第{mark.label.rstrip('、.')}{word}")
