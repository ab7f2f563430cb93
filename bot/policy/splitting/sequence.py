"""Which marks open a clause: those that make the best sequence of numbers.

Marks are chosen together, by dynamic programming: 第二条以前 at the start of a paragraph opens 第二条 only
where no better one stands in its place. A choice is scored by marks alone, never by the words, lengths or
ends of other paragraphs, so that editing one clause leaves the anchors of all others alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.policy.splitting.marks import Mark

# Scores of a step, in units of a mark's evidence.
_FIRST, _FIRST_OTHER = 1.0, -1.0  # the sequence opens with 第一条, or with another: an excerpt
_NEXT, _MISPRINT, _LEAP = 1.0, 0.0, -1.5  # the number follows, one is left out, several are
_ANEW, _ANEW_WITH_CHAPTER = -2.6, 0.5  # 第一条 once more, alone or below a first chapter: another text

_ITEM_OTHER, _ITEM_MISPRINT = -1.5, -0.5


@dataclass(frozen=True, slots=True)
class _End:
    """The best choice of marks that ends with a certain one."""

    score: float
    place: int
    number: int


_NOTHING = _End(0.0, -1, 0)


def articles(candidates: Sequence[tuple[Mark, bool]]) -> list[int]:
    """Places of the articles among the candidates, in order. Takes linear time.

    Args:
        candidates: marks in text order, each with whether a first chapter or part stands above it.

    Where the numbers start anew at 第一条 another text begins.
    """
    previous: list[int] = []
    ends: dict[tuple[int, int], _End] = {}
    latest: dict[int, _End] = {}  # by number, with or without 之一
    best = _NOTHING
    for place, (mark, below_first_chapter) in enumerate(candidates):
        number, inserted = mark.number, mark.inserted
        ways = [(_FIRST if (number, inserted) == (1, 0) else _FIRST_OTHER, _NOTHING)]
        if inserted:
            ways += _steps(
                (_NEXT, ends.get((number, inserted - 1))), (_MISPRINT, ends.get((number, inserted - 2)))
            )
        else:
            ways += _steps((_NEXT, latest.get(number - 1)), (_MISPRINT, latest.get(number - 2)))
        if best.number < number:
            ways.append((_LEAP, best))
        elif number == 1 < best.number and not inserted:
            ways.append((_ANEW_WITH_CHAPTER if below_first_chapter else _ANEW, best))
        step, before = max(ways, key=lambda way: way[0] + way[1].score)
        end = _End(before.score + step + mark.evidence, place, number)
        previous.append(before.place)
        if (known := ends.get((number, inserted))) is None or known.score < end.score:
            ends[number, inserted] = end
        if (known := latest.get(number)) is None or known.score < end.score:
            latest[number] = end
        if best.score < end.score:
            best = end
    return _way_back(best.place, previous)


def items(candidates: Sequence[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """The candidates that make a list, in order; empty where they make none. Takes linear time.

    Args:
        candidates: marks of one level in text order, each with its place.

    A list begins with 1, or goes on from an earlier one with at least two items; one number may be missing.
    """
    previous: list[int] = []
    ends: dict[int, _End] = {}
    best = _NOTHING
    for index, (_, mark) in enumerate(candidates):
        ways = [(0.0 if mark.number == 1 else _ITEM_OTHER, _NOTHING)]
        ways += _steps((0.0, ends.get(mark.number - 1)), (_ITEM_MISPRINT, ends.get(mark.number - 2)))
        step, before = max(ways, key=lambda way: way[0] + way[1].score)
        end = _End(before.score + step + mark.evidence, index, mark.number)
        previous.append(before.place)
        if (known := ends.get(mark.number)) is None or known.score < end.score:
            ends[mark.number] = end
        if best.score < end.score:
            best = end
    return [candidates[index] for index in _way_back(best.place, previous)]


def _steps(*steps: tuple[float, _End | None]) -> list[tuple[float, _End]]:
    return [(score, end) for score, end in steps if end is not None]


def _way_back(place: int, previous: Sequence[int]) -> list[int]:
    chosen = []
    while place >= 0:
        chosen.append(place)
        place = previous[place]
    return chosen[::-1]
