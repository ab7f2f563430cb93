"""What the channels over HTTP keep of a question: what came of it, without any number of a person."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.records.records import QuestionRecord
from tests.channels.conftest import client_of, closed
from tests.channels.wire import BONUS, COOKING, ask
from tests.fake_records import FakeRecords

PHONE = "13800138000"


@pytest.fixture
def records() -> FakeRecords:
    """Records that can be looked into."""
    return FakeRecords()


@pytest.fixture
def watched(desk: Desk, records: FakeRecords) -> FlaskClient:
    """A client of a service with these records."""
    return client_of(replace(desk, store=records))


def test_a_question_to_the_interface_is_kept_with_what_came_of_it(
    watched: FlaskClient, records: FakeRecords
) -> None:
    """Under the id of its answer, with the clauses that were quoted, best first."""
    answer = ask(watched, BONUS)

    (kept,) = records.asked
    assert (kept.answer_id, kept.channel, kept.person) == (answer["answer_id"], "api", None)
    assert (kept.question.text, kept.status) == (BONUS, "answered")
    assert list(kept.clause_ids) == [passage["clause_id"] for passage in answer["passages"]]


def test_a_question_on_the_page_is_kept_too(watched: FlaskClient, records: FakeRecords) -> None:
    """A refusal as well: staff see what people look for in vain."""
    watched.post("/ask", data={"q": COOKING})

    (kept,) = records.asked
    assert (kept.channel, kept.status, list(kept.clause_ids)) == ("web", "not_found", [])


def test_a_number_of_a_person_is_masked_before_anything_is_kept(
    watched: FlaskClient, records: FakeRecords
) -> None:
    """The answer says so, and the number stands nowhere in it either."""
    answer = ask(watched, f"我电话{PHONE}，{BONUS}")

    assert answer["message"].startswith("为保护您的隐私，问题里的手机号已经隐去")
    assert PHONE not in repr(answer) + repr(records.asked)


def test_a_question_that_fails_or_comes_during_maintenance_is_kept(
    desk: Desk, records: FakeRecords, broken_desk: Desk
) -> None:
    """With the status it got."""
    for condition in (closed(desk), broken_desk):
        client_of(replace(condition, store=records)).get(f"/api/v1/ask?q={BONUS}{PHONE}")

    assert [_outcome(kept) for kept in records.asked] == [
        ("maintenance", f"{BONUS}手机号***"),
        ("failed", f"{BONUS}手机号***"),
    ]


def _outcome(kept: QuestionRecord) -> tuple[str, str]:
    return kept.status, kept.question.text
