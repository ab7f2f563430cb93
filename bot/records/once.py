"""A message is answered once, however often and wherever it arrives."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.records.records import Claim, Receipt, Records, Reply, Turn

POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Once:
    """Answers messages once. `seconds` is a stopwatch, `sleep` waits."""

    records: Records
    seconds: Callable[[], float]
    sleep: Callable[[float], None]

    def reply(self, receipt: Receipt, patience: float, answer: Callable[[], Turn]) -> Reply | None:
        """The one reply to a message: kept from before, or made by `answer` and kept.

        Args:
            receipt: of the message.
            patience: seconds to wait for a reply that another worker is making.
            answer: called at most once; what it raises is passed on, and a repeat is answered anew.

        Returns:
            None where another worker is still at it when patience ends.
        """
        claim = self._claim(receipt, self.seconds() + patience)
        if isinstance(claim, Reply):
            return claim
        if claim is Claim.THEIRS:
            return None
        try:
            turn = answer()
        except BaseException:
            self.records.release(receipt)
            raise
        return self.records.finish(receipt, turn)

    def _claim(self, receipt: Receipt, until: float) -> Reply | Claim:
        while (claim := self.records.claim(receipt)) is Claim.THEIRS and self.seconds() < until:
            self.sleep(POLL_SECONDS)
        return claim
