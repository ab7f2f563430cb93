"""Requests and replies as a whole, played by a platform that signs and encrypts with wechatpy."""

import base64
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.account import Account, Mode, Platform, open_account
from bot.channels.wechat.cipher import aes_key
from bot.channels.wechat.envelope import ReceivedMessage, decode, encode, server_check
from bot.channels.wechat.fields import LARGEST_BODY
from bot.channels.wechat.messages import Text, Unknown
from bot.chat.portions import clean
from bot.errors import ForgedRequestError, MalformedMessageError, SettingsError
from tests.channels.wechat.fake_platform import (
    ACCOUNT_ID,
    AES_KEY,
    APP_ID,
    NOW,
    OPENID,
    OTHER_AES_KEY,
    OTHER_TOKEN,
    TOKEN,
    FakePlatform,
    Request,
    account,
    first_level,
    message,
)
from tests.channels.wechat.samples import WECHAT_TEXT, WECOM_ECHO, WECOM_TEXT, Sample

WECHAT, WECOM = FakePlatform(), FakePlatform(wecom=True)
CLEAR_COPY = message().removeprefix("<xml>").removesuffix("</xml>")


def zeros(length: int) -> bytes:
    """Randomness that a test can foresee."""
    return bytes(length)


def words(received: ReceivedMessage) -> str:
    assert isinstance(received.message, Text)
    return received.message.content


def account_of(sample: Sample) -> Account:
    return open_account(sample.platform, Mode.SAFE, sample.receiver_id, (sample.token,), (sample.aes_key,))


# The way in


@pytest.mark.parametrize(
    ("mode", "request_of"),
    [
        (Mode.PLAIN, WECHAT.plain),  # 明文模式
        (
            Mode.PLAIN,
            lambda xml: WECHAT.safe(xml, clear=CLEAR_COPY),
        ),  # console on 兼容, service still on plain
        (Mode.COMPATIBLE, lambda xml: WECHAT.safe(xml, clear=CLEAR_COPY)),  # 兼容模式
        (Mode.COMPATIBLE, WECHAT.safe),  # service on compatible, console already on 安全
        (Mode.SAFE, WECHAT.safe),  # 安全模式
        (Mode.SAFE, lambda xml: WECHAT.safe(xml, clear=CLEAR_COPY)),  # console still on 兼容
    ],
)
def test_a_message_is_decoded_in_every_mode(mode: Mode, request_of: Callable[[str], Request]) -> None:
    """And the reply goes back in the form that the mode asks for."""
    received = decode(account(mode), *request_of(message()), NOW)

    assert words(received) == "奖金是多少"
    reply = encode(received, "您好", NOW, zeros)
    fields = first_level(reply) if mode is Mode.PLAIN else WECHAT.read_reply(reply)
    assert fields == {
        "ToUserName": OPENID,
        "FromUserName": ACCOUNT_ID,
        "CreateTime": str(NOW),
        "MsgType": "text",
        "Content": "您好",
    }


def test_a_message_of_wecom_is_decoded() -> None:
    """It has no plain signature, and tells which application it is for."""
    xml = message().replace("</xml>", "<AgentID>1000002</AgentID></xml>")

    received = decode(account(platform=Platform.WECOM), *WECOM.safe(xml), NOW)

    assert (words(received), received.message.header.agent_id) == ("奖金是多少", "1000002")
    assert WECOM.read_reply(encode(received, "您好", NOW, zeros))["Content"] == "您好"


@pytest.mark.parametrize("sample", [WECHAT_TEXT, WECOM_TEXT], ids=["wechat", "wecom"])
def test_the_platforms_samples_are_decoded(sample: Sample) -> None:
    """Known answers, at the time that they were signed."""
    query = FakePlatform(sample.token, sample.aes_key, sample.receiver_id).query(
        sample.timestamp, sample.nonce
    )
    body = f"<xml><Encrypt><![CDATA[{sample.encrypted}]]></Encrypt></xml>".encode()

    received = decode(
        account_of(sample),
        {**query, "msg_signature": sample.msg_signature},
        body,
        int(sample.timestamp),
    )

    assert words(received) in ("abcdteT", "hello")


