"""Which marks open a clause: those that make the best sequence of numbers.

All marks of a text are chosen together, by dynamic programming. A line that begins with 第二条以前 opens the
article only if no better line does. Only marks count. The words, lengths and ends of other lines do not, so
that editing one clause changes no other anchor.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.policy.splitting.marks import Mark

# Scores of a step, in units of a mark's evidence.
_FIRST, _FIRST_OTHER = 1.0, -1.0  # the sequence opens with 第一条; with another article: an excerpt
_NEXT, _MISPRINT, _LEAP = 1.0, 0.0, -1.5  # the next number; one is left out; several are left out
_ANEW, _ANEW_WITH_CHAPTER = -2.6, 0.5  # 第一条 again, which opens another text; the same below a chapter

_ITEM_OTHER, _ITEM_MISPRINT = -1.5, -0.5


@dataclass(frozen=True, slots=True)
class _End:
    """The best choice of marks that ends with the mark at `index` of the candidates; -1: no mark."""

    score: float
    index: int
    number: int


_NOTHING = _End(0.0, -1, 0)


def articles(candidates: Sequence[tuple[Mark, bool]]) -> list[int]:
    """Indexes of the candidates that open an article, in order. Takes linear time.

    If 第一条 is chosen a second time, another text begins there, or the articles of another chapter.

    Args:
        candidates: marks 第…条 in text order; the second value is whether 第一章 or 第一编 stands above, or
            another chapter right above.
    """
    previous: list[int] = []
    ends: dict[tuple[int, int], _End] = {}
    latest: dict[int, _End] = {}  # by number, with or without 之一
    best = _NOTHING
    for index, (mark, below_chapter) in enumerate(candidates):
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
        elif number == 1 and not inserted and best.number > (0 if below_chapter else 1):
            ways.append((_ANEW_WITH_CHAPTER if below_chapter else _ANEW, best))
        step, before = max(ways, key=lambda way: way[0] + way[1].score)
        end = _End(before.score + step + mark.evidence, index, number)
        previous.append(before.index)
        if (known := ends.get((number, inserted))) is None or known.score < end.score:
            ends[number, inserted] = end
        if (known := latest.get(number)) is None or known.score < end.score:
            latest[number] = end
        if best.score < end.score:
            best = end
    return _way_back(best.index, previous)


def items(candidates: Sequence[tuple[int, Mark]]) -> list[tuple[int, Mark]]:
    """The candidates that make a list, in order; empty if they make no list. Takes linear time.

    A list begins with 1. An excerpt may begin with another number if it has at least two items. One number
    may be missing between two items.

    Args:
        candidates: marks of one level in text order, each with the index of its line.
    """
    previous: list[int] = []
    ends: dict[int, _End] = {}
    best = _NOTHING
    for index, (_, mark) in enumerate(candidates):
        ways = [(0.0 if mark.number == 1 else _ITEM_OTHER, _NOTHING)]
        ways += _steps((0.0, ends.get(mark.number - 1)), (_ITEM_MISPRINT, ends.get(mark.number - 2)))
        step, before = max(ways, key=lambda way: way[0] + way[1].score)
        end = _End(before.score + step + mark.evidence, index, mark.number)
        previous.append(before.index)
        if (known := ends.get(mark.number)) is None or known.score < end.score:
            ends[mark.number] = end
        if best.score < end.score:
            best = end
    return [candidates[index] for index in _way_back(best.index, previous)]


def _steps(*steps: tuple[float, _End | None]) -> list[tuple[float, _End]]:
    return [(score, end) for score, end in steps if end is not None]


def _way_back(index: int, previous: Sequence[int]) -> list[int]:
    chosen = []
    while index >= 0:
        chosen.append(index)
        index = previous[index]
    return chosen[::-1]
