"""How likely a clause answers a question, by its score.

The score is measured in rarest words, each matched as well as can be: that unit depends on the size of the
library as scores do, so that confidences of different libraries can be compared. A logistic function of its
logarithm was fitted to whether the best clause was right; docs/quality.md has the table of how well it fits.
Tried and left out: the share of the highest possible score, which falls with every further word that a
resident says, and the words of the question that the clause lacks.
"""

from bot.search.bm25 import K1

MIDPOINT = 3.2
"""Words that make it as likely as not."""

STEEPNESS = 2.0


def confidence(score: float, highest_idf: float) -> float:
    """How likely an entry with a score answers the question, 0-1; it grows with the score.

    Args:
        score: ≥ 0.
        highest_idf: of a word that no text of the library holds.

    >>> [round(confidence(words * 1.6 * 9, 9), 2) for words in (0, 1.5, 3.2, 8)]
    [0.0, 0.18, 0.5, 0.86]
    """
    words = score / ((K1 + 1) * highest_idf)
    return float(words**STEEPNESS / (words**STEEPNESS + MIDPOINT**STEEPNESS))
