"""The articles and annexes of a document, and the clause at an offset."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.policy.anchor import ArticleKey
from bot.policy.article import Article
from bot.policy.clause import Clause
from bot.policy.holding import Holding
from bot.policy.numerals import to_chinese
from bot.policy.titles import TITLE

_SHORT_FORM = re.compile(
    rf"{TITLE}(?:[（(][^（()）]*号[^（()）]*[）)])?\s*[（(]以下(?:分别|统一)?(?:简称|统称|称)为?"
    r"[“\"《]*([^”\"》）)，、]{1,20})[”\"》]*[）)]"
)


@dataclass(frozen=True)
class Structure:
    """A document, seen by what references need: its articles, annexes, short forms."""

    holding: Holding

    @cached_property
    def articles(self) -> Mapping[ArticleKey, Article]:
        """The articles of the text and its annexes, in text order."""
        return {key: article for article in self.holding.outline.articles if (key := article.anchor.article)}

    @cached_property
    def annexes(self) -> Mapping[int, Clause]:
        """Number of an annex → its first clause."""
        first: dict[int, Clause] = {}
        for clause in self.holding.outline.clauses:
            if annex := clause.anchor.annex:
                first.setdefault(annex, clause)
        return first

    @cached_property
    def _starts(self) -> list[int]:
        return [clause.start for clause in self.holding.outline.clauses]

    def clause_at(self, offset: int) -> Clause:
        """The clause in which an offset of an article lies."""
        return self.holding.outline.clauses[bisect_right(self._starts, offset) - 1]

    def prints(self, article: Article, number: int) -> bool:
        """Whether （三） is printed anywhere in an article. A 项 may stand in the middle of a line."""
        text = self.holding.document.text[article.start : article.end]
        return re.search(rf"[（(]{to_chinese(number)}[）)]", text) is not None

    @cached_property
    def is_whole(self) -> bool:
        """Whether the text has 第一条. Otherwise it is an excerpt, or has no 条."""
        return any((key.annex, key.number) == (0, 1) for key in self.articles)

    @cached_property
    def is_divided(self) -> bool:
        """Whether its articles begin again in every chapter: 第五条 alone does not tell which is meant."""
        return any(key.division for key in self.articles)

    @cached_property
    def short_forms(self) -> Mapping[str, str]:
        """Short form → title: what the document calls other documents, by 以下简称."""
        return {found[2]: found[1] for found in _SHORT_FORM.finditer(self.holding.document.text)}
