"""Counts the connections of a process. If there are too many, slow clients make room for others.

A client that holds connections without asking costs memory, and nothing else. When there are too many, of
one address or in all, the one that has kept us waiting longest is closed. Where all have asked and wait for
us, the address with the most gives way to one with fewer. So somebody who asks at once finds room, whatever
others hold.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Protocol

from bot.serving.limits import Limits


class HeldConnection(Protocol):
    """A connection, as the guard sees it."""

    party: str

    def overdue(self, now: float) -> bool:
        """Whether the client has taken longer than the limits allow."""

    def give_up(self) -> None:
        """Closes the connection. It calls `Guard.leave` once it is closed, or before."""


_Queue = OrderedDict[HeldConnection, None]


@dataclass(slots=True)
class _Party:
    """The connections of one address."""

    all: _Queue = field(default_factory=OrderedDict)
    waiting: _Queue = field(default_factory=OrderedDict)


class Guard:
    """Admits connections, and closes those that take too long."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._all: set[HeldConnection] = set()
        self._waiting: _Queue = OrderedDict()
        self._parties: dict[str, _Party] = {}

    def __len__(self) -> int:
        """The number of connections."""
        return len(self._all)

    def admit(self, held: HeldConnection) -> bool:
        """Counts a new connection; False: there is no room, and no other connection may be closed for it."""
        limits = self.limits
        party = self._parties.get(held.party)
        full = party and limits.per_address and len(party.all) >= limits.per_address
        if party and full and not self._make_room(party.waiting):
            return False
        if len(self._all) >= limits.connections and not (
            self._make_room(self._waiting) or self._take_from_the_greediest(len(party.all) if party else 0)
        ):
            return False
        self._all.add(held)
        self._parties.setdefault(held.party, _Party()).all[held] = None
        self.wait_for(held)
        return True

    def wait_for(self, held: HeldConnection) -> None:
        """From now on, the client must act next."""
        if held in self._all:
            for queue in (self._waiting, self._parties[held.party].waiting):
                queue[held] = None
                queue.move_to_end(held)

    def work_for(self, held: HeldConnection) -> None:
        """The request is complete: we must act next, so the connection is not closed to make room."""
        if held in self._all:
            self._waiting.pop(held, None)
            self._parties[held.party].waiting.pop(held, None)

    def leave(self, held: HeldConnection) -> None:
        """Stops counting a connection. A second call changes nothing."""
        if held not in self._all:
            return
        self.work_for(held)
        self._all.discard(held)
        party = self._parties[held.party]
        party.all.pop(held, None)
        if not party.all:
            del self._parties[held.party]

    def sweep(self, now: float) -> None:
        """Closes every connection whose client is overdue."""
        for held in [held for held in self._all if held.overdue(now)]:
            held.give_up()

    def _make_room(self, waiting: _Queue) -> bool:
        oldest = next(iter(waiting), None)
        if oldest is None:
            return False
        self._drop(oldest)
        return True

    def _take_from_the_greediest(self, own: int) -> bool:
        """Drops the newest of the address with the most, unless that has hardly more than the asker's own."""
        greediest = max(self._parties.values(), key=lambda party: len(party.all)).all
        if len(greediest) <= own + 1:
            return False
        self._drop(next(reversed(greediest)))
        return True

    def _drop(self, held: HeldConnection) -> None:
        self.leave(held)
        held.give_up()
