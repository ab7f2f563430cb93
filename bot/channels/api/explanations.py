"""The ranking behind an answer as JSON, for staff."""

from typing import Literal

from pydantic import BaseModel

from bot.search.explanation import ExpansionShare, Explanation, KnownShare, TermShare
from bot.search.spelling.candidates import Mistake
from bot.search.spelling.spelling import Change


class FactorModel(BaseModel):
    """One reason for the score of a clause; the shares of all of them sum to it.

    `factor` says what it is: a `term` of the question, with its statistics; an `expansion`, a term of law
    that words of the question stand for by the rule `source` of the thesaurus; a `kind` of answer that is
    asked for and stated; a `known_question` that is nearly the same, similar by `weight`; the `witness` of
    its own words, by which the best are put in order, and of its vector where an embedding model is set.
    """

    factor: Literal["term", "expansion", "kind", "known_question", "witness"]
    term: str
    occurrences: int | None = None
    tf: int | None = None
    idf: float | None = None
    length_norm: float | None = None
    said: str | None = None
    source: str | None = None
    weight: float | None = None
    share: float

    @classmethod
    def all_of(cls, explanation: Explanation) -> "list[FactorModel]":
        """Every row of an explanation."""
        rows = [cls._of_term(row) for row in explanation.terms]
        rows += [cls._of_expansion(row) for row in explanation.expansions]
        rows += [cls(factor="kind", term=row.kind, share=row.share) for row in explanation.kinds]
        rows += [cls._of_known(row) for row in explanation.known]
        if witness := explanation.witness:
            found = " · ".join(f"{name} {value:.2f}" for name, value in witness.features)
            rows.append(cls(factor="witness", term=found, share=witness.share))
        return rows

    @classmethod
    def _of_term(cls, row: TermShare) -> "FactorModel":
        weight = row.weight
        return cls(
            factor="term",
            term=row.term,
            occurrences=row.occurrences,
            tf=weight.tf,
            idf=weight.idf,
            length_norm=weight.length_norm,
            share=row.share,
        )

    @classmethod
    def _of_expansion(cls, row: ExpansionShare) -> "FactorModel":
        e = row.expansion
        return cls(
            factor="expansion", term=e.term, said=e.said, source=e.source, weight=e.weight, share=row.share
        )

    @classmethod
    def _of_known(cls, row: KnownShare) -> "FactorModel":
        recognized = row.recognized
        return cls(
            factor="known_question",
            term=recognized.known.text,
            weight=recognized.similarity,
            share=row.share,
        )


class HitModel(BaseModel):
    """A ranked clause. `rejected` is the reason against quoting it; null: it is quoted."""

    rank: int
    clause_id: str
    title: str
    label: str
    text: str
    score: float
    confidence: float
    rejected: str | None
    explanation: list[FactorModel] | None


class ChangeModel(BaseModel):
    """A stretch of the folded question that was corrected, and the other words that it might mean."""

    start: int
    end: int
    typed: str
    meant: str
    mistake: Mistake
    alternatives: list[str]

    @classmethod
    def of(cls, change: Change) -> "ChangeModel":
        return cls.model_validate(change, from_attributes=True)


class SearchResponse(BaseModel):
    """The ranking behind an answer."""

    question: str
    understood_as: str
    changes: list[ChangeModel]
    terms: list[str]
    hits: list[HitModel]
    rejected: list[HitModel]
