"""Whether rules of the thesaurus help: ranks are compared with each rule and without it.

A rule is tried on questions of its own subject and of others alike: on every question in which it finds its
expression. What it does is seen where the right clause stands with the rule and without it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.errors import CollectionError
from bot.search.query import Query
from bot.search.searcher import Searcher

DEPTH = 30
"""Hits among which the right clause is looked for; beyond, it counts as the next rank."""

HURTS = 0.1
"""What a rule must take from the reciprocal ranks, in all, to be told of: third instead of second is 0.17."""


_FORM = '{"question": "…", "clause_ids": ["…"]}'


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question, and the ids of the clauses that answer it."""

    text: str
    clause_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of a rule on a question: the rank of the first right clause without it and with it."""

    question: str
    said: str
    without: int
    with_it: int

    @property
    def gain(self) -> float:
        """The gain in reciprocal rank."""
        return 1 / self.with_it - 1 / self.without


@dataclass(slots=True)
class Trial:
    """A line of the thesaurus, `file:line`, and its effect on each question that it applies to."""

    source: str
    effects: list[Effect] = field(default_factory=list)

    @property
    def gain(self) -> float:
        """The gain in reciprocal ranks over all questions."""
        return sum(effect.gain for effect in self.effects)

    @property
    def helped(self) -> int:
        """The number of questions that it helps."""
        return sum(effect.gain > 0 for effect in self.effects)

    @property
    def hurt(self) -> tuple[Effect, ...]:
        """The effects on questions that it hurts, worst first."""
        return tuple(sorted((each for each in self.effects if each.gain < 0), key=lambda each: each.gain))

    @property
    def hurts(self) -> bool:
        """Whether it does more harm than good."""
        return self.gain <= -HURTS


def read_judged(path: Path) -> list[JudgedQuestion]:
    """The questions of a .jsonl file, a line each: {"question": "…", "clause_ids": ["…"]}.

    Raises:
        CollectionError: a line is no such question, or there is none.
    """
    questions = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            judged = JudgedQuestion(row["question"], frozenset(row["clause_ids"]))
        except (ValueError, KeyError, TypeError):
            judged = JudgedQuestion("", frozenset())
        if not isinstance(judged.text, str) or not judged.text or not judged.clause_ids:
            raise CollectionError(
                f'{path}:{number}: is no question; write {{"question": "…", "clause_ids": ["…"]}}'
            )
        questions.append(judged)
    if not questions:
        raise CollectionError(f"file '{path}': holds no question; write one a line")
    return questions


def trials(searcher: Searcher, questions: Iterable[JudgedQuestion]) -> list[Trial]:
    """A trial of each line that applies to some of the questions, the most harmful first."""
    found: dict[str, Trial] = {}
    for judged in questions:
        query = searcher.query(judged.text)
        with_all = _rank(searcher, query, judged)
        for source, said in _sources(query).items():
            kept = tuple(group for group in query.expansions if group[0].source != source)
            without = _rank(searcher, replace(query, expansions=kept), judged)
            trial = found.setdefault(source, Trial(source))
            trial.effects.append(Effect(judged.text, said, without, with_all))
    return sorted(found.values(), key=lambda trial: (trial.gain, trial.source))


def _sources(query: Query) -> dict[str, str]:
    """The lines that apply to a query, each with the expressions it found."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for group in query.expansions:
        said[group[0].source].append(group[0].said)
    return {source: "、".join(each) for source, each in said.items()}


def _rank(searcher: Searcher, query: Query, judged: JudgedQuestion) -> int:
    """The rank of the first right clause."""
    ids = [hit.entry_id for hit in searcher.search(query, DEPTH)]
    return next((rank for rank, each in enumerate(ids, start=1) if each in judged.clause_ids), DEPTH + 1)
