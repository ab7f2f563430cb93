"""Official words, `lexicon/official-words.txt`: words of laws, each with how surely it names a matter.

2.5: 信访, 邮政, 期货      # a weight, then the words that have it; what follows a # is a remark

A question that says such words asks for a text that says them: docs/lexicon.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.lines import read_lines
from bot.search.folding import Folding

OFFICIAL_WORDS_FILE = "lexicon/official-words.txt"

HEAVIEST = 5.0
"""Largest weight."""

SURE = 2.0
"""Weight from which a word surely names a matter; everyday speech has lighter ones for any."""

_FEWEST = 2
"""Characters of a word: a single one stands in too many others."""


@dataclass(frozen=True, slots=True)
class OfficialWords:
    """Folded words and their weights. Without words, none is missed."""

    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def naming(self) -> frozenset[str]:
        """The words that name a matter for sure."""
        return frozenset(word for word, weight in self.weights.items() if weight >= SURE)


def read_official_words(path: Path) -> OfficialWords:
    """The words of a file; of a word that stands twice the later weight counts.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines = read_lines(path)
    folded = Folding().fold("\n".join(lines.lines)).split("\n")
    weights: dict[str, float] = {}
    for index, line in enumerate(each.partition("#")[0].strip() for each in folded):
        if not line:
            continue
        written, _, listed = line.partition(":")
        words = [word for each in listed.split(",") if (word := each.strip())]
        if (weight := _weight(written)) is None or not words:
            raise lines.error(
                index, f"“{line[:20]}”：先写 0 到 {HEAVIEST:g} 的分量，再写词；写成“2.5：信访, 邮政”"
            )
        if too_short := next((word for word in words if len(word) < _FEWEST), None):
            raise lines.error(index, f"“{too_short}”：每个词至少 {_FEWEST} 个字")
        weights |= dict.fromkeys(words, weight)
    return OfficialWords(weights)


def _weight(written: str) -> float | None:
    """A weight as staff write it; None: it is none."""
    try:
        weight = float(written)
    except ValueError:
        return None
    return weight if 0 <= weight <= HEAVIEST else None
