"""What the channels over HTTP keep of a question: what came of it, without any number of a person."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.assembly import store_of
from bot.channels.desk import Desk
from bot.channels.wechat.account import Platform
from bot.channels.wechat.translation import manner_of
from bot.chat.events import Words
from bot.chat.reception import Delivery, Reception
from bot.records.records import QuestionRecord
from tests.channels.conftest import client_of, closed
from tests.channels.wire import BONUS, COOKING, ask
from tests.fake_records import FakeRecords

PHONE = "13800138000"
CARD = "11010519491231002X"
"""The identity card of the standard's own example, GB 11643-1999."""

PERSONAL = [PHONE, "138 0013 8000", "１３８００１３８０００", CARD, "110105 19491231 002X"]


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


@dataclass(frozen=True)
class Service:
    """A service with records on a disk of its own, and one person in its chat."""

    client: FlaskClient
    reception: Reception
    folder: Path

    def chat(self, words: str) -> str:
        """The reply to words in the chat."""
        return self.reception.reply(Delivery("oA1", words, Words(words))) or ""

    def files(self) -> bytes:
        """All that is on the disk."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file())


@pytest.fixture
def on_disk(desk: Desk, tmp_path: Path) -> Service:
    """A service whose DATA_DIR can be looked into."""
    store = store_of(desk.settings.model_copy(update={"data_dir": tmp_path, "database_url": ""}))
    served = replace(desk, store=store)
    manner = manner_of(Platform.WECHAT, has_links=False)
    return Service(client_of(served), served.reception("wechat", manner), tmp_path)


@pytest.mark.parametrize("number", PERSONAL)
def test_no_digit_of_a_person_is_in_any_file(on_disk: Service, number: str) -> None:
    """After questions, judgements and their reasons, on the page, over the interface and in a chat."""
    asked = f"我的号码是{number}，{BONUS}"
    answer_id = ask(on_disk.client, asked)["answer_id"]
    reason = {"answer_id": answer_id, "helpful": False, "reason": f"打{number}问我"}
    assert on_disk.client.post("/api/v1/feedback", json=reason).json == {"kept": True}
    page = on_disk.client.post("/ask", data={"q": asked})
    page_id = page.headers["Location"].rpartition("/")[2]
    judged = {"answer_id": page_id, "helpful": "0", "reason": f"我是{number}"}
    assert on_disk.client.post("/feedback", data=judged).status_code == 303
    for words in (
        asked,
        "没用",
        f"打错了，我的是{number}",
        number,
        f"没用，因为{number}",
        f"家里着火了，{number}",
    ):
        assert on_disk.chat(words)

    kept = on_disk.files()

    assert b"***" in kept
    for form in (number, PHONE, CARD, CARD[:17], "138 0013", "0013800", "１３８", "19491231"):
        assert form.encode() not in kept


def test_every_channel_keeps_what_came_of_a_question(desk: Desk, records: FakeRecords) -> None:
    """Status, the question as it was understood, the place, what was not quoted and why."""
    served = replace(desk, store=records)
    client, reception = (
        client_of(served),
        served.reception("wechat", manner_of(Platform.WECHAT, has_links=False)),
    )
    client.post("/api/v1/ask", json={"question": "厦门高级社会工作师将金是多少", "jurisdiction": "厦门市"})
    client.post("/ask", data={"q": "厦门高级社会工作师将金是多少"})
    reception.reply(Delivery("oA1", "1", Words("厦门高级社会工作师将金是多少")))

    assert [kept.channel for kept in records.asked] == ["api", "web", "wechat"]
    for kept in records.asked:
        assert (kept.status, kept.understood_as) == ("answered", BONUS)
        assert kept.rejected
        assert all(hit.reason and hit.score > 0 for hit in kept.rejected)
    assert [kept.jurisdiction for kept in records.asked] == ["福建省厦门市", None, None]
    assert [kept.person is None for kept in records.asked] == [True, True, False]


def test_small_talk_and_cries_for_help_are_kept_too(watched: FlaskClient, records: FakeRecords) -> None:
    """As out of scope, without a clause."""
    for said in ("你好", "不想活了"):
        watched.post("/ask", data={"q": said})

    assert [(kept.status, list(kept.clause_ids)) for kept in records.asked] == [("out_of_scope", [])] * 2


def _outcome(kept: QuestionRecord) -> tuple[str, str]:
    return kept.status, kept.question.text
