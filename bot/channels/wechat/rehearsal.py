"""A rehearsal: plays the platform's server and one person's phone, against a service that is running.

The real protocol is spoken: signed, and encrypted when the account has a key.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from xml.sax.saxutils import escape

from bot.channels.wechat.account import Account
from bot.channels.wechat.cipher import SALT_LENGTH, decrypt, encrypt
from bot.channels.wechat.fields import LARGEST_BODY, read_fields
from bot.channels.wechat.signature import sign
from bot.errors import RehearsalError

_PATIENCE_SECONDS = 5
"""The platform hangs up after so long."""

_ACTIONS: dict[str, Callable[[str], dict[str, str]]] = {
    "/subscribe": lambda scene: _event("subscribe", f"qrscene_{scene}" if scene else ""),
    "/unsubscribe": lambda _: _event("unsubscribe", ""),
    "/scan": lambda scene: _event("SCAN", scene),
    "/click": lambda key: _event("CLICK", key),
    "/voice": lambda words: {"MsgType": "voice", "MediaId": "1", "Format": "amr", "Recognition": words},
    "/image": lambda _: {"MsgType": "image", "MediaId": "1", "PicUrl": "http://localhost/1.jpg"},
}


def _event(name: str, key: str) -> dict[str, str]:
    return {"MsgType": "event", "Event": name, "EventKey": key}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One person in a chat with the service at an address, such as http://127.0.0.1:8000."""

    account: Account
    address: str
    person: str

    def say(self, typed: str) -> str | None:
        """The reply to what a person types; None where the service only took note of it.

        Args:
            typed: words, or an action: /subscribe [scene], /unsubscribe, /scan scene, /click key,
                /voice words, /image.

        Raises:
            RehearsalError: the service does not answer, refuses, or answers something else than a message.
        """
        action, _, rest = typed.partition(" ")
        known = _ACTIONS.get(action)
        body = self._post(known(rest.strip()) if known else {"MsgType": "text", "Content": typed})
        return self._content(body) if body.startswith(b"<xml>") else None

    def _post(self, fields: dict[str, str]) -> bytes:
        now, nonce = str(int(time.time())), secrets.token_hex(8)
        xml = self._xml(fields, now)
        query = {"timestamp": now, "nonce": nonce, "signature": sign(self.account.tokens[0], now, nonce)}
        if self.account.keys:
            sealed = self._sealed(xml)
            signature = sign(self.account.tokens[0], now, nonce, sealed)
            query |= {"openid": self.person, "encrypt_type": "aes", "msg_signature": signature}
            xml = _element("Encrypt", sealed)
        url = f"{self.address}/{self.account.platform.value}?{urlencode(query)}"
        try:
            with urlopen(  # noqa: S310  # the address is the operator's own
                Request(url, f"<xml>{xml}</xml>".encode(), {"Content-Type": "text/xml"}),  # noqa: S310
                timeout=_PATIENCE_SECONDS,
            ) as response:
                body: bytes = response.read(LARGEST_BODY)
                return body
        except HTTPError as error:
            said = f"{error.code} {HTTPStatus(error.code).phrase}"
            raise RehearsalError(self.address, f"says {said}; start both with the same settings") from None
        except (URLError, OSError) as error:
            reason = getattr(error, "reason", error)
            raise RehearsalError(self.address, f"does not answer ({reason}); start it") from None

    def _xml(self, fields: dict[str, str], now: str) -> str:
        """What stands in a message; events bear no MsgId."""
        named = {"ToUserName": "rehearsal", "FromUserName": self.person, "CreateTime": now} | fields
        if fields["MsgType"] != "event":
            named["MsgId"] = str(secrets.randbits(62))
        return "".join(_element(name, value) for name, value in named.items())

    def _sealed(self, xml: str) -> str:
        salt = secrets.token_bytes(SALT_LENGTH)
        return encrypt(self.account.keys[0], f"<xml>{xml}</xml>".encode(), self.account.receiver_id, salt)

    def _content(self, body: bytes) -> str:
        fields = read_fields(body)
        if self.account.keys:
            _, body = decrypt(
                self.account.keys, fields.text("Encrypt", LARGEST_BODY), self.account.receiver_id
            )
            fields = read_fields(body)
        return fields.text("Content")


def _element(name: str, value: str) -> str:
    return f"<{name}>{escape(value)}</{name}>"
