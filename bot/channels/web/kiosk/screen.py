"""The address of a kiosk: the site where it stands, and the size of its letters. Nothing is stored."""

from dataclasses import dataclass
from typing import Self

from flask import has_request_context, request

from bot.content.sites import Site

SIZES = (24, 30, 36, 42)
"""Pixels of the letters that a person can choose. Below 24 nobody reads at arm's length."""

USUAL_SIZE = 30

LONGEST_KEY = 60
"""Characters of a site's key, as in `sites.yaml`."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a kiosk stands, and how large its letters are.

    Args:
        site_key: empty where it stands at no site.
        start: the size that everybody begins with.
        size: the one that this person chose.
    """

    site_key: str = ""
    start: int = USUAL_SIZE
    size: int = USUAL_SIZE

    @classmethod
    def of(cls, site_key: str, start: str, size: str) -> Self:
        """The screen of an address; a size that nobody offers counts for nothing.

        >>> Screen.of("a", "36", "42"), Screen.of("", "", "1000")
        (Screen(site_key='a', start=36, size=42), Screen(site_key='', start=30, size=30))
        """
        first = _offered(start, USUAL_SIZE)
        return cls(site_key[:LONGEST_KEY], first, _offered(size, first))


def _offered(written: str, otherwise: int) -> int:
    return next((size for size in SIZES if str(size) == written), otherwise)


def current_screen() -> Screen:
    """The screen that the address of this request asks for."""
    if not has_request_context():
        return Screen()
    return Screen.of(*(request.args.get(name, "") for name in ("site", "start", "size")))


def carry_screen(_: str, values: dict[str, object]) -> None:
    """Adds site and sizes to every address of the kiosk in a page."""
    screen = current_screen()
    if screen.site_key:
        values.setdefault("site", screen.site_key)
    if screen.start != USUAL_SIZE:
        values.setdefault("start", screen.start)
    if screen.size != screen.start:
        values.setdefault("size", screen.size)


@dataclass(frozen=True, slots=True)
class Contact:
    """The telephone number to call at a kiosk. `site` is None if the kiosk belongs to no site."""

    site: Site | None
    hotline: str

    @property
    def name(self) -> str:
        """The name of the site; empty without one."""
        return self.site.name if self.site else ""

    @property
    def number(self) -> str:
        """The telephone number."""
        return (self.site.hotline if self.site else None) or self.hotline

    @property
    def hours(self) -> str:
        """The hours of the telephone; empty if they are not known."""
        return (self.site.hours if self.site else None) or ""
