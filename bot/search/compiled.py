"""The compiled loops of this process, once they are loaded: whoever answers begins without them."""

from collections.abc import Callable

from bot.search.arrays import Floats, Numbers, Table
from bot.search.engine.embedded.cores import Core, QueryPostings, best_by_numpy
from bot.search.witness_arrays import Texts, Wanted


class Loops:
    """Loops that take the place of Python's: they give the same, several times as fast.

    `core` ranks entries, `features` looks at the best. None: not loaded.
    """

    core: Core | None = None
    features: Callable[[Texts, Wanted], Table] | None = None


LOOPS = Loops()
"""Those of this process, like the modules that they stand in for."""


def best_by_loops(query: QueryPostings, k: int) -> tuple[Numbers, Floats]:
    """The core of compiled loops once they are loaded; until then numpy's."""
    return (LOOPS.core or best_by_numpy)(query, k)
