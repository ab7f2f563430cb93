"""`/wechat` and `/wecom` over HTTP, against a platform that signs and encrypts with wechatpy."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.channels.desk import Desk
from bot.channels.limiting import Limiter
from bot.channels.wechat.account import Mode, Platform
from bot.records.address import database_at
from bot.records.person import People, Person
from bot.records.records import Kept, Store
from bot.records.sql import SqlRecords
from tests.channels.conftest import client_of
from tests.channels.wechat import fake_platform as platform_of
from tests.channels.wechat.fake_platform import ACCOUNT_ID, NOW, OPENID, FakePlatform, first_level, message
from tests.conftest import StoppedClock
from tests.fake_records import FakeRecords

QUESTION = "<Content><![CDATA[厦门高级社会工作师奖金是多少]]></Content>"


def desk_with(desk: Desk, platform: Platform, mode: Mode, records: Store) -> Desk:
    """The same desk with an account of a platform, and records of the test's own."""
    chosen = {
        f"{platform}_token": platform_of.TOKEN,
        f"{platform}_aes_key": "" if mode is Mode.PLAIN else platform_of.AES_KEY,
        f"{platform}_app_id": platform_of.APP_ID,
        f"{platform}_mode": mode.value,
    }
    return replace(
        desk,
        settings=desk.settings.model_copy(update=chosen),
        store=records,
        people=lambda: People(b"secret"),
        limiter=Limiter(time.perf_counter),
        clock=PlatformClock(),
    )


class PlatformClock(StoppedClock):
    """Stands still at the moment at which the fake platform signs."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(NOW, UTC)


class Chat:
    """A client that is the platform's server."""

    def __init__(
        self,
        desk: Desk,
        mode: Mode,
        platform: Platform = Platform.WECHAT,
        store: Store | None = None,
    ) -> None:
        self.records = FakeRecords()
        self.mode = mode
        self.path = f"/{platform.value}"
        self.platform = FakePlatform(wecom=platform is Platform.WECOM)
        self.client: FlaskClient = client_of(desk_with(desk, platform, mode, store or self.records))

    def post(self, xml: str) -> TestResponse:
        """The response to a message, sent as the mode wants it."""
        if self.mode is Mode.PLAIN:
            query, body = self.platform.plain(xml)
        else:
            query, body = self.platform.safe(xml, clear=xml[5:-6] if self.mode is Mode.COMPATIBLE else "")
        return self.client.post(self.path, query_string=query, data=body, content_type="text/xml")

    def reply(self, xml: str) -> dict[str, str]:
        """The fields of the reply to a message."""
        response = self.post(xml)
        assert (response.status_code, response.mimetype) == (200, "application/xml")
        text = response.get_data(as_text=True)
        return first_level(text) if self.mode is Mode.PLAIN else self.platform.read_reply(text)


@pytest.fixture(params=[Mode.PLAIN, Mode.COMPATIBLE, Mode.SAFE])
def chat(request: pytest.FixtureRequest, desk: Desk) -> Chat:
    """A 公众号 in each mode."""
    return Chat(desk, request.param)


@pytest.fixture
def wecom(desk: Desk) -> Chat:
    """An application in 企业微信."""
    return Chat(desk, Mode.SAFE, Platform.WECOM)


def test_the_check_of_the_address_is_answered_with_the_echo_and_nothing_else(chat: Chat) -> None:
    """As plain text: HTML would run what a replayed request carries."""
    query = chat.platform.query() | {"echostr": "<b>5837397520665436</b>"}

    response = chat.client.get(chat.path, query_string=query)

    assert (response.status_code, response.mimetype) == (200, "text/plain")
    assert response.data == b"<b>5837397520665436</b>"


def test_a_question_is_answered_in_the_same_request(chat: Chat) -> None:
    """To the person, from the account, with the quote."""
    reply = chat.reply(message(fields=QUESTION))

    assert (reply["ToUserName"], reply["FromUserName"], reply["MsgType"]) == (OPENID, ACCOUNT_ID, "text")
    assert "高级社会工作师的奖金为8万元" in reply["Content"]


def test_a_repeat_gets_the_same_reply_and_is_answered_once(chat: Chat) -> None:
    """The records answer, not the index."""
    first = chat.reply(message(fields=QUESTION))

    assert chat.reply(message(fields=QUESTION))["Content"] == first["Content"]
    assert len(chat.records.asked) == 1


@pytest.mark.parametrize(
    "event",
    [
        "<Event>VIEW</Event><EventKey>http://x</EventKey>",  # a page was opened
        "<Event>LOCATION</Event><Latitude>1</Latitude><Longitude>1</Longitude><Precision>1</Precision>",
        "<Event>brand_new</Event>",  # an event of next year
    ],
)
def test_what_wants_no_reply_is_taken_note_of(chat: Chat, event: str) -> None:
    """With the platform's word for it, and nothing is kept."""
    response = chat.post(message("event", event))

    assert (response.status_code, response.data) == (200, b"success")
    assert chat.records.replies == {}


