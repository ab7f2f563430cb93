"""Numbers and addresses of people are found and masked before anything is kept or logged.

A number is one or more groups of digits with blanks or hyphens between them, such as 138 0013 8000. It begins
where a group begins and ends where a group ends; a part of a longer number does not count. Check digits,
dates and lengths tell numbers of people from other numbers. What such numbers look like that are mistyped, or
written otherwise, is said by patterns of their own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.records.written_numbers import EMAIL, PATTERNS, NumberKind


@dataclass(frozen=True, slots=True)
class MaskedText:
    """A text that may be kept, and the kinds of numbers that were masked in it, each once, in text order."""

    text: str
    kinds: tuple[NumberKind, ...] = ()


_Group = re.Match[str]

_LONGEST = 19
"""Digits of the longest number, a bank card's."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_GROUP = re.compile(r"[0-9]+")
_GAP = re.compile("[ \t\u00a0\u2000-\u2015\u202f\u2060\u2212\u3000\ufeff-]{1,3}")
"""Blanks of every width, also of none, and hyphens."""

_MOBILE = re.compile(r"((?:00?)?86|0)?1[3-9][0-9]{9}")
_DECIMALS = re.compile(r"\.[0-9]+ ?[元圆]")
"""An amount has them; a phone number with 元 behind it has not: nobody writes 11 digits of money so."""
_CHECK_LETTER = re.compile("[ -]?[Xx](?![0-9A-Za-z])")
_IDENTITY = re.compile(r"[1-9][0-9]{5}((?:18|19|20)[0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}[0-9X]")
# Issued until 1999, without check digit: the province (GB/T 2260) stands in for it.
_OLD_IDENTITY = re.compile(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])[0-9]{4}([0-9]{2})([0-9]{2})([0-9]{2})[0-9]{3}"
)
# No card begins with 1 or like a year of ours.
_CARD = re.compile(r"(?:2[2-7]|[3-9][0-9])[0-9]{11,17}")

_WRITTEN_DIGITS = str.maketrans(
    "〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①②③④⑤⑥⑦⑧⑨⓪", "0012345678911234567891234567890"
)
_TELLING = re.compile("[0-9A-Za-z@０-９Ａ-Ｚａ-ｚ＠〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖①-⑨⓪]")
_FEWEST = 5
"""Of these in a number or an address; most questions have none."""


def mask(text: str) -> MaskedText:
    """The text with each personal number replaced by the name of its kind.

    Numbers are found in half and full width, phones also behind +86, in time linear in the text.

    Source: GB 11643-1999 (identity numbers), ISO/IEC 7812-1 (cards).

    >>> mask("我电话 138-0013-8000，厦府〔2024〕5号能补多少？")
    MaskedText(text='我电话 手机号***，厦府〔2024〕5号能补多少？', kinds=(<NumberKind.PHONE: '手机号'>,))
    """
    if len(_TELLING.findall(text)) < _FEWEST:
        return MaskedText(text)
    kept: list[str] = []
    kinds: list[NumberKind] = []
    end = 0
    for kind, start, stop in _found(text.translate(_HALF_WIDTH)):
        kept += text[end:start], f"{kind}***"
        kinds.append(kind)
        end = stop
    return MaskedText("".join([*kept, text[end:]]), tuple(dict.fromkeys(kinds)))


_Span = tuple[NumberKind, int, int]


def _found(text: str) -> list[_Span]:
    """Kind, start and end of everything that is masked, in text order."""
    found: list[_Span] = []
    for find in (_addresses, _numbers, _others, _written_out):
        spans = sorted(_apart(find(text)), key=lambda span: span[1])
        text = _blanked(text, spans)  # what is found is not looked at again
        found += spans
    return sorted(found, key=lambda span: span[1])


