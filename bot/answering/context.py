"""The earlier turns of a conversation, as far as the next question may need them."""

from pydantic import BaseModel, ConfigDict, ValidationError

MOST_EXCHANGES = 8
"""Questions that are remembered; what is older is seldom meant."""


class Exchange(BaseModel):
    """A question and its outcome.

    `asked`: the question as typed, masked. `understood_as`: the complete question. `subject`, `aspect`: what
    a completed question is about, and what it asks about that. `clause_ids`: the quoted clauses, best first.
    `options`: the questions that were offered.
    """

    model_config = ConfigDict(frozen=True)

    asked: str
    understood_as: str
    status: str
    subject: tuple[str, ...] = ()
    aspect: str = ""
    clause_ids: tuple[str, ...] = ()
    options: tuple[str, ...] = ()

    @property
    def first_quoted(self) -> str | None:
        """The id of the clause that was quoted first."""
        return next(iter(self.clause_ids), None)


class Context(BaseModel):
    """The last exchanges, oldest first, and where the person lives if that was said."""

    model_config = ConfigDict(frozen=True)

    exchanges: tuple[Exchange, ...] = ()
    jurisdiction: tuple[str, ...] | None = None

    def followed_by(self, exchange: Exchange) -> "Context":
        """The context of the next question."""
        kept = (*self.exchanges, exchange)[-MOST_EXCHANGES:]
        return self.model_copy(update={"exchanges": kept})


NO_CONTEXT = Context()


def read_context(saved: str | None) -> Context:
    """The context as it was saved; empty if nothing was saved, or if it cannot be read."""
    try:
        return Context.model_validate_json(saved) if saved else NO_CONTEXT
    except ValidationError:
        return NO_CONTEXT
