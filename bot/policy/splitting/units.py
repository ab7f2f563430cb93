"""The units of a text: articles with their 款 and 项, items 一、（一）1., and 段 without a number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.policy.anchor import Anchor, Kind
from bot.policy.article import Article, Paragraph, Subparagraph
from bot.policy.numerals import to_chinese
from bot.policy.splitting import sequence
from bot.policy.splitting.lines import Line
from bot.policy.splitting.marks import ITEMS, Level, Mark

_IN_ARTICLE = (Kind.SUBPARAGRAPH, Kind.ITEM)
_IN_TEXT = (Kind.NUMBERED,)
_COUNTED = (Kind.PARAGRAPH, Kind.UNNUMBERED)
_WORDS = {Kind.SUBPARAGRAPH: "项", Kind.ITEM: "目"}


class Position(NamedTuple):
    """Where a unit stands: `anchor` for programs, `label` as a clerk writes it."""

    anchor: Anchor
    label: str

    def below(self, kind: Kind, number: int, label: str, inserted: int = 0) -> "Position":
        """The position of a part. `label` is the part's own, 第二款."""
        return Position(self.anchor.below(kind, number, inserted), self.label + label)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a text that can be cited: an article, a 款, an item, a 段.

    `kind` and `number` are its step below the unit that it is part of. `head` are the lines before its first
    child; an article of several 款 has no head.
    """

    kind: Kind
    number: int
    head: tuple[Line, ...]
    children: tuple["Unit", ...] = ()
    in_article: bool = False

    @property
    def opening(self) -> Line:
        """Its first line."""
        return self.head[0] if self.head else self.children[0].opening

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.opening.start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.children[-1].end if self.children else self.head[-1].end

    @property
    def size(self) -> int:
        """Its characters. Indentation does not count."""
        return size_of(self.head) + sum(child.size for child in self.children)

    def position(self, above: Position) -> Position:
        """Its position below the position of the unit that it is part of."""
        mark = None if self.kind in _COUNTED else self.opening.mark
        return _position(above, self.kind, self.number, mark)

    def article(self, anchor: Anchor) -> Article:
        """The 款 and 项 of an article. The 项 of its only 款 stand right below it."""
        if self.children and self.children[0].kind is Kind.PARAGRAPH:
            parts = tuple(child._paragraph() for child in self.children)
        else:
            parts = (self._paragraph(),) if self.children else ()
        return Article(anchor, self.start, self.end, parts)

    def _paragraph(self) -> Paragraph:
        subparagraphs = (Subparagraph(child.number, child.start) for child in self.children)
        return Paragraph(self.start, tuple(subparagraphs))


@lru_cache(maxsize=16_384)  # 第一条 stands in every document; kept once, positions take 5 MB less of 25
def _position(above: Position, kind: Kind, number: int, mark: Mark | None) -> Position:
    if mark is None:
        label = f"第{to_chinese(number)}款" if kind is Kind.PARAGRAPH else f"第{number}段"
        return above.below(kind, number, label)
    if word := _WORDS.get(kind):
        return above.below(kind, number, f"第{mark.label.rstrip('、.')}{word}")
    return above.below(kind, number, mark.label, mark.inserted)


def size_of(lines: Iterable[Line]) -> int:
    """Characters of lines without their indentation."""
    return sum(len(line.words) for line in lines)


def article_of(mark: Mark, lines: Sequence[Line]) -> Unit:
    """An article. Its children are its 款. If it is a single 款, its children are the items of that 款."""
    runs = list(_runs(lines, _goes_on_in_article))
    if len(runs) == 1:
        return Unit(Kind.ARTICLE, mark.number, *_items(runs[0], _IN_ARTICLE), in_article=True)
    children = [
        Unit(Kind.PARAGRAPH, number, *_items(run, _IN_ARTICLE), in_article=True)
        for number, run in enumerate(runs, start=1)
    ]
    return Unit(Kind.ARTICLE, mark.number, (), tuple(children), in_article=True)


def items_of_text(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Unit, ...]]:
    """The lines before the first item, and the items 一、（一）1. of a text without articles."""
    return _items(lines, _IN_TEXT)


def unnumbered(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    """The 段 that lines make. The lines of a quotation are one 段, and so are the rows of a table."""
    return _runs(lines, _goes_on)


def _runs(lines: Iterable[Line], goes_on: Callable[[Line, Line], bool]) -> Iterator[tuple[Line, ...]]:
    """Lines in groups: a line that goes on with the line before it is in the same group."""
    run: list[Line] = []
    for line in lines:
        if run and not goes_on(run[-1], line):
            yield tuple(run)
            run = []
        run.append(line)
    if run:
        yield tuple(run)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a line is part of the same 段 as the line before it."""
    return line.quoted or (line.is_row and before.is_row)


def _goes_on_in_article(_: Line, line: Line) -> bool:
    """Whether a line is part of the same 款 as the line before it: 款 have items and tables."""
    return line.quoted or line.is_row or line.mark is not None


def _items(
    lines: Sequence[Line],
    kinds: Sequence[Kind],
    levels: Sequence[Level] = ITEMS,
    depth: int = 0,
) -> tuple[tuple[Line, ...], tuple[Unit, ...]]:
    """The lines before the first item, and the items of the outermost level that makes a list.

    Args:
        kinds: the kinds of the items, by depth. Deeper items are LOWER.
    """
    marked = [(index, line.mark) for index, line in enumerate(lines) if line.mark]
    openings: list[tuple[int, Mark]] = []
    while marked and levels and not openings:
        level, *levels = levels
        openings = sequence.items([candidate for candidate in marked if candidate[1].level is level])
    if not openings:
        return tuple(lines), ()
    kind = kinds[depth] if depth < len(kinds) else Kind.LOWER
    children = []
    ends = [first for first, _ in openings[1:]] + [len(lines)]
    for (first, mark), end in zip(openings, ends, strict=True):
        head, nested = _items(lines[first + 1 : end], kinds, levels, depth + 1)
        children.append(Unit(kind, mark.number, (lines[first], *head), nested, kinds is _IN_ARTICLE))
    return tuple(lines[: openings[0][0]]), tuple(children)
