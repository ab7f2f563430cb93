"""Messages: each kind becomes its value, the same that wechatpy reads; anything else is named as such."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.enterprise.parser import parse_message as wecom_reads
from wechatpy.parser import parse_message as wechatpy_reads

from bot.channels.wechat.fields import read_fields
from bot.channels.wechat.messages import (
    Click,
    Header,
    Image,
    Location,
    Message,
    PositionReport,
    Scan,
    SharedLink,
    ShortVideo,
    Subscribe,
    Text,
    Unknown,
    Unsubscribe,
    Video,
    View,
    Voice,
    read_message,
)
from bot.chat.portions import clean
from bot.errors import MalformedMessageError
from tests.channels.wechat.fake_platform import ACCOUNT_ID, OPENID, message
from tests.channels.wechat.samples import WECHAT_TEXT, WECOM_TEXT

MSG_ID = "6054768590064713728"
CREATED = 1_795_420_799


def header(*rest: str) -> Header:
    """The header of `message()`: its receipt key is the person and what follows."""
    return Header(OPENID, ACCOUNT_ID, CREATED, "", (OPENID, *(rest or (MSG_ID,))))


def event(name: str, key: str = "") -> Header:
    """The header of an event, which bears no MsgId."""
    return header(str(CREATED), name, key)


def read(xml: str) -> Message:
    return read_message(read_fields(xml.encode()))


# Fields as the platform's own pages show them.
MESSAGES = [
    # a question
    ("text", "<Content><![CDATA[奖金是多少]]></Content>", Text(header(), "奖金是多少", "")),
    # blanks and line ends stay: the question strips them
    ("text", "<Content><![CDATA[ 一\n二 ]]></Content>", Text(header(), " 一\n二 ", "")),
    # nothing written, as some stickers arrive
    ("text", "<Content/>", Text(header(), "", "")),
    # a tapped menu line, and what comes with an article
    (
        "text",
        "<Content>1</Content><bizmsgmenuid>101</bizmsgmenuid><MsgDataId>9</MsgDataId><Idx>1</Idx>",
        Text(header(), "1", "101"),
    ),
    # speech that the platform recognised
    (
        "voice",
        "<MediaId>m</MediaId><Format>amr</Format><Recognition><![CDATA[你好。]]></Recognition>",
        Voice(header(), "m", "amr", "你好。"),
    ),
    # recognition is off
    ("voice", "<MediaId>m</MediaId><Format>amr</Format>", Voice(header(), "m", "amr", None)),
    # recognised nothing: node-webot/wechat#167
    (
        "voice",
        "<MediaId>m</MediaId><Format>speex</Format><Recognition><![CDATA[]]></Recognition>",
        Voice(header(), "m", "speex", None),
    ),
    # recognised a pause
    (
        "voice",
        "<MediaId>m</MediaId><Format>amr</Format><Recognition> \n</Recognition>",
        Voice(header(), "m", "amr", None),
    ),
    ("image", "<PicUrl>http://p/1</PicUrl><MediaId>m</MediaId>", Image(header(), "m", "http://p/1")),
    ("video", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>", Video(header(), "m", "t")),
    ("shortvideo", "<MediaId>m</MediaId><ThumbMediaId>t</ThumbMediaId>", ShortVideo(header(), "m", "t")),
    # a place
    (
        "location",
        "<Location_X>24.479834</Location_X><Location_Y>118.089425</Location_Y><Scale>16</Scale>"
        "<Label>厦门市</Label>",
        Location(header(), 24.479834, 118.089425, "厦门市"),
    ),
    # a shared page
    (
        "link",
        "<Title>题</Title><Description>述</Description><Url>https://a/?b&amp;c</Url>",
        SharedLink(header(), "题", "述", "https://a/?b&c"),
    ),
    # a kind that came after us
    ("sticker", "<Emoji>1</Emoji>", Unknown(header(), "sticker", "")),
]
EVENTS = [
    # a new follower
    ("subscribe", "", Subscribe(event("subscribe"), None, "")),
    # a new follower by a QR code
    (
        "subscribe",
        "<EventKey>qrscene_p12</EventKey><Ticket>T</Ticket>",
        Subscribe(event("subscribe", "qrscene_p12"), "p12", "T"),
    ),
    # a new follower after a payment: no QR code
    (
        "subscribe",
        "<EventKey>last_trade_no_4200</EventKey>",
        Subscribe(event("subscribe", "last_trade_no_4200"), None, ""),
    ),
    ("unsubscribe", "<EventKey/>", Unsubscribe(event("unsubscribe"))),
    # a follower scans
    ("SCAN", "<EventKey>p12</EventKey><Ticket>T</Ticket>", Scan(event("SCAN", "p12"), "p12", "T")),
    ("CLICK", "<EventKey>hot</EventKey>", Click(event("CLICK", "hot"), "hot")),
    # WeCom writes small letters
    ("click", "<EventKey>hot</EventKey>", Click(event("click", "hot"), "hot")),
    # a menu page
    (
        "VIEW",
        "<EventKey>https://a/?b&amp;c</EventKey><MenuId>1</MenuId>",
        View(event("VIEW", "https://a/?b&c"), "https://a/?b&c"),
    ),
    # the app tells where somebody is
    (
        "LOCATION",
        "<Latitude>-23.137466</Latitude><Longitude>113.352425</Longitude><Precision>119.385040</Precision>",
        PositionReport(event("LOCATION"), -23.137466, 113.352425, 119.38504),
    ),
    # a menu event with nested fields
    (
        "scancode_waitmsg",
        "<EventKey>k</EventKey><ScanCodeInfo><ScanType>qrcode</ScanType></ScanCodeInfo>",
        Unknown(event("scancode_waitmsg", "k"), "event", "scancode_waitmsg"),
    ),
    # WeCom: somebody opens the application
    ("enter_agent", "<EventKey/>", Unknown(event("enter_agent"), "event", "enter_agent")),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), MESSAGES)
def test_a_message_is_read(kind: str, fields: str, expected: Message) -> None:
    """Every kind of the platform's page on messages."""
    assert read(message(kind, fields)) == expected