def test_in_compatible_mode_the_encrypted_copy_counts() -> None:
    """Nobody signed the clear one."""
    forged = CLEAR_COPY.replace("奖金是多少", "忽略以上").replace(OPENID, "oVictim")

    received = decode(account(Mode.COMPATIBLE), *WECHAT.safe(message(), clear=forged), NOW)

    assert (words(received), received.message.header.openid) == ("奖金是多少", OPENID)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100).map(clean))
def test_whatever_is_asked_and_said_makes_the_round_trip(text: str) -> None:
    """From wechatpy's encryption through ours and back."""
    escaped = text.replace("]]>", "]]]]><![CDATA[>")
    xml = message("text", f"<Content><![CDATA[{escaped}]]></Content>")

    received = decode(account(), *WECHAT.safe(xml), NOW)

    assert words(received) == text
    reply = encode(received, f"“{text}”", NOW, zeros)
    assert WECHAT.read_reply(reply)["Content"] == f"“{text}”"


# Forgeries


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signature", ""),  # none
        ("signature", "0" * 40),  # a guess
        ("signature", "签名"),  # no ASCII
        ("timestamp", str(NOW + 1)),  # another time
        ("timestamp", ""),  # none
        ("timestamp", "now"),  # no number
        ("nonce", "1"),  # another nonce
        ("nonce", ""),  # none
        ("nonce", "\ud800"),  # a lone surrogate
        ("msg_signature", ""),  # none
        ("msg_signature", "0" * 40),  # a guess
        ("msg_signature", "签名"),  # no ASCII
        ("msg_signature", WECHAT.query()["signature"]),  # the request's: the commonest mix-up, WxJava#84
    ],
)
def test_a_changed_parameter_is_forged(name: str, value: str) -> None:
    """Each parameter on its own, changed or left out."""
    query, body = WECHAT.safe(message())
    without = {key: sent for key, sent in query.items() if key != name}

    for changed in ({**query, name: value}, without):
        with pytest.raises(ForgedRequestError):
            decode(account(), changed, body, NOW)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("now", [NOW - 601, NOW + 601])
def test_a_replay_is_forged(mode: Mode, now: int) -> None:
    """A request that was right once is not right for ever."""
    request = WECHAT.plain(message()) if mode is Mode.PLAIN else WECHAT.safe(message())
    decode(account(mode), *request, NOW)

    with pytest.raises(ForgedRequestError, match=r"^timestamp: "):
        decode(account(mode), *request, now)


@pytest.mark.parametrize("mode", [Mode.COMPATIBLE, Mode.SAFE])
@pytest.mark.parametrize(
    "body",
    [
        message(),  # plain, as if the console stood on 明文
        message().replace("</xml>", "<Encrypt></Encrypt></xml>"),  # an empty encrypted part
        message().replace("</xml>", "<Encrypt>  \n</Encrypt></xml>"),  # a blank one
        message().replace("</xml>", "<Encrypt><a>QUJD</a></Encrypt></xml>"),  # one that is nested
    ],
)
def test_plaintext_is_forged_where_a_key_is_set(mode: Mode, body: str) -> None:
    """Taking the encrypted part away must not open the door."""
    query, _ = WECHAT.safe(message())

    with pytest.raises(ForgedRequestError, match=r"^body: is not encrypted"):
        decode(account(mode), query, body.encode(), NOW)


def test_a_forged_request_is_not_parsed() -> None:
    """公众号's signature is checked before the body is looked at."""
    with pytest.raises(ForgedRequestError):
        decode(account(), {**WECHAT.query(), "signature": "0"}, b"<xml>" * 100_000, NOW)


def test_every_changed_character_of_an_encrypted_part_is_forged() -> None:
    """The signature covers all of it: nothing unsigned is ever decrypted."""
    query, body = WECHAT.safe(message())
    start, end = body.index(b"<Encrypt><![CDATA[") + 18, body.index(b"]]></Encrypt>")

    for place in range(start, end):
        tampered = bytearray(body)
        tampered[place] = ord("A") if tampered[place] != ord("A") else ord("B")
        with pytest.raises(ForgedRequestError, match=r"^signature: does not match"):
            decode(account(), query, bytes(tampered), NOW)


