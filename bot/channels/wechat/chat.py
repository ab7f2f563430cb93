"""What a chat remembers of a person between two messages."""

from pydantic import BaseModel, ConfigDict, ValidationError


class Chat(BaseModel):
    """What the next message may refer to.

    `rest` is what 更多 continues with, `choices` the questions that numbers stand for, `answer_id` what
    有用 and 没用 speak of, `site` the key of the site whose code was scanned.
    """

    model_config = ConfigDict(frozen=True)

    rest: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    answer_id: str | None = None
    site: str | None = None


def read_chat(saved: str | None) -> Chat:
    """The chat as it was saved; an empty one where nothing was, or an older version saved it otherwise."""
    try:
        return Chat.model_validate_json(saved) if saved else Chat()
    except ValidationError:
        return Chat()
