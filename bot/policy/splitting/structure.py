"""A text as a tree: 编章节 above, articles or items 一、（一）1. below them, each with its paragraphs.

Nothing is cut by length here; that is cutting.py's.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.policy.anchor import ROOT, Kind
from bot.policy.clause import Block, Role, Slice
from bot.policy.document import Document
from bot.policy.splitting.marks import Level, Mark
from bot.policy.splitting.paragraphs import Paragraph, paragraphs_of
from bot.policy.splitting.texts import Text, annex_word, texts_of
from bot.policy.splitting.units import Position, Unit, article, items_of_text, unnumbered

_DIVISIONS = {
    Level.BOOK: Kind.BOOK,
    Level.PART: Kind.PART,
    Level.SUBPART: Kind.SUBPART,
    Level.CHAPTER: Kind.CHAPTER,
    Level.SECTION: Kind.SECTION,
}
_MAIN_TEXT = Position(ROOT, "")


@dataclass(frozen=True, slots=True)
class TopUnit:
    """A unit that is part of no other, with its position and the headings above it, outermost first."""

    unit: Unit
    position: Position
    above: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that is open, and what it adds to the positions of the paragraphs below it."""

    level: Level
    piece: Slice
    mark: Mark | None = None
    label: str = ""

    def scope(self, above: Position) -> Position:
        """The position in which the paragraphs below it are counted."""
        if self.mark is None:
            return Position(above.anchor, above.label + self.label)
        return above.below(_DIVISIONS[self.level], self.mark.number, self.label)


def structure_of(document: Document) -> list[TopUnit | Block]:
    """The outermost units of a document and the blocks between them, in text order."""
    reading = _Reading()
    for text in texts_of(paragraphs_of(document.text), document.title):
        reading.read(text)
    return reading.found


@dataclass
class _Reading:
    """Where the reading stands: which text and headings are open, and what is counted so far."""

    found: list[TopUnit | Block] = field(default_factory=list)
    number: int = 0
    text: Position = _MAIN_TEXT
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
            label = named if named not in self.labels else f"附件{self.number}"
            self.text = _MAIN_TEXT.below(Kind.ANNEX, self.number, label)
            self.labels.add(self.text.label)
            self.headings = []
        for heading in (annex, title):
            if heading:
                self._open_heading(Level.ANNEX, heading)

    def _open_heading(self, level: Level, paragraph: Paragraph) -> None:
        below_texts = max(level, Level.BOOK)  # a title stands beside 附件2, not instead of it
        self.headings = [heading for heading in self.headings if heading.level < below_texts]
        piece = Slice(None, Role.HEADING, paragraph.text, paragraph.start, paragraph.end)
        heading = _Heading(level, piece)
        if paragraph.mark and level in _DIVISIONS:
            heading = _Heading(level, piece, paragraph.mark, paragraph.mark.label)
        elif level is Level.CHAPTER and not self.counted[self.text.anchor]:  # 序言第1段, but not 附则第9段
            heading = _Heading(level, piece, label=re.sub(r"\s", "", paragraph.words))
        self.headings.append(heading)

    def _close(self) -> None:
        """Makes units of the paragraphs since the last heading or article."""
        group = self.group
        if not group:
            return
        self.group = []
        above = tuple(heading.piece for heading in self.headings)
        if self.article:
            units, scope = [article(self.article, group)], self.text
        else:
            scope = self._scope()
            units = self._loose(group, scope)
        self.found.extend(TopUnit(unit, unit.position(scope), above) for unit in units)
        self.article = None

    def _scope(self) -> Position:
        """The position in which items and paragraphs are counted now."""
        scope = self.text
        for heading in self.headings:
            scope = heading.scope(scope)
        return scope

    def _loose(self, group: Sequence[Paragraph], scope: Position) -> list[Unit]:
        """Units of the paragraphs that stand in no article: items, and what stands before them."""
        head, children = items_of_text(group)
        if children and scope.anchor in self.itemized:
            head, children = tuple(group), ()  # their anchors are taken: a chapter's number is misprinted
        elif children:
            self.itemized.add(scope.anchor)
        return [*(self._paragraph(run, scope) for run in unnumbered(head)), *children]

    def _paragraph(self, run: tuple[Paragraph, ...], scope: Position) -> Unit:
        self.counted[scope.anchor] += 1
        return Unit(Kind.UNNUMBERED, self.counted[scope.anchor], run)
