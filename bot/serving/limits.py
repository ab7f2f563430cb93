"""Limits on time and number of connections, from the settings."""

from dataclasses import dataclass

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one process.

    Args:
        head_seconds: until a request line and its headers are there.
        body_seconds: until the body is there, or an answer is taken off our hands.
        idle_seconds: between two requests of a connection.
        connections: at once.
        per_address: connections of one address; 0: any number. Behind a proxy all have the proxy's address.
        proxies: how many reverse proxies of ours stand in front.
    """

    head_seconds: float
    body_seconds: float
    idle_seconds: float
    connections: int
    per_address: int
    proxies: int = 0

    @property
    def look_every_seconds(self) -> float:
        """How often connections are checked.

        Often enough to keep each limit to a quarter of the shortest one.
        """
        return min(self.head_seconds, self.body_seconds, self.idle_seconds) / 4


def limits_of(settings: Settings, connections: int) -> Limits:
    """The limits from the settings; no more connections than this process may open files."""
    return Limits(
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
        idle_seconds=settings.idle_seconds,
        connections=connections,
        proxies=settings.trusted_proxies,
        per_address=0 if settings.trusted_proxies else settings.max_connections_per_address,
    )
