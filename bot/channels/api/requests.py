"""What programs may send to the JSON interface."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.answering.question import DEFAULT_PASSAGES, LONGEST_QUESTION, MOST_PASSAGES, question_text
from bot.errors import QuestionError


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
