"""A document's text, divided into clauses and blocks.

One pass over the paragraphs. A mark opens a clause only where it continues its sequence, so that a reference
at the start of a paragraph stays text. Whether it does depends on marks alone, never on words, so that
editing the words of one clause leaves the anchors of all others alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.policy.clause import Block, Clause, Outline, Role, Slice
from bot.policy.document import Document
from bot.policy.marks import Level, Mark, mark_of

_DIVISIONS = (Level.PART, Level.CHAPTER, Level.SECTION)
_LARGEST_GAP = 2  # a lost number between two neighbours is a misprint; more are a reference
_LONGEST_HEADING = 40
_MASTHEAD = re.compile(r"[（(].*[）)]|目\s*录|\S{1,12}[〔\[［(（【]\d{4}[〕\]］)）】]\s*第?\s*\d{1,5}\s*号")
_INVISIBLE = "\u200b\u2060\ufeff \u3000\t"  # left over from web pages in front of 第一条
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")


@dataclass(slots=True)
class _Part:
    """A clause or block in the making: some paragraphs that follow each other, and what stands above them."""

    start: int
    end: int
    above: "tuple[_Part, ...]"
    anchor: str = ""
    label: str = ""
    role: Role = Role.HEADING

    @property
    def is_clause(self) -> bool:
        return bool(self.anchor)


def split(document: Document) -> Outline:
    """Clauses and blocks of a document, each in text order.

    The clauses are the articles 第…条; without articles the innermost numbered pieces 一、（一）1.（1）; and
    every paragraph that stands under no number.

    Args:
        document: its `title` tells the masthead from the text.
    """
    splitter = _Splitter(document)
    for found in _PARAGRAPH.finditer(document.text):
        splitter.add(found[0], found.start(), found.end())
    parts = splitter.parts
    return Outline(
        clauses=tuple(_clause(document, part) for part in parts if part.is_clause),
        blocks=tuple(Block(part.role, part.start, part.end) for part in parts if not part.is_clause),
    )


def _clause(document: Document, part: _Part) -> Clause:
    text = document.text[part.start : part.end]
    context = tuple(_slice(document, above) for above in part.above)
    return Clause(document.document_id, part.anchor, part.label, text, part.start, part.end, context)


def _slice(document: Document, part: _Part) -> Slice:
    text = document.text[part.start : part.end]
    if part.is_clause:
        return Slice(f"{document.document_id}:{part.anchor}", Role.LEAD_IN, text, part.start, part.end)
    return Slice(None, part.role, text, part.start, part.end)


@dataclass
class _Splitter:
    """Where the pass stands: the divisions and items that are open, and the last number of each sequence."""

    document: Document
    parts: list[_Part] = field(default_factory=list)
    annex: int = 0
    paragraphs: int = 0
    article: tuple[int, int] = (0, 0)
    last_article: int = -1
    divisions: dict[Level, _Part] = field(default_factory=dict)
    items: list[tuple[Mark, _Part]] = field(default_factory=list)
    current: _Part | None = None
    anchors: set[str] = field(default_factory=set)

    def add(self, paragraph: str, start: int, end: int) -> None:
        mark = mark_of(paragraph.lstrip(_INVISIBLE))
        if mark is None:
            self._add_text(paragraph, start, end)
        elif mark.level is Level.ANNEX:
            self._open_annex(start, end)
        elif mark.level in _DIVISIONS:
            self._open_division(mark, start, end)
        elif mark.level is Level.ARTICLE and self._continues_articles(mark):
            self._open_article(mark, start, end)
        elif mark.level > Level.ARTICLE and self._continues_items(mark):
            self._open_item(mark, start, end)
        else:
            self._add_text(paragraph, start, end)

    def _add_text(self, paragraph: str, start: int, end: int) -> None:
        if self.current is not None:
            self.current.end = end
        elif not self.anchors and self._is_masthead(paragraph):
            self.parts.append(_Part(start, end, (), role=Role.MASTHEAD))
        else:
            self.paragraphs += 1
            self._open_clause(f"p{self.paragraphs}", f"第{self.paragraphs}段", start, end)

    def _is_masthead(self, paragraph: str) -> bool:
        blankless = re.sub(r"\s", "", paragraph)
        return blankless == re.sub(r"\s", "", self.document.title) or bool(_MASTHEAD.fullmatch(paragraph))

    def _open_annex(self, start: int, end: int) -> None:
        self.annex += 1
        self.article, self.paragraphs = (0, 0), 0
        self._close_items()
        self.divisions = {Level.ANNEX: _Part(start, end, ())}
        self.parts.append(self.divisions[Level.ANNEX])

    def _open_division(self, mark: Mark, start: int, end: int) -> None:
        self._close_items()
        self.divisions = {level: part for level, part in self.divisions.items() if level < mark.level}
        part = _Part(start, end, tuple(self.divisions.values()))
        self.divisions[mark.level] = part
        self.parts.append(part)

    def _continues_articles(self, mark: Mark) -> bool:
        number, inserted = self.article
        if mark.inserted:
            return mark.number == number and 1 <= mark.inserted - inserted <= _LARGEST_GAP
        return 1 <= mark.number - number <= _LARGEST_GAP or (mark.number == 1 and number > 1)

    def _open_article(self, mark: Mark, start: int, end: int) -> None:
        if mark.number == 1 and self.article[0] > 1:  # numbering starts anew: a second text, such as an annex
            self.annex += 1
            self.paragraphs = 0
            self.divisions = {
                level: part for level, part in self.divisions.items() if part.start > self.last_article
            }
        self.last_article = start
        self.article = (mark.number, mark.inserted)
        self._close_items()
        self.current = self._open_clause(f"t{_dashed(mark)}", mark.label, start, end)

    def _continues_items(self, mark: Mark) -> bool:
        if self.current is not None and not self.items:
            return False  # inside an article, 项 and 目 belong to it
        for open_mark, _ in self.items:
            if open_mark.level == mark.level:
                return 1 <= mark.number - open_mark.number <= _LARGEST_GAP
        return mark.number == 1 and self._anchor(self._item_anchor(mark)) not in self.anchors

    def _item_anchor(self, mark: Mark) -> str:
        numbers = [open_mark.number for open_mark, _ in self.items if open_mark.level < mark.level]
        return "b" + ".".join(str(number) for number in [*numbers, mark.number])

    def _open_item(self, mark: Mark, start: int, end: int) -> None:
        anchor = self._item_anchor(mark)
        self.items = [item for item in self.items if item[0].level < mark.level]
        if self.items and self.current is self.items[-1][1]:
            self._make_heading(self.current)
        label = "".join(open_mark.label for open_mark, _ in self.items) + mark.label
        part = self._open_clause(anchor, label, start, end)
        self.items.append((mark, part))
        self.current = part

    def _make_heading(self, part: _Part) -> None:
        """An item with items below it is a heading, unless it says something itself."""
        text = self.document.text[part.start : part.end]
        if len(text) <= _LONGEST_HEADING and not re.search(r"[。；：！？\n]", text):
            part.anchor = ""

    def _open_clause(self, anchor: str, label: str, start: int, end: int) -> _Part:
        above = (*self.divisions.values(), *(part for _, part in self.items))
        if self.annex:
            label = f"附件{self.annex}{label}"
        part = _Part(start, end, above, self._anchor(anchor), label)
        self.anchors.add(part.anchor)
        self.parts.append(part)
        return part

    def _anchor(self, anchor: str) -> str:
        return f"f{self.annex}.{anchor}" if self.annex else anchor

    def _close_items(self) -> None:
        self.items = []
        self.current = None


def _dashed(mark: Mark) -> str:
    return f"{mark.number}-{mark.inserted}" if mark.inserted else str(mark.number)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a text, in order; blanks between them belong to none.

    A sentence ends behind 。！？；or a line end, with the closing quotes and brackets that follow.

    >>> text = "他说：“行。”\\n好；再见"
    >>> [text[start:end] for start, end in sentences(text)]
    ['他说：“行。”', '好；', '再见']
    """
    for found in re.finditer(r"[^\s。！？；][^。！？；\n]*[。！？；]*[”’」』）)》]*|[。！？；]+", text):
        yield found.start(), found.end()
