"""Chinese numerals as clause numbers use them."""

import unicodedata

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

NUMERAL = "零〇○一二三四五六七八九十百千两0-9０-９"
"""The characters of a clause number. Use it inside [ ] of a pattern."""


def to_int(numeral: str) -> int:
    """Value of a number in a clause's mark.

    Args:
        numeral: Chinese numerals or Arabic digits, half- or full-width, without 第 and 条.

    Returns:
        The value, 1 ≤ value ≤ 9999.

    Raises:
        ValueError: a character is not a numeral, or the value is out of range.

    Source: 立法法 (2023) art. 65, which numbers articles in Chinese numerals.

    >>> to_int("十二"), to_int("一百零三"), to_int("一千二百六十"), to_int("二〇"), to_int("１２")
    (12, 103, 1260, 20, 12)
    """
    folded = unicodedata.normalize("NFKC", numeral)
    value = int(folded) if folded.isdecimal() else _chinese(folded)
    if not 1 <= value <= 9999:
        raise ValueError(f"numeral '{numeral}': is not between 1 and 9999")
    return value


def _chinese(numeral: str) -> int:
    total, digits = 0, ""
    for character in numeral:
        if character in _UNITS:
            total += (int(digits) if digits else 1) * _UNITS[character]
            digits = ""
        elif character in _DIGITS:
            digits += str(_DIGITS[character])
        else:
            raise ValueError(f"numeral '{numeral}': '{character}' is no numeral")
    return total + (int(digits) if digits else 0)


def to_chinese(value: int) -> str:
    """A number from 1 to 9999 in Chinese numerals, as in the number of an article.

    >>> [to_chinese(value) for value in (2, 10, 12, 20, 103, 1001, 1260)]
    ['二', '十', '十二', '二十', '一百零三', '一千零一', '一千二百六十']
    """
    written = ""
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            written += "零一二三四五六七八九"[digit] + unit
        elif written and not written.endswith("零") and value % power:
            written += "零"
    return written.removeprefix("一") if written.startswith("一十") else written
