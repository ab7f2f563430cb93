"""A long reply in portions: whole sentences, and nothing lost between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.manner import Portion
from bot.chat.portions import ELLIPSIS, clean, portion


@pytest.mark.parametrize(
    ("pieces", "budget", "expected"),
    [
        ([], 20, Portion("", ())),  # nothing to say
        (["", "\x00"], 20, Portion("", ())),  # nothing that can be said
        (["应当申请。"], 15, Portion("应当申请。", ())),  # exactly full
        (["应当申请。", "可以。"], 24, Portion("应当申请。可以。", ())),  # two, exactly full
        (
            ["应当申请。", "可以。"],
            23,
            Portion("应当申请。", ("可以。",)),
        ),  # one byte short: never half a sentence
        (
            ["一。", "应当申请。", "二。"],
            12,
            Portion("一。", ("应当申请。", "二。")),
        ),  # order before fullness
        (["应当申请。", "可以。"], 14, Portion("应当申…", ("请。", "可以。"))),  # the first alone is too long
        (["👵👵👵"], 8, Portion("👵…", ("👵👵",))),  # never half a character
        (["政策"], 7, Portion("政策", ())),  # the smallest budget
        (["甲\r\n", "乙\n"], 20, Portion("甲\n乙\n", ())),  # pieces bring their own line ends
    ],
)
def test_a_portion_holds_whole_sentences(pieces: list[str], budget: int, expected: Portion) -> None:
    """As many as fit, in order; what is left stays whole."""
    assert portion(pieces, budget) == expected


@pytest.mark.parametrize("budget", [6, 0, -1])
def test_a_budget_without_room_is_refused(budget: int) -> None:
    """Not one character and … would fit, so a reader would never come to the end."""
    with pytest.raises(ValueError, match=f"^budget {budget}: is below 7"):
        portion(["政策"], budget)


@given(st.lists(st.text(st.characters(), max_size=60), max_size=12), st.integers(7, 200))
def test_portions_lose_and_repeat_nothing(pieces: list[str], budget: int) -> None:
    """Asked for more again and again, a person reads every character once, in order, within the budget."""
    whole = "".join(map(clean, pieces))
    read, left = "", portion(pieces, budget)

    while left.text:
        assert len(left.text.encode()) <= budget
        cut = left.text + "".join(left.remainder) != whole[len(read) :]
        read += left.text.removesuffix(ELLIPSIS) if cut else left.text
        left = portion(left.remainder, budget)

    assert read == whole
