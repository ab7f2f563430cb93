"""How a page looks: its size and colours. A choice travels in the address, `?look=elder-dark`."""

from dataclasses import dataclass, replace
from typing import Self

from flask import has_request_context, request, url_for

ELDER = "elder"
"""长辈版: larger letters and targets."""

COLOURS = ("light", "dark", "contrast")
"""What can be chosen; without a choice the device decides."""


@dataclass(frozen=True, slots=True)
class Look:
    """A choice of size and colours. `colours` is empty: the device decides."""

    is_large: bool = False
    colours: str = ""

    @classmethod
    def of(cls, text: str) -> Self:
        """The look of an address; what is unknown in it counts for nothing.

        >>> Look.of("elder-dark"), Look.of("pink")
        (Look(is_large=True, colours='dark'), Look(is_large=False, colours=''))
        """
        words = text.split("-")
        return cls(ELDER in words, next((word for word in words if word in COLOURS), ""))

    def __str__(self) -> str:
        """The look as it stands in an address and in the classes of a page; empty for the usual look."""
        return "-".join(word for word in (ELDER if self.is_large else "", self.colours) if word)

    @property
    def classes(self) -> str:
        """The classes of the page's root."""
        return str(self).replace("-", " ")

    def resized(self) -> "Look":
        """The same colours in the other size."""
        return replace(self, is_large=not self.is_large)

    def coloured(self, colours: str) -> "Look":
        """The same size in other colours."""
        return replace(self, colours=colours)

    def on(self, address: str) -> str:
        """An address of ours that keeps the look.

        >>> Look(is_large=True).on("/policy/a#t1"), Look().on("/policy/a#t1")
        ('/policy/a?look=elder#t1', '/policy/a#t1')
        """
        if not str(self):
            return address
        path, hash_sign, anchor = address.partition("#")
        return f"{path}{'&' if '?' in path else '?'}look={self}{hash_sign}{anchor}"


def current_look() -> Look:
    """The look that the address of this request asks for."""
    return Look.of(request.args.get("look", "")) if has_request_context() else Look()


def looked(address: str) -> str:
    """One of our addresses, with the look of this request."""
    return current_look().on(address)


def same_page(look: Look) -> str:
    """This page in another look; the first page if this one cannot be requested again."""
    wanted = str(look) or None
    if request.method != "GET" or not (request.endpoint or "").startswith("pages."):
        return url_for("pages.home", look=wanted)
    asked = request.args.to_dict() | (request.view_args or {}) | {"look": wanted}
    return url_for(str(request.endpoint), **asked)


def carry_look(endpoint: str, values: dict[str, object]) -> None:
    """Adds the look to every address of ours in a page."""
    look = str(current_look())
    if look and endpoint != "pages.static":
        values.setdefault("look", look)
