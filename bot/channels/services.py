"""What a channel is handed: the functions it may call. Assembly makes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.question import Question
from bot.channels.wechat.routes import Chatting


@dataclass(frozen=True, slots=True)
class Services:
    """The parts behind every channel, and the few settings a channel needs."""

    answerer: Callable[[], Answerer]
    """What answers now, with its library and its index. Documents change: call it once a request."""
    ask: Callable[[Question, str], Answer]
    """Answers a question that came by a channel, api or web, and keeps what came of it."""
    today: Callable[[], date]
    site: str
    hotline: str
    staff_token: str
    trusted_proxies: int
    chats: Sequence[Chatting] = ()
