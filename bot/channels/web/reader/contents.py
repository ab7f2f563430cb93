"""The contents of a document: its headings as a tree of links. Without headings, its articles."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.channels.web.reader.typesetting import Heading, Part, Table, TypesetClause
from bot.policy.splitting.marks import unindented

FEWEST_ARTICLES = 8
"""A text without headings that has fewer articles needs no contents."""

_ARTICLE = re.compile(r".*?第[^\s条]+条(?:之[一二三四五六七八九十]+)?")


@dataclass(slots=True)
class ContentsEntry:
    """A heading, its link within the page, the headings below it, and the articles under it."""

    text: str
    anchor: str
    level: int
    articles: list[str] = field(default_factory=list)
    below: list["ContentsEntry"] = field(default_factory=list)

    @property
    def span(self) -> str:
        """The articles under it: 第一条至第八条; empty: there are none."""
        if len(self.articles) < 2:
            return "".join(self.articles)
        return f"{self.articles[0]}至{self.articles[-1]}"


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """The contents of a document: its headings; if it has none, its articles."""

    headings: tuple[ContentsEntry, ...] = ()
    articles: tuple[ContentsEntry, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.headings or self.articles)


def contents_of(parts: Sequence[Part]) -> TableOfContents:
    """The contents of a typeset document; empty for a short one."""
    top: list[ContentsEntry] = []
    open_: list[ContentsEntry] = []
    articles: dict[str, ContentsEntry] = {}
    for part in parts:
        if heading := _heading(part):
            open_ = [entry for entry in open_ if entry.level < heading.level]
            (open_[-1].below if open_ else top).append(heading)
            open_.append(heading)
        for clause in _clauses(part):
            label = _article(clause)
            if label and label not in articles:
                articles[label] = ContentsEntry(label, clause.anchor, 0)
                for entry in open_:
                    entry.articles.append(label)
    if len(top) > 1 or any(entry.below for entry in top):
        return TableOfContents(headings=tuple(top))
    return TableOfContents(articles=tuple(articles.values()) if len(articles) >= FEWEST_ARTICLES else ())


def _heading(part: Part) -> ContentsEntry | None:
    if isinstance(part, Heading):
        return ContentsEntry(unindented(part.text), part.id, part.level)
    if isinstance(part, TypesetClause) and part.heading:
        return ContentsEntry("".join(run.text for run in part.heading.runs), part.anchor, part.heading.level)
    return None


def _clauses(part: Part) -> Iterator[TypesetClause]:
    if isinstance(part, TypesetClause):
        yield part
    elif isinstance(part, Table):
        yield from part.rows


def _article(clause: TypesetClause) -> str:
    """The article that a clause is, or belongs to, as it is cited; empty: it belongs to no article."""
    found = _ARTICLE.match(clause.label) if clause.anchor.article else None
    return found[0] if found else ""