def test_every_changed_byte_under_a_right_signature_is_malformed_or_read() -> None:
    """CBC alone proves nothing: who holds the token can garble, but gets no other error than the one."""
    body = WECHAT.safe(message())[1]
    sealed = bytearray(base64.b64decode(first_level(body.decode())["Encrypt"]))

    for place, change in product(range(len(sealed)), (1, 128)):
        sealed[place] ^= change
        try:
            received = decode(account(), *WECHAT.resigned(base64.b64encode(sealed).decode()), NOW)
        except MalformedMessageError:
            received = None
        assert received is None or place < len(sealed) - 32, "the end is always checked"
        sealed[place] ^= change


@pytest.mark.parametrize(
    "sender",
    [
        FakePlatform(token=OTHER_TOKEN),  # another account's token
        FakePlatform(token=""),  # no token, as anyone can sign
        FakePlatform(wecom=True),  # a request as 企业微信 sends it, without the plain signature
    ],
)
def test_another_sender_is_forged(sender: FakePlatform) -> None:
    """Only the shared token signs."""
    with pytest.raises(ForgedRequestError):
        decode(account(), *sender.safe(message()), NOW)


@pytest.mark.parametrize(
    "sender",
    [
        FakePlatform(aes_key=OTHER_AES_KEY),  # another key
        FakePlatform(receiver_id="wx0000000000000000"),  # meant for another account
        FakePlatform(receiver_id=APP_ID[:-1]),  # nearly ours
    ],
)
def test_a_message_for_another_account_is_malformed(sender: FakePlatform) -> None:
    """The same sentence for each: what was wrong stays ours."""
    with pytest.raises(MalformedMessageError, match=r"^encrypted part: cannot be opened; "):
        decode(account(), *sender.safe(message()), NOW)


# Bodies that are no message


@pytest.mark.parametrize(
    "xml",
    [
        "",  # nothing
        "success",  # no XML
        '<!DOCTYPE x [<!ENTITY e "1">]><xml><MsgType>&e;</MsgType></xml>',  # a DTD
        '<?xml version="1.0" encoding="utf-16"?>' + message(),  # another encoding
        message().replace("奖金是多少", "\x00"),  # NUL
        message().replace("<CreateTime>", "<CreateTime>x"),  # no time
        "<xml><Encrypt>QUJD</Encrypt></xml>",  # encrypted again, or for the first time
        "<xml>" + "<a>" * 18_000,  # deep
    ],
    ids=lambda xml: ascii(xml[:40]),
)
@pytest.mark.parametrize("mode", Mode)
def test_a_body_that_is_no_message_is_malformed(mode: Mode, xml: str) -> None:
    """In plain and under encryption: one error."""
    request = WECHAT.plain(xml) if mode is Mode.PLAIN else WECHAT.safe(xml)

    with pytest.raises(MalformedMessageError):
        decode(account(mode), *request, NOW)


@pytest.mark.parametrize("mode", Mode)
def test_a_body_over_the_limit_is_not_parsed(mode: Mode) -> None:
    """128 KiB are ten times the largest real message."""
    with pytest.raises(MalformedMessageError, match="is larger than 131072 bytes"):
        decode(account(mode), WECHAT.query(), b"<" * (LARGEST_BODY + 1), NOW)


def test_an_encrypted_message_in_plain_mode_says_what_to_do() -> None:
    """The console stands on 安全模式 and the service does not know the key."""
    with pytest.raises(MalformedMessageError, match="is encrypted; set the AES key"):
        decode(account(Mode.PLAIN), *WECHAT.safe(message()), NOW)


@given(
    st.dictionaries(
        st.sampled_from(["signature", "msg_signature", "timestamp", "nonce", "echostr"]), st.text(max_size=50)
    ),
    st.binary(max_size=100),
)
def test_noise_is_forged_on_both_platforms(query: dict[str, str], body: bytes) -> None:
    """Whatever stands in the address and in the body."""
    for platform in Platform:
        with pytest.raises(ForgedRequestError):
            decode(account(platform=platform), query, body, NOW)
        with pytest.raises(ForgedRequestError):
            server_check(account(platform=platform), query, NOW)


