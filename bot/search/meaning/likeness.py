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
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

LONGEST_RUN = 3
"""Characters of a run at most."""

UNSEEN = 0.0003
"""The share of texts that each run is thought to stand in besides those where it does. The same for few
examples and for many ordinary messages: else one ordinary message that has a run spoke for danger."""

_MOST_REMEMBERED = 20_000
"""Runs whose evidence is remembered."""

_COMPARED = re.compile(r"[\u4e00-\u9fff\d]+")
"""Latin letters are not: three of them in a row tell nothing of a word, in English or in pinyin."""


@dataclass(frozen=True, slots=True)
class KindGuess:
    """The kind that a text is most like.

    Args:
        kind: the likeliest kind.
        strength: how much like any kind at all the text is; below 0 it is rather ordinary, some 2 or more is
            much.
        lead: how much more like this kind than like the next one it is, in the same unit.
    """

    kind: str
    strength: float
    lead: float


class RunCounts(NamedTuple):
    """The number of texts that hold each run."""

    runs: Mapping[str, int]
    texts: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> "RunCounts":
        """The runs of some texts."""
        return cls(_counts(texts), len(texts))

    def share(self, run: str) -> float:
        """The share of the texts that hold a run."""
        return self.runs.get(run, 0) / max(1, self.texts)


class ExampleCounts(NamedTuple):
    """The runs of ordinary messages, of the examples of all kinds, and of those of each kind."""

    usual: RunCounts
    any: RunCounts
    kinds: Mapping[str, RunCounts]

    @classmethod
    def of(cls, examples: Mapping[str, Sequence[str]], ordinary: Sequence[str]) -> "ExampleCounts":
        """The runs of some texts, folded and without blanks.

        Args:
            examples: kind → its texts.
        """
        every = [text for texts in examples.values() for text in texts]
        kinds = {kind: RunCounts.of(texts) for kind, texts in examples.items()}
        return cls(RunCounts.of(ordinary), RunCounts.of(every), kinds)


class Likeness:
    """How much likelier runs of characters are in a kind than in ordinary messages.

    Immutable but for what it remembers; threads may share it. The evidence of a run is worked out when it is
    met: of all runs it took a tenth of a second.
    """

    def __init__(self, counts: ExampleCounts | None = None) -> None:
        self.counts = ExampleCounts.of({}, ()) if counts is None else counts
        self.kinds = tuple(self.counts.kinds)
        self._usual, self._any = self.counts.usual, self.counts.any
        self._counted = [*self.counts.kinds.values(), self._any]
        self._evidence = lru_cache(maxsize=_MOST_REMEMBERED)(self._evidence_of)

    def likeliest(self, text: str) -> KindGuess | None:
        """The kind that a folded text is most like. None: there are no examples, or there is no text.

        A strength is a sum of evidence over the square root of the number of runs.
        """
        runs = _runs(text)
        if not runs or not self.kinds:
            return None
        unit = math.sqrt(len(runs))
        told = [self._evidence(run) for run in runs if run in self._usual.runs or run in self._any.runs]
        sums = [sum(column) for column in zip(*told, strict=True)] or [0.0] * (len(self.kinds) + 1)
        likely = sorted(zip((each / unit for each in sums), self.kinds, strict=False), reverse=True)
        (most, kind), next_one = likely[0], likely[1][0] if len(likely) > 1 else 0.0
        return KindGuess(kind, sums[-1] / unit, most - next_one)

    def _evidence_of(self, run: str) -> tuple[float, ...]:
        """How much likelier a run is in each kind, and at last in any, as a logarithm.

        0 for a kind where neither its examples nor ordinary messages have the run.
        """
        usual = self._usual.share(run)
        shares = (counted.share(run) for counted in self._counted)
        return tuple(
            math.log((share + UNSEEN) / (usual + UNSEEN)) if share or usual else 0.0 for share in shares
        )


def _counts(texts: Iterable[str]) -> Mapping[str, int]:
    """The number of texts that hold each run."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_runs(text))
    return dict(counts)


def _runs(text: str) -> set[str]:
    """The runs of Han characters and digits in a text, its edges included."""
    letters = "".join(_COMPARED.findall(text))
    if not letters:
        return set()
    edged = f"^{letters}$"
    return {edged[i : i + n] for n in range(1, LONGEST_RUN + 1) for i in range(len(edged) - n + 1)}
