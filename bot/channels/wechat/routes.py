"""`/wechat` and `/wecom` over HTTP: a request is decoded, answered once, and the reply encoded."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request

from bot.answering import wording
from bot.channels.wechat.account import Account
from bot.channels.wechat.conversation import SILENT, Conversation
from bot.channels.wechat.envelope import Received, decode, encode, server_check
from bot.channels.wechat.fields import LARGEST_BODY
from bot.channels.wechat.messages import Unsubscribe
from bot.errors import ForgedRequestError, MalformedMessageError
from bot.logs import place_of
from bot.records.once import Once
from bot.records.person import People
from bot.records.records import Receipt, Records

PATIENCE_SECONDS = 4.0
"""How long a repeat waits for the worker that is answering: the platform hangs up after five seconds."""

XML_CONTENT_TYPE = "application/xml; charset=utf-8"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chatting:
    """What an account needs to answer. `now` is Unix time in seconds."""

    account: Account
    conversation: Conversation
    records: Records
    once: Once
    people: People
    now: Callable[[], int]

    def reply(self, received: Received) -> str | None:
        """The words that reply to a message; None where none are wanted, or another worker has them still."""
        message = received.message
        person = self.people.person(self.account.platform.value, message.header.openid)
        if isinstance(message, Unsubscribe):
            self.records.delete_person(person)
        if isinstance(message, SILENT):
            return None
        receipt = Receipt(person, "\n".join(message.header.receipt_key[1:]))
        reply = self.once.reply(receipt, PATIENCE_SECONDS, lambda: self.conversation.turn(person, message))
        return reply.text if reply else None


def chat_blueprint(chatting: Chatting) -> Blueprint:
    """The route of one account, named after its platform."""
    platform = chatting.account.platform.value
    chat = Blueprint(platform, __name__)

    @chat.get(f"/{platform}", strict_slashes=False)
    def check() -> Response:
        """The platform asks whether this address is ours; the answer is the echo and nothing else."""
        echo = server_check(chatting.account, request.args, chatting.now())
        return Response(echo, content_type="text/plain; charset=utf-8")

    @chat.post(f"/{platform}", strict_slashes=False)
    def message() -> Response:
        """A message or event; once it is known to be genuine, it always gets words or an acknowledgement."""
        request.max_content_length = LARGEST_BODY
        received = decode(chatting.account, request.args, request.get_data(), chatting.now())
        words = _words(chatting, received)
        if words is None:
            return Response(chatting.account.acknowledgement, content_type="text/plain; charset=utf-8")
        return Response(
            encode(received, words, chatting.now(), secrets.token_bytes), content_type=XML_CONTENT_TYPE
        )

    @chat.errorhandler(ForgedRequestError)
    @chat.errorhandler(MalformedMessageError)
    def refuse(error: ForgedRequestError | MalformedMessageError) -> Response:
        """What is not genuine, or no message, learns nothing but that."""
        _log.warning("message=refused platform=%s reason=%s", platform, error)
        return xml_refusal(403 if isinstance(error, ForgedRequestError) else 400)

    return chat


def xml_refusal(status: int) -> Response:
    """A refusal in the form that everything under these routes has."""
    xml = f"<xml><Status>{status}</Status><Reason>{HTTPStatus(status).phrase}</Reason></xml>"
    return Response(xml, status=status, content_type=XML_CONTENT_TYPE)


def _words(chatting: Chatting, received: Received) -> str | None:
    """The reply. The wall: an error becomes a sentence, for a 500 would say that the account is broken."""
    try:
        return chatting.reply(received)
    except Exception as error:  # noqa: BLE001  # nothing a resident sends may end in the platform's own notice
        platform = chatting.account.platform.value
        _log.error("message=failed platform=%s error=%s", platform, place_of(error))
        return wording.failed(chatting.conversation.hotline)
