"""Signatures: ours agree with the platforms' samples and with wechatpy, and nobody else's pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wechat.signature import OLDEST_REQUEST, check_timestamp, sign, signing_token
from bot.errors import ForgedRequestError
from tests.channels.wechat.fake_platform import NOW, signed
from tests.channels.wechat.samples import SAMPLES, Sample


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.nonce)
def test_the_platforms_samples_are_signed_as_we_sign(sample: Sample) -> None:
    """Known answers from both platforms."""
    assert sample.msg_signature == sign(sample.token, sample.timestamp, sample.nonce, sample.encrypted)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=4))
def test_any_parts_are_signed_as_wechatpy_signs_them(parts: list[str]) -> None:
    """Sorted as bytes, joined without a separator."""
    assert sign(*parts) == signed(*parts)


@pytest.mark.parametrize(
    "signature",
    [
        "",  # none sent
        "0" * 40,  # a guess
        sign("community", "1", "2")[:39],  # cut short
        sign("community", "1", "2") + " ",  # something behind it
        sign("community", "1", "2").upper(),  # the platform writes small letters
        sign("", "1", "2"),  # signed with an empty token, as anyone can
        sign("community", "1", "3"),  # of another request
        "签名" * 20,  # no ASCII: compare_digest on str would raise TypeError
        "\ud800" * 40,  # a lone surrogate from a broken query string
        "\x00" * 40,  # NUL
    ],
)
def test_a_wrong_signature_is_forged(signature: str) -> None:
    """Whatever it looks like, it is the one error."""
    with pytest.raises(ForgedRequestError, match=r"^signature: does not match"):
        signing_token(["community"], signature, "1", "2")


def test_either_token_signs_while_they_are_changed() -> None:
    """The current and the previous token are accepted, and we learn which it was."""
    tokens = ["new", "old"]

    assert [signing_token(tokens, sign(token, "1", "2"), "1", "2") for token in tokens] == tokens
    with pytest.raises(ForgedRequestError):
        signing_token(tokens, sign("older", "1", "2"), "1", "2")


@pytest.mark.parametrize("timestamp", [NOW, NOW - OLDEST_REQUEST, NOW + OLDEST_REQUEST])
def test_a_timestamp_near_now_passes(timestamp: int) -> None:
    """Ten minutes either way, the bounds included."""
    check_timestamp(str(timestamp), NOW)


@pytest.mark.parametrize(
    "timestamp",
    [
        "",  # none sent
        str(NOW - OLDEST_REQUEST - 1),  # a replay
        str(NOW + OLDEST_REQUEST + 1),  # signed for later use
        str(NOW * 1000),  # milliseconds
        f"-{NOW}",  # a sign
        f" {NOW}",  # a blank in front
        f"{NOW}\n",  # a line end behind: $ would let it pass
        "１７９５４２０８００",  # full-width digits, which \d takes
        "1795420.80",  # ten characters, not ten digits
        "9" * 5000,  # more digits than int() takes
    ],
)
def test_any_other_timestamp_is_forged(timestamp: str) -> None:
    """Too old, too far ahead, or no timestamp."""
    with pytest.raises(ForgedRequestError, match=r"^timestamp: "):
        check_timestamp(timestamp, NOW)
