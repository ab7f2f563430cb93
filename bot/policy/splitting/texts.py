"""The texts that one document holds: the main one, its annexes, a second one that starts again at 第一条.

A notice and the measures it issues are two texts of which only the measures have articles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.policy.clause import Role
from bot.policy.splitting import frame, sequence
from bot.policy.splitting.marks import DIVISIONS, DOUBTFUL, Level, Mark
from bot.policy.splitting.paragraphs import Paragraph

_HEADING_LEVELS = (Level.HEADING, Level.SUBHEADING)
_UNNUMBERED = re.compile(r"[序前引]\s*言|[总附]\s*则")


@dataclass(frozen=True, slots=True)
class Text:
    """Some paragraphs that are numbered together.

    Paragraphs are named by their places: `roles` of those that no clause holds, `headings` that stand above
    others, `articles` that an article opens with.
    `annex` is the place of its own heading 附件2, `title` of the title that it has besides the document's.
    """

    paragraphs: Sequence[Paragraph]
    roles: dict[int, Role]
    headings: frozenset[int]
    articles: frozenset[int]
    annex: int | None
    title: int | None
    starts_anew: bool


def texts_of(paragraphs: Sequence[Paragraph], title: str) -> Iterator[Text]:
    """The texts of a document, in order.

    Args:
        title: the document's own, which its masthead repeats.
    """
    roles = frame.masthead(paragraphs, title)
    annexes = _annexes(paragraphs)
    for first, end in pairwise([*sorted({0, *annexes}), len(paragraphs)]):
        own = roles if first == 0 else {}
        yield from _texts(paragraphs[first:end], own, is_annex=first in annexes)


def _annexes(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Where annexes begin: the last place that bears each number, as a list of them may stand above."""
    last: dict[tuple[str, int], int] = {}
    for place, paragraph in enumerate(paragraphs):
        if paragraph.mark and paragraph.mark.level is Level.ANNEX:
            last[annex_word(paragraph), paragraph.mark.number] = place
    return sorted(last.values())


def annex_word(paragraph: Paragraph) -> str:
    """附件, 附表 or 附录, as an annex's heading calls it; 附件 where it says 附 alone."""
    word = re.sub(r"\s", "", paragraph.words)[:2]
    return word if word in ("附表", "附录") else "附件"


def _texts(paragraphs: Sequence[Paragraph], roles: dict[int, Role], *, is_annex: bool) -> Iterator[Text]:
    """The main text or an annex, and what starts anew in it."""
    roles = roles | frame.contents(paragraphs) | ({0: Role.HEADING} if is_annex else {})
    articles = _articles(paragraphs, roles)
    restarts = _article_restarts(paragraphs, articles) if articles else _division_restarts(paragraphs, roles)
    leads = [_lead(paragraphs, opening, roles) for opening in [*articles[:1], *restarts]]
    anew = {begin for begin, _ in (leads[1:] if articles else leads)}
    titles = {title for _, title in leads if title is not None}
    if is_annex and not titles and _is_annex_title(paragraphs):
        titles = {1}
    begins = {0, *anew, *(titles - {1} if is_annex else titles)}
    opened = frozenset(articles)
    for first, end in pairwise([*sorted(begins), len(paragraphs)]):
        part = paragraphs[first:end]
        title = next((place - first for place in range(first, end) if place in titles), None)
        own = {place - first: roles[place] for place in range(first, end) if place in roles}
        if title is not None:
            own |= {title: Role.HEADING} | _histories(part, title)
        open_here = frozenset(place - first for place in range(first, end) if place in opened)
        yield Text(
            paragraphs=part,
            roles=frame.imprint(part) | own,
            headings=frozenset(_headings(part, open_here)),
            articles=open_here,
            annex=0 if is_annex and first == 0 else None,
            title=title,
            starts_anew=first in anew,
        )


def _articles(paragraphs: Sequence[Paragraph], roles: dict[int, Role]) -> list[int]:
    """Places of the paragraphs that open an article."""
    places, candidates = [], []
    below_first = False
    for place, paragraph in enumerate(paragraphs):
        mark = paragraph.mark
        if mark is None or place in roles:
            continue
        if mark.level is Level.ARTICLE:
            places.append(place)
            candidates.append((mark, below_first))
            below_first = False
        elif mark.level in DIVISIONS.values():
            below_first = mark.number == 1 and mark.level is not Level.SECTION
    return [places[chosen] for chosen in sequence.articles(candidates)]


