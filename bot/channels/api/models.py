"""What crosses the wire of the JSON interface: the contract's requests and responses."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.answering.answer import Answer, Passage, Status
from bot.answering.question import DEFAULT_PASSAGES, LONGEST_QUESTION, MOST_PASSAGES, question_text
from bot.errors import QuestionError
from bot.policy.citation import Citation, Link
from bot.policy.clause import Clause, Slice
from bot.policy.document import Genre
from bot.policy.force.validity import LegalForce
from bot.search.explanation import ExpansionShare, Explanation, KnownShare, TermShare
from bot.search.spelling.candidates import Mistake
from bot.search.spelling.spelling import Change


def _question(typed: str) -> str:
    try:
        return question_text(typed)
    except QuestionError as error:
        raise ValueError(str(error)) from None


_Question = Annotated[
    str,
    AfterValidator(_question),
    Field(description=f"what a person wants to know, at most {LONGEST_QUESTION} characters"),
]
_Passages = Annotated[int, Field(ge=1, le=MOST_PASSAGES, description="passages wanted")]


class AskQuery(BaseModel):
    """The query string of `GET /api/v1/ask`."""

    model_config = ConfigDict(extra="forbid")

    q: _Question
    k: _Passages = DEFAULT_PASSAGES


class AskRequest(BaseModel):
    """The body of `POST /api/v1/ask`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: _Question
    k: _Passages = DEFAULT_PASSAGES


class SearchRequest(AskRequest):
    """The body of `POST /api/v1/search`."""

    explain: bool = Field(False, description="show every factor of every score")


class DocumentPath(BaseModel):
    """The path of a document."""

    document_id: str


class ClausePath(BaseModel):
    """The path of a clause."""

    clause_id: str


class PassageModel(BaseModel):
    """A whole clause, verbatim; highlights are [start, end] into its text, references lead on from it."""

    clause_id: str
    text: str
    context: tuple[Slice, ...]
    highlights: tuple[tuple[int, int], ...]
    score: float
    confidence: float
    citation: Citation
    references: tuple[Link, ...]

    @classmethod
    def of(cls, passage: Passage) -> "PassageModel":
        return cls(
            clause_id=passage.clause.clause_id,
            text=passage.clause.text,
            context=passage.clause.context,
            highlights=passage.highlights,
            score=passage.score,
            confidence=passage.confidence,
            citation=passage.citation,
            references=passage.references,
        )


class OptionModel(BaseModel):
    """One reading of an ambiguous question."""

    label: str
    question: str


class AnswerModel(BaseModel):
    """What is said to a question."""

    answer_id: str
    status: Status
    question: str
    understood_as: str
    message: str
    passages: list[PassageModel]
    options: list[OptionModel]
    suggestions: list[str]
    conversation_id: str | None
    elapsed_ms: float

    @classmethod
    def of(cls, answer: Answer) -> "AnswerModel":
        return cls(
            answer_id=answer.answer_id,
            status=answer.status,
            question=answer.question,
            understood_as=answer.understood_as,
            message=answer.message,
            passages=[PassageModel.of(passage) for passage in answer.passages],
            options=[],
            suggestions=list(answer.suggestions),
            conversation_id=None,
            elapsed_ms=answer.elapsed_ms,
        )


class FactorModel(BaseModel):
    """One reason for the score of a clause; the shares of all of them sum to it.

    `factor` says what it is: a `term` of the question, with its statistics; an `expansion`, a term of law
    that words of the question stand for by the rule `source` of the thesaurus; a `kind` of answer that is
    asked for and stated; a `known_question` that is nearly the one asked, similar by `weight`;
    the rank of the clause's `vector` among the nearest, empty where it is far.
    """

    factor: Literal["term", "expansion", "kind", "known_question", "vector"]
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
        if dense := explanation.dense:
            rows.append(cls(factor="vector", term=str(dense.rank or ""), share=dense.share))
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
    """A ranked clause; `rejected` says why it is not quoted, null where it is."""

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
    """A stretch of the folded question that was read as another word, and what else it might have been."""

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


class ClauseRow(BaseModel):
    """Where a clause stands in its document."""

    clause_id: str
    label: str
    start: int
    end: int

    @classmethod
    def of(cls, clause: Clause) -> "ClauseRow":
        return cls.model_validate(clause, from_attributes=True)


class DocumentSummary(BaseModel):
    """What is known of a document."""

    document_id: str
    title: str
    issuers: list[str]
    document_number: str | None
    genre: Genre | None
    reports_on: str | None
    jurisdiction: str | None
    audience: list[str]
    signed_on: date | None
    published_on: date | None
    effective_on: date | None
    expires_on: date | None
    supersedes: list[str]
    contact: str | None
    source: str | None
    source_url: str | None
    legal_force: LegalForce
    superseded_by: list[str]
    digest: str


class DocumentModel(DocumentSummary):
    """A document with its text and the places of its clauses."""

    text: str
    clauses: list[ClauseRow]


class DocumentsResponse(BaseModel):
    """Every document that is held."""

    documents: list[DocumentSummary]


class ClauseModel(BaseModel):
    """A clause with its citation, and what it refers to."""

    clause_id: str
    label: str
    text: str
    start: int
    end: int
    context: tuple[Slice, ...]
    citation: Citation
    references: tuple[Link, ...]

    @classmethod
    def of(cls, clause: Clause, citation: Citation, references: tuple[Link, ...]) -> "ClauseModel":
        return cls(
            clause_id=clause.clause_id,
            label=clause.label,
            text=clause.text,
            start=clause.start,
            end=clause.end,
            context=clause.context,
            citation=citation,
            references=references,
        )


class Health(BaseModel):
    """Whether the process runs, or the index is loaded."""

    status: str


class ProblemRow(BaseModel):
    """One field that is not usable."""

    field: str
    problem: str


class Problem(BaseModel):
    """What went wrong, as RFC 9457 lays it out."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[ProblemRow] | None = None
