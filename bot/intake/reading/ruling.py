"""Ruling lines on a page → the cells of its tables, merged ones too."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NEAR = 3.0
"""Points. Lines that are nearer to each other are one: a border is drawn as two, or ends before the next."""
_SHORTEST = 6.0
"""Points. Shorter lines are parts of letters and of pictures."""
MOST_LINES, _MOST_CELLS = 3_000, 4_000
"""Of a page, and of a table. Maps and drawings have more; they are no tables."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line on a page, in points from the lower left corner: level if `bottom` is `top`, else upright."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def is_level(self) -> bool:
        """Whether it goes from left to right."""
        return self.right - self.left >= self.top - self.bottom

    def meets(self, other: "Ruling") -> bool:
        """Whether two lines touch or cross."""
        return (
            self.left - _NEAR <= other.right
            and other.left - _NEAR <= self.right
            and self.bottom - _NEAR <= other.top
            and other.bottom - _NEAR <= self.top
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `rows` are its rows, from 0 at the top; `column` is its first column."""

    left: float
    bottom: float
    right: float
    top: float
    rows: range
    column: int

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x < self.right and self.bottom <= y < self.top


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: its cells from the top down, each row from the left."""

    cells: tuple[Cell, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.xs) - 1

    @property
    def rows(self) -> int:
        """The number of rows."""
        return len(self.ys) - 1

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.xs[0] <= x < self.xs[-1] and self.ys[-1] <= y < self.ys[0]


def rulings_of(corners: Sequence[tuple[float, float]]) -> Iterator[Ruling]:
    """The level and upright lines among the edges between the points of a path."""
    for (x, y), (x2, y2) in pairwise(corners):
        wide, high = abs(x2 - x), abs(y2 - y)
        if min(wide, high) <= _NEAR / 2 and max(wide, high) >= _SHORTEST:
            yield Ruling(min(x, x2), min(y, y2), max(x, x2), max(y, y2))


def grids_of(rulings: Sequence[Ruling]) -> list[RuledTable]:
    """The tables that lines make: two columns and two rows at least, from the top down."""
    if len(rulings) > MOST_LINES:
        return []
    grids = (_grid(group) for group in _groups(rulings))
    return sorted((grid for grid in grids if grid), key=lambda grid: -grid.ys[0])


def _groups(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Lines that are connected by upright lines meeting level ones."""
    level = sorted((each for each in rulings if each.is_level), key=lambda each: each.bottom)
    heights = [each.bottom for each in level]
    group_of = list(range(len(level)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    groups: dict[int, list[Ruling]] = {}
    uprights: list[tuple[int, Ruling]] = []
    for upright in rulings:
        if upright.is_level:
            continue
        first = bisect_left(heights, upright.bottom - _NEAR)
        end = bisect_left(heights, upright.top + _NEAR)
        met = [index for index in range(first, end) if level[index].meets(upright)]
        for index in met:
            group_of[root(index)] = root(met[0])
        uprights += [(index, upright) for index in met[:1]]
    for index, each in enumerate(level):
        groups.setdefault(root(index), []).append(each)
    for index, upright in uprights:
        groups[root(index)].append(upright)
    return list(groups.values())


def _grid(rulings: Sequence[Ruling]) -> RuledTable | None:
    level = [each for each in rulings if each.is_level]
    upright = [each for each in rulings if not each.is_level]
    xs = _merged(each.left for each in upright)
    ys = _merged(each.bottom for each in level)[::-1]
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    grid = RuledTable(tuple(_cells(level, upright, xs, ys)), tuple(xs), tuple(ys))
    return grid if len(grid.cells) > 3 else None


def _merged(places: Iterable[float]) -> list[float]:
    """Places of lines; those that are near each other are merged."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _cells(
    level: Sequence[Ruling], upright: Sequence[Ruling], xs: Sequence[float], ys: Sequence[float]
) -> Iterator[Cell]:
    """The cells. A cell extends to the right, and then down, until a line ends it."""
    upright_at = {x: [each for each in upright if abs(each.left - x) <= _NEAR] for x in xs}
    level_at = {y: [each for each in level if abs(each.bottom - y) <= _NEAR] for y in ys}
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            right, below = column + 1, row + 1
            middle = (ys[row] + ys[row + 1]) / 2
            while right < len(xs) - 1 and not _is_upright(upright_at[xs[right]], middle):
                right += 1
            while below < len(ys) - 1 and not any(
                _is_level(level_at[ys[below]], (xs[each] + xs[each + 1]) / 2) for each in range(column, right)
            ):
                below += 1
            taken |= {(r, c) for r in range(row, below) for c in range(column, right)}
            yield Cell(xs[column], ys[below], xs[right], ys[row], range(row, below), column)


def _is_upright(upright: Sequence[Ruling], y: float) -> bool:
    return any(each.bottom - 1 <= y <= each.top + 1 for each in upright)


def _is_level(level: Sequence[Ruling], x: float) -> bool:
    return any(each.left - 1 <= x <= each.right + 1 for each in level)
