"""Addresses take turns at the work."""

import asyncio

from bot.serving.turns import Turns


def order_of(waiting: list[str], gone: frozenset[int] = frozenset()) -> list[tuple[str, int]]:
    """In which order requests are worked on, one at a time, that wait behind one that is being worked on.

    Args:
        waiting: their parties, in the order in which they came.
        gone: numbers of those whose client leaves while it waits.
    """
    worked: list[tuple[str, int]] = []

    async def request(turns: Turns, party: str, number: int) -> None:
        if await turns.take(party, lambda: number in gone):
            worked.append((party, number))
            turns.give_back()

    async def run() -> None:
        turns = Turns(at_once=1)
        assert await turns.take("first", lambda: False)
        tasks = [asyncio.create_task(request(turns, party, i)) for i, party in enumerate(waiting)]
        await asyncio.sleep(0)
        turns.give_back()
        await asyncio.gather(*tasks)
        assert await turns.take("free again", lambda: False)

    asyncio.run(run())
    return worked


def test_one_with_many_requests_delays_only_itself() -> None:
    """Somebody who asks once comes after one of them, not after all; each party's own stay in order."""
    assert order_of(["many"] * 4 + ["one"]) == [
        ("many", 0),
        ("one", 4),
        ("many", 1),
        ("many", 2),
        ("many", 3),
    ]


def test_requests_of_clients_that_have_gone_cost_no_turn() -> None:
    """Also where all of them have."""
    assert order_of(["many"] * 4 + ["one"], gone=frozenset({0, 1, 2})) == [("one", 4), ("many", 3)]
    assert order_of(["many"] * 3, gone=frozenset({0, 1, 2})) == []


def test_a_cancelled_request_gives_its_place_in_the_row_up() -> None:
    """A stop cancels what takes too long."""

    async def run() -> None:
        turns = Turns(at_once=1)
        await turns.take("a", lambda: False)
        waits = asyncio.create_task(turns.take("b", lambda: False))
        await asyncio.sleep(0)
        waits.cancel()
        await asyncio.sleep(0)
        turns.give_back()
        assert await turns.take("c", lambda: False)

    asyncio.run(run())
