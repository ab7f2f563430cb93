"""The catalogue of messages: what people send and do, one value type each.

Sources: …/message/Receiving_standard_messages.html and …/message/Receiving_event_pushes.html under
developers.weixin.qq.com/doc/service/en/guide/product; WeCom: developer.work.weixin.qq.com/document/path/90239
and 90240. Media are named, never fetched. A field that decides nothing is "" where the platform did not send
it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.wechat.fields import Fields
from bot.errors import MalformedMessageError

LONGEST_CONTENT = 20_000
"""Characters of a text that are taken; how long a question may be is decided where it is answered."""

_SCENE = "qrscene_"


@dataclass(frozen=True, slots=True)
class Header:
    """Who wrote to whom, and when.

    `openid` is the person (WeCom: UserID), `account_id` our account (gh_… or CorpID), `created` Unix time in
    seconds, `agent_id` WeCom's application, "" elsewhere. Deliveries of one message share `receipt_key`:
    (openid, MsgId), or for what bears no MsgId (openid, CreateTime, Event or MsgType, EventKey).
    """

    openid: str
    account_id: str
    created: int
    agent_id: str
    receipt_key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Words. `menu_id` is the bizmsgmenuid of a tapped menu line, "" for typed words."""

    header: Header
    content: str
    menu_id: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice message. `recognition` is None where the platform recognised no words, or did not try to."""

    header: Header
    media_id: str
    format: str
    recognition: str | None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture."""

    header: Header
    media_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Video:
    """A video from the album."""

    header: Header
    media_id: str
    thumb_media_id: str


@dataclass(frozen=True, slots=True)
class ShortVideo:
    """A video made in the chat."""

    header: Header
    media_id: str
    thumb_media_id: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the map, sent by hand, in degrees."""

    header: Header
    latitude: float
    longitude: float
    label: str


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A shared page."""

    header: Header
    title: str
    description: str
    url: str


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Somebody follows the account.

    `scene` is the value of the QR code that led here; None without a code.
    """

    header: Header
    scene: str | None
    ticket: str


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Somebody left: all we hold about them must be deleted, says the platform's page on events."""

    header: Header


@dataclass(frozen=True, slots=True)
class Scan:
    """A follower scanned a QR code of value `scene`."""

    header: Header
    scene: str
    ticket: str


@dataclass(frozen=True, slots=True)
class Click:
    """Somebody tapped the menu entry `key`."""

    header: Header
    key: str


@dataclass(frozen=True, slots=True)
class View:
    """Somebody opened a menu entry's page."""

    header: Header
    url: str


@dataclass(frozen=True, slots=True)
class PositionReport:
    """Where somebody is, sent by the app itself as often as every 5 s; in degrees, `precision` in metres."""

    header: Header
    latitude: float
    longitude: float
    precision: float


@dataclass(frozen=True, slots=True)
class Unknown:
    """A message or event of a kind not listed here. `event` is "" for a message."""

    header: Header
    message_type: str
    event: str


Message = (
    Text
    | Voice
    | Image
    | Video
    | ShortVideo
    | Location
    | SharedLink
    | Subscribe
    | Unsubscribe
    | Scan
    | Click
    | View
    | PositionReport
    | Unknown
)
"""Whatever read_message can return."""


def read_message(fields: Fields) -> Message:
    """The message that a body's fields describe.

    Kinds are compared without regard to case: WeChat sends CLICK, WeCom click.

    Raises:
        MalformedMessageError: a field that its kind cannot be without is missing, or a field is unfit.
    """
    message_type = fields.identifier("MsgType")
    event = fields.identifier("Event") if message_type.lower() == "event" else ""
    header = _header(fields, message_type, event)
    known = _EVENTS.get(event.lower()) if event else _MESSAGES.get(message_type.lower())
    return known(header, fields) if known else Unknown(header, message_type, event)


def _header(fields: Fields, message_type: str, event: str) -> Header:
    openid = fields.identifier("FromUserName")
    created = fields.integer("CreateTime")
    numbered = not event and (message_type.lower() in _MESSAGES or "MsgId" in fields.values)
    return Header(
        openid=openid,
        account_id=fields.identifier("ToUserName"),
        created=created,
        agent_id=fields.text("AgentID").strip(),
        receipt_key=(openid, fields.identifier("MsgId"))
        if numbered
        else (openid, str(created), event or message_type, fields.text("EventKey")),
    )


def _location(header: Header, fields: Fields) -> Location:
    latitude, longitude = _degrees(fields, "Location_X", "Location_Y")
    return Location(header, latitude, longitude, fields.text("Label"))


def _position(header: Header, fields: Fields) -> PositionReport:
    latitude, longitude = _degrees(fields, "Latitude", "Longitude")
    return PositionReport(header, latitude, longitude, fields.decimal("Precision"))


def _degrees(fields: Fields, north: str, east: str) -> tuple[float, float]:
    latitude, longitude = fields.decimal(north), fields.decimal(east)
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise MalformedMessageError(f"fields '{north}' and '{east}': are no place on earth; ignored")
    return latitude, longitude


def _scene(event_key: str) -> str | None:
    """Paying followers arrive with a key of another form, last_trade_no_…: no QR code."""
    return event_key.removeprefix(_SCENE) if event_key.startswith(_SCENE) else None


_Reader = Callable[[Header, Fields], Message]

_MESSAGES: dict[str, _Reader] = {
    "text": lambda h, f: Text(h, f.required("Content", LONGEST_CONTENT), f.text("bizmsgmenuid").strip()),
    "voice": lambda h, f: Voice(
        h, f.text("MediaId"), f.text("Format"), f.text("Recognition", LONGEST_CONTENT).strip() or None
    ),
    "image": lambda h, f: Image(h, f.text("MediaId"), f.text("PicUrl")),
    "video": lambda h, f: Video(h, f.text("MediaId"), f.text("ThumbMediaId")),
    "shortvideo": lambda h, f: ShortVideo(h, f.text("MediaId"), f.text("ThumbMediaId")),
    "location": _location,
    "link": lambda h, f: SharedLink(h, f.text("Title"), f.text("Description"), f.text("Url")),
}
_EVENTS: dict[str, _Reader] = {
    "subscribe": lambda h, f: Subscribe(h, _scene(f.text("EventKey")), f.text("Ticket")),
    "unsubscribe": lambda h, _: Unsubscribe(h),
    "scan": lambda h, f: Scan(h, f.text("EventKey"), f.text("Ticket")),
    "click": lambda h, f: Click(h, f.required("EventKey")),
    "view": lambda h, f: View(h, f.required("EventKey")),
    "location": _position,
}
