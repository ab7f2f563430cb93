"""Tells which kind of message another is like, from examples: naive Bayes over characters.

What is said between the lines has too many wordings for phrases: 给我妈留的信写好了放抽屉里. Its characters,
one to three in a row, are still those of its kind. Each adds how much likelier it is among the examples of a
kind than among ordinary messages (McCallum and Nigam, *A Comparison of Event Models for Naive Bayes Text
Classification*, 1998; the model of presence).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

LONGEST_RUN = 3
"""Characters of a run at most."""

UNSEEN = 0.3
"""Examples that each run is thought to stand in besides those where it does."""

_COMPARED = re.compile(r"[\u4e00-\u9fff\d]+")
"""Latin letters are not: three of them in a row tell nothing of a word, in English or in pinyin."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text is most like.

    Args:
        kind: the likeliest kind.
        strength: how much like any kind at all the text is; below 0 it is rather ordinary, some 2 or more is
            much.
        lead: how much more like this kind than like the next one it is, in the same unit.
    """

    kind: str
    strength: float
    lead: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much likelier each run of characters is in a kind than in ordinary messages. Immutable.

    Args:
        kinds: their names.
        evidence: run → the logarithm of that ratio for each kind, and at last for any; runs of no example are
            left out.
    """

    kinds: tuple[str, ...] = ()
    evidence: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, examples: Mapping[str, Sequence[str]], ordinary: Sequence[str]) -> "Likeness":
        """What examples of kinds, and ordinary messages, show. Texts are folded, without blanks."""
        usual = _counts(ordinary)
        of_any = [text for texts in examples.values() for text in texts]
        columns = [_ratios(texts, usual, len(ordinary)) for texts in (*examples.values(), of_any)]
        return cls(
            tuple(examples),
            {run: tuple(column.get(run, 0.0) for column in columns) for run in columns[-1]},
        )

    def likeliest(self, text: str) -> Guess | None:
        """What a folded text is most like. None: there are no examples, or no text.

        A strength is a sum of evidence over the square root of the number of runs.
        """
        runs = _runs(text)
        if not runs or not self.kinds:
            return None
        unit = math.sqrt(len(runs))
        found = [evidence for run in runs if (evidence := self.evidence.get(run))]
        sums = [sum(column) for column in zip(*found, strict=True)] or [0.0] * (len(self.kinds) + 1)
        likely = sorted(zip((each / unit for each in sums), self.kinds, strict=False), reverse=True)
        (most, kind), next_one = likely[0], likely[1][0] if len(likely) > 1 else 0.0
        return Guess(kind, sums[-1] / unit, most - next_one)


def _ratios(texts: Sequence[str], usual: Mapping[str, int], usual_texts: int) -> dict[str, float]:
    counts = _counts(texts)
    rows, others = len(texts) + 2 * UNSEEN, usual_texts + 2 * UNSEEN
    return {
        run: math.log((counts.get(run, 0) + UNSEEN) / rows * others / (usual.get(run, 0) + UNSEEN))
        for run in {*counts, *usual}
    }


def _counts(texts: Iterable[str]) -> Mapping[str, int]:
    """In how many texts each run stands."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_runs(text))
    return counts


def _runs(text: str) -> set[str]:
    """The runs of Han characters and digits in a text, its edges included."""
    letters = "".join(_COMPARED.findall(text))
    if not letters:
        return set()
    edged = f"^{letters}$"
    return {edged[i : i + n] for n in range(1, LONGEST_RUN + 1) for i in range(len(edged) - n + 1)}
