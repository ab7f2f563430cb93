"""How long reading may take: a little at first, and more for each piece of work that is done."""

import sys

MOST_SECONDS, MOST_SECONDS_OF_RECOGNITION = 60, 1_800


def grant_second() -> None:
    """One second more for this process where its time is limited, up to the limit that it cannot lift."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft not in (resource.RLIM_INFINITY, hard):
        resource.setrlimit(resource.RLIMIT_CPU, (soft + 1, hard))
