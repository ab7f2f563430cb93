"""How long a client may take, and how many connections are held: values from the settings."""

import ipaddress
from dataclasses import dataclass
from functools import lru_cache

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process grants its clients.

    Args:
        head_seconds: until a request line and its headers are there.
        body_seconds: until the body is there, or an answer is taken off our hands.
        idle_seconds: between two requests of a connection.
        connections: at once.
        per_address: connections of one address; 0: any number. Behind a proxy all have the proxy's address.
    """

    head_seconds: float
    body_seconds: float
    idle_seconds: float
    connections: int
    per_address: int

    @property
    def look_every_seconds(self) -> float:
        """How often connections are looked at: a limit is kept to a quarter of the shortest one."""
        return min(self.head_seconds, self.body_seconds, self.idle_seconds) / 4


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings give."""
    return Limits(
        head_seconds=settings.head_seconds,
        body_seconds=settings.body_seconds,
        idle_seconds=settings.idle_seconds,
        connections=settings.max_connections,
        per_address=0 if settings.trusted_proxies else settings.max_connections_per_address,
    )


@lru_cache(maxsize=4096)
def party_of(address: str) -> str:
    """Who stands behind an address: itself, or its /64 where it is of IPv6, for a household has all of that.

    What is no address stands for itself.

    >>> party_of("203.0.113.7"), party_of("::ffff:203.0.113.7"), party_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '203.0.113.7', '2001:db8:1:2::/64')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
