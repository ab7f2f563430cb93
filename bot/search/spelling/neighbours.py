"""Which characters stand side by side in Chinese at large, so that what the library lacks is no mistake.

The file is part of the program. It knows what laws write (绿线, 配建) and how people talk (加钱), also across
the border of two words (管里). What it was made from stands in docs/neighbours.md.
"""

from functools import cache, cached_property
from pathlib import Path

SHIPPED = Path(__file__).with_name("neighbours.txt")


class Neighbours:
    """Pairs of characters. The file is read when it is first asked. Threads may share it.

    Args:
        path: a file with a line for each left character: that, and behind it all right ones.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def are_known(self, left: str, right: str) -> bool:
        """Whether a character stands often enough before another one."""
        return right in self._right.get(left, "")

    @cached_property
    def _right(self) -> dict[str, str]:
        return {line[0]: line[1:] for line in self._path.read_text("utf-8").splitlines() if line}


@cache
def shipped_neighbours() -> Neighbours:
    """Those that every installation has."""
    return Neighbours(SHIPPED)
