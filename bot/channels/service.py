"""What the desk hands out at one moment: who answers, and what a chat offers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.chat.offers import Offers


@dataclass(frozen=True, slots=True)
class Service:
    """What answers, from one edition of the knowledge folder, and what a chat offers.

    `troubles`: what the operator should know of them, a word and a name each.
    """

    answerer: Answerer
    offers: Offers
    troubles: Callable[[], Sequence[str]] = tuple

    @property
    def basis(self) -> Basis:
        """What its answers are made from."""
        return self.answerer.basis

    def answerer_now(self, *, is_closed: bool) -> Answerer:
        """The answerer; while the service is being worked on, one that tells so."""
        if not is_closed:
            return self.answerer
        return replace(self.answerer, basis=replace(self.basis, is_closed=True))
