"""Replies: written as XML, and never longer than the platform takes."""

from bot.channels.wechat.messages import Header
from bot.chat.portions import ELLIPSIS, clean, head

LARGEST_REPLY = 2_048
"""Bytes of UTF-8 that a text reply may have, about 680 Han characters; a longer one does not arrive."""

REPLY_BUDGET = 2_000
"""Bytes of a portion with its closing line. Less than LARGEST_REPLY, so that the last wall cuts nothing."""


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
        said = head(said, LARGEST_REPLY) + ELLIPSIS
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


def _cdata(text: str) -> str:
    """Character data; an end mark within it is divided between two sections, or it would end the first."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
