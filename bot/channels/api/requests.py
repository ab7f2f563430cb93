"""The requests that programs may send to the JSON interface."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.answering.question import DEFAULT_PASSAGES, FURTHER, LONGEST_QUESTION, MOST_PASSAGES, question_text
from bot.errors import QuestionError

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _question(typed: str) -> str:
    try:
        return question_text(typed)
    except QuestionError as error:
        raise ValueError(str(error)) from None


def _day(sent: object) -> object:
    """Lets only ISO days pass: pydantic would take numbers for seconds since 1970."""
    if isinstance(sent, str) and _ISO_DAY.fullmatch(sent):
        return sent
    if sent is None or isinstance(sent, date):
        return sent
    raise ValueError("不是日期，请写成 2026-03-01 这样")


_Question = Annotated[
    str,
    AfterValidator(_question),
    Field(
        description=f"what a person wants to know, at most {LONGEST_QUESTION} characters",
        json_schema_extra={"minLength": 1},  # what is left of it; the validator tells
    ),
]
_Passages = Annotated[
    int,
    Field(
        ge=1,
        le=MOST_PASSAGES,
        description="passages wanted, at most; without it 3, and 5 where the status is `related`",
    ),
]


_Jurisdiction = Annotated[
    str | None,
    Field(max_length=60, description="where the asker lives: full name, unique short name or code"),
]
_AsOf = Annotated[
    date | None,
    Field(strict=False, description="the day for which the answer is wanted"),
    BeforeValidator(_day),
]
_ConversationId = Annotated[
    str | None, Field(max_length=64, description="of the answer before, to go on with the conversation")
]
_Site = Annotated[str | None, Field(max_length=60, description="key of a site in sites.yaml")]


class AskQuery(BaseModel):
    """The query string of `GET /api/v1/ask`."""

    model_config = ConfigDict(extra="forbid")

    q: _Question
    k: _Passages = DEFAULT_PASSAGES


class SearchRequest(BaseModel):
    """The body of `POST /api/v1/search`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: _Question
    k: _Passages = DEFAULT_PASSAGES
    explain: bool = Field(False, description="show every factor of every score")


class AskRequest(BaseModel):
    """The body of `POST /api/v1/ask`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: _Question
    k: _Passages = DEFAULT_PASSAGES
    jurisdiction: _Jurisdiction = None
    as_of: _AsOf = None
    conversation_id: _ConversationId = None
    site: _Site = None


def further(sent: AskQuery | AskRequest) -> int:
    """How many clauses more than k may be shown if nothing answers: none if the client sets k."""
    return 0 if "k" in sent.model_fields_set else FURTHER


class FeedbackRequest(BaseModel):
    """The body of `POST /api/v1/feedback`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    answer_id: str = Field(min_length=1, max_length=40, description="of the answer")
    helpful: bool = Field(description="whether it helped")
    reason: str | None = Field(None, max_length=500, description="why, in the person's own words")


class FeedbackResponse(BaseModel):
    """Whether the feedback was kept. It is not kept if there is no such answer."""

    kept: bool


class DocumentPath(BaseModel):
    """The path of a document."""

    document_id: str


class ClausePath(BaseModel):
    """The path of a clause."""

    clause_id: str
