"""What a channel is handed: the functions it may call. Assembly makes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.answering.answer import Answer
from bot.answering.answerer import Ranking
from bot.answering.question import Question
from bot.policy.library import Library
from bot.search.index import Query, TermShare


@dataclass(frozen=True, slots=True)
class Services:
    """The parts behind every channel, and the few settings a channel needs."""

    library: Library
    answer: Callable[[Question], Answer]
    rank: Callable[[Question], Ranking]
    explain: Callable[[Query, str], list[TermShare]]
    today: Callable[[], date]
    site: str
    hotline: str
    staff_token: str
    trusted_proxies: int
