"""Retrieval metrics of a run. The only door to ir_measures."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.errors import CollectionError
from bot.evaluation.collection import Qrels
from bot.evaluation.run import DEPTH, Run

MEASURES = {
    "hit@1": "Success@1",
    "hit@5": "Success@5",
    "recall@10": "R@10",
    "recall@100": "R@100",
    "mrr@10": "RR@10",
    "ndcg@10": "nDCG@10",
}
"""Our name of each measure, and that of ir_measures."""

BINS = 5
"""Ranges of confidence in a reliability table."""


def measure(run: Run, qrels: Qrels) -> Mapping[str, float]:
    """`queries`, the number of topics, and the mean of each of MEASURES over them, 0-1.

    trec_eval orders by score and breaks ties by id; ranks stand in for scores so that our order is judged.

    Raises:
        CollectionError: the package that measures is not installed.
    """
    try:
        import ir_measures  # noqa: PLC0415  # optional: nothing but this needs it
    except ModuleNotFoundError as missing:
        raise CollectionError(
            f"package '{missing.name}': is not installed; run pip install -r requirements-evaluate.txt"
        ) from None
    ranked = {
        topic: {hit.entry_id: float(DEPTH - rank) for rank, hit in enumerate(hits)}
        for topic, hits in run.items()
    }
    judged = {topic: dict(qrels[topic]) for topic in run}
    measures = {name: ir_measures.parse_measure(theirs) for name, theirs in MEASURES.items()}
    means = ir_measures.calc_aggregate(measures.values(), judged, ranked)
    return {"queries": len(run)} | {name: float(means[which]) for name, which in measures.items()}


class Bin(NamedTuple):
    """Questions of much the same confidence: how many, its mean, and the share whose best hit was right."""

    questions: int
    confidence: float
    right: float


def reliability(said: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """How often the best hit was right, by how likely it was said to be: BINS ranges of equal width.

    Ranges without a question are left out. Niculescu-Mizil and Caruana, *Predicting Good Probabilities with
    Supervised Learning* (2005).

    Args:
        said: the confidence of each question's best hit, 0-1.
        right: whether it was right.

    >>> reliability([0.1, 0.15, 0.9], [False, True, True])
    [Bin(questions=2, confidence=0.125, right=0.5), Bin(questions=1, confidence=0.9, right=1.0)]
    """
    rows: dict[int, list[tuple[float, bool]]] = {}
    for each in sorted(zip(said, right, strict=True)):
        rows.setdefault(min(int(each[0] * BINS), BINS - 1), []).append(each)
    return [
        Bin(len(row), *(sum(column) / len(row) for column in zip(*row, strict=True))) for row in rows.values()
    ]


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """How well confidence tells answerable questions from others, 0-1; 0.5 is chance.

    Of all pairs of an answerable question and another one: the share in which the answerable one has the
    higher confidence; a tie counts half. This is the statistic of Mann and Whitney (1947).

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    ordered = sorted(outside)
    wins = sum(bisect_left(ordered, value) + bisect_right(ordered, value) for value in inside)
    return wins / (2 * len(inside) * len(outside))