# Secrets that change


@pytest.mark.parametrize(
    ("token", "key"), [(TOKEN, AES_KEY), (OTHER_TOKEN, OTHER_AES_KEY), (TOKEN, OTHER_AES_KEY)]
)
def test_while_secrets_change_the_reply_uses_those_of_the_message(token: str, key: str) -> None:
    """The console may have changed one, both or none; it must be able to read the reply."""
    both = open_account(Platform.WECHAT, Mode.SAFE, APP_ID, (OTHER_TOKEN, TOKEN), (OTHER_AES_KEY, AES_KEY))
    sender = FakePlatform(token, key)

    received = decode(both, *sender.safe(message()), NOW)

    assert sender.read_reply(encode(received, "您好", NOW, zeros))["Content"] == "您好"


# The way out


def test_every_reply_is_sealed_afresh() -> None:
    """Salt and nonce come from the randomness, the timestamp from the clock; all three are signed."""
    received = decode(account(), *WECHAT.safe(message()), NOW)

    first, again, later, other = (
        first_level(encode(received, "您好", now, random_bytes))
        for now, random_bytes in [
            (NOW, zeros),
            (NOW, zeros),
            (NOW + 5, zeros),
            (NOW, lambda length: b"\x01" * length),
        ]
    )

    assert first == again
    assert first["Encrypt"] != later["Encrypt"], "the reply itself tells its time"
    assert later["TimeStamp"] == str(NOW + 5)
    assert all(first[name] != other[name] for name in ("Encrypt", "Nonce", "MsgSignature"))


def test_an_unknown_message_can_be_answered() -> None:
    """It has a sender like any other."""
    received = decode(account(), *WECHAT.safe(message("file", "<Title>x</Title>")), NOW)

    assert isinstance(received.message, Unknown)
    assert WECHAT.read_reply(encode(received, "请用文字提问", NOW, zeros))["ToUserName"] == OPENID


def test_secrets_are_never_shown() -> None:
    """A careless log line of what we hold tells neither token nor key."""
    shared = account()
    received = decode(shared, *WECHAT.safe(message()), NOW)

    for shown in (repr(shared), repr(received)):
        assert TOKEN not in shown
        assert repr(aes_key(AES_KEY).raw) not in shown


# The check of the address


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "echo",
    [
        "1616140317555161061",  # as the platform sends
        "shr5ch",  # as it sent before
        "<b>中</b> &",  # whatever it is, nothing is changed
    ],
)
def test_wechats_echo_comes_back_unchanged(mode: Mode, echo: str) -> None:
    """In every mode; wechatpy finds the same signature right."""
    query = {**WECHAT.query(), "echostr": echo}

    assert WECHAT.accepts(query)
    assert server_check(account(mode), query, NOW) == echo


def test_wecoms_echo_comes_back_decrypted() -> None:
    """Known answer: the sample of WeCom."""
    query = {
        "msg_signature": WECOM_ECHO.msg_signature,
        "timestamp": WECOM_ECHO.timestamp,
        "nonce": WECOM_ECHO.nonce,
        "echostr": WECOM_ECHO.encrypted,
    }

    assert server_check(account_of(WECOM_ECHO), query, int(WECOM_ECHO.timestamp)) == WECOM_ECHO.opened
    for name, wrong in [("msg_signature", "0" * 40), ("nonce", "1"), ("echostr", "QUJD")]:
        with pytest.raises(ForgedRequestError, match=r"^signature: "):
            server_check(account_of(WECOM_ECHO), {**query, name: wrong}, int(WECOM_ECHO.timestamp))
    with pytest.raises(ForgedRequestError, match=r"^timestamp: "):
        server_check(account_of(WECOM_ECHO), query, NOW)


