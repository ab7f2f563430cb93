"""Encryption: what the platforms encrypt we open, what we encrypt they open, all else is one error."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto.cryptography import WeChatCipher

from bot.channels.wechat.cipher import SALT_LENGTH, AesKey, aes_key, decrypt, encrypt
from bot.errors import MalformedMessageError
from tests.channels.wechat.fake_platform import AES_KEY, APP_ID, OTHER_AES_KEY, FakePlatform
from tests.channels.wechat.samples import SAMPLES, Sample

KEY, OTHER_KEY = aes_key(AES_KEY), aes_key(OTHER_AES_KEY)
SALT = bytes(range(SALT_LENGTH))
THE_ONE_ERROR = "encrypted part: cannot be opened; check the AES key and the receiver id"


def seal_raw(plain: bytes) -> str:
    """Bytes encrypted as they are: what someone who holds the key could send."""
    encryptor = KEY.cipher().encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def layout(message: bytes, length: int, receiver: str, padding: bytes) -> bytes:
    """The plain bytes of an encrypted message, every part as told."""
    return SALT + length.to_bytes(4, "big") + message + receiver.encode() + padding


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.nonce)
def test_the_platforms_samples_open(sample: Sample) -> None:
    """Known answers from both platforms."""
    key = aes_key(sample.aes_key)

    assert decrypt([key], sample.encrypted, sample.receiver_id) == (key, sample.opened.encode())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.nonce)
def test_with_their_salt_we_encrypt_what_the_platforms_did(sample: Sample) -> None:
    """Byte for byte: the layout, the padding and the initial vector are theirs."""
    key = aes_key(sample.aes_key)
    salt = WeChatCipher(key.raw).decrypt(base64.b64decode(sample.encrypted))[:SALT_LENGTH]

    assert encrypt(key, sample.opened.encode(), sample.receiver_id, salt) == sample.encrypted


@given(st.binary(max_size=300), st.binary(min_size=SALT_LENGTH, max_size=SALT_LENGTH))
def test_what_is_encrypted_can_be_opened(message: bytes, salt: bytes) -> None:
    """Every length of padding, every byte."""
    assert decrypt([KEY], encrypt(KEY, message, APP_ID, salt), APP_ID) == (KEY, message)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_wechatpy_opens_what_we_encrypt_and_we_what_it_does(message: str) -> None:
    """Chinese shows whether lengths count bytes: doraemonext/wechat-python-sdk#80."""
    crypto = FakePlatform().crypto
    ours = encrypt(KEY, message.encode(), APP_ID, SALT)
    signed = crypto.encrypt_message(message, "1", "2")
    theirs = signed.split("<Encrypt><![CDATA[")[1].split("]]>")[0]

    assert FakePlatform().open(ours) == message
    assert decrypt([KEY], theirs, APP_ID) == (KEY, message.encode())


def test_either_key_opens_while_they_are_changed() -> None:
    """The current and the previous key are accepted, and we learn which it was."""
    keys = [OTHER_KEY, KEY]

    assert decrypt(keys, encrypt(KEY, b"m", APP_ID, SALT), APP_ID) == (KEY, b"m")
    assert decrypt(keys, encrypt(OTHER_KEY, b"m", APP_ID, SALT), APP_ID) == (OTHER_KEY, b"m")


@pytest.mark.parametrize(
    "encrypted",
    [
        "",  # nothing
        "not base64!",  # characters that base64 has not
        encrypt(KEY, b"m", APP_ID, SALT).replace("A", "\nA", 1),  # a line end within
        "QUJDRA",  # base64 without its padding
        "密文",  # no ASCII
        "\ud800",  # a lone surrogate
        base64.b64encode(b"x" * 15).decode(),  # no whole block
        base64.b64encode(b"x" * 16).decode(),  # one block of noise
        base64.b64encode(b"x" * 320).decode(),  # noise
        encrypt(OTHER_KEY, b"m", APP_ID, SALT),  # another account's key
        encrypt(KEY, b"m", "wx0000000000000000", SALT),  # another account's receiver id
        encrypt(KEY, b"m", "", SALT),  # no receiver id
        encrypt(KEY, b"m", APP_ID + "\x00", SALT),  # something behind the receiver id
        seal_raw(SALT + b"\x20" * 32),  # padding that reaches into the length
        seal_raw(layout(b"m", 1, APP_ID, b"\x00" * 9)),  # padding 0
        seal_raw(layout(b"m", 1, APP_ID, b"\x29" * 41)),  # padding 41: over the block of 32
        seal_raw(layout(b"m", 1, APP_ID, b"\x01" * 8 + b"\x09")),  # padding that disagrees with itself
        seal_raw(layout(b"m", 2, APP_ID, b"\x09" * 9)),  # a length that eats into the receiver id
        seal_raw(layout(b"m", 2**32 - 1, APP_ID, b"\x09" * 9)),  # a length of 4 GiB
        seal_raw(layout(b"", 0, "", b"\x0c" * 12)),  # nothing inside
    ],
)
def test_whatever_is_wrong_gives_the_same_error(encrypted: str) -> None:
    """An attacker learns nothing from the answer: no padding oracle."""
    with pytest.raises(MalformedMessageError) as caught:
        decrypt([KEY], encrypted, APP_ID)

    assert str(caught.value) == THE_ONE_ERROR
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize(
    "plain",
    [
        layout(b"m", 2, "", b"\x0b" * 11),  # a length that eats into the padding
        layout(b"", 0, "", b"\x00" * 12),  # padding 0
        layout(b"", 0x10101010, "", b"\x10" * 12),  # padding that reaches into the length
    ],
)
def test_lengths_are_checked_even_without_a_receiver_id(plain: bytes) -> None:
    """Some bots in 企业微信 have none, so its comparison must not be what saves us."""
    assert decrypt([KEY], seal_raw(layout(b"m", 1, "", b"\x0b" * 11)), "") == (KEY, b"m")
    with pytest.raises(MalformedMessageError, match=f"^{THE_ONE_ERROR}$"):
        decrypt([KEY], seal_raw(plain), "")


def test_a_changed_byte_of_the_end_is_always_the_same_error() -> None:
    """Receiver id and padding fill the last two blocks: each of their bytes, changed to each other value."""
    sealed = base64.b64decode(encrypt(KEY, b"m" * 12, APP_ID, SALT))

    for place in range(len(sealed) - 32, len(sealed)):
        for change in range(1, 256):
            tampered = bytearray(sealed)
            tampered[place] ^= change
            with pytest.raises(MalformedMessageError, match=f"^{THE_ONE_ERROR}$"):
                decrypt([KEY], base64.b64encode(tampered).decode(), APP_ID)


@pytest.mark.parametrize(
    "text",
    [
        "",  # none
        "A" * 42,  # cut short
        "A" * 43 + "=",  # the key of base64 itself
        "A" * 43 + "\n",  # a line end behind
        "A" * 42 + "-",  # a character that the console never shows
        "密" * 43,  # no ASCII
    ],
)
def test_what_is_no_key_is_named_without_being_repeated(text: str) -> None:
    """The message goes into a log."""
    with pytest.raises(ValueError, match=r"^is not 43 letters and digits; ") as caught:
        aes_key(text)

    assert not text or text not in str(caught.value)


def test_a_key_is_never_shown() -> None:
    """Not in a log, not in a traceback's locals."""
    assert repr(KEY) == "AesKey()"
    assert AesKey(KEY.raw) == KEY
