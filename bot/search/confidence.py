"""How likely a clause answers a question, by its score.

Two grounds, of which the better counts. *Enough is said*: the score in rarest words, each matched as well
as can be; that unit grows with the library as scores do, so that confidences of different libraries can be
compared. *All is said*: the share of what the words asked can give, for who types a word or two.
Both curves were fitted to whether the best clause was right; docs/quality.md has the table of how well they
fit. What a clause gets for the kind of its answer does not count, as it says nothing of the subject. Tried
and left out: the words of the question that the clause lacks, and the lead over the next.
"""

from bot.search.scoring.bm25 import K1

ENOUGH = 3.1
"""Rarest words that make it as likely as not."""

ALL = 0.65
"""Share of what the words can give that makes it as likely as not."""


def confidence(score: float, highest: float, highest_idf: float) -> float:
    """How likely an entry with a score answers the question, 0-1; it grows with the score.

    Args:
        score: ≥ 0.
        highest: what the words of the question can give; a pair of characters that no text has is no word.
        highest_idf: of a word that no text of the library holds.

    >>> [round(confidence(words * 1.6 * 9, 999, 9), 2) for words in (0, 1.5, 3.1, 8)]
    [0.0, 0.19, 0.5, 0.87]
    >>> [round(confidence(share * 5, 5, 9), 2) for share in (0.2, 0.65, 1)]
    [0.0, 0.5, 0.93]
    """
    enough = _logistic(score / ((K1 + 1) * highest_idf), ENOUGH, steepness=2)
    return max(enough, _logistic(score / highest, ALL, steepness=6)) if highest else 0.0


def _logistic(amount: float, midpoint: float, steepness: int) -> float:
    """The logistic function of the logarithm of an amount, 0.5 at the midpoint."""
    power = float(amount / midpoint) ** steepness
    return power / (power + 1)
