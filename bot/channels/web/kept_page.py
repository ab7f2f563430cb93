"""The page of an answer, kept for half an hour: Back works, and no address holds a question."""

from datetime import timedelta

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answering.answer import Answer, Status
from bot.channels.desk import Desk

PAGE_LIFE = timedelta(minutes=30)
"""How long an answer can be shown again by its id."""


class KeptPage(BaseModel):
    """What the page of an answer is made of.

    `fragment` is the answer as HTML. `conversation_id` is kept sealed with the key of the service.
    """

    model_config = ConfigDict(frozen=True)

    answer_id: str
    status: Status
    question: str
    fragment: str
    conversation_id: str

    @property
    def can_be_judged(self) -> bool:
        """Whether it makes sense to ask if this helped."""
        return self.status in (Status.ANSWERED, Status.RELATED, Status.NOT_FOUND, Status.NOT_IN_FORCE)


def page_of(answer: Answer, fragment: str) -> KeptPage:
    """The page of an answer that was just given."""
    return KeptPage(
        answer_id=answer.answer_id,
        status=answer.status,
        question=answer.question,
        fragment=fragment,
        conversation_id=answer.conversation_id or "",
    )


def keep(desk: Desk, page: KeptPage) -> bool:
    """Keeps a page, for all workers; False where it cannot be kept."""
    people, answer_id = desk.people(), page.answer_id
    sealed = people.sealed(page.conversation_id, answer_id) if page.conversation_id else ""
    kept = page.model_copy(update={"conversation_id": sealed})
    since = desk.clock.now() - PAGE_LIFE
    return desk.store.save_page(people.page_key(answer_id), kept.model_dump_json(), since)


def load(desk: Desk, answer_id: str) -> KeptPage | None:
    """The page of an answer; None where there was none, or half an hour has passed."""
    people = desk.people()
    saved = desk.store.load_page(people.page_key(answer_id), desk.clock.now() - PAGE_LIFE)
    try:
        page = KeptPage.model_validate_json(saved) if saved else None
    except ValidationError:  # of another version
        return None
    if page is None or not page.conversation_id:
        return page
    opened = people.sealed(page.conversation_id, answer_id)
    return page.model_copy(update={"conversation_id": opened})
