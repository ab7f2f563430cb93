"""The position of a clause in its document, as a clerk counts it: t12k2x3 is 第十二条第二款第（三）项.

This is the only module that reads and writes anchors. ARCHITECTURE.md has a table of all their forms.
"""

import re
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple


class Kind(StrEnum):
    """What a step of an anchor counts. The value is the letter in front of the number.

    Source: 立法法 (2023) art. 65 for 编 to 目; GB/T 9704-2012, 7.3.3 for 一、（一）1.（1）, 7.3.4 for 附件.
    款, 段, 行 and 句 bear no number in the text; they are counted.
    """

    ANNEX = "f"  # 附件, or a second text in the same document: f2.t1 is 附件2第一条
    BOOK = "a"  # 篇
    PART = "n"  # 编
    SUBPART = "e"  # 分编
    CHAPTER = "z"  # 章
    SECTION = "j"  # 节
    ARTICLE = "t"  # 条: t12-1 is 第十二条之一
    PARAGRAPH = "k"  # 款
    SUBPARAGRAPH = "x"  # 项
    ITEM = "m"  # 目
    NUMBERED = "b"  # 一、 in a text without 条
    UNNUMBERED = "p"  # 段
    ROW = "r"  # 行 of a table
    SENTENCE = "s"  # 句; if several stand together, the first
    LOWER = "."  # one level below: （一） below 一、, （1） below 目, 分句 below 句


class Step(NamedTuple):
    """One step of an anchor: t12-1 is ARTICLE, 12, 1. `inserted` is 0 where the text has no 之."""

    kind: Kind
    number: int
    inserted: int = 0


class ArticleKey(NamedTuple):
    """Which article of a document: (0, 12, 1) is 第十二条之一. `annex` is 0 before the first annex.

    `division` is "z2" for 第二章 where articles begin again at 第一条 in every chapter, else "".
    """

    annex: int
    number: int
    inserted: int = 0
    division: str = ""


_N = "[1-9][0-9]{0,8}"
_ANCHOR = re.compile(
    rf"""
    (?P<outermost>
        (?: f (?P<annex>{_N}) \. )?
        (?P<division> (?: a{_N} )? (?: n{_N} )? (?: e{_N} )? (?: z{_N} )? (?: j{_N} )? )
        (?: t (?P<article>{_N}) (?: - (?P<inserted>{_N}) )? | b (?P<numbered>{_N}) | p{_N} )
    )
    (?(article) (?: k{_N} )? (?: x{_N} (?: m{_N} (?: \.{_N} )* )? )?
      | (?(numbered) (?: \.{_N} )* ) )
    (?: p{_N} )? (?: r{_N} | s{_N} (?: \.{_N} )? )?
    """,
    re.VERBOSE,
)
_STEP = re.compile(r"([a-z.])([0-9]+)(?:-([0-9]+))?")


class Anchor(str):
    """A position in a document. Its text is its value, so it can be stored and compared like any text.

    `parse` checks a text from outside; `below` makes the position of a part.

    >>> ROOT.below(Kind.ARTICLE, 12, 1).below(Kind.PARAGRAPH, 2)
    't12-1k2'
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """The anchor that a text is.

        Raises:
            ValueError: no clause can have it; the message says where it is wrong.

        >>> Anchor.parse("t12x3").article
        ArticleKey(annex=0, number=12, inserted=0, division='')
        """
        found = _ANCHOR.match(text)
        if found is None:
            raise ValueError(f"anchor '{text}': does not begin like t12, b2 or p3, with or without f1. or z3")
        if found.end() < len(text):
            raise ValueError(f"anchor '{text}': '{text[found.end() :]}' cannot stand below '{found[0]}'")
        return cls(text)

    def below(self, kind: Kind, number: int, inserted: int = 0) -> "Anchor":
        """The position of a part, `number` ≥ 1. Whether such a part can stand here is not checked."""
        step = kind + str(number)
        if inserted:
            step += f"-{inserted}"
        return Anchor(self + step + "." if kind is Kind.ANNEX else self + step)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps from the document down to the clause: t12k2 is ARTICLE 12, PARAGRAPH 2."""
        return tuple(
            Step(Kind(kind), int(number), int(inserted or 0))
            for kind, number, inserted in _STEP.findall(self)
        )

    @property
    def annex(self) -> int:
        """The number of its annex, 0 before the first annex."""
        found = _ANCHOR.match(self)
        return int(found["annex"] or 0) if found else 0

    @property
    def article(self) -> ArticleKey | None:
        """The article that it is, or is part of. None: it is part of no article."""
        found = _ANCHOR.match(self)
        if found is None or found["article"] is None:
            return None
        numbers = int(found["annex"] or 0), int(found["article"]), int(found["inserted"] or 0)
        return ArticleKey(*numbers, found["division"])

    @property
    def outermost(self) -> "Anchor":
        """The 条, 一、 or 段 that it is, or is part of: t12 for t12k2, z3b1 for z3b1.2."""
        found = _ANCHOR.match(self)
        return Anchor(found["outermost"]) if found else self

    @property
    def ancestors(self) -> tuple["Anchor", ...]:
        """What it is part of, the nearest first: of t12k2x3 these are t12k2 and t12, its outermost."""
        above = accumulate(self.steps, lambda anchor, step: anchor.below(*step), initial=ROOT)
        outermost = self.outermost
        return tuple(anchor for anchor in above if anchor != self and outermost.holds(anchor))[::-1]

    def holds(self, other: str) -> bool:
        """Whether another position is this one or part of it: t2 holds t2k1, but neither t20 nor t2-1."""
        behind = other[len(self) : len(self) + 1]
        return other.startswith(self) and not (behind.isdecimal() or behind == "-")


ROOT = Anchor()
"""The document as a whole: every anchor is below it."""
