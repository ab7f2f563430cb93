"""A lease: one front end at a time publishes. A front end that dies while it holds the lease loses it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.errors import ClusterError
from bot.search.engine.opensearch.editions import Editions

LEASE_SECONDS = 60.0
"""How long a lease is held without being renewed. Clocks of front ends may differ by less."""

_DOCUMENT = "lease"
_CONFLICT = 409


class Lease:
    """A lease. Call `renew` while the work goes on.

    Args:
        owner: another one for each front end.
        now: seconds since 1970.
    """

    def __init__(self, editions: Editions, owner: str, now: Callable[[], float]) -> None:
        self._editions = editions
        self._name = owner
        self._now = now
        self._until = 0.0

    @property
    def owner(self) -> str:
        """The name of this process in the cluster. A fork has another one."""
        return f"{self._name}:{os.getpid()}"

    def renew(self) -> None:
        """Holds the lease for LEASE_SECONDS more, if half of the time is over.

        Raises:
            ClusterError: another one holds it by now.
        """
        if self._until - self._now() > LEASE_SECONDS / 2:
            return
        found = self._editions.versioned(_DOCUMENT)
        if found is None or found["_source"]["owner"] != self.owner:
            raise ClusterError("lease_lost")
        self._write(_version(found))

    def take(self) -> bool:
        """Takes the lease if nobody else holds it; gives whether it was taken."""
        found = self._editions.versioned(_DOCUMENT)
        if found and found["_source"]["owner"] != self.owner and found["_source"]["until"] > self._now():
            return False
        try:
            self._write(_version(found) if found else {"op_type": "create"})
        except ClusterError as error:
            if error.status == _CONFLICT:
                return False
            raise
        return True

    def give_back(self) -> None:
        """Gives the lease back."""
        self._editions.put(_DOCUMENT, {"owner": self.owner, "until": 0})

    def _write(self, version: dict[str, str | int]) -> None:
        until = self._now() + LEASE_SECONDS
        self._editions.put(_DOCUMENT, {"owner": self.owner, "until": until}, **version)
        self._until = until


@contextmanager
def leased(lease: Lease) -> Iterator[bool]:
    """Takes the lease for a block, and gives it back after the block. Gives whether it was taken."""
    if not lease.take():
        yield False
        return
    try:
        yield True
    finally:
        lease.give_back()


def _version(found: dict[str, int]) -> dict[str, str | int]:
    """The version that shows that nobody else has written."""
    return {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
