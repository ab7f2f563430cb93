"""Fits the weights by which the best clauses are put in order: `python -m benchmarks.ordering [--report]`.

Also those of vectors, by the table of word vectors, and by the model of EMBEDDING_MODEL_DIR where it is set;
they are made the first time. `--without-vectors` leaves them out, `--without-questions` everyday
questions, `--without-near-words` what words mean nearly, `--without-thesaurus` asks as of a library that no
thesaurus fits.

A conditional logit: the chance that a right clause is first is the softmax over the best thirty of the
logarithm of the score plus the weighted features. Fitted on the `choose` halves of residents' questions, of
those of ten kinds of people, and of two sets about exceptions, which are not counted in what is printed.
Crossed: eight groups of documents, each by the weights of the others.
"""

import json
import math
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from benchmarks.questions import (
    POLICIES,
    RESIDENTS,
    ROOT,
    answers,
    is_named,
    nearness_among,
    plain_glossary,
    read_policies,
    read_questions,
    require_residents,
    share_within,
    with_questions,
)
from benchmarks.residents import by_halves
from bot.assembly import analyzer
from bot.content.library import load_library
from bot.content.table import THESAURUS
from bot.policy.library import Library
from bot.search.arrays import Floats, Table
from bot.search.dense.asked import ASKED, ASKED_WEIGHT
from bot.search.dense.nearness import MODEL_WEIGHTS, TABLE_WEIGHTS, Near
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.witness import DEPTH, WEIGHTS, Feature
from bot.settings import read_settings

TEN_PEOPLE = ROOT / "benchmarks" / "ten-people.jsonl"
"""540 questions on the 88 policies in the words of ten kinds of people, with ids of clauses that answer."""

EXCEPTIONS = [
    ROOT / "benchmarks/conversation" / f"{name}.jsonl" for name in ("exceptions", "more-exceptions")
]
"""Questions about exceptions: few, and worth learning from."""

FRESH = [ROOT / "benchmarks/conversation" / f"fresh-{name}.jsonl" for name in ("words", "exceptions")]
"""Questions that were written before the plain words of the thesaurus. Half was then looked at, half kept."""

SECOND = [ROOT / "benchmarks/conversation" / f"second-{name}.jsonl" for name in ("answerable", "sentences")]
"""Questions by people who had seen neither the thesaurus nor the other sets: nothing is fitted to them."""

GROUPS = 8
RIDGE = 0.01
"""Pull of standardised weights towards 0."""

_STEPS, _RATE = 400, 0.05


@dataclass(frozen=True, slots=True)
class Case:
    """A question: its set, its half, its document; of each of the best clauses the logarithm of the score and
    the features, in a row, and whether it is right. `counts`: whether it is counted in what is printed."""

    asked: str
    split: str
    document: str
    rows: Table
    right: Sequence[bool]
    counts: bool = True


def main() -> None:
    require_residents()
    cases = read_cases()
    second = {path.stem for path in SECOND}
    chosen = [case for case in cases if case.split == "choose" and case.asked not in second]
    names = names_of(cases)
    print("choose, by score alone", *shares(chosen, np.eye(len(names))[0]))
    print("choose, as shipped    ", *shares(chosen, shipped(names)))
    print("choose, crossed       ", *crossed(chosen))
    for path, split in (*product(FRESH, ("looked at", "kept")), *product(SECOND, ("choose",))):
        of_set = [case for case in cases if (case.asked, case.split) == (path.stem, split)]
        print(f"{path.stem}, {split}", *shares(of_set, shipped(names)))
    weights = fitted(chosen)
    relative = (weights / weights[0]).round(2).tolist()
    print("fitted", *(f"{name} {weight}" for name, weight in zip(names, relative, strict=True)))
    if "--report" in sys.argv:
        reported = [case for case in cases if case.split == "report"]
        older = [case for case in reported if case.asked not in second]
        print("report, by score alone", *shares(older, np.eye(len(names))[0]))
        print("report, as shipped    ", *shares(older, shipped(names)))
        for asked in ("residents", "ten people", *sorted(second)):
            of_set = [case for case in reported if case.asked == asked]
            print(f"report, {asked}", *shares(of_set, shipped(names)))


def names_of(cases: Sequence[Case]) -> Sequence[str]:
    """The names of the columns: with vectors, there are cosines."""
    names = ("score", *Feature, *Near, ASKED)
    return names[: max(case.rows.shape[1] for case in cases)]


def shipped(names: Sequence[str]) -> Floats:
    """The weights as they stand, that of the score's logarithm being 1."""
    near = MODEL_WEIGHTS if read_settings().embedding_model_dir else TABLE_WEIGHTS
    weights = [1.0, *(WEIGHTS[feature] for feature in Feature), near.whole, near.sentence, ASKED_WEIGHT]
    return np.array(weights[: len(names)])


