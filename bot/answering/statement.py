"""What a sentence of law or policy states: an amount, a period, an agent, a consequence; and for whom.

The words are those of official texts. How residents ask stands in the knowledge folder.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.content.asking import AskingGroup
from bot.policy.numerals import to_int
from bot.search.meaning.aspect import STATED

_NUMERALS = "零一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d[\d,.]*|[{_NUMERALS}半]+)"

_MOST_REMEMBERED = 16_384
"""Texts whose statements are remembered: a follow-up asks of two hundred clauses what they state."""

_PATTERNS: Mapping[StrEnum, re.Pattern[str]] = {
    **STATED,
    AskingGroup.MAY: re.compile(
        r"可|不得|应当|必须|禁止|严禁|有权|享受|不予|免|计入|优先|无权|允许|不再|不能|无效|鼓励|支持"
    ),
}


@lru_cache(maxsize=_MOST_REMEMBERED)
def states(kind: StrEnum, folded: str) -> bool:
    """Whether a folded sentence states what is asked for: an AnswerKind, an Aspect, or a kind of AskingGroup.

    An AskingGroup is looked up as the Aspect of its name.

    >>> states(AskingGroup.PAYER, "职业健康检查费用由用人单位承担。")
    True
    """
    return _PATTERNS[kind].search(folded) is not None


_SPECIAL_CASE = re.compile(
    r"(?:但是?,?)?((?:[^,;]*特殊(?:情况|原因)|情况(?:复杂|特殊)|案情|确有|确需|需要延长|经[^,;]{2,15}批准)[^,;]*)"
)


def special_case(folded: str) -> str:
    """The case that a folded sentence opens by, if it departs there from the rule before it; else empty.

    >>> special_case("特殊情况下,可以延长至45个工作日。"), special_case("有异议的,重新公示。")
    ('特殊情况下', '')
    """
    found = _SPECIAL_CASE.match(folded)
    return found[1] if found else ""


_UNIT = r"(周?岁|年|个?月|日|天|人|名|元|倍|小时|周|级|次|张|户|家)"
_SAID = re.compile(rf"(?<![第几多])({_NUMBER})[来多]?{_UNIT}")
_LEAST = re.compile(
    rf"(?:(?<![未不])(?:满|达到?|超过)|不低于|不少于|至少)({_NUMBER}){_UNIT}|({_NUMBER}){_UNIT}(?:\(含[^)]*\))?以上"
)
_BELOW = re.compile(rf"(?:不足|不满|未满|未超过|不超过)({_NUMBER}){_UNIT}|({_NUMBER}){_UNIT}以下")
_SAME_UNIT = {"周岁": "岁", "个月": "月", "天": "日", "名": "人"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: 6 年."""

    value: float
    unit: str


@lru_cache(maxsize=256)
def quantities(folded: str) -> tuple[Quantity, ...]:
    """The quantities that a folded question gives about the asker.

    >>> quantities("交了六年失业险,最长领几个月")
    (Quantity(value=6.0, unit='年'),)
    """
    return tuple(_read(_SAID, folded))


def suits(quantity: Quantity, folded: str) -> bool | None:
    """Whether a quantity lies within the bounds of a folded sentence. None: it has no bounds in this unit.

    >>> six = Quantity(6, "年")
    >>> suits(six, "满5年不足10年的"), suits(six, "10年以上的"), suits(six, "重新计算")
    (True, False, None)
    """
    least = [bound.value for bound in _read(_LEAST, folded) if bound.unit == quantity.unit]
    below = [bound.value for bound in _read(_BELOW, folded) if bound.unit == quantity.unit]
    if not least and not below:
        return None
    reaches = not least or quantity.value >= min(least)
    return reaches and (not below or quantity.value < max(below))


def _read(pattern: re.Pattern[str], folded: str) -> Iterator[Quantity]:
    for found in pattern.finditer(folded):
        numeral, unit = [each for each in found.groups() if each]
        value = _value(numeral)
        if value is not None:
            yield Quantity(value, _SAME_UNIT.get(unit, unit))


def _value(numeral: str) -> float | None:
    try:
        return float(numeral.replace(",", "")) if numeral[0].isdigit() else float(to_int(numeral))
    except ValueError:
        return None
