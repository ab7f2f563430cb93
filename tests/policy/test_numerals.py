"""Numerals: every number a clause can bear is read and written."""

import pytest

from bot.policy.numerals import to_chinese, to_int

READ = [
    # one character
    ("一", 1),
    ("十", 10),
    # 十 without 一 before it, and with it inside a hundred
    ("十九", 19),
    ("一百一十二", 112),
    # one 零 for a gap of any width
    ("一百零三", 103),
    ("一千零一", 1001),
    ("一千零一十", 1010),
    # 零 left out, as careless typists do
    ("一百三", 103),
    # 两 counts as 二
    ("两百", 200),
    ("两千零二", 2002),
    # digits one by one, with either circle
    ("二〇", 20),
    ("二○", 20),
    ("一二六〇", 1260),
    # Arabic digits, half and full width
    ("12", 12),
    ("１２", 12),
    ("007", 7),
    # the largest
    ("九千九百九十九", 9999),
]

REFUSED = [
    # nothing
    "",
    # counts nothing
    "零",
    "0",
    # beyond the largest
    "10000",
    "九九九九九",
    # 万 is no unit of clause numbers
    "一万",
    # not a numeral at all, or not only
    "甲",
    "第一",
    "十二条",
    "-1",
    "1.5",
    # more digits than Python converts
    "9" * 5000,
]


@pytest.mark.parametrize(("numeral", "value"), READ)
def test_a_numeral_is_read(numeral: str, value: int) -> None:
    """Values of all ways of writing that occur in clause numbers."""
    assert to_int(numeral) == value


@pytest.mark.parametrize("numeral", REFUSED, ids=lambda numeral: numeral[:6])
def test_what_is_no_clause_number_is_refused(numeral: str) -> None:
    """The caller learns it from a ValueError, never from a wrong number."""
    with pytest.raises(ValueError, match=r"."):
        to_int(numeral)


def test_writing_and_reading_undo_each_other() -> None:
    """For all numbers a clause can bear."""
    assert list(range(1, 10_000)) == [to_int(to_chinese(value)) for value in range(1, 10_000)]


def test_no_two_numbers_are_written_alike() -> None:
    """Labels are as distinct as anchors."""
    assert len({to_chinese(value) for value in range(1, 10_000)}) == 9999
