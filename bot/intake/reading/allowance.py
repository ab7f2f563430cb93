"""The time that reading may take: a little at first, and more for each piece of work done."""

import sys

MOST_SECONDS, MOST_SECONDS_OF_RECOGNITION = 60, 1_800


def grant_second() -> None:
    """One more second for this process if its time is limited, up to a limit that it cannot lift."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft not in (resource.RLIM_INFINITY, hard):
        resource.setrlimit(resource.RLIMIT_CPU, (soft + 1, hard))
