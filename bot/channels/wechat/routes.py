"""`/wechat` and `/wecom` over HTTP: a request is decoded, answered once, and the reply encoded."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request

from bot.answering import wording
from bot.channels.desk import Desk
from bot.channels.wechat.account import Account, Platform, account_of
from bot.channels.wechat.envelope import ReceivedMessage, decode, encode, server_check
from bot.channels.wechat.fields import LARGEST_BODY
from bot.channels.wechat.translation import event_of, manner_of
from bot.chat.reception import Delivery, Reception
from bot.errors import ForgedRequestError, MalformedMessageError
from bot.logs import place_of

XML_CONTENT_TYPE = "application/xml; charset=utf-8"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where the messages of an account are taken in. `now` is Unix time in seconds."""

    account: Account
    reception: Reception
    hotline: str
    now: Callable[[], int]

    def words(self, received: ReceivedMessage) -> str | None:
        """The words that reply to a message; None where it is only taken note of.

        The wall: an error becomes a sentence. After a 500 the platform would call the account broken.
        """
        header = received.message.header
        key = "\n".join(header.receipt_key[1:])
        delivery = Delivery(header.openid, key, event_of(received.message), header.created)
        try:
            return self.reception.reply(delivery)
        except Exception as error:  # noqa: BLE001  # nothing a resident sends may end in the platform's own notice
            _log.error("message=failed platform=%s error=%s", self.account.platform.value, place_of(error))
            return wording.failed(self.hotline)


def chat_blueprints(desk: Desk, platform: Platform) -> tuple[Blueprint, ...]:
    """The route of a platform; none where its settings are empty.

    Raises:
        SettingsError: some of its settings are unusable.
    """
    account = account_of(desk.settings, platform)
    if account is None:
        return ()
    manner = manner_of(platform, has_links=bool(desk.settings.public_url))
    reception = desk.reception(platform.value, manner)
    now = lambda: int(desk.clock.now().timestamp())  # noqa: E731
    return (chat_blueprint(Counter(account, reception, desk.settings.hotline, now)),)


def chat_blueprint(counter: Counter) -> Blueprint:
    """The route of one account, named after its platform."""
    platform = counter.account.platform.value
    chat = Blueprint(platform, __name__)

    @chat.get(f"/{platform}", strict_slashes=False)
    def check() -> Response:
        """The platform asks whether this address is ours; the answer is the echo and nothing else."""
        echo = server_check(counter.account, request.args, counter.now())
        return Response(echo, content_type="text/plain; charset=utf-8")

    @chat.post(f"/{platform}", strict_slashes=False)
    def message() -> Response:
        """A message or event; once it is known to be genuine, it always gets words or an acknowledgement."""
        request.max_content_length = LARGEST_BODY
        received = decode(counter.account, request.args, request.get_data(), counter.now())
        words = counter.words(received)
        if words is None:
            return Response(counter.account.acknowledgement, content_type="text/plain; charset=utf-8")
        return Response(
            encode(received, words, counter.now(), secrets.token_bytes), content_type=XML_CONTENT_TYPE
        )

    @chat.errorhandler(ForgedRequestError)
    @chat.errorhandler(MalformedMessageError)
    def refuse(error: ForgedRequestError | MalformedMessageError) -> Response:
        """A request that is not genuine, or no message, learns nothing but that."""
        _log.warning("message=refused platform=%s reason=%s", platform, error)
        return xml_refusal(403 if isinstance(error, ForgedRequestError) else 400)

    return chat


def xml_refusal(status: int, _danger: str = "") -> Response:
    """A refusal in the form that everything under these routes has. Only the platform reads it."""
    xml = f"<xml><Status>{status}</Status><Reason>{HTTPStatus(status).phrase}</Reason></xml>"
    return Response(xml, status=status, content_type=XML_CONTENT_TYPE)
