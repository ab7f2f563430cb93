"""A client that asks at its own times, whoever still waits: how long answers take below full load."""

import asyncio
import random
import time
from collections.abc import Sequence

CONNECTIONS = 64


def paced(port: int, bodies: Sequence[str], rate: float, seconds: float) -> list[float]:
    """Seconds from the moment when each question was due to its whole answer, ascending.

    Questions come in by chance, `rate` a second on average; each takes the first connection that is free.
    """
    return sorted(asyncio.run(_paced(port, bodies, rate, seconds)))


async def _paced(port: int, bodies: Sequence[str], rate: float, seconds: float) -> list[float]:
    due: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    taken: list[float] = []
    askers = [asyncio.create_task(_ask(port, due, taken)) for _ in range(CONNECTIONS)]
    chance = random.Random(1)  # noqa: S311  # the same in each run
    at = time.perf_counter()
    end = at + seconds
    while at < end:
        at += chance.expovariate(rate)
        if (wait := at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        due.put_nowait((at, chance.choice(bodies)))
    for _ in askers:
        due.put_nowait(None)
    await asyncio.gather(*askers)
    return taken


async def _ask(port: int, due: "asyncio.Queue[tuple[float, str] | None]", taken: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (question := await due.get()) is not None:
        at, text = question
        body = text.encode()
        head = (
            "POST /api/v1/ask HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        )
        writer.write("\r\n".join([*head, "", ""]).encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer
        length = answer.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        taken.append(time.perf_counter() - at)
    writer.close()
