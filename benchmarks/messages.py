"""Messages of 公众号 as the platform delivers them, unencrypted, and the replies to them."""

import hashlib
import random
import time
from xml.etree import ElementTree

HEADERS = {"Content-Type": "text/xml"}

PATH = "/wechat"


def signed(token: str) -> str:
    """The address of a delivery at this moment, signed; each has a nonce of its own."""
    now, nonce = str(int(time.time())), str(random.randrange(10**9))  # noqa: S311  # no secret
    signature = hashlib.sha1("".join(sorted((token, now, nonce))).encode()).hexdigest()  # noqa: S324  # theirs
    return f"{PATH}?signature={signature}&timestamp={now}&nonce={nonce}&openid=o"


def text(openid: str, words: str, number: int) -> bytes:
    """A message of somebody. `number` tells it from the person's others."""
    return _message(openid, f"<MsgType>text</MsgType><Content>{words}</Content><MsgId>{number}</MsgId>")


def event(openid: str, name: str) -> bytes:
    """Something that somebody did, such as `unsubscribe`."""
    return _message(openid, f"<MsgType>event</MsgType><Event>{name}</Event>")


def words_of(reply: bytes) -> str:
    """The words of a reply, or what was said in its place: `success`, or nothing."""
    if not reply.startswith(b"<xml>"):
        return reply.decode("utf-8", "replace")
    return ElementTree.fromstring(reply).findtext("Content") or ""  # noqa: S314  # of our own service


def _message(openid: str, fields: str) -> bytes:
    header = f"<ToUserName>gh_account</ToUserName><FromUserName>{openid}</FromUserName>"
    return f"<xml>{header}<CreateTime>{int(time.time())}</CreateTime>{fields}</xml>".encode()
