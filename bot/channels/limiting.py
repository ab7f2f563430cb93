"""How often somebody may ask: counted by address and by person, in memory that all workers share.

The only door to limits. Its fixed windows count; where they are kept is ours, for no store of its own is
shared by processes without another server.
"""

import hashlib
import mmap
import struct
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, ip_address, ip_network

from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from bot.content.sites import Network

WRONG_TOKENS_PER_MINUTE = 20
"""Of an address. A token of 8 random characters then takes millions of years."""

SLOTS = 1 << 15
_SLOT = struct.Struct("<Qdq")  # digest of the key, end of the window, count
_PROBED = 8


class SharedCounts(Storage):
    """Counts in anonymous memory, which forked workers share.

    Workers do not wait for each other: of two that count at the same moment, one may be lost. Where all
    places of a key are taken, it gets that of the window that ends first.

    Args:
        seconds: a reading that only ever grows, the same in all processes.
    """

    STORAGE_SCHEME = None  # no address leads to it
    base_exceptions = ()

    def __init__(self, seconds: Callable[[], float]) -> None:
        super().__init__()
        self._seconds = seconds
        self._lock = threading.Lock()
        self._memory = mmap.mmap(-1, SLOTS * _SLOT.size)

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Counts; begins a new window if there is none."""
        with self._lock:
            place, digest, end, count = self._find(key)
            if count == 0:
                end = self._seconds() + expiry
            _SLOT.pack_into(self._memory, place, digest, end, count + amount)
        return count + amount

    def get(self, key: str) -> int:
        """The count of the window."""
        return self._find(key)[3]

    def get_expiry(self, key: str) -> float:
        """When the window ends; now, if there is none."""
        _, _, end, count = self._find(key)
        return end if count else self._seconds()

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def reset(self) -> int | None:
        """Forgets all counts."""
        self._memory[:] = bytes(len(self._memory))
        return None

    def clear(self, key: str) -> None:
        """Forgets the count of a key."""
        place, *_ = self._find(key)
        _SLOT.pack_into(self._memory, place, 0, 0.0, 0)

    def _find(self, key: str) -> tuple[int, int, float, int]:
        """The place of a key, its digest, the end of its window and its count; 0 where it has none."""
        digest = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") or 1
        now = self._seconds()
        free, free_end = 0, float("inf")
        for step in range(_PROBED):
            place = (digest + step) % SLOTS * _SLOT.size
            found, end, count = _SLOT.unpack_from(self._memory, place)
            if found == digest and end > now:
                return place, digest, end, count
            if end <= now:
                end = 0.0
            if end < free_end:
                free, free_end = place, end
        return free, digest, 0.0, 0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may still do: `remaining` of `limit`, until the window ends in `seconds`."""

    limit: int
    remaining: int
    seconds: int
    is_used_up: bool

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-06 has them, which clients know."""
        told = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.seconds),
        }
        return told | ({"Retry-After": str(self.seconds)} if self.is_used_up else {})


class Limiter:
    """Counts what people do, by minutes.

    Args:
        seconds: a reading that only ever grows, the same in all processes.
    """

    def __init__(self, seconds: Callable[[], float]) -> None:
        self._seconds = seconds
        self._counts = SharedCounts(seconds)
        self._windows = FixedWindowRateLimiter(self._counts)

    def use(self, what: str, who: str, per_minute: int) -> Allowance | None:
        """Counts once; None: there is no limit.

        Args:
            what: our own word for what is counted.
            per_minute: 0: any number.
        """
        if not per_minute:
            return None
        item = RateLimitItemPerMinute(per_minute)
        return self._allowance(item, what, who, is_used_up=not self._windows.hit(item, what, who))

    def note(self, what: str, who: str, value: int, seconds: float) -> None:
        """Remembers a number above 0 for somebody, for some seconds. All workers see it at once."""
        key = f"noted/{what}/{who}"
        self._counts.clear(key)
        self._counts.incr(key, seconds, value)

    def noted(self, what: str, who: str) -> int:
        """The remembered number; 0: it was never set, or its time is over."""
        return self._counts.get(f"noted/{what}/{who}")

    def look(self, what: str, who: str, per_minute: int) -> Allowance:
        """What is left, without counting."""
        item = RateLimitItemPerMinute(per_minute)
        return self._allowance(item, what, who, is_used_up=not self._windows.test(item, what, who))

    def _allowance(self, item: RateLimitItemPerMinute, what: str, who: str, *, is_used_up: bool) -> Allowance:
        stats = self._windows.get_window_stats(item, what, who)
        left = max(1, round(stats.reset_time - self._seconds()))
        return Allowance(item.amount, stats.remaining, left, is_used_up)


def is_exempt(address: str, networks: Iterable[Network]) -> bool:
    """Whether an address is this machine's own, or in one of some networks.

    Behind a proxy that nobody told us of (TRUSTED_PROXIES), everybody has the address of this machine;
    residents must not share one limit then.
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None) or parsed
    return mapped.is_loopback or any(mapped in network for network in networks)


@lru_cache(maxsize=4096)
def party_of(address: str) -> str:
    """Who stands behind an address: itself, or its /64 where it is of IPv6, for a household has all of that.

    What is no address stands for itself.

    >>> party_of("203.0.113.7"), party_of("::ffff:203.0.113.7"), party_of("2001:db8:1:2:3:4:5:6")
    ('203.0.113.7', '203.0.113.7', '2001:db8:1:2::/64')
    """
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:64]
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, 64), strict=False))
