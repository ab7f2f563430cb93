"""What a chat remembers of a person between two messages."""

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.context import NO_CONTEXT, Context


class Memory(BaseModel):
    """What the next message may refer to.

    `rest`: the pieces that 更多 continues with. `choices`: the questions that numbers stand for.
    `answer_id`: the answer that 有用 and 没用 judge; `awaits_reason`: 没用 was said, and not yet why. `site`:
    key of the site whose code was scanned. `context`: what was said before.
    """

    model_config = ConfigDict(frozen=True)

    rest: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    answer_id: str | None = None
    awaits_reason: bool = False
    site: str | None = None
    context: Context = NO_CONTEXT


def read_memory(saved: str | None) -> Memory:
    """The memory as it was saved; an empty one where nothing was saved, or where it cannot be read."""
    try:
        return Memory.model_validate_json(saved) if saved else Memory()
    except ValidationError:
        return Memory()
