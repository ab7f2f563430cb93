"""Between the platforms and a chat: their messages as events, and how they want to be talked to."""

import re
from urllib.parse import quote

from bot.channels.wechat.account import Platform
from bot.channels.wechat.messages import (
    Click,
    Message,
    PositionReport,
    Scan,
    Subscribe,
    Text,
    Unknown,
    Unsubscribe,
    View,
    Voice,
)
from bot.channels.wechat.replies import REPLY_BUDGET
from bot.chat.events import Arrival, Departure, Event, Mumble, Picture, Tap, Words
from bot.chat.manner import Manner
from bot.chat.portions import portion

_MARKUP = re.compile(r"<(?=[A-Za-z/!?])")


def event_of(message: Message) -> Event | None:
    """What a person did.

    None where no reply is wanted: a place that the app sends every five seconds, a page that was opened,
    a message of a kind that we do not know.
    """
    event: Event | None
    match message:
        case Text(content=words) | Voice(recognition=str(words)):
            event = Words(words)
        case Voice():
            event = Mumble()
        case Click(key=key):
            event = Tap(key)
        case Subscribe(scene=scene) | Scan(scene=scene):
            event = Arrival(scene, is_first=isinstance(message, Subscribe))
        case Unsubscribe():
            event = Departure()
        case PositionReport() | View() | Unknown():
            event = None
        case _:
            event = Picture()
    return event


def manner_of(platform: Platform, *, has_links: bool) -> Manner:
    """How a platform wants to be talked to.

    Args:
        has_links: whether this site has an address that phones can open.
    """
    return Manner(
        fit=lambda pieces, closing: portion(pieces, REPLY_BUDGET - len(closing.encode())),
        choice=_tappable if platform is Platform.WECHAT else _plain,
        call=_callable if platform is Platform.WECHAT else str,
        escape=harmless,
        has_links=has_links,
    )


def harmless(text: str) -> str:
    """A text that no app takes for a link: < before a letter becomes full-width.

    >>> harmless('<a href="x">点我</a> 收入<3000元')
    '＜a href="x">点我＜/a> 收入<3000元'
    """
    return _MARKUP.sub("＜", text)


def _plain(number: int, shown: str, _asked: str) -> str:
    return f"{number}. {harmless(shown)}"


def _callable(telephone: str) -> str:
    """A telephone number that the app dials at a tap; old apps show plain text."""
    return f'<a href="tel:{telephone}">{telephone}</a>'


def _tappable(number: int, shown: str, asked: str) -> str:
    """A choice that the app turns into a tap. The number works everywhere: old apps show plain text.

    Source: the platform's page on menu messages; a tap sends msgmenucontent as words.
    """
    sent = quote(asked, safe="")
    said = harmless(shown)
    return f'{number}. <a href="weixin://bizmsgmenu?msgmenucontent={sent}&msgmenuid={number}">{said}</a>'
