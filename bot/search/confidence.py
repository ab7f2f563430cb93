"""How likely a clause answers a question, by its score.

*Support* says how much of the question a clause covers, by two measures; the higher one counts.

- The clause covers enough: its score equals that of a few rarest words, each matched as well as possible.
  The unit grows with the library, as scores do.
- The clause covers everything: its score is a large share of the highest score that the words of the
  question can give. This measure is for questions of one or two words.

The bonus for the kind of answer does not count: it says nothing about the subject.

*Confidence* is the support as a probability. Among more clauses the same support means less, as more of them
say much the same: the odds fall with a power of the number of clauses. The power was fitted to whether the
best clause was right for 5,600 questions, one in five unanswerable, asked of libraries of 14 to 83,000
clauses; docs/quality.md says how well it fits. Three other signals were tried and left out, as they tell
answerable questions from others less well: the length of the question, the words of the question that the
clause lacks, the lead over the next clause.
"""

import math
from collections.abc import Sequence

from bot.search.bm25 import bound

ENOUGH = 3.1
"""Support is one half at this many rarest words."""

ALL = 0.65
"""Support is one half at this share of the highest possible score."""

TYPICAL = 800
"""In a library of this many entries, confidence equals support."""

DILUTION = 0.29
"""The odds fall with the number of entries to this power: twice as many entries give 0.82 of the odds."""


def support(score: float, highest: float, highest_idf: float) -> float:
    """How much of a question an entry covers, 0-1; it grows with the score.

    Args:
        score: of the entry, ≥ 0.
        highest: the highest score that the words of the question can give. Pairs of characters that no text
            holds are left out.
        highest_idf: the idf of a word that no text of the library holds.

    >>> [round(support(words * 1.6 * 9, 999, 9), 2) for words in (0, 1.5, 3.1, 8)]
    [0.0, 0.19, 0.5, 0.87]
    >>> [round(support(share * 5, 5, 9), 2) for share in (0.2, 0.65, 1)]
    [0.0, 0.5, 0.93]
    """
    return supports([score], highest, highest_idf)[0]


def supports(scores: Sequence[float], highest: float, highest_idf: float) -> list[float]:
    """The support of each of some scores; see `support`."""
    if not highest:
        return [0.0] * len(scores)
    most = bound(highest_idf)
    found = []
    for score in scores:
        enough: float = (score / most / ENOUGH) ** 2
        of_all: float = (score / highest / ALL) ** 6
        found.append(max(enough / (enough + 1), of_all / (of_all + 1)))
    return found


def confidence(support: float, entries: int) -> float:
    """How likely an entry answers a question, 0-1; it grows with the support of the entry.

    Args:
        entries: the number of entries in the library, ≥ 1.

    >>> [round(confidence(0.5, entries), 2) for entries in (14, 800, 100_000)]
    [0.76, 0.5, 0.2]
    """
    return confidences([support], entries)[0]


def confidences(supports: Sequence[float], entries: int) -> list[float]:
    """The confidence of each of some supports; see `confidence`."""
    dilution = math.pow(TYPICAL / entries, DILUTION) if supports else 0.0
    found = []
    for support in supports:
        odds = support / (1 - support) * dilution if support < 1 else math.inf
        found.append(odds / (odds + 1) if support < 1 else 1.0)
    return found
