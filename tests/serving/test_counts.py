"""Counts of several workers, added up."""

import os
import sys

import pytest

from bot.serving.counts import BOUNDS, ChannelCounts, Counts


def counted(counts: Counts) -> dict[str, ChannelCounts]:
    """By channel."""
    return {each.channel: each for each in counts.read()}


def test_workers_are_added_up_by_channel_and_status() -> None:
    """A channel that nobody used has zeros."""
    counts = Counts(("api", "web"), workers=2)

    counts.add(0, "api", 200, 0.004)
    counts.add(1, "api", 200, 0.02)
    counts.add(1, "api", 429, 9.0)

    api, web = counted(counts).values()
    assert api.statuses == {200: 2, 429: 1}
    assert api.seconds == pytest.approx(9.024)
    assert (web.statuses, sum(web.latencies), web.seconds) == ({}, 0, 0.0)


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [
        (0.0, 0),  # none is too short
        (BOUNDS[0], 0),  # a bound belongs to its own bucket: Prometheus says `le`
        (BOUNDS[0] + 1e-9, 1),
        (BOUNDS[-1], len(BOUNDS) - 1),
        (BOUNDS[-1] + 1, len(BOUNDS)),  # longer than all
    ],
)
def test_a_latency_falls_into_one_bucket(seconds: float, bucket: int) -> None:
    """The first whose bound it does not exceed."""
    counts = Counts(("api",), workers=1)

    counts.add(0, "api", 200, seconds)

    latencies = counted(counts)["api"].latencies
    assert len(latencies) == len(BOUNDS) + 1
    assert [number for number, count in enumerate(latencies) if count] == [bucket]


@pytest.mark.skipif(sys.platform != "linux", reason="forks")
def test_what_a_fork_counts_is_seen_by_the_others() -> None:
    """And stays when it has ended."""
    counts = Counts(("api",), workers=2)

    pid = os.fork()
    if pid == 0:
        counts.add(1, "api", 200, 0.1)
        os._exit(0)
    os.waitpid(pid, 0)

    assert counted(counts)["api"].statuses == {200: 1}


def test_answers_given_again_are_added_up_and_survive_a_worker() -> None:
    """A worker sets its own; who replaces it goes on from there."""
    counts = Counts(("api",), workers=2, tallies=2)

    counts.set_tallied(0, [3, 4])
    counts.set_tallied(1, [10, 20])

    assert counts.tallied(0) == [3, 4]
    assert counts.all_tallied() == [13, 24]
