"""People as the records know them: by a keyed hash. Nobody can turn it back without SECRET_KEY."""

import hashlib
import hmac
from base64 import b32encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on a channel.

    `key` stays the same as long as the channel, the id and SECRET_KEY stay the same.
    """

    channel: str
    key: str


@dataclass(frozen=True, slots=True)
class People:
    """Makes persons of the ids that the platforms give."""

    secret: bytes

    def person(self, channel: str, platform_id: str) -> Person:
        """The person that a platform calls by an id.

        Args:
            channel: our own word for the platform, such as `wechat`.
            platform_id: its id for the person, such as an openid; it is kept nowhere.

        >>> People(b"secret").person("wechat", "oA1").key
        'EERSSBPDFQSNR5KLP74N3UDRLFTWW63ISVX3MYSXO4NZICJNWJYA'
        """
        named = f"person\0{channel}\0{platform_id}".encode("utf-8", "surrogatepass")
        return Person(channel, as_letters(hmac.digest(self.secret, named, hashlib.sha256)))

    def conversation_key(self, conversation_id: str) -> str:
        """The key of a conversation, from the id that its asker holds; the id is kept nowhere."""
        named = f"conversation\0{conversation_id}".encode("utf-8", "surrogatepass")
        return as_letters(hmac.digest(self.secret, named, hashlib.sha256))

    def page_key(self, answer_id: str) -> str:
        """The key of the page of an answer."""
        return as_letters(hmac.digest(self.secret, f"page\0{answer_id}".encode(), hashlib.sha256))

    def sealed(self, conversation_id: str, answer_id: str) -> str:
        """The id of a conversation, encrypted for the page of an answer.

        Applied twice, it gives the id again.

        Args:
            conversation_id: 32 hexadecimal digits.
            answer_id: never the same for two pages, so each has a key of its own.

        >>> sealed = People(b"secret").sealed("0f" * 16, "a1")
        >>> sealed == "0f" * 16, People(b"secret").sealed(sealed, "a1")
        (False, '0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f')
        """
        named = f"seal\0{answer_id}".encode()
        pad = hmac.digest(self.secret, named, hashlib.sha256)[:16]
        return bytes(a ^ b for a, b in zip(bytes.fromhex(conversation_id), pad, strict=True)).hex()


def departure_mark(person_key: str) -> str:
    """The mark of somebody who has left. It tells whether a key is theirs; nobody can turn it back.

    >>> departure_mark("A" * 52) == departure_mark("A" * 52) != "A" * 52
    True
    """
    return as_letters(hashlib.sha256(f"departure\0{person_key}".encode()).digest())


def as_letters(digest: bytes) -> str:
    """A digest in base 32. A digest in hexadecimal can look like a phone number; this one cannot."""
    return b32encode(digest).decode().rstrip("=")
