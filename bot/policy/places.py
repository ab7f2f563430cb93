"""Places in a document as texts cite them: 第十二条第二款第（三）项, 第三条至第五条, 第四项、第五项."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.policy.numerals import NUMERAL, to_int

_ARTICLE = (
    rf"第\s*(?P<article>[{NUMERAL}]+)\s*条(?!件|例|约|线|款)(?:之(?P<inserted>[一二三四五六七八九十]+))?"
)
_PARAGRAPH = rf"第\s*(?P<paragraph>[{NUMERAL}]+)\s*款(?!项目)"
BRACKETED_ITEM = (
    rf"(?:第\s*)?[（(]\s*(?P<bracketed>[{NUMERAL}]{{1,4}})\s*[）)]"
    rf"(?:\s*[、，至到和或及]?\s*第?[（(]\s*[{NUMERAL}]{{1,4}}\s*[）)]){{0,20}}\s*项(?!目)"
)
"""第（三）项. In 第（一）、（二）项 and 第（一）至（五）项 only the first number counts."""

_SUBPARAGRAPH = (
    rf"{BRACKETED_ITEM}"
    rf"|第\s*(?P<subparagraph>[{NUMERAL}]+)\s*项(?!目)"
)
_PLACE = re.compile(rf"(?:{_ARTICLE})?\s*(?:{_PARAGRAPH})?\s*(?:{_SUBPARAGRAPH})?")
_JOINT = re.compile(r"\s*(?:(?P<through>至|到)|[、，,]?\s*(?:和|或者|或|及|以及|与)|、)\s*(?=第|[（(])")


@dataclass(frozen=True, slots=True)
class Place:
    """Numbers of 条, 款 and 项. None: the text does not name one. `inserted` is 1 for 第十二条之一.

    Source: 立法法 (2023) art. 65: 条 is divided into 款, 款 into 项.
    """

    article: int | None = None
    inserted: int = 0
    paragraph: int | None = None
    subparagraph: int | None = None

    def within(self, outer: "Place") -> "Place":
        """The full place in a list: 第五项 behind 第四十七条第四项 is 第四十七条第五项."""
        if self.article is not None:
            return self
        paragraph = outer.paragraph if self.paragraph is None else self.paragraph
        return Place(outer.article, outer.inserted, paragraph, self.subparagraph)


NOWHERE = Place()
"""The document as a whole."""


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """`text[start:end]` cites a place. `through`: 至 stands before it, so all places in between are meant."""

    place: Place
    start: int
    end: int
    through: bool = False


def cited_places(text: str, start: int) -> Iterator[CitedPlace]:
    """The places of the list that begins at an offset of a text. Empty: no place begins there.

    >>> [cited.place for cited in cited_places("第四十七条第四项、第五项的规定", 0)]
    ... # doctest: +NORMALIZE_WHITESPACE
    [Place(article=47, inserted=0, paragraph=None, subparagraph=4),
     Place(article=47, inserted=0, paragraph=None, subparagraph=5)]
    """
    outer, through = NOWHERE, False
    while (found := _PLACE.match(text, start)) and (place := _place(found)):
        outer = place.within(outer)
        end = start + len(found[0].rstrip())
        yield CitedPlace(outer, start, end, through)
        joint = _JOINT.match(text, end)
        if joint is None:
            return
        start, through = joint.end(), joint["through"] is not None


def _place(found: re.Match[str]) -> Place | None:
    if not found[0].strip():
        return None
    try:
        article, inserted, paragraph, item = (
            to_int(number) if number else None
            for number in (
                found["article"],
                found["inserted"],
                found["paragraph"],
                found["bracketed"] or found["subparagraph"],
            )
        )
    except ValueError:
        return None  # 第〇条, 第零款
    return Place(article, inserted or 0, paragraph, item)