def test_who_leaves_is_forgotten(chat: Chat) -> None:
    """Everything kept of the person is deleted, as the platform demands."""
    chat.post(message(fields=QUESTION))
    assert chat.records.chats

    chat.post(message("event", "<Event>unsubscribe</Event>"))

    assert (chat.records.replies, chat.records.asked, chat.records.chats) == ({}, [], {})


def test_a_message_that_is_delivered_after_its_author_left_is_not_kept(chat: Chat) -> None:
    """The platform repeats what it thinks was lost; who comes back later is welcome."""
    chat.post(message("event", "<Event>unsubscribe</Event>"))

    late = chat.post(message(fields=QUESTION))

    assert (late.status_code, late.data) == (200, b"success")
    assert (chat.records.replies, chat.records.asked, chat.records.chats) == ({}, [], {})
    assert chat.reply(message("event", "<Event>subscribe</Event>"))["Content"]


def test_who_leaves_while_a_message_is_answered_is_forgotten_too(desk: Desk, tmp_path: Path) -> None:
    """The reply is kept after the person was deleted: then it is deleted again."""
    database = database_at("", tmp_path)
    records = LeftMeanwhile(database, PlatformClock())
    chat = Chat(desk, Mode.SAFE, store=records)
    records.leave = partial(chat.post, message("event", "<Event>unsubscribe</Event>"))

    chat.post(message(fields=QUESTION))

    assert records.load_chat(People(b"secret").person("wechat", OPENID)) is None
    database.close()


class LeftMeanwhile(SqlRecords):
    """Records of somebody who leaves before the reply to their message is kept."""

    leave: Callable[[], object] = list

    def remember(self, things: Sequence[Kept]) -> Sequence[bool]:
        self.leave()
        return super().remember(things)


def test_a_breakdown_is_a_polite_sentence_in_proper_xml(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    """Never a 500: the platform would tell the person that the account is broken."""
    chat = Chat(desk, Mode.SAFE, store=BrokenRecords())

    reply = chat.reply(message(fields=QUESTION))

    assert "系统出了点问题" in reply["Content"]
    assert "message=failed" in caplog.text
    assert "奖金" not in caplog.text


class BrokenRecords(FakeRecords):
    """Records that fail, with a resident's words in the message."""

    def load_chat(self, person: Person) -> str | None:
        raise RuntimeError("奖金")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"signature": "0" * 40}, 403),  # not signed by who holds the token
        ({"signature": "签名"}, 403),  # not even ASCII
        ({"timestamp": str(NOW - 601)}, 403),  # too long ago
        ({"msg_signature": "0" * 40}, 403),  # the body is not signed
    ],
)
def test_what_is_forged_is_refused(
    desk: Desk, change: dict[str, str], status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """In XML, without a word about why; the log names the reason and no one's id."""
    chat = Chat(desk, Mode.SAFE)
    query, body = chat.platform.safe(message(fields=QUESTION))

    with caplog.at_level(logging.INFO):
        response = chat.client.post(chat.path, query_string=query | change, data=body)

    assert (response.status_code, response.mimetype) == (status, "application/xml")
    assert first_level(response.get_data(as_text=True))["Status"] == str(status)
    assert OPENID not in caplog.text
    assert "message=refused platform=wechat" in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),  # nothing
        (b"{}", 400),  # JSON
        (b"<xml><Encrypt>AAAA</Encrypt></xml>", 403),  # a ciphertext that nobody signed
        (b"x" * (128 * 1024 + 1), 413),  # too large, refused unread
    ],
)
def test_what_is_no_message_is_refused(desk: Desk, body: bytes, status: int) -> None:
    """In XML."""
    chat = Chat(desk, Mode.SAFE)

    response = chat.client.post(chat.path, query_string=chat.platform.query(), data=body)

    assert (response.status_code, response.mimetype) == (status, "application/xml")


def test_other_methods_are_refused_in_xml(chat: Chat) -> None:
    """Whatever comes to this address."""
    assert chat.client.put(chat.path).mimetype == "application/xml"


def test_without_an_account_there_is_no_such_address(desk: Desk) -> None:
    """404, and WeCom's is another."""
    client = client_of(desk)

    assert [client.post(path).status_code for path in ("/wechat", "/wecom")] == [404, 404]


def test_wecom_checks_the_address_with_an_encrypted_echo(wecom: Chat) -> None:
    """The decrypted text goes back."""
    sealed = first_level(wecom.platform.crypto.encrypt_message("echo123", "1320562132", str(NOW)))
    query = wecom.platform.query() | {"echostr": sealed["Encrypt"], "msg_signature": sealed["MsgSignature"]}

    assert wecom.client.get(wecom.path, query_string=query).data == b"echo123"


def test_wecom_is_answered_without_taps(wecom: Chat) -> None:
    """Its app knows no links that send a message; numbers it does."""
    reply = wecom.reply(message(fields="<Content>红烧肉怎么做</Content>"))

    assert "\n1. " in reply["Content"]
    assert "<a " not in reply["Content"]
