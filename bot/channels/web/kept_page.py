"""A turn of a conversation, kept for half an hour: the Back button works, and no address holds a question."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.answer import Answer
from bot.channels.api.answers import AnswerModel
from bot.channels.desk import Desk

PAGE_LIFE = timedelta(minutes=30)
"""How long an answer can be shown again by its id."""

MOST_TURNS = 8
"""Turns of a conversation that its page shows: what the conversation remembers."""


class KeptPage(BaseModel):
    """A question, its answer, and the turns before it.

    `earlier` are the ids of the answers before in the same conversation, oldest first. `conversation_id` is
    kept sealed with the key of the service, and stands nowhere else in what is kept.
    """

    model_config = ConfigDict(frozen=True)

    answer: AnswerModel
    conversation_id: str
    earlier: tuple[str, ...] = ()

    @property
    def answer_id(self) -> str:
        """The id of the answer, and of the page."""
        return self.answer.answer_id


def page_of(answer: Answer, before: KeptPage | None = None) -> KeptPage:
    """The page of an answer that was just given.

    Args:
        before: the page on which the question was asked. It is ignored if its conversation is another one.
    """
    conversation_id = answer.conversation_id or ""
    kept = AnswerModel.of(answer).model_copy(update={"conversation_id": None})
    earlier: tuple[str, ...] = ()
    if before and conversation_id and before.conversation_id == conversation_id:
        earlier = (*before.earlier, before.answer_id)[-MOST_TURNS + 1 :]
    return KeptPage(answer=kept, conversation_id=conversation_id, earlier=earlier)


def keep(desk: Desk, page: KeptPage) -> bool:
    """Keeps a page for all workers; False: it could not be kept."""
    people, answer_id = desk.people(), page.answer_id
    sealed = people.sealed(page.conversation_id, answer_id) if page.conversation_id else ""
    kept = page.model_copy(update={"conversation_id": sealed})
    since = desk.clock.now() - PAGE_LIFE
    return desk.store.save_page(people.page_key(answer_id), kept.model_dump_json(), since)


def forget(desk: Desk, answer_id: str) -> None:
    """Empties the page of an answer, so that it cannot be shown again."""
    if answer_id:
        key = desk.people().page_key(answer_id)
        desk.store.save_page(key, "", desk.clock.now() - PAGE_LIFE)


def load(desk: Desk, answer_id: str, life: timedelta = PAGE_LIFE) -> KeptPage | None:
    """The page of an answer; None: there is none, it was forgotten, or its half hour is over."""
    people = desk.people()
    saved = desk.store.load_page(people.page_key(answer_id), desk.clock.now() - life)
    try:
        page = KeptPage.model_validate_json(saved) if saved else None
    except ValidationError:  # of another version
        return None
    if page is None or not page.conversation_id:
        return page
    opened = people.sealed(page.conversation_id, answer_id)
    return page.model_copy(update={"conversation_id": opened})


def turns_up_to(desk: Desk, page: KeptPage) -> list[KeptPage]:
    """The turns of a conversation up to a page, oldest first. Turns that are no longer kept are left out."""
    found = (load(desk, answer_id) for answer_id in page.earlier)
    return [*(turn for turn in found if turn is not None), page]
