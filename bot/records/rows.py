"""The values of the rows that are written for each thing."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import TextClause

from bot.records import statements
from bot.records.person import Person, as_letters
from bot.records.records import AnsweredMessage, Feedback, Kept, KeptQuestion, QuestionRecord, Receipt


def key_row(receipt: Receipt) -> dict[str, object]:
    """The row of a receipt. Its key is kept as a digest, because a message's own key may be long."""
    digest = hashlib.sha256(receipt.key.encode("utf-8", "surrogatepass")).digest()
    return {"person": receipt.person.key, "key": as_letters(digest)}


def question_of(thing: Kept) -> QuestionRecord | None:
    """The question of a thing; None: nothing was asked."""
    return thing.question if isinstance(thing, KeptQuestion) else thing.turn.question


def rows_of(things: Sequence[Kept], now: datetime) -> Iterator[tuple[TextClause, list[dict[str, object]]]]:
    """The other rows of some things, beside receipts and questions, always in the same order."""
    turns = [(thing.receipt.person, thing.turn) for thing in things if isinstance(thing, AnsweredMessage)]
    states = [
        thing.conversation for thing in things if isinstance(thing, KeptQuestion) and thing.conversation
    ]
    chats = [(person, turn.chat) for person, turn in turns if turn.chat is not None]
    yield statements.PUT_FEEDBACK, [feedback_row(turn.feedback, now) for _, turn in turns if turn.feedback]
    yield statements.WITHDRAW_FEEDBACK, [{"answer_id": turn.withdrawn} for _, turn in turns if turn.withdrawn]
    chats.sort(key=lambda chat: chat[0].key)
    yield statements.PUT_CHAT, [chat_row(person, state, now) for person, state in chats]
    states.sort(key=lambda state: state.key)
    yield statements.PUT_CONVERSATION, [{"key": each.key, "state": each.state, "now": now} for each in states]


def feedback_row(feedback: Feedback, now: datetime) -> dict[str, object]:
    """The row of a judgement of an answer."""
    return {
        "answer_id": feedback.answer_id,
        "helpful": feedback.helpful,
        "reason": feedback.reason.text if feedback.reason else None,
        "now": now,
    }


def chat_row(person: Person, state: str, now: datetime) -> dict[str, object]:
    """The row of the state that a person's next message needs."""
    return {"person": person.key, "channel": person.channel, "state": state, "now": now}


def question_row(record: QuestionRecord, now: datetime) -> dict[str, object]:
    """The row of a question."""
    return {
        "answer_id": record.answer_id,
        "channel": record.channel,
        "person": record.person.key if record.person else None,
        "question": record.question.text,
        "status": record.status,
        "clause_ids": list(record.clause_ids),
        "understood_as": record.understood_as,
        "jurisdiction": record.jurisdiction,
        "rejected": [
            {"clause_id": each.clause_id, "score": each.score, "reason": each.reason}
            for each in record.rejected
        ],
        "conversation": record.conversation,
        "now": now,
    }
