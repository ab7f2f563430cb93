"""How likely a clause answers a question, by its score.

*Support* is how much of what is asked a clause says, on two grounds, of which the better counts. Enough is
said: the score in rarest words, each matched as well as can be; that unit grows with the library as scores
do. All is said: the share of what the words asked can give, for who types a word or two. What a clause gets
for the kind of its answer does not count, as it says nothing of the subject.

*Confidence* is the support as a probability. Among more clauses the same support means less, for more of them
say much the same: odds fall with a power of their number. It was fitted to whether the best clause was right
for 5,600 questions, one in five unanswerable, asked of libraries of 14 to 83,000 clauses; docs/quality.md
has the table of how well it fits. Tried and left out, for they tell questions apart that can be answered from
others less well: the length of the question, the words of it that the clause lacks, the lead over the next.
"""

import math

from bot.search.scoring.bm25 import K1

ENOUGH = 3.1
"""Rarest words that make it as likely as not."""

ALL = 0.65
"""Share of what the words can give that makes it as likely as not."""

TYPICAL = 800
"""Entries among which confidence is support."""

DILUTION = 0.29
"""Power by which odds fall with the number of entries: twice as many, and they are 0.82 of what they were."""


def support(score: float, highest: float, highest_idf: float) -> float:
    """How much of a question an entry with a score says, 0-1; it grows with the score.

    Args:
        score: ≥ 0.
        highest: what the words of the question can give; a pair of characters that no text has is no word.
        highest_idf: of a word that no text of the library holds.

    >>> [round(support(words * 1.6 * 9, 999, 9), 2) for words in (0, 1.5, 3.1, 8)]
    [0.0, 0.19, 0.5, 0.87]
    >>> [round(support(share * 5, 5, 9), 2) for share in (0.2, 0.65, 1)]
    [0.0, 0.5, 0.93]
    """
    enough = _logistic(score / ((K1 + 1) * highest_idf), ENOUGH, steepness=2)
    return max(enough, _logistic(score / highest, ALL, steepness=6)) if highest else 0.0


def confidence(support: float, entries: int) -> float:
    """How likely an entry answers the question that it has some support for, 0-1; it grows with the support.

    Args:
        entries: how many there are in the library, ≥ 1.

    >>> [round(confidence(0.5, entries), 2) for entries in (14, 800, 100_000)]
    [0.76, 0.5, 0.2]
    """
    if support >= 1:
        return 1.0
    odds = support / (1 - support) * math.pow(TYPICAL / entries, DILUTION)
    return odds / (odds + 1)


def _logistic(amount: float, midpoint: float, steepness: int) -> float:
    """The logistic function of the logarithm of an amount, 0.5 at the midpoint."""
    power = float(amount / midpoint) ** steepness
    return power / (power + 1)