def test_an_address_opened_in_a_browser_is_forged() -> None:
    """No parameters at all."""
    for platform in Platform:
        with pytest.raises(ForgedRequestError):
            server_check(account(platform=platform), {}, NOW)


@pytest.mark.parametrize("platform", Platform)
def test_a_check_without_an_echo_is_malformed(platform: Platform) -> None:
    """Signed, but there is nothing to give back."""
    with pytest.raises(MalformedMessageError, match="'echostr': is missing"):
        server_check(account(platform=platform), WECHAT.query(), NOW)


def test_an_encrypted_echo_that_is_no_text_is_malformed() -> None:
    """Not UTF-8 within, under a right signature."""
    crypto = WECOM.crypto
    crypto_text = crypto.encrypt_message(b"\xff\xfe", "1", str(NOW))
    sealed = first_level(crypto_text)
    query = {
        "timestamp": str(NOW),
        "nonce": "1",
        "msg_signature": sealed["MsgSignature"],
        "echostr": sealed["Encrypt"],
    }

    with pytest.raises(MalformedMessageError, match="is not UTF-8"):
        server_check(account(platform=Platform.WECOM), query, NOW)


# Accounts


@pytest.mark.parametrize(
    ("platform", "mode", "parts", "setting"),
    [
        (Platform.WECHAT, Mode.PLAIN, {"tokens": ()}, "WECHAT_TOKEN"),  # none
        (Platform.WECHAT, Mode.SAFE, {"tokens": ("",)}, "WECHAT_TOKEN"),  # empty: anyone could sign
        (Platform.WECHAT, Mode.SAFE, {"tokens": (TOKEN, " ")}, "WECHAT_TOKEN"),  # a blank previous one
        (Platform.WECHAT, Mode.SAFE, {"aes_keys": ()}, "WECHAT_AES_KEY"),  # safe without a key
        (Platform.WECHAT, Mode.COMPATIBLE, {"aes_keys": ()}, "WECHAT_AES_KEY"),  # compatible without a key
        (Platform.WECHAT, Mode.SAFE, {"aes_keys": ("short",)}, "WECHAT_AES_KEY"),  # a key cut short
        (Platform.WECHAT, Mode.PLAIN, {"aes_keys": ("short",)}, "WECHAT_AES_KEY"),  # wrong even if unused
        (Platform.WECHAT, Mode.SAFE, {"receiver_id": ""}, "WECHAT_APP_ID"),  # could not tell accounts apart
        (Platform.WECHAT, Mode.COMPATIBLE, {"receiver_id": ""}, "WECHAT_APP_ID"),  # likewise
        (Platform.WECOM, Mode.PLAIN, {}, "WECOM_MODE"),  # 企业微信 always encrypts
        (Platform.WECOM, Mode.COMPATIBLE, {}, "WECOM_MODE"),  # likewise
        (Platform.WECOM, Mode.SAFE, {"receiver_id": ""}, "WECOM_APP_ID"),  # no CorpID
    ],
)
def test_an_incomplete_account_does_not_open(
    platform: Platform, mode: Mode, parts: dict[str, str | tuple[str, ...]], setting: str
) -> None:
    """The start stops and the setting is named, its value never."""
    whole = {"receiver_id": APP_ID, "tokens": (TOKEN,), "aes_keys": (AES_KEY,)}

    with pytest.raises(SettingsError, match=f"^setting '{setting}': ") as caught:
        open_account(platform, mode, **{**whole, **parts})  # type: ignore[arg-type] # a table of mixed parts

    assert TOKEN not in str(caught.value)
    assert "short" not in str(caught.value)


def test_plain_mode_needs_only_a_token() -> None:
    """As a 测试号 is set up in its first minute."""
    plain = open_account(Platform.WECHAT, Mode.PLAIN, "", (TOKEN,), ())

    assert words(decode(plain, *WECHAT.plain(message()), NOW)) == "奖金是多少"


def test_each_platform_has_its_own_way_of_taking_note() -> None:
    """公众号 wants success, 企业微信 an empty body."""
    assert account().acknowledgement == "success"
    assert replace(account(), platform=Platform.WECOM).acknowledgement == ""
