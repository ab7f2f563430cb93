"""Messages that consist only of known sayings: 好的好的，谢了 · 有用，谢谢."""

from collections.abc import Iterable

LONGEST = 40
"""Characters of such a message; a longer one says more."""


class Sayings:
    """Sayings, each with its rank. Immutable.

    Args:
        ranked: folded sayings with their ranks; of a saying that stands twice the lowest counts.
        polite: folded words that say nothing beside a saying.
        nothing: the rank of a message of polite words and signs alone, above all others.
    """

    def __init__(
        self, ranked: Iterable[tuple[str, int]] = (), polite: Iterable[str] = (), nothing: int = 0
    ) -> None:
        self.nothing = nothing
        self.ranks = dict.fromkeys(polite, nothing)
        for saying, rank in ranked:
            self.ranks[saying] = min(rank, self.ranks.get(saying, rank))
        self._longest = max(map(len, self.ranks), default=0)

    def rank(self, folded: str) -> int | None:
        """The lowest rank of the sayings in a message that consists only of sayings; None: it says more.

        Blanks and signs between the sayings do not count.

        >>> Sayings([("谢了", 1), ("有用", 0)], ["好的"], nothing=2).rank("好的好的,有用!谢了~")
        0
        """
        text = "".join(folded.split())
        if not text or len(text) > LONGEST:
            return None
        unreached = self.nothing + 1
        best = [self.nothing] + [unreached] * len(text)
        for start in range(len(text)):
            if best[start] == unreached:
                continue
            if not text[start].isalnum():
                best[start + 1] = min(best[start + 1], best[start])
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                if (rank := self.ranks.get(text[start:end])) is not None:
                    best[end] = min(best[end], best[start], rank)
        return None if best[-1] == unreached else best[-1]