def _apart(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Spans that do not overlap: the first of two that would."""
    taken: set[int] = set()
    for span in spans:
        places = range(span[1], span[2])
        if taken.isdisjoint(places):
            taken.update(places)
            yield span


def _blanked(text: str, spans: Iterable[_Span]) -> str:
    """The text with the characters of some spans replaced by neutral ones; spans in text order."""
    pieces: list[str] = []
    end = 0
    for _, start, stop in spans:
        pieces += text[end:start], "\n" * (stop - start)
        end = stop
    return "".join([*pieces, text[end:]])


def _addresses(text: str) -> Iterator[_Span]:
    """Addresses of e-mail; before numbers, for many begin with one."""
    return ((NumberKind.EMAIL, *match.span()) for match in EMAIL.finditer(text))


def _others(text: str) -> Iterator[_Span]:
    """Numbers that are known by the way they are written, not by a check digit."""
    for kind, pattern in PATTERNS:
        yield from ((kind, *match.span(1)) for match in pattern.finditer(text))


def _written_out(text: str) -> Iterator[_Span]:
    """Numbers in digits of another kind, all or some of them: 一三九, 壹叁玖, ①③⑨."""
    return _numbers(text.translate(_WRITTEN_DIGITS))


def _numbers(text: str) -> Iterator[_Span]:
    """Kind, start and end of every number of a person, in text order."""
    groups = list(_GROUP.finditer(text))
    end = 0
    for index, group in enumerate(groups):
        if group.start() < end:
            continue
        near = _neighbours(text, groups[index : index + _LONGEST])
        if found := _number_from(text, near):
            kind, end = found
            start = group.start()
            yield kind, start - (text[start - 1 : start] == "+"), end


def _neighbours(text: str, groups: Sequence[_Group]) -> list[_Group]:
    """The first group and all groups that follow it with only a gap between."""
    near = [groups[0]]
    for before, group in pairwise(groups):
        if not _GAP.fullmatch(text, before.end(), group.start()):
            break
        near.append(group)
    return near


def _number_from(text: str, groups: Sequence[_Group]) -> tuple[NumberKind, int] | None:
    """Kind and end of the number that begins with the first group.

    The longest one of the first kind that fits.
    """
    parts: list[str] = []
    found: list[tuple[NumberKind, int]] = []
    for group in groups:
        parts.append(group[0])
        if sum(map(len, parts)) > _LONGEST:
            break
        found += _readings(text, parts, group.end())
    return min(found, key=lambda reading: (list(NumberKind).index(reading[0]), -reading[1]), default=None)


def _readings(text: str, parts: Sequence[str], end: int) -> Iterator[tuple[NumberKind, int]]:
    """The kinds of number that some groups of digits can be, if they end at an offset."""
    digits = "".join(parts)
    if len(digits) == 17 and (letter := _CHECK_LETTER.match(text, end)) and _is_identity(digits + "X"):
        yield NumberKind.IDENTITY, letter.end()
    if _is_identity(digits) or (_is_old_identity(digits) and _is_spaced(parts)):
        yield NumberKind.IDENTITY, end
    if _is_phone(digits, parts) and not _DECIMALS.match(text, end):
        yield NumberKind.PHONE, end
    if _is_card(digits, parts):
        yield NumberKind.CARD, end


def _is_spaced(parts: Sequence[str]) -> bool:
    """Whether the digits are grouped as people group a number: one by one, or by three and more. A date has
    groups of two."""
    sizes = {len(part) for part in parts}
    return min(sizes) >= 3 or max(sizes) == 1


def _is_phone(digits: str, parts: Sequence[str]) -> bool:
    if not (found := _MOBILE.fullmatch(digits)):
        return False
    own = parts[1:] if parts[0] == found[1] else parts
    return _is_spaced(own) or _is_spaced_at_will(own)


def _is_spaced_at_will(parts: Sequence[str]) -> bool:
    """Whether the digits are grouped irregularly, as in 13 912 345 678 or 1 391 234 5678.

    A row of other figures is no phone number: one of them is a year, or has a single digit.
    """
    first, *others = parts
    is_year = any(len(part) == 4 and part.startswith(("19", "20")) for part in parts)
    return not is_year and len(parts) <= 5 and len(first) <= 5 and min(map(len, others), default=0) >= 2


def _is_identity(digits: str) -> bool:
    if not (found := _IDENTITY.fullmatch(digits)):
        return False
    return _is_date(found[1], found[2], found[3]) and digits[17] == check_letter(digits)


def _is_old_identity(digits: str) -> bool:
    if not (found := _OLD_IDENTITY.fullmatch(digits)):
        return False
    return _is_date(f"19{found[1]}", found[2], found[3])


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


def check_letter(digits: str) -> str:
    """The last character of an identity number, from its first 17 digits.

    Source: GB 11643-1999 (ISO 7064, MOD 11-2).

    >>> check_letter("11010519491231002")
    'X'
    """
    return "10X98765432"[sum(2 ** (17 - place) * int(digit) for place, digit in enumerate(digits[:17])) % 11]


def _is_card(digits: str, parts: Sequence[str]) -> bool:
    fours = all(len(part) == 4 for part in parts[:-1]) and len(parts[-1]) <= 4
    grouped = len(parts) == 1 or fours or len(parts) == len(digits)
    return grouped and bool(_CARD.fullmatch(digits)) and luhn_sum(digits) % 10 == 0


def luhn_sum(digits: str) -> int:
    """Sum of the digits, every second from the right doubled; a multiple of 10 for a card.

    Source: ISO/IEC 7812-1, annex B.

    >>> luhn_sum("4111111111111111")
    30
    """
    doubled = [str(2 * int(digit)) for digit in digits[-2::-2]]
    return sum(map(int, "".join([*doubled, digits[-1::-2]])))
