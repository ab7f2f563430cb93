"""Replies: valid XML whatever is said, and never longer than the platform takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.parser import parse_message as wechatpy_reads

from bot.channels.wechat.fields import read_fields
from bot.channels.wechat.messages import Header
from bot.channels.wechat.replies import (
    LARGEST_REPLY,
    REPLY_BUDGET,
    sealed_reply,
    text_reply,
)
from bot.chat.portions import ELLIPSIS, clean, portion

HEADER = Header("oPerson", "gh_account", 1_795_420_799, "", ("oPerson", "1"))


def content(text: str) -> str:
    """What the person reads when we say a text."""
    return read_fields(text_reply(HEADER, text, 1).encode()).values["Content"]


def test_a_text_reply_goes_back_to_its_sender() -> None:
    """Known answer: the platform's page on passive replies."""
    assert text_reply(HEADER, "你好", 1_795_420_800) == (
        "<xml><ToUserName><![CDATA[oPerson]]></ToUserName><FromUserName><![CDATA[gh_account]]></FromUserName>"
        "<CreateTime>1795420800</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[你好]]></Content></xml>"
    )


def test_an_envelope_holds_what_it_is_given() -> None:
    """Known answer: the platform's page on encryption."""
    assert sealed_reply("QUJD", "0" * 40, 1_795_420_800, "7") == (
        f"<xml><Encrypt><![CDATA[QUJD]]></Encrypt><MsgSignature><![CDATA[{'0' * 40}]]></MsgSignature>"
        "<TimeStamp>1795420800</TimeStamp><Nonce><![CDATA[7]]></Nonce></xml>"
    )


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("一\n二\t三", "一\n二\t三"),  # line ends and tabs stay
        ("一\r\n二\r三", "一\n二\n三"),  # other systems' line ends
        ("<b>&amp;</b>", "<b>&amp;</b>"),  # markup is text
        (
            '<a href="https://a/?b&c">原文</a>',
            '<a href="https://a/?b&c">原文</a>',
        ),  # a link as WeChat shows it
        ("a]]>b", "a]]>b"),  # the end mark: opencrust#242
        ("]]>]]>]]]]>>", "]]>]]>]]]]>>"),  # many of them
        (
            "]]></Content><MsgType>news</MsgType><Content><![CDATA[",
            "]]></Content><MsgType>news</MsgType><Content><![CDATA[",
        ),  # an injection
        ("a]", "a]"),  # half an end mark at the end
        ("]\x00]>", "]]>"),  # an end mark that appears when NUL goes
        ("👵🏽👨‍👩‍👧", "👵🏽👨‍👩‍👧"),  # emoji of several characters
        ("𠮷野家", "𠮷野家"),  # a Han character beyond 16 bits
        ("一\x00\x08\x1b[31m\x7f\x85二", "一[31m二"),  # control characters go
        ("一\ud83d二\udc75", "一二"),  # lone surrogates go
        ("一\ufffe\uffff二", "一二"),  # what is no character goes
    ],
)
def test_what_is_said_is_read(said: str, read: str) -> None:
    """By our reading and by wechatpy's; nothing said can end its field."""
    assert content(said) == read
    assert wechatpy_reads(text_reply(HEADER, said, 1)).content == read


@given(st.text(st.characters(), min_size=1, max_size=300).filter(lambda text: clean(text).strip()))
def test_whatever_is_said_is_read_cleaned(said: str) -> None:
    """Any text, surrogates and control characters included."""
    assert content(said) == clean(said)
    assert clean(clean(said)) == clean(said)


@pytest.mark.parametrize("said", ["", " \n\t", "\x00", "\ud800"])
def test_an_empty_reply_is_refused(said: str) -> None:
    """The person would read 该公众号提供的服务出现故障."""
    with pytest.raises(ValueError, match=r"^reply: is empty"):
        text_reply(HEADER, said, 1)


@pytest.mark.parametrize(
    ("said", "length"),
    [
        ("x" * 2_048, 2_048),  # the most
        ("x" * 2_049, 2_048),  # one over: cut
        ("政" * 682 + "xx", 2_048),  # the most in Han characters
        ("政" * 683, 2_046),  # one over: 681 characters and …
        ("👵" * 600, 2_047),  # four bytes each: 511 and …
        ("x" * 1_000_000, 2_048),  # a library gone wild
    ],
)
def test_no_reply_is_larger_than_the_platform_takes(said: str, length: int) -> None:
    """Cut between characters as the last wall; a longer one would not be delivered at all."""
    read = content(said)

    assert len(read.encode()) == length <= LARGEST_REPLY
    assert read == said or (read.endswith(ELLIPSIS) and said.startswith(read.removesuffix(ELLIPSIS)))


def test_the_usual_budget_leaves_room_for_a_closing_line() -> None:
    """48 bytes are 16 Han characters."""
    assert REPLY_BUDGET + 48 == LARGEST_REPLY
    assert len(portion(["政" * 600, "策" * 600], REPLY_BUDGET).text) == 600
