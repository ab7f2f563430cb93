"""The connections of a process: who is admitted, who makes room."""

from dataclasses import dataclass, field

import pytest

from bot.serving.guard import Guard
from bot.serving.limits import Limits

LIMITS = Limits(head_seconds=1, body_seconds=1, idle_seconds=1, connections=4, per_address=3)


@dataclass(eq=False)
class Client:
    """A connection of an address, that notes when it is given up."""

    party: str
    since: float = 0
    given_up: list[bool] = field(default_factory=list)

    def overdue(self, now: float) -> bool:
        return now > self.since + 1

    def give_up(self) -> None:
        self.given_up.append(True)


def guarding(*parties: str) -> tuple[Guard, list[Client]]:
    """A guard that has admitted a client of each party."""
    guard = Guard(LIMITS)
    clients = [Client(party) for party in parties]
    assert all(guard.admit(client) for client in clients)
    return guard, clients


def given_up(clients: list[Client]) -> list[int]:
    """Numbers of the clients that were closed."""
    return [number for number, client in enumerate(clients) if client.given_up]


def test_the_one_that_has_waited_longest_makes_room() -> None:
    """Its address does not matter where all places are taken."""
    guard, clients = guarding("a", "b", "c", "d")

    assert guard.admit(Client("e"))
    assert given_up(clients) == [0]
    assert len(guard) == 4


def test_an_address_makes_room_for_itself() -> None:
    """Where it has as many as it may, others are left alone."""
    guard, clients = guarding("b", "a", "a", "a")
    assert guard.admit(Client("a"))

    assert given_up(clients) == [1]


def test_whoever_is_being_answered_makes_no_room() -> None:
    """It has asked; the one after it has not. After the answer it waits as one that has just come."""
    guard, clients = guarding("a", "b", "c", "d")
    guard.work_for(clients[0])
    guard.admit(Client("e"))
    assert given_up(clients) == [1]

    guard.wait_for(clients[0])
    guard.admit(Client("f"))
    assert given_up(clients) == [1, 2]


def test_an_address_that_waits_for_answers_on_all_its_places_gets_no_more() -> None:
    """It is refused, and nobody is closed."""
    guard, clients = guarding("a", "a", "a")
    for client in clients:
        guard.work_for(client)

    assert not guard.admit(Client("a"))
    assert given_up(clients) == []


@pytest.mark.parametrize(("newcomer", "admitted"), [("c", True), ("b", True), ("a", False)])
def test_the_address_with_the_most_gives_way(newcomer: str, admitted: bool) -> None:
    """Where all wait for answers: its newest, for one with fewer; not for itself."""
    guard, clients = guarding("a", "a", "a", "b")
    for client in clients:
        guard.work_for(client)

    assert guard.admit(Client(newcomer)) is admitted
    assert given_up(clients) == ([2] if admitted else [])


def test_an_equal_gets_no_place_of_an_equal() -> None:
    """Nobody is closed in the middle for somebody with as many."""
    guard, clients = guarding("a", "b", "c", "d")
    for client in clients:
        guard.work_for(client)

    assert not guard.admit(Client("e"))


def test_whoever_is_overdue_is_closed() -> None:
    """And only they."""
    guard, clients = guarding("a", "b")
    clients[1].since = 5

    guard.sweep(now=3)

    assert given_up(clients) == [0]


def test_whoever_has_left_counts_no_longer() -> None:
    """Also if it is told twice, as when a closed connection is lost."""
    guard, clients = guarding("a", "a", "a")
    guard.leave(clients[0])
    guard.leave(clients[0])
    guard.work_for(clients[0])
    guard.wait_for(clients[0])

    assert guard.admit(Client("a"))
    assert given_up(clients) == []
