"""Replies: cut to the length that the platform takes, cleaned of what XML cannot hold, and written as XML."""

import re
from collections.abc import Sequence

from bot.channels.wechat.messages import Header
from bot.chat.manner import Portion

LARGEST_REPLY = 2_048
"""Bytes of UTF-8 that a text reply may have, about 680 Han characters; a longer one does not arrive."""

REPLY_BUDGET = 2_000
"""Bytes that a portion takes unless told otherwise; the rest is left for a closing line."""

ELLIPSIS = "…"

_SMALLEST_BUDGET = len(ELLIPSIS.encode()) + 4
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")


def portion(pieces: Sequence[str], budget: int = REPLY_BUDGET) -> Portion:
    """As many pieces as fit, joined as they are, and those that do not.

    A piece is not divided. One exception: a first piece that is over the budget alone is cut between two
    characters and gets …; what was cut off leads the remainder. Nothing is lost or reordered.

    Args:
        pieces: sentences with whatever blank or line end follows them; cleaned as `clean` does.
        budget: bytes of UTF-8 that the text may have, at least 7.

    Raises:
        ValueError: the budget is smaller: not one character would fit.

    >>> portion(["应当申请。", "可以补正。"], budget=20)
    Portion(text='应当申请。', remainder=('可以补正。',))
    >>> portion(["应当申请。"], budget=12)
    Portion(text='应当申…', remainder=('请。',))
    """
    if budget < _SMALLEST_BUDGET:
        raise ValueError(f"budget {budget}: is below {_SMALLEST_BUDGET} bytes; give room for a character")
    cleaned = [kept for piece in pieces if (kept := clean(piece))]
    room = budget
    for index, piece in enumerate(cleaned):
        room -= len(piece.encode())
        if room < 0 and index == 0:
            head = _head(piece, budget)
            return Portion(head + ELLIPSIS, (piece[len(head) :], *cleaned[1:]))
        if room < 0:
            return Portion("".join(cleaned[:index]), tuple(cleaned[index:]))
    return Portion("".join(cleaned), ())


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, line ends as \\n; emoji and tabs stay.

    >>> clean("一\\x00\\r\\n二\\ud83d👵")
    '一\\n二👵'
    """
    return _NOT_XML.sub("", _LINE_END.sub("\n", text))


def text_reply(header: Header, text: str, created: int) -> str:
    """The XML of a text reply to the sender of a message.

    The last wall: what is over LARGEST_REPLY is cut with …, or the person would get nothing at all.

    Args:
        header: of the message replied to.
        text: what to say; cleaned here.
        created: Unix time in seconds.

    Raises:
        ValueError: nothing is left to say; the person would read that the service is broken.

    Source: developers.weixin.qq.com/doc/service/en/guide/product/message/Passive_user_reply_message.html
    """
    said = clean(text)
    if not said.strip():
        raise ValueError("reply: is empty; say something, or acknowledge only")
    if len(said.encode()) > LARGEST_REPLY:
        said = _head(said, LARGEST_REPLY) + ELLIPSIS
    return (
        f"<xml><ToUserName>{_cdata(header.openid)}</ToUserName>"
        f"<FromUserName>{_cdata(header.account_id)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime><MsgType>{_cdata('text')}</MsgType>"
        f"<Content>{_cdata(said)}</Content></xml>"
    )


def sealed_reply(encrypted: str, signature: str, timestamp: int, nonce: str) -> str:
    """The XML around an encrypted reply.

    Args:
        encrypted: base64.
        signature: over token, timestamp, nonce and the encrypted text.
        timestamp: Unix time in seconds; the platform does not take milliseconds.
    """
    return (
        f"<xml><Encrypt>{_cdata(encrypted)}</Encrypt><MsgSignature>{_cdata(signature)}</MsgSignature>"
        f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{_cdata(nonce)}</Nonce></xml>"
    )


def _head(text: str, budget: int) -> str:
    """The longest beginning that leaves room for … within a budget of bytes."""
    return text.encode()[: budget - len(ELLIPSIS.encode())].decode(errors="ignore")


def _cdata(text: str) -> str:
    """Character data; an end mark within it is divided between two sections, or it would end the first."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
