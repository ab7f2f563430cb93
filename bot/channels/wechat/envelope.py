"""A request's way in and a reply's way out: the one visible path for every mode of both platforms.

    server_check   GET:  timestamp → signature → the echo (encrypted: signature of the echo → decryption)
    decode         POST: timestamp → signature → fields → message
                         (encrypted: … → fields → signature of the body → decryption → fields → message)
    encode         text → XML (encrypted: → encryption → signature → envelope)

公众号 signs each request (`signature`) and, when it encrypts, its body too (`msg_signature`); 企业微信 always
encrypts and signs only the body. The plain signature does not cover the body: a stranger who has seen one
address could send any body with it. So outside plain mode only the encrypted part counts. In compatible mode
an unsigned clear copy stands beside it; it is ignored.

Sources: developers.weixin.qq.com/doc/service/en/guide/dev/push/encryption.html and, for 企业微信,
work.weixin.qq.com/api/doc/10514
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.channels.wechat.account import Account, Mode, Platform
from bot.channels.wechat.cipher import SALT_LENGTH, AesKey, decrypt, encrypt
from bot.channels.wechat.fields import LARGEST_BODY, read_fields
from bot.channels.wechat.messages import Message, read_message
from bot.channels.wechat.replies import sealed_reply, text_reply
from bot.channels.wechat.signature import check_timestamp, sign, signing_token
from bot.errors import ForgedRequestError, MalformedMessageError


@dataclass(frozen=True, slots=True)
class Seal:
    """What a message was signed and encrypted with; its reply must be too, also while secrets are changed."""

    receiver_id: str
    token: str = field(repr=False)
    key: AesKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """A message, and the seal for its reply; no seal where the reply is not encrypted."""

    message: Message
    seal: Seal | None


def server_check(account: Account, query: Mapping[str, str], now: int) -> str:
    """The body that answers the check when an operator submits the address: nothing may stand around it.

    Args:
        query: the parameters of the GET request, decoded.
        now: Unix time in seconds.

    Raises:
        ForgedRequestError: wrong signature, or a timestamp that is not near now.
        MalformedMessageError: there is no echo, or it cannot be decrypted.
    """
    _check_request(account, query, now)
    echo = query.get("echostr", "")
    if not echo:
        raise MalformedMessageError("parameter 'echostr': is missing; submit the address in the console")
    if account.platform is Platform.WECHAT:
        return echo
    try:
        return _unseal(account, query, echo)[1].decode()
    except UnicodeDecodeError:
        raise MalformedMessageError("parameter 'echostr': is not UTF-8; submit the address again") from None


def decode(account: Account, query: Mapping[str, str], body: bytes, now: int) -> ReceivedMessage:
    """The message in a POST request.

    Args:
        query: the request's parameters, decoded.
        body: as sent; parsed only after its size and, for 公众号, the request's signature are checked.
        now: Unix time in seconds.

    Raises:
        ForgedRequestError: wrong signature, a timestamp that is not near now, plaintext outside plain mode.
        MalformedMessageError: the body is no message.
    """
    _check_request(account, query, now)
    fields = read_fields(body)
    encrypted = fields.text("Encrypt", LARGEST_BODY).strip()
    if account.mode is not Mode.PLAIN:
        seal, message = _unseal(account, query, encrypted)
        return ReceivedMessage(read_message(read_fields(message)), seal)
    if encrypted and "MsgType" not in fields.values:
        raise MalformedMessageError("body: is encrypted; set the AES key, or choose 明文模式 in the console")
    return ReceivedMessage(read_message(fields), seal=None)


def encode(received: ReceivedMessage, text: str, now: int, random_bytes: Callable[[int], bytes]) -> str:
    """The XML that replies with a text, encrypted as the message was.

    Args:
        text: at most 2,048 bytes of UTF-8; `portion` cuts a longer one well.
        now: Unix time in seconds.
        random_bytes: gives so many bytes that nobody can guess, such as secrets.token_bytes.

    Raises:
        ValueError: the text is empty.
    """
    reply = text_reply(received.message.header, text, now)
    if received.seal is None:
        return reply
    seal = received.seal
    encrypted = encrypt(seal.key, reply.encode(), seal.receiver_id, random_bytes(SALT_LENGTH))
    nonce = str(int.from_bytes(random_bytes(8), "big"))
    return sealed_reply(encrypted, sign(seal.token, str(now), nonce, encrypted), now, nonce)


def _check_request(account: Account, query: Mapping[str, str], now: int) -> None:
    """When a request was signed and, for 公众号, by whom; 企业微信 signs only what it encrypts."""
    check_timestamp(query.get("timestamp", ""), now)
    if account.platform is Platform.WECHAT:
        _signing_token(account, query, "signature")


def _unseal(account: Account, query: Mapping[str, str], encrypted: str) -> tuple[Seal, bytes]:
    """What a message was sealed with, and the bytes inside."""
    if not encrypted:
        raise ForgedRequestError("body: is not encrypted, so not signed; choose 安全模式 in the console")
    token = _signing_token(account, query, "msg_signature", encrypted)
    key, message = decrypt(account.keys, encrypted, account.receiver_id)
    return Seal(account.receiver_id, token, key), message


def _signing_token(account: Account, query: Mapping[str, str], name: str, *signed: str) -> str:
    """The token that the parameter `name` signs timestamp, nonce and `signed` with."""
    return signing_token(
        account.tokens,
        query.get(name, ""),
        query.get("timestamp", ""),
        query.get("nonce", ""),
        *signed,
    )
