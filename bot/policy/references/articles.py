"""The 条, 款, 项 of a document as places in its text, however it is cut into clauses."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.policy.anchor import ArticleKey
from bot.policy.clause import Clause
from bot.policy.holding import Holding
from bot.policy.numerals import to_chinese
from bot.policy.titles import TITLE

_NUMBERED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[（(]\d{1,2}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳])"
)
_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十百]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)")
_SHORT_FORM = re.compile(
    rf"{TITLE}(?:[（(][^（()）]*号[^（()）]*[）)])?\s*[（(]以下(?:分别|统一)?(?:简称|统称|称)为?"
    r"[“\"《]*([^”\"》）)，、]{1,20})[”\"》]*[）)]"
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A 款: where it starts, and where each of its 项 does, as offsets into the document's text."""

    start: int
    items: tuple[int, ...]


@dataclass(frozen=True)
class Structure:
    """Where a document's articles and annexes stand."""

    holding: Holding

    @cached_property
    def articles(self) -> Mapping[ArticleKey, tuple[int, int]]:
        """Each article with its span in the document's text, in text order."""
        spans: dict[ArticleKey, tuple[int, int]] = {}
        for clause in self.holding.outline.clauses:
            key = clause.anchor.article
            if key:
                spans[key] = (spans.get(key, (clause.start, 0))[0], clause.end)
        return spans

    @cached_property
    def annexes(self) -> Mapping[int, Clause]:
        """Each annex's number with its first clause."""
        first: dict[int, Clause] = {}
        for clause in self.holding.outline.clauses:
            if annex := clause.anchor.annex:
                first.setdefault(annex, clause)
        return first

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.holding.outline.clauses]

    def clause_at(self, offset: int) -> Clause:
        """The clause that holds a place of an article."""
        return self.holding.outline.clauses[bisect_right(self._starts, offset) - 1]

    def paragraphs(self, key: ArticleKey) -> list[Paragraph]:
        """The 款 of an article: its lines, those that open with a number being 项 of the 款 above."""
        return self._paragraphs[key]

    @cached_property
    def _paragraphs(self) -> Mapping[ArticleKey, list[Paragraph]]:
        return {key: self._divided(*span) for key, span in self.articles.items()}

    def _divided(self, start: int, end: int) -> list[Paragraph]:
        found: list[Paragraph] = []
        for line_start, line in _lines(self.holding.document.text, start, end):
            if not found or not _NUMBERED.match(line):
                found.append(Paragraph(line_start, ()))
            elif _ITEM.match(line):
                found[-1] = Paragraph(found[-1].start, (*found[-1].items, line_start))
        return found

    def paragraph_at(self, key: ArticleKey, offset: int) -> int:
        """Index of the 款 of an article in which an offset lies."""
        return bisect_right([paragraph.start for paragraph in self.paragraphs(key)], offset) - 1

    def holds_item(self, key: ArticleKey, number: int) -> bool:
        """Whether a 项 is printed anywhere in an article, be it within a line."""
        start, end = self.articles[key]
        return (
            re.search(rf"[（(]{to_chinese(number)}[）)]", self.holding.document.text[start:end]) is not None
        )

    @cached_property
    def is_whole(self) -> bool:
        """Whether the text has 条 and is no excerpt: they begin with the first."""
        return ArticleKey(0, 1) in self.articles

    @cached_property
    def short_forms(self) -> Mapping[str, str]:
        """What the document calls others, 以下简称, → their titles."""
        return {found[2]: found[1] for found in _SHORT_FORM.finditer(self.holding.document.text)}


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for found in re.finditer(r"\S[^\n]*", text[start:end]):
        yield start + found.start(), found[0]
