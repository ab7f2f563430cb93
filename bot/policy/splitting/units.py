"""What a text is made of: articles with their 款 and 项, items 一、（一）1., paragraphs without a number."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.policy.anchor import Anchor, Kind
from bot.policy.numerals import to_chinese
from bot.policy.splitting import sequence
from bot.policy.splitting.marks import ITEMS, Level, Mark
from bot.policy.splitting.paragraphs import Paragraph

_IN_ARTICLE = (Kind.SUBPARAGRAPH, Kind.ITEM)
_IN_TEXT = (Kind.NUMBERED,)
_WORDS = {Kind.SUBPARAGRAPH: "项", Kind.ITEM: "目"}


class Position(NamedTuple):
    """Where a unit stands: `anchor` for programs, `label` as a clerk writes it."""

    anchor: Anchor
    label: str

    def below(self, kind: Kind, number: int, label: str, inserted: int = 0) -> "Position":
        """The position of a part; `label` is what it adds to the label."""
        return Position(self.anchor.below(kind, number, inserted), self.label + label)


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a text that can be cited: an article, a 款, an item, a paragraph.

    `kind` and `number` tell which part it is of what it stands in. `head` are the paragraphs before its first
    child; an article of several 款 has no head.
    """

    kind: Kind
    number: int
    head: tuple[Paragraph, ...]
    children: tuple["Unit", ...] = ()
    in_article: bool = False

    @property
    def opening(self) -> Paragraph:
        """Its first paragraph."""
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
        """Its position, from the position of what it stands in."""
        mark = self.opening.mark
        if self.kind is Kind.PARAGRAPH:
            return above.below(self.kind, self.number, f"第{to_chinese(self.number)}款")
        if self.kind is Kind.UNNUMBERED or mark is None:
            return above.below(self.kind, self.number, f"第{self.number}段")
        if word := _WORDS.get(self.kind):
            return above.below(self.kind, self.number, f"第{mark.label.rstrip('、.')}{word}")
        return above.below(self.kind, self.number, mark.label, mark.inserted)


def size_of(paragraphs: Iterable[Paragraph]) -> int:
    """Characters of paragraphs without the blanks before them."""
    return sum(len(paragraph.words) for paragraph in paragraphs)


def article(mark: Mark, paragraphs: Sequence[Paragraph]) -> Unit:
    """An article. Its children are its 款; if it is a single 款, the items of that."""
    runs = list(_runs(paragraphs, _goes_on_in_article))
    if len(runs) == 1:
        return Unit(Kind.ARTICLE, mark.number, *_items(runs[0], _IN_ARTICLE), in_article=True)
    children = [
        Unit(Kind.PARAGRAPH, number, *_items(run, _IN_ARTICLE), in_article=True)
        for number, run in enumerate(runs, start=1)
    ]
    return Unit(Kind.ARTICLE, mark.number, (), tuple(children), in_article=True)


def items_of_text(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], tuple[Unit, ...]]:
    """The paragraphs before the first item of a text without articles, and its items 一、（一）1."""
    return _items(paragraphs, _IN_TEXT)


def unnumbered(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Paragraph, ...]]:
    """Paragraphs as a clerk counts them: a quotation or a table is one with what it follows."""
    return _runs(paragraphs, _goes_on)


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
    kinds: Sequence[Kind],
    levels: Sequence[Level] = ITEMS,
    depth: int = 0,
) -> tuple[tuple[Paragraph, ...], tuple[Unit, ...]]:
    """The paragraphs before the first item, and the items: those of the outermost level that makes a list.

    Args:
        kinds: what the items count, by depth; deeper ones count LOWER.
    """
    openings: list[tuple[int, Mark]] = []
    while levels and not openings:
        openings, levels = _openings(paragraphs, levels[0]), levels[1:]
    if not openings:
        return tuple(paragraphs), ()
    kind = kinds[depth] if depth < len(kinds) else Kind.LOWER
    children = []
    ends = [first for first, _ in openings[1:]] + [len(paragraphs)]
    for (first, mark), end in zip(openings, ends, strict=True):
        head, nested = _items(paragraphs[first + 1 : end], kinds, levels, depth + 1)
        children.append(Unit(kind, mark.number, (paragraphs[first], *head), nested, kinds is _IN_ARTICLE))
    return tuple(paragraphs[: openings[0][0]]), tuple(children)


def _openings(paragraphs: Sequence[Paragraph], level: Level) -> list[tuple[int, Mark]]:
    """The items of a level that make a list, each with its index."""
    return sequence.items(
        [
            (index, paragraph.mark)
            for index, paragraph in enumerate(paragraphs)
            if paragraph.mark and paragraph.mark.level is level
        ]
    )
