"""What a sentence of law or policy states: an amount, a period, who acts, what follows; and for whom.

The words are those of official texts. How residents ask stands in the knowledge folder.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from bot.content.asking import AskingGroup
from bot.policy.numerals import to_int
from bot.search.meaning.answer_kind import AnswerKind

_NUMERALS = "零一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d[\d,.]*|[{_NUMERALS}半]+)"

_STATED: Mapping[StrEnum, str] = {
    AnswerKind.AMOUNT: (
        rf"[\d一二三四五六七八九十百千万][余多]?元|百分之|\d[%‰]|{_NUMBER}倍"
        rf"|{_NUMBER}个?月(?:的|其|统筹|本人|工资|抚恤)|差额|全额|[不免](?:缴|收|交|征|计)|最低|最高|标准"
    ),
    AnswerKind.PROPORTION: r"百分之|\d[%‰]|\d成|分之",
    AnswerKind.COUNT: (
        rf"{_NUMBER}[余多]?(?:名|人|个(?!月|工作日)|次|家|位|所|以上|万人)|不少于|不低于|至少|\d/\d|过半数|分之"
    ),
    AnswerKind.PERIOD: (
        rf"{_NUMBER}个?(?:工作)?(?:日|天|周(?!岁)|年(?!度)|月|小时|学时)|立即|及时|[每按][年月季]|终身|长期|随时"
    ),
    AnswerKind.AGE: rf"{_NUMBER}周?岁|未成年",
    AnswerKind.PLACE: (
        r"向.{1,30}(?:提出|申请|申报|报告|举报|投诉|登记|办理|备案|请求|起诉)|所在地|户籍地|居住地|经常居住|窗口"
        r"|场所|(?<![达得收直])[到去][^，。；]{1,24}(?:办理|登记|申请|领取|就医|就诊|缴纳|急救|参加|安置|接种)"
        r"|在[^，。；]{2,20}(?:就医|就诊|急救|安置|接种)"
    ),
    AnswerKind.MATERIALS: r"材料|证明|身份证|提交|提供|证件|申请书|持|凭|户口簿|[载写]明|公布|报送",
    AskingGroup.PAYER: r"[由从][^，。；]{2,40}(?:承担|支付|负担|支出|列支|解决)|予以保障|免费",
    AskingGroup.WHO: (
        r"由[^，。；]{2,40}|[^，。；]{2,20}(?:负责|主管|承担|有权|决定)"
        r"|向[^，。；]{2,30}(?:提出|申请|投诉|举报|报告|反映)"
    ),
    AskingGroup.CONSEQUENCE: (
        r"罚款|责令|停止|停发|取消|追究|追回|退还|退回|警告|没收|吊销|处分|不再|撤销|拘留|赔偿|终止|说明理由|不予"
    ),
    AskingGroup.MAY: (
        r"可|不得|应当|必须|禁止|严禁|有权|享受|不予|免|计入|优先|无权|允许|不再|不能|无效|鼓励|支持"
    ),
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _STATED.items()}


def states(kind: StrEnum, folded: str) -> bool:
    """Whether a folded sentence states what is asked for: an AnswerKind, or a kind of AskingGroup.

    >>> states(AskingGroup.PAYER, "职业健康检查费用由用人单位承担。")
    True
    """
    return _PATTERNS[kind].search(folded) is not None


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
    """What a folded question says of the asker in numbers.

    >>> quantities("交了六年失业险,最长领几个月")
    (Quantity(value=6.0, unit='年'),)
    """
    return tuple(_read(_SAID, folded))


def suits(quantity: Quantity, folded: str) -> bool | None:
    """Whether a quantity lies within the bounds that a folded sentence sets. None: it sets none in this unit.

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
