"""The contract of the records, which every implementation keeps: SQLite, PostgreSQL, and both kept steady."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.records.database import Database, Work
from bot.records.masking import mask
from bot.records.person import departure_mark
from bot.records.records import (
    AnsweredMessage,
    ConversationState,
    DeletedRows,
    Feedback,
    KeptQuestion,
    Receipt,
    RejectedClause,
    Reply,
    Store,
    Turn,
)
from bot.records.sql import SqlRecords
from bot.records.steady import SteadyRecords
from tests.records.clocks import SetClock
from tests.records.examples import OTHER, PERSON, asked, receipt, turn

Rows = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture(params=["plain", "steady"])
def kept(request: pytest.FixtureRequest, records: SqlRecords, clock: SetClock) -> Store:
    """The records as a channel is handed them."""
    return records if request.param == "plain" else SteadyRecords(records, clock)


def test_a_new_message_has_no_reply(kept: Store) -> None:
    """Whoever asks first has to answer it."""
    assert kept.load_reply(receipt()) is None


def test_a_repeat_gets_the_reply(kept: Store) -> None:
    """Word for word, with its status."""
    kept.finish(receipt(), turn("您好😀\n第二行"))

    assert kept.load_reply(receipt()) == Reply("您好😀\n第二行", "answered")


def test_an_empty_reply_is_a_reply(kept: Store) -> None:
    """Some messages are answered with nothing."""
    kept.finish(receipt(), Turn(Reply("", "ignored")))

    assert kept.load_reply(receipt()) == Reply("", "ignored")


@pytest.mark.parametrize(
    "another",
    [
        receipt("2"),  # another message of the same person
        receipt("1", OTHER),  # the same number from somebody else
        receipt("1" * 100_000),  # whatever a message brings fits
        receipt("\x00\ud800"),  # even what is no text
    ],
    ids=["message", "person", "long", "no text"],
)
def test_another_message_is_another_receipt(kept: Store, another: Receipt) -> None:
    """A receipt belongs to one message of one person."""
    kept.finish(receipt(), turn())

    assert kept.load_reply(another) is None
    kept.finish(another, turn("乙", "a2"))
    assert kept.load_reply(another) == Reply("乙", "answered")


def test_the_first_reply_is_the_reply(kept: Store, rows: Rows) -> None:
    """Who was only slow, and finds another has replied, sends the same; nothing counts twice."""
    assert kept.finish(receipt(), turn("甲", "a1")).text == "甲"
    assert kept.finish(receipt(), replace(turn("乙", "a2"), chat="later")).text == "甲"

    assert rows("answer_id FROM questions") == [("a1",)]
    assert kept.load_chat(PERSON) == turn().chat


def test_a_message_that_a_version_before_left_unanswered_is_answered(
    kept: Store, database: Database, rows: Rows
) -> None:
    """Those versions made the row of a message before its reply, and some died in between."""
    kept.finish(receipt(), turn("甲", "a1"))
    with database.begin(Work.WRITE) as connection:
        connection.exec_driver_sql("UPDATE receipts SET reply = NULL, status = NULL")

    assert kept.load_reply(receipt()) is None
    assert kept.finish(receipt(), turn("乙", "a2")).text == "乙"
    assert rows("reply FROM receipts") == [("乙",)]


def test_several_things_are_kept_at_once(kept: Store, rows: Rows) -> None:
    """Messages and questions in one transaction; of a message that was answered before, nothing."""
    kept.finish(receipt("1"), turn("甲", "a1"))
    again, new = (AnsweredMessage(receipt(key), turn("乙", f"b{key}")) for key in "12")

    assert list(kept.remember([again, KeptQuestion(asked("a9", None)), new])) == [False, True, True]

    assert rows("answer_id FROM questions") == [("a1",), ("a9",), ("b2",)]
    assert kept.load_reply(receipt("2")) == Reply("乙", "answered")


def test_what_a_message_says_of_an_answer_is_kept_with_it(kept: Store, rows: Rows) -> None:
    """And so is that it takes it back."""
    kept.remember_question(asked("a1"))
    thanks = Turn(Reply("谢谢", "talk"), feedback=Feedback("a1", helpful=True))
    kept.finish(receipt("1"), thanks)
    assert rows("answer_id, helpful FROM feedback") == [("a1", True)]

    kept.finish(receipt("2"), Turn(Reply("好的", "talk"), withdrawn="a1"))
    assert rows("answer_id FROM feedback") == []


def test_a_turn_is_kept_whole(kept: Store, rows: Rows) -> None:
    """Receipt, question and chat, in one transaction."""
    kept.finish(receipt(), turn())

    assert kept.load_chat(PERSON) == '{"more": 3}'
    assert rows("answer_id, channel, person, question, status FROM questions") == [
        ("a1", "wechat", PERSON.key, "公积金怎么提取", "answered")
    ]


def test_a_question_without_a_receipt_is_kept(kept: Store, rows: Rows) -> None:
    """As the JSON interface has them: of nobody."""
    kept.remember_question(asked("a9", None))

    assert rows("answer_id, person FROM questions") == [("a9", None)]


def test_a_conversation_is_kept_with_its_question_and_expires(kept: Store, clock: SetClock) -> None:
    """The state of the latest question, for as long as it is young enough."""
    kept.remember_question(asked("a1", None), ConversationState("key", "first"))
    kept.remember_question(asked("a2", None), ConversationState("key", "second"))
    asked_at = clock.now()

    assert kept.load_conversation("key", asked_at) == "second"
    assert kept.load_conversation("another", asked_at) is None
    assert kept.load_conversation("key", asked_at + timedelta(seconds=1)) is None


def test_what_came_of_a_question_is_kept_whole(kept: Store, rows: Rows) -> None:
    """How it was understood, for which place, and what was found and not quoted."""
    rejected = (RejectedClause("厦门:p3", 4.2, "rank is beyond 1"),)
    question = replace(
        asked(),
        understood_as="公积金怎么提取",
        jurisdiction="福建省厦门市",
        rejected=rejected,
        conversation="key",
    )

    kept.remember_question(question)

    ((understood_as, jurisdiction, found, conversation),) = rows(
        "understood_as, jurisdiction, rejected, conversation FROM questions"
    )
    assert (understood_as, jurisdiction, conversation) == ("公积金怎么提取", "福建省厦门市", "key")
    found = json.loads(found) if isinstance(found, str) else found
    assert found == [{"clause_id": "厦门:p3", "score": 4.2, "reason": "rank is beyond 1"}]


def test_the_latest_feedback_counts(kept: Store, rows: Rows) -> None:
    """A resident may change their mind."""
    kept.remember_question(asked())

    assert kept.remember_feedback(Feedback("a1", True))
    assert kept.remember_feedback(Feedback("a1", False, mask("打 13800138000 没人接")))
    assert [(bool(helpful), reason) for helpful, reason in rows("helpful, reason FROM feedback")] == [
        (False, "打 手机号*** 没人接")
    ]


def test_feedback_on_nothing_is_not_kept(kept: Store, rows: Rows) -> None:
    """Nobody fills the database with answers that were never given."""
    assert not kept.remember_feedback(Feedback("made-up", True))
    assert rows("* FROM feedback") == []


def test_a_chat_is_remembered_per_person(kept: Store) -> None:
    """The last state that was saved, and nothing of anybody else."""
    kept.save_chat(PERSON, "一")
    kept.save_chat(PERSON, "二")

    assert kept.load_chat(PERSON) == "二"
    assert kept.load_chat(OTHER) is None


def test_what_is_no_text_is_kept_as_far_as_it_is(kept: Store) -> None:
    """NUL and half surrogate pairs, which PostgreSQL refuses, are replaced."""
    kept.save_chat(PERSON, "甲\x00乙\ud800丙😀")

    assert kept.load_chat(PERSON) == "甲\ufffd乙\ufffd丙😀"


def test_a_person_is_deleted_entirely(kept: Store, rows: Rows) -> None:
    """Receipts, questions, feedback on their answers, chat; nothing of anybody else."""
    for person, answer_id in ((PERSON, "a1"), (OTHER, "a2")):
        kept.finish(receipt("1", person), turn("您好", answer_id, person))
        kept.remember_feedback(Feedback(answer_id, True))

    assert kept.delete_person(PERSON) == DeletedRows(1, 1, 1, 1)
    assert rows("person FROM receipts") == rows("person FROM chats") == [(OTHER.key,)]
    assert rows("answer_id FROM questions") == rows("answer_id FROM feedback") == [("a2",)]
    assert kept.delete_person(PERSON) == DeletedRows()


def test_who_is_deleted_while_being_answered_stays_deleted(kept: Store, clock: SetClock, rows: Rows) -> None:
    """An answer that comes late is given, and not kept."""
    begun = Receipt(PERSON, "1", clock.now())
    clock.pass_by(1)
    kept.delete_person(PERSON)
    clock.pass_by(1)

    assert kept.finish(begun, turn()) == turn().reply
    assert rows("* FROM receipts") == rows("* FROM questions") == rows("* FROM chats") == []


def test_who_comes_back_is_welcome(kept: Store, clock: SetClock, rows: Rows) -> None:
    """A departure concerns what was being answered then."""
    kept.delete_person(PERSON)
    clock.pass_by(1)

    kept.finish(Receipt(PERSON, "1", clock.now()), turn())

    assert rows("person FROM chats") == [(PERSON.key,)]


def test_a_departure_is_forgotten_like_all_else(kept: Store, clock: SetClock, rows: Rows) -> None:
    """With what is as old."""
    kept.delete_person(PERSON)
    kept.forget_before(clock.now())
    assert rows("mark FROM departures") == [(departure_mark(PERSON.key),)]
    clock.pass_by(1)
    kept.forget_before(clock.now())
    assert rows("mark FROM departures") == []


def test_what_is_older_than_a_moment_is_forgotten(kept: Store, clock: SetClock, rows: Rows) -> None:
    """And only that; a second time there is nothing left to forget."""
    for answer_id in ("old", "new"):
        kept.finish(receipt(answer_id), turn("您好", answer_id))
        kept.remember_feedback(Feedback(answer_id, True))
        clock.pass_by(60)
    moment = clock.now() - timedelta(seconds=60)

    assert kept.forget_before(moment) == DeletedRows(receipts=1, feedback=1, questions=1, chats=0)
    assert rows("answer_id FROM questions") == [("new",)]
    assert kept.load_chat(PERSON) is not None  # saved anew with the second message
    assert kept.forget_before(moment) == DeletedRows()


def test_feedback_can_be_withdrawn(kept: Store, rows: Rows) -> None:
    """Nothing is left of it; the question stays."""
    kept.remember_question(asked())
    kept.remember_feedback(Feedback("a1", helpful=False, reason=mask("太旧")))

    kept.withdraw_feedback("a1")
    kept.withdraw_feedback("never given")

    assert rows("answer_id FROM feedback") == []
    assert rows("answer_id FROM questions") == [("a1",)]


def test_a_page_is_shown_again_for_a_while(kept: Store, clock: SetClock, rows: Rows) -> None:
    """Then it is deleted with the next one that is kept."""
    life = timedelta(minutes=30)
    assert kept.save_page("k1", "页", clock.now() - life)
    clock.pass_by(life.total_seconds() - 1)
    assert kept.load_page("k1", clock.now() - life) == "页"
    clock.pass_by(2)

    assert kept.load_page("k1", clock.now() - life) is None
    assert kept.load_page("k2", clock.now() - life) is None
    kept.save_page("k2", "另一页", clock.now() - life)
    assert rows("key FROM pages") == [("k2",)]


def test_records_that_can_be_read_answer_a_ping(kept: Store) -> None:
    """As readiness asks."""
    assert kept.ping()


def test_what_has_been_kept_long_enough_goes_by_itself(
    database: Database, clock: SetClock, rows: Rows
) -> None:
    """Once a day, with the first thing that is asked of the records."""
    records = SqlRecords(database, clock, keep_days=180)
    records.remember_question(asked("a1"))
    clock.pass_by(180 * 86400)
    records.remember_question(asked("a2"))
    assert rows("answer_id FROM questions") == [("a1",), ("a2",)]

    clock.pass_by(86400)
    assert records.ping()
    assert rows("answer_id FROM questions") == [("a2",)]


def test_hostile_words_are_only_words(kept: Store, rows: Rows) -> None:
    """Nothing that is kept is ever part of a statement."""
    hostile = "'); DROP TABLE questions; -- :person %(person)s"
    kept.finish(receipt(hostile), Turn(Reply(hostile, "answered"), asked(), hostile))

    assert kept.load_reply(receipt(hostile)) == Reply(hostile, "answered")
    assert kept.load_chat(PERSON) == hostile
    assert len(rows("* FROM questions")) == 1
