"""An answer as JSON, as the contract describes it."""

from pydantic import BaseModel
from pydantic_core import to_json

from bot.answering.answer import Answer, Passage, Status
from bot.channels.api.splicing import compressed_middle, spliced
from bot.policy.citation import Citation, Link
from bot.policy.clause import Slice

_OWN = {"answer_id", "conversation_id", "elapsed_ms"}
"""The fields that differ from asker to asker. They stand at the edges of the JSON: the rest is shared."""


def answer_json(answer: Answer) -> bytes:
    """An answer as JSON. The part that all its askers share is written once and kept."""
    before, behind = _edges(answer)
    return before + _shared(answer) + behind


def answer_gzip(answer: Answer) -> bytes:
    """The same, compressed. The part that all its askers share is compressed once and kept."""
    shared, middle = _shared(answer), answer.forms.get("api gzip")
    if middle is None:
        middle = answer.forms["api gzip"] = compressed_middle(shared)
    before, behind = _edges(answer)
    return spliced(before + shared + behind, before, middle, behind)


def _shared(answer: Answer) -> bytes:
    """The part of the JSON that is the same for all askers."""
    shared = answer.forms.get("api")
    if shared is None:
        shared = AnswerModel.of(answer).model_dump_json(exclude=_OWN)[1:-1].encode()
        answer.forms["api"] = shared
    return shared


def _edges(answer: Answer) -> tuple[bytes, bytes]:
    """The fields of one asker: those before the shared part, and those behind it."""
    conversation_id, elapsed_ms = to_json(answer.conversation_id), to_json(answer.elapsed_ms)
    return (
        b'{"answer_id":%b,' % to_json(answer.answer_id),
        b',"conversation_id":%b,"elapsed_ms":%b}' % (conversation_id, elapsed_ms),
    )


class PassageModel(BaseModel):
    """A whole clause, word for word.

    Highlights are [start, end] into its text. References lead to the clauses and documents that it names.
    """

    clause_id: str
    text: str
    context: tuple[Slice, ...]
    highlights: tuple[tuple[int, int], ...]
    score: float
    confidence: float
    citation: Citation
    references: tuple[Link, ...]
    sentence: tuple[int, int] | None
    part: str | None

    @classmethod
    def of(cls, passage: Passage) -> "PassageModel":
        return cls.model_construct(  # our own values: nothing is to be checked, or copied
            clause_id=passage.clause.clause_id,
            text=passage.clause.text,
            context=passage.context,
            highlights=passage.highlights,
            score=passage.score,
            confidence=passage.confidence,
            citation=passage.citation,
            references=passage.references,
            sentence=passage.sentence,
            part=passage.part,
        )


class OptionModel(BaseModel):
    """One reading of an ambiguous question."""

    label: str
    question: str


class AnswerModel(BaseModel):
    """The answer to a question."""

    answer_id: str
    status: Status
    question: str
    understood_as: str
    message: str
    passages: list[PassageModel]
    options: list[OptionModel]
    suggestions: list[str]
    missing: str | None
    conversation_id: str | None
    elapsed_ms: float

    @classmethod
    def of(cls, answer: Answer) -> "AnswerModel":
        return cls.model_construct(
            answer_id=answer.answer_id,
            status=answer.status,
            question=answer.question,
            understood_as=answer.understood_as,
            message=answer.message,
            passages=[PassageModel.of(passage) for passage in answer.passages],
            options=[OptionModel(label=option.label, question=option.question) for option in answer.options],
            suggestions=list(answer.suggestions),
            missing=answer.missing,
            conversation_id=answer.conversation_id,
            elapsed_ms=answer.elapsed_ms,
        )
