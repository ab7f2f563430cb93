"""The texts in one document: the main one, its annexes, and a second one that begins again at 第一条.

A notice and the measures that it issues are two texts. Only the measures have articles.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.policy.clause import Role
from bot.policy.splitting import frame, sequence
from bot.policy.splitting.lines import Line
from bot.policy.splitting.marks import DIVISIONS, DOUBTFUL, Level, Mark

_HEADING_LEVELS = (Level.HEADING, Level.SUBHEADING)
_UNNUMBERED = re.compile(r"[序前引]\s*言|[总附]\s*则")


@dataclass(frozen=True, slots=True)
class NumberedText:
    """Lines that are numbered together. A line is named by its index in `lines`.

    `roles` are the lines that are in no clause, each with its role. `headings` are those that name what
    follows. `articles` are those that open an article. `annex` is the heading 附件2 of this text; `title` is
    its title. None: it has no such line. `starts_anew`: its numbers begin again. `counted_below` is the level
    of the headings below which articles begin again at 第一条. None: they are counted through.
    """

    lines: Sequence[Line]
    roles: dict[int, Role]
    headings: frozenset[int]
    articles: frozenset[int]
    annex: int | None
    title: int | None
    starts_anew: bool
    counted_below: Level | None = None


def texts_of(lines: Sequence[Line], title: str) -> Iterator[NumberedText]:
    """The texts of a document, in order.

    Args:
        title: the document's title. The masthead repeats it.
    """
    roles = frame.masthead(lines, title)
    annexes = _annexes(lines)
    for first, end in pairwise([*sorted({0, *annexes}), len(lines)]):
        own = roles if first == 0 else {}
        yield from _texts(lines[first:end], own, is_annex=first in annexes)


def _annexes(lines: Sequence[Line]) -> list[int]:
    """Lines that open an annex. Of lines with the same number the last: the others are a list of annexes."""
    last: dict[tuple[str, int], int] = {}
    for index, line in enumerate(lines):
        if line.mark and line.mark.level is Level.ANNEX:
            last[annex_word(line), line.mark.number] = index
    return sorted(last.values())


def annex_word(line: Line) -> str:
    """What the heading of an annex calls it: 附件, 附表 or 附录. 附： alone is 附件."""
    word = re.sub(r"\s", "", line.words)[:2]
    return word if word in ("附表", "附录") else "附件"


def _texts(lines: Sequence[Line], roles: dict[int, Role], *, is_annex: bool) -> Iterator[NumberedText]:
    """The main text or an annex, and each text in it that begins anew."""
    roles = roles | frame.contents(lines) | ({0: Role.HEADING} if is_annex else {})
    articles = _articles(lines, roles)
    in_chapters = _chapter_restarts(lines, articles, roles)
    restarts = (
        [index for index in articles[1:] if _is_first(lines[index].mark) and index not in in_chapters]
        if articles
        else _division_restarts(lines, roles)
    )
    leads = [_lead(lines, opening, roles) for opening in [*articles[:1], *restarts]]
    anew = {begin for begin, _ in (leads[1:] if articles else leads)}
    titles = {title for _, title in leads if title is not None}
    if is_annex and not titles and _is_annex_title(lines):
        titles = {1}
    begins = {0, *anew, *(titles - {1} if is_annex else titles)}
    opened = frozenset(articles)
    for first, end in pairwise([*sorted(begins), len(lines)]):
        part = lines[first:end]
        title = next((index - first for index in range(first, end) if index in titles), None)
        own = {index - first: roles[index] for index in range(first, end) if index in roles}
        if title is not None:
            own |= {title: Role.HEADING} | _histories(part, title)
        levels = [level for index, level in in_chapters.items() if first <= index < end]
        open_here = frozenset(index - first for index in range(first, end) if index in opened)
        yield NumberedText(
            lines=part,
            roles=frame.imprint(part) | own,
            headings=frozenset(_headings(part, open_here)),
            articles=open_here,
            annex=0 if is_annex and first == 0 else None,
            title=title,
            starts_anew=first in anew,
            counted_below=max(levels, default=None),
        )


def _articles(lines: Sequence[Line], roles: dict[int, Role]) -> list[int]:
    """The lines that open an article."""
    indexes, candidates = [], []
    below_first = right_below = False
    for index, line in enumerate(lines):
        mark = line.mark
        if index in roles:
            continue
        if mark and mark.level is Level.ARTICLE:
            indexes.append(index)
            candidates.append((mark, below_first or right_below))
            below_first = right_below = False
        elif mark and mark.level in DIVISIONS.values():
            below_first = mark.number == 1 and mark.level is not Level.SECTION
            right_below = True
        elif not is_division(line):
            right_below = False
    return [indexes[chosen] for chosen in sequence.articles(candidates)]


def _chapter_restarts(
    lines: Sequence[Line], articles: Sequence[int], roles: dict[int, Role]
) -> dict[int, Level]:
    """The lines with a 第一条 that opens a chapter and no other text, each with the level of its chapter.

    Such a 第一条 stands right below 第二章, or another heading that is not the first of its kind. No
    earlier one stands below the same headings.
    """
    opened, found = set(articles), dict[int, Level]()
    path: tuple[Mark, ...] = ()
    above: list[Mark] = []  # the headings right above, with nothing between
    seen: set[tuple[Mark, ...]] = set()
    for index, line in enumerate(lines):
        if index in roles:
            continue
        if is_division(line) and line.mark:
            path = (*(heading for heading in path if heading.level < line.mark.level), line.mark)
            above.append(line.mark)
            continue
        if index in opened and _is_first(line.mark):
            level = min((heading.level for heading in above if heading.number > 1), default=None)
            if seen and level is not None and path not in seen:
                found[index] = level
            else:
                seen = set()
            seen.add(path)
        above = []
    return found


def _is_first(mark: Mark | None) -> bool:
    return mark is not None and (mark.number, mark.inserted) == (1, 0)


def _division_restarts(lines: Sequence[Line], roles: dict[int, Role]) -> list[int]:
    """The lines that open another text without articles: 第一章 for a second time in the same part."""
    restarts: list[int] = []
    path: tuple[Mark, ...] = ()
    numbers: dict[tuple[tuple[Mark, ...], Level], int] = {}
    for index, line in enumerate(lines):
        mark = line.mark
        if mark is None or mark.level not in DIVISIONS.values() or index in roles:
            continue
        path = tuple(above for above in path if above.level < mark.level)
        if mark.number == 1 and (path, mark.level) in numbers:
            restarts.append(index)
            path, numbers = (), {}
        numbers[path, mark.level] = mark.number
        path = (*path, mark)
    return restarts


def _lead(lines: Sequence[Line], opening: int, roles: dict[int, Role]) -> tuple[int, int | None]:
    """First line of the text whose first article or chapter is `opening`, and the line of its title.

    Between the title and the opening may stand chapters, contents and the history in brackets. The title is
    None if the text has none.
    """
    first = opening
    while first and roles.get(first - 1, Role.CONTENTS) is Role.CONTENTS:
        before = lines[first - 1]
        if not (first - 1 in roles or is_division(before) or frame.is_history(before)):
            break
        first -= 1
    if first and first - 1 not in roles and lines[first - 1].mark is None and lines[first - 1].is_heading:
        return first - 1, first - 1
    return first, None


def is_division(line: Line) -> bool:
    """Whether it is the heading of a 篇, 编, 章 or 节, or a heading without number: 序言, 附则."""
    if line.mark is None:
        return not line.quoted and bool(_UNNUMBERED.fullmatch(line.words))
    return line.mark.level in DIVISIONS.values()


def _is_annex_title(lines: Sequence[Line]) -> bool:
    """Whether the line below 附件 is its title: a short line, with a first number below it."""
    if len(lines) < 3:
        return False
    _, named, below = lines[:3]
    opens = below.mark is not None and below.mark.number == 1 and below.mark.evidence != DOUBTFUL
    return opens and named.mark is None and not named.quoted and named.is_heading


def _histories(lines: Sequence[Line], title: int) -> dict[int, Role]:
    """The lines in brackets right below a title."""
    index, found = title + 1, {}
    while index < len(lines) and frame.is_history(lines[index]):
        found[index] = Role.MASTHEAD
        index += 1
    return found


def _headings(lines: Sequence[Line], articles: frozenset[int]) -> Iterator[int]:
    """The headings of a text: chapters, 附则, and 二、管辖 between two articles."""
    leading = _leading(lines, articles)
    levels: set[Level] | None = None  # of the items in the article that is open; None: no article is open
    for index, line in enumerate(lines):
        mark = line.mark
        if index in articles:
            levels = set()
        elif is_division(line) or (index in leading and mark and not (levels and mark.level in levels)):
            levels = None
            yield index
        elif mark and levels is not None:
            levels.add(mark.level)


def _leading(lines: Sequence[Line], articles: frozenset[int]) -> set[int]:
    """Short lines with 二、 or （一） right above an article, a chapter, or another such line."""
    leading: set[int] = set()
    for index in range(len(lines) - 2, -1, -1):
        mark = lines[index].mark
        above = index + 1 in articles or index + 1 in leading or is_division(lines[index + 1])
        if above and mark and mark.level in _HEADING_LEVELS and lines[index].is_heading:
            leading.add(index)
    return leading