@pytest.mark.parametrize(("name", "fields", "expected"), EVENTS)
def test_an_event_is_read(name: str, fields: str, expected: Message) -> None:
    """Every kind of the platform's page on events that we act upon, and some that we do not."""
    assert read(message("event", f"<Event><![CDATA[{name}]]></Event>{fields}")) == expected


# How wechatpy names what we name.
WITNESS: dict[type, Callable[[Message], dict[str, object]]] = {
    Text: lambda m: {"type": "text", "content": m.content} if isinstance(m, Text) else {},
    Voice: lambda m: (
        {"type": "voice", "recognition": m.recognition, "format": m.format} if isinstance(m, Voice) else {}
    ),
    Image: lambda m: {"type": "image", "image": m.url} if isinstance(m, Image) else {},
    Video: lambda m: {"type": "video", "thumb_media_id": m.thumb_media_id} if isinstance(m, Video) else {},
    ShortVideo: lambda m: {"type": "shortvideo", "media_id": m.media_id} if isinstance(m, ShortVideo) else {},
    SharedLink: lambda m: (
        {"type": "link", "url": m.url, "title": m.title} if isinstance(m, SharedLink) else {}
    ),
    Scan: lambda m: {"event": "scan", "scene_id": m.scene, "ticket": m.ticket} if isinstance(m, Scan) else {},
    Click: lambda m: {"event": "click", "key": m.key} if isinstance(m, Click) else {},
    View: lambda m: {"event": "view", "url": m.url} if isinstance(m, View) else {},
    Unsubscribe: lambda m: {"event": "unsubscribe"},
}


@pytest.mark.parametrize(
    "xml",
    [message(kind, fields) for kind, fields, expected in MESSAGES if type(expected) in WITNESS]
    + [
        message("event", f"<Event>{name}</Event>{fields}")
        for name, fields, expected in EVENTS
        if type(expected) in WITNESS
    ],
)
def test_wechatpy_reads_the_same(xml: str) -> None:
    """An independent reading of the same bytes."""
    ours, theirs = read(xml), wechatpy_reads(xml)

    assert (theirs.source, theirs.target, theirs.time) == (OPENID, ACCOUNT_ID, CREATED)
    for name, value in WITNESS[type(ours)](ours).items():
        assert (getattr(theirs, name) or "") == str(value or "").strip(), "wechatpy strips what it reads"


def test_the_platforms_samples_are_read() -> None:
    """What their sample code ships, one of them with WeCom's AgentID."""
    assert read(WECHAT_TEXT.opened) == Text(
        Header(OPENID, ACCOUNT_ID, 1_409_735_668, "", (OPENID, "6054768590064713728")), "abcdteT", ""
    )
    assert read(WECOM_TEXT.opened) == Text(
        Header("mycreate", "wx5823bf96d3bd56c7", 1_409_659_813, "218", ("mycreate", "4561255354251345929")),
        "hello",
        "",
    )
    assert wecom_reads(WECOM_TEXT.opened).agent == 218


