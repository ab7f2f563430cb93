"""A document as a tree: headings above, articles or items 一、（一）1. below them.

Nothing is cut by length here. cutting.py does that.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.policy.anchor import ROOT, Kind
from bot.policy.clause import Block, Role, Slice
from bot.policy.document import Document
from bot.policy.splitting.lines import Line, lines_of
from bot.policy.splitting.marks import Level, Mark
from bot.policy.splitting.texts import NumberedText, annex_word, texts_of
from bot.policy.splitting.units import Position, Unit, article_of, items_of_text, unnumbered

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
    """A unit that is not part of another one. `above` are the headings above it, outermost first."""

    unit: Unit
    position: Position
    above: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that is open.

    `mark` and `label` are what it adds to anchors and labels below it. `mark` is None if it adds no step.
    """

    level: Level
    piece: Slice
    mark: Mark | None = None
    label: str = ""

    def scope(self, above: Position) -> Position:
        """The position below which lines and items under the heading are counted."""
        if self.mark is None:
            return Position(above.anchor, above.label + self.label)
        return above.below(_DIVISIONS[self.level], self.mark.number, self.label)


def structure_of(document: Document) -> list[TopUnit | Block]:
    """The outermost units of a document and the blocks between them, in text order."""
    reader = _Reader()
    for text in texts_of(lines_of(document.text), document.title):
        reader.read(text)
    return reader.found


@dataclass
class _Reader:
    """Reads the texts of a document in order.

    `text` is the position of the text that is open, `number` its annex. `counted` is how many 段 each
    position has so far; `itemized` are the positions that have items. `group` are the lines since the
    last heading or article; `article` is the mark of their article. `counted_below`: see NumberedText.
    """

    found: list[TopUnit | Block] = field(default_factory=list)
    number: int = 0
    text: Position = _MAIN_TEXT
    labels: set[str] = field(default_factory=lambda: {""})
    headings: list[_Heading] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    itemized: set[str] = field(default_factory=set)
    article: Mark | None = None
    counted_below: Level | None = None
    group: list[Line] = field(default_factory=list)

    def read(self, text: NumberedText) -> None:
        """Adds the units and blocks of a text."""
        self._open_text(text)
        self.counted_below = text.counted_below
        for index, line in enumerate(text.lines):
            if index in text.roles:
                self._close()
                self._block(text.roles[index], line)
            elif index in text.headings:
                self._close()
                self._block(Role.HEADING, line)
                self._open_heading(line.mark.level if line.mark else Level.CHAPTER, line)
            else:
                if index in text.articles:
                    self._close()
                    self.article = line.mark
                self.group.append(line)
        self._close()

    def _block(self, role: Role, line: Line) -> None:
        self.found.append(Block(role, line.start, line.end))

    def _open_text(self, text: NumberedText) -> None:
        annex = None if text.annex is None else text.lines[text.annex]
        title = None if text.title is None else text.lines[text.title]
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

    def _open_heading(self, level: Level, line: Line) -> None:
        below_texts = max(level, Level.BOOK)  # a title does not close the heading 附件2
        self.headings = [heading for heading in self.headings if heading.level < below_texts]
        piece = Slice(None, Role.HEADING, line.text, line.start, line.end)
        heading = _Heading(level, piece)
        if line.mark and level in _DIVISIONS:
            heading = _Heading(level, piece, line.mark, line.mark.label)
        elif level is Level.CHAPTER and not self.counted[self.text.anchor]:  # 序言第1段, but not 附则第9段
            heading = _Heading(level, piece, label=re.sub(r"\s", "", line.words))
        self.headings.append(heading)

    def _close(self) -> None:
        """Ends a group: makes units of its lines."""
        group = self.group
        if not group:
            return
        self.group = []
        above = tuple(heading.piece for heading in self.headings)
        if self.article:
            units, scope = [article_of(self.article, group)], self._scope_of_articles()
        else:
            scope = self._scope()
            units = self._loose(group, scope)
        self.found.extend(TopUnit(unit, unit.position(scope), above) for unit in units)
        self.article = None

    def _scope(self) -> Position:
        """The position below which items and 段 are counted now."""
        scope = self.text
        for heading in self.headings:
            scope = heading.scope(scope)
        return scope

    def _scope_of_articles(self) -> Position:
        """The position below which articles are counted now: the text, or its chapter."""
        scope = self.text
        for heading in self.headings:
            if self.counted_below and heading.mark and heading.level <= self.counted_below:
                scope = heading.scope(scope)
        return scope

    def _loose(self, group: Sequence[Line], scope: Position) -> list[Unit]:
        """Units of lines in no article: the 段 before the first item, and the items."""
        head, children = items_of_text(group)
        if children and scope.anchor in self.itemized:
            head, children = tuple(group), ()  # a misprinted chapter number: these anchors are taken
        elif children:
            self.itemized.add(scope.anchor)
        return [*(self._unnumbered(run, scope) for run in unnumbered(head)), *children]

    def _unnumbered(self, run: tuple[Line, ...], scope: Position) -> Unit:
        self.counted[scope.anchor] += 1
        return Unit(Kind.UNNUMBERED, self.counted[scope.anchor], run)
