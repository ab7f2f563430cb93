"""Numbers as Word prints them in automatic numbering. Source: ISO/IEC 29500-1, 17.18.59 ST_NumberFormat."""

from collections.abc import Callable

from bot.policy.numerals import to_chinese

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def formatted(number: int, number_format: str) -> str:
    """A number in one of Word's formats; one that is not known is printed as Arabic digits, as Word does.

    >>> [formatted(21, name) for name in ("chineseCountingThousand", "ideographDigital", "lowerRoman")]
    ['二十一', '二一', 'xxi']
    >>> formatted(3, "decimalEnclosedCircleChinese"), formatted(3, "none")
    ('③', '')
    """
    if number < 0:
        return str(number)
    write = _FORMATS.get(number_format)
    return write(number) if write and (number or number_format in _WITH_ZERO) else str(number)


def _chinese(number: int) -> str:
    return to_chinese(number) if number <= 9999 else str(number)


def _counting(number: int) -> str:
    """As chineseCounting prints it: digits from 100 on, 一○一."""
    return to_chinese(number) if number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join("○一二三四五六七八九"[int(digit)] for digit in str(number))


def _japanese(number: int) -> str:
    """百一, not 一百零一."""
    written = _chinese(number).replace("零", "")
    return written[1:] if written[:2] in ("一百", "一千") else written


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value) if number < 10_000 else (0, number)
        written += letters * count
    return written


def _letters(number: int) -> str:
    """a … z, aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _from(first: int, most: int) -> Callable[[int], str]:
    """Characters that follow each other in Unicode; beyond the last one, digits."""
    return lambda number: chr(first + number - 1) if number <= most else str(number)


def _cycle(characters: str) -> Callable[[int], str]:
    return lambda number: characters[(number - 1) % len(characters)]


def _circled(number: int) -> str:
    if number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    return chr(0x3251 + number - 21) if number <= 35 else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "ideographEnclosedCircle": _from(0x3280, 10),
    "numberInDash": lambda number: f"- {number} -",
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": lambda number: _chinese(number).translate(_LEGAL),
    "ideographLegalTraditional": lambda number: _chinese(number).translate(_LEGAL),
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "koreanDigital2": _digits,
    "japaneseCounting": _japanese,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
}
_WITH_ZERO = ("none", "decimalZero", "decimalFullWidth", "ideographDigital")