def _article_restarts(paragraphs: Sequence[Paragraph], articles: Sequence[int]) -> list[int]:
    """Articles that begin another text: 第一条, though not for the first time."""
    return [place for place in articles[1:] if _is_first(paragraphs[place].mark)]


def _is_first(mark: Mark | None) -> bool:
    return mark is not None and (mark.number, mark.inserted) == (1, 0)


def _division_restarts(paragraphs: Sequence[Paragraph], roles: dict[int, Role]) -> list[int]:
    """Chapters that begin another text where there are no articles: 第一章 once more below the same part."""
    restarts: list[int] = []
    path: tuple[Mark, ...] = ()
    numbers: dict[tuple[tuple[Mark, ...], Level], int] = {}
    for place, paragraph in enumerate(paragraphs):
        mark = paragraph.mark
        if mark is None or mark.level not in DIVISIONS.values() or place in roles:
            continue
        path = tuple(above for above in path if above.level < mark.level)
        if mark.number == 1 and (path, mark.level) in numbers:
            restarts.append(place)
            path, numbers = (), {}
        numbers[path, mark.level] = mark.number
        path = (*path, mark)
    return restarts


def _lead(paragraphs: Sequence[Paragraph], opening: int, roles: dict[int, Role]) -> tuple[int, int | None]:
    """Where a text begins that opens with an article or chapter, and its title's place if it has one.

    Between them may stand chapters, contents and the history in brackets.
    """
    first = opening
    while first and roles.get(first - 1, Role.CONTENTS) is Role.CONTENTS:
        before = paragraphs[first - 1]
        if not (first - 1 in roles or is_division(before) or frame.is_history(before)):
            break
        first -= 1
    if (
        first
        and first - 1 not in roles
        and paragraphs[first - 1].mark is None
        and paragraphs[first - 1].is_heading
    ):
        return first - 1, first - 1
    return first, None


def is_division(paragraph: Paragraph) -> bool:
    """Whether it is the heading of 篇, 编, 章 or 节, or one of those that need no number."""
    if paragraph.mark is None:
        return not paragraph.quoted and bool(_UNNUMBERED.fullmatch(paragraph.words))
    return paragraph.mark.level in DIVISIONS.values()


def _is_annex_title(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the line below 附件 names it: a short one above a first number."""
    if len(paragraphs) < 3:
        return False
    _, named, below = paragraphs[:3]
    opens = below.mark is not None and below.mark.number == 1 and below.mark.evidence != DOUBTFUL
    return opens and named.mark is None and not named.quoted and named.is_heading


def _histories(paragraphs: Sequence[Paragraph], title: int) -> dict[int, Role]:
    """Lines in brackets right below a title."""
    place, found = title + 1, {}
    while place < len(paragraphs) and frame.is_history(paragraphs[place]):
        found[place] = Role.MASTHEAD
        place += 1
    return found


def _headings(paragraphs: Sequence[Paragraph], articles: frozenset[int]) -> Iterator[int]:
    """Places of the headings of a text: chapters, 附则, and 二、管辖 where it stands between two articles."""
    leading = _leading(paragraphs, articles)
    levels: set[Level] | None = None  # of the items of the article that is open
    for place, paragraph in enumerate(paragraphs):
        mark = paragraph.mark
        if place in articles:
            levels = set()
        elif is_division(paragraph) or (place in leading and mark and not (levels and mark.level in levels)):
            levels = None
            yield place
        elif mark and levels is not None:
            levels.add(mark.level)


def _leading(paragraphs: Sequence[Paragraph], articles: frozenset[int]) -> set[int]:
    """Places of short lines 二、 and （一） right above an article, a chapter, or another such line."""
    leading: set[int] = set()
    for place in range(len(paragraphs) - 2, -1, -1):
        mark = paragraphs[place].mark
        above = place + 1 in articles or place + 1 in leading or is_division(paragraphs[place + 1])
        if above and mark and mark.level in _HEADING_LEVELS and paragraphs[place].is_heading:
            leading.add(place)
    return leading