def read_cases() -> list[Case]:
    """Every answerable question of all sets."""
    settings = read_settings()
    kept = load_library(settings.knowledge_dir)
    library = Library.of(h.document for h in (*read_policies(POLICIES).holdings, *kept.holdings))
    words = plain_glossary()
    if "--without-near-words" in sys.argv:
        words = replace(words, near_words=None)
    thesaurus = THESAURUS.load(settings.knowledge_dir).value
    glossary = words if "--without-thesaurus" in sys.argv else replace(words, thesaurus=thesaurus)
    entries = list(entries_of(library))
    nearness = None if "--without-vectors" in sys.argv else nearness_among(entries, settings)
    is_asked = nearness is not None and "--without-questions" not in sys.argv
    if is_asked:
        glossary = with_questions(glossary, entries, library, settings)
    index = Index(entries, analyzer(settings), glossary=glossary, nearness=nearness)
    clauses, cases = library.clauses_by_id, []
    for split, questions in by_halves(read_questions(RESIDENTS)).items():
        for posed in (each for each in questions if each.evidence):
            ids, rows = index.witnessed(index.query(posed.text))
            right = [answers(posed, clauses[entry_id].text) for entry_id in ids]
            cases.append(Case("residents", split, posed.document, _table(rows), right))
    for path in (TEN_PEOPLE, *EXCEPTIONS, *FRESH):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            answering = row.get("clause_ids") or row["right"]
            ids, rows = index.witnessed(index.query(row.get("question") or row["q"]))
            document = library.by_id[answering[0].rpartition(":")[0]].document
            right = [entry_id in answering for entry_id in ids]
            asked = "ten people" if path == TEN_PEOPLE else path.stem
            counts = path not in EXCEPTIONS
            cases.append(Case(asked, row["split"], document.title, _table(rows), right, counts))
    for path in SECOND:
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            ids, rows = index.witnessed(index.query(row["q"]))
            right = [is_named(clauses[entry_id], row["right"]) for entry_id in ids]
            cases.append(Case(path.stem, row["split"], row["right"][0][0], _table(rows), right))
    return cases


def _table(rows: Sequence[Sequence[float]]) -> Table:
    return np.array(rows, np.float64) if rows else np.zeros((0, 1 + len(Feature)))


def shares(cases: Sequence[Case], weights: Floats) -> list[str]:
    """How often a right clause is first, within three, within ten."""
    found = [rank(case, weights) for case in cases if case.counts]
    return [f"{len(found)}:", *(f"{share_within(found, depth):.1%}" for depth in (1, 3, 10))]


def rank(case: Case, weights: Floats) -> int | None:
    """The rank of the first right clause among the best."""
    order = np.argsort(-(case.rows @ weights[: case.rows.shape[1]]), kind="stable").tolist()
    return next((place for place, n in enumerate(order, start=1) if case.right[n]), None)


def crossed(cases: Sequence[Case]) -> list[str]:
    """The same, each group of documents by weights that were fitted on the others."""
    found: list[int | None] = []
    for group in range(GROUPS):
        mine = [case for case in cases if case.counts and _group(case) == group]
        weights = fitted([case for case in cases if _group(case) != group])
        found += [rank(case, weights) for case in mine]
    return [f"{len(found)}:", *(f"{share_within(found, depth):.1%}" for depth in (1, 3, 10))]


def _group(case: Case) -> int:
    return zlib.crc32(case.document.encode()) // 7 % GROUPS


def fitted(cases: Sequence[Case]) -> Floats:
    """Weights that make right clauses likeliest to be first; questions without a right one teach nothing."""
    usable = [case for case in cases if any(case.right) and not all(case.right)]
    rows = np.zeros((len(usable), DEPTH, len(names_of(usable))))
    held, right = np.full(rows.shape[:2], -math.inf), np.full(rows.shape[:2], -math.inf)
    for n, case in enumerate(usable):
        size = len(case.right)
        rows[n, :size], held[n, :size] = case.rows, 0
        right[n, :size][np.array(case.right)] = 0
    spread = rows[held == 0].std(axis=0)
    rows = rows / spread
    weights, mean, square = (np.zeros(rows.shape[2]) for _ in range(3))
    for step in range(1, _STEPS + 1):  # Adam: Kingma and Ba (2015)
        scores = rows @ weights
        pull = _softmax(scores + held) - _softmax(scores + right)
        slope = np.einsum("ij,ijk->k", pull, rows) / len(rows) + RIDGE * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    found: Floats = weights / spread
    return found


def _softmax(scores: Table) -> Table:
    raised: Table = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Table = raised / raised.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