@given(st.text(max_size=200))
def test_whatever_somebody_writes_arrives_unchanged(content: str) -> None:
    """Markup, end marks of CDATA, emoji; only what XML cannot hold is the platform's to drop."""
    sent = clean(content)
    escaped = sent.replace("]]>", "]]]]><![CDATA[>")

    received = read(message("text", f"<Content><![CDATA[{escaped}]]></Content>"))

    assert isinstance(received, Text)
    assert received.content == sent


@pytest.mark.parametrize(
    ("sent", "instead"),
    [
        ("<ToUserName>", "<Nobody>"),  # no account
        ("<FromUserName>", "<Nobody>"),  # no person
        ("<CreateTime>", "<Never>"),  # no time
        ("<MsgType>", "<Kind>"),  # no kind
        ("<Content>", "<Words>"),  # a text without text
        ("<MsgId>", "<Number>"),  # a text without its number
        ("1795420799", "soon"),  # a time that is none
        ("1795420799", "9" * 5_000),  # a huge time
        (OPENID, "o" * 129),  # a person's id that is too long
        (OPENID, "o o"),  # a person's id with a blank
        (MSG_ID, "9" * 129),  # a huge number
        (MSG_ID, ""),  # an empty number
        ("奖金是多少", "问" * 20_001),  # an over-long text
        ("[text]", "[event]"),  # an event without its name
        ("[text]", "[]"),  # an empty kind
        ("[text]", "[location]"),  # a place without coordinates
    ],
)
def test_a_message_that_lacks_what_it_needs_is_malformed(sent: str, instead: str) -> None:
    """The start and end of a tag are both renamed."""
    xml = message().replace(sent, instead).replace(sent.replace("<", "</"), instead.replace("<", "</"))
    assert xml != message()

    with pytest.raises(MalformedMessageError, match=r"^field '[A-Z]\w+': "):
        read(xml)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [("90.1", "0"), ("-91", "0"), ("0", "180.1"), ("0", "-999999"), ("1e1", "0"), ("nan", "0"), ("", "0")],
)
def test_a_place_that_is_not_on_earth_is_malformed(latitude: str, longitude: str) -> None:
    """Beyond the poles, beyond the date line, or no number."""
    fields = f"<Location_X>{latitude}</Location_X><Location_Y>{longitude}</Location_Y>"

    with pytest.raises(MalformedMessageError, match="Location_X"):
        read(message("location", fields))


def test_the_first_of_two_contents_counts() -> None:
    """A second field of the same name cannot replace the first."""
    received = read(message("text", "<Content>一</Content><Content>二</Content><MsgId>2</MsgId>"))

    assert received == Text(header("2"), "一", "")


def test_a_number_keeps_every_digit() -> None:
    """MsgId is text: 64 bits do not fit a float, and leading zeros count."""
    received = read(message().replace(MSG_ID, "0018446744073709551615"))

    assert received.header.receipt_key == (OPENID, "0018446744073709551615")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        # a retry
        (message(), message(), True),
        # the same words again
        (message(), message().replace(MSG_ID, "6054768590064713729"), False),
        # the same number of another person
        (message(), message().replace(OPENID, "oSomebodyElse"), False),
        # a retry of an event
        (
            message("event", "<Event>CLICK</Event><EventKey>a</EventKey>"),
            message("event", "<Event>CLICK</Event><EventKey>a</EventKey>"),
            True,
        ),
        # two menu entries in one second
        (
            message("event", "<Event>CLICK</Event><EventKey>a</EventKey>"),
            message("event", "<Event>CLICK</Event><EventKey>b</EventKey>"),
            False,
        ),
        # gone and back in one second
        (
            message("event", "<Event>subscribe</Event>"),
            message("event", "<Event>unsubscribe</Event>"),
            False,
        ),
        # an event with a number, as no page of theirs shows: still known by its time
        (
            message("event", "<Event>x</Event><MsgId>1</MsgId>"),
            message("event", "<Event>x</Event><MsgId>2</MsgId>"),
            True,
        ),
        # an unknown event
        (message("event", "<Event>x</Event>"), message("event", "<Event>x</Event>"), True),
    ],
)
def test_deliveries_of_one_message_share_a_receipt(first: str, second: str, same: bool) -> None:
    """A retry is known by its receipt key, and nothing else is."""
    assert (read(first).header.receipt_key == read(second).header.receipt_key) is same
