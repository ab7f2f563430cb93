"""Encrypted messages: AES-256-CBC as the platform lays it out. The only door to cryptography.

    salt (16 bytes) · length of the message in bytes (4, big-endian) · message · receiver id · padding (1-32)

CBC carries no proof of origin, so a caller checks the signature first, and every failure here is the same
error: an attacker must not learn from it which byte was wrong.

Source:
developers.weixin.qq.com/doc/oplatform/en/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
"""

import base64
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.errors import MalformedMessageError

SALT_LENGTH = 16
"""Bytes before the message that make two encryptions of it differ."""

_LENGTH_END = SALT_LENGTH + 4
_AES_BLOCK = 16
_PADDED_BLOCK = 32
_ENCODING_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")


@dataclass(frozen=True, slots=True)
class AesKey:
    """A key of 32 bytes; never shown."""

    raw: bytes = field(repr=False)

    def cipher(self) -> Cipher[modes.CBC]:
        """AES-256-CBC whose initial vector is the key's first half."""
        return Cipher(algorithms.AES256(self.raw), modes.CBC(self.raw[:_AES_BLOCK]))


def aes_key(encoding_aes_key: str) -> AesKey:
    """The key that an EncodingAESKey stands for.

    Args:
        encoding_aes_key: the 43 characters that the platform's console shows.

    Raises:
        ValueError: it is something else; the message does not repeat it.
    """
    if not _ENCODING_AES_KEY.fullmatch(encoding_aes_key):
        raise ValueError("is not 43 letters and digits; copy the EncodingAESKey from the platform's console")
    return AesKey(base64.b64decode(encoding_aes_key + "="))


def encrypt(key: AesKey, message: bytes, receiver_id: str, salt: bytes) -> str:
    """A message encrypted for the platform, in base64.

    Args:
        receiver_id: AppID of the 公众号, CorpID of the 企业微信.
        salt: SALT_LENGTH bytes, fresh for each message.
    """
    plain = salt + len(message).to_bytes(4, "big") + message + receiver_id.encode()
    missing = _PADDED_BLOCK - len(plain) % _PADDED_BLOCK
    encryptor = key.cipher().encryptor()
    sealed = encryptor.update(plain + bytes([missing]) * missing) + encryptor.finalize()
    return base64.b64encode(sealed).decode()


def decrypt(keys: Iterable[AesKey], encrypted: str, receiver_id: str) -> tuple[AesKey, bytes]:
    """The key that opens an encrypted message, and the message.

    Args:
        keys: the current one and, while they are changed, the previous one.
        encrypted: base64 as sent, its signature already checked.
        receiver_id: whom the message must name: our AppID or CorpID.

    Raises:
        MalformedMessageError: no key opens it, or it is for someone else; always the same sentence.
    """
    for key in keys:
        message = _open(key, encrypted, receiver_id.encode())
        if message is not None:
            return key, message
    raise MalformedMessageError("encrypted part: cannot be opened; check the AES key and the receiver id")


def _open(key: AesKey, encrypted: str, receiver: bytes) -> bytes | None:
    """The message, None where anything about it is wrong."""
    try:
        sealed = base64.b64decode(encrypted, validate=True)
    except ValueError:
        return None
    if not sealed or len(sealed) % _AES_BLOCK:
        return None
    decryptor = key.cipher().decryptor()
    plain = decryptor.update(sealed) + decryptor.finalize()
    padding = plain[-1:] * plain[-1]
    if not 1 <= len(padding) <= _PADDED_BLOCK or not plain.endswith(padding):
        return None
    content = plain[_LENGTH_END : -len(padding)]
    length = int.from_bytes(plain[SALT_LENGTH:_LENGTH_END], "big")
    if length > len(content) or not hmac.compare_digest(content[length:], receiver):
        return None
    return content[:length]
