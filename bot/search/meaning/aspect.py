"""What a question asks about its subject, and how a sentence of law or policy states it.

How residents ask comes from the knowledge folder. How official texts state an answer is language of law, and
stands here. The kinds of answer that residents' questions ask for by a figure, a place or papers are aspects,
too; `answer_kind.py` has them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.search.meaning.answer_kind import AnswerKind

_NUMERALS = "零一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d[\d,.]*|[{_NUMERALS}半]+)"


class Aspect(StrEnum):
    """What a question asks, beside figures, places and papers: who acts, who pays, what follows …"""

    WHO = "who"
    PAYER = "payer"
    CONSEQUENCE = "consequence"
    MAY = "may"
    MUST = "must"
    PROCEDURE = "procedure"
    CONDITION = "condition"
    DEFINITION = "definition"
    EXCEPTION = "exception"
    WHETHER = "whether"


STATED: Mapping[StrEnum, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        AnswerKind.AMOUNT: (
            rf"[\d一二三四五六七八九十百千万][余多]?元|百分之|\d[%‰]|{_NUMBER}倍"
            rf"|{_NUMBER}个?月(?:的|其|统筹|本人|工资|抚恤)|差额|全额|[不免](?:缴|收|交|征|计)|最低|最高|标准"
        ),
        AnswerKind.PROPORTION: r"百分之|\d[%‰]|\d成|分之",
        AnswerKind.COUNT: (
            rf"{_NUMBER}[余多]?(?:名|人|个(?!月|工作日)|次|家|位|所|以上|万人)|不少于|不低于|至少|\d/\d|过半数"
            "|分之"
        ),
        AnswerKind.PERIOD: (
            rf"{_NUMBER}个?(?:工作)?(?:日|天|周(?!岁)|年(?!度)|月|小时|学时)|立即|及时|[每按][年月季]|终身|长期"
            "|随时"
        ),
        AnswerKind.AGE: rf"{_NUMBER}周?岁|未成年",
        AnswerKind.PLACE: (
            r"向.{1,30}(?:提出|申请|申报|报告|举报|投诉|登记|办理|备案|请求|起诉)|所在地|户籍地|居住地|经常居住"
            r"|窗口|场所|(?<![达得收直])[到去][^，。；]{1,24}(?:办理|登记|申请|领取|就医|就诊|缴纳|急救|参加|安置"
            r"|接种)|在[^，。；]{2,20}(?:就医|就诊|急救|安置|接种)"
        ),
        AnswerKind.MATERIALS: (r"材料|证明|身份证|提交|提供|证件|申请书|持|凭|户口簿|[载写]明|公布|报送"),
        Aspect.PAYER: r"[由从][^，。；]{2,40}(?:承担|支付|负担|支出|列支|解决)|予以保障|免费",
        Aspect.WHO: (
            r"由[^，。；]{2,40}|[^，。；]{2,20}(?:负责|主管|承担|有权|决定)"
            r"|向[^，。；]{2,30}(?:提出|申请|投诉|举报|报告|反映)"
        ),
        Aspect.CONSEQUENCE: (
            r"罚款|责令|停止|停发|取消|追究|追回|退还|退回|警告|没收|吊销|处分|不再|撤销|拘留|赔偿|终止"
            r"|说明理由|不予"
        ),
        Aspect.MAY: r"不得|禁止|严禁|不予|不能|无权|不再|可以|有权|允许",
        Aspect.MUST: r"应当|必须|需要|须",
        Aspect.PROCEDURE: (r"程序|步骤|提出(?:书面)?申请|申请人|填写|受理|办理|[按依]照下列|报送|手续|方式"),
        Aspect.CONDITION: r"条件|下列(?:情形|人员|条件)|符合|具备|的,?可以|是指|同时|认定为|对象",
        Aspect.DEFINITION: r"是指|所称|包括|视为|认定为|属于",
    }.items()
}
"""How a folded sentence states what is asked for."""

DENIES: Mapping[Aspect, float] = {Aspect.EXCEPTION: 1.0, Aspect.WHETHER: 0.45}
"""What a sentence counts that denies or excepts, where an exception is asked for (还给吗, 哪些不能) and
where it is asked whether: that is often asked by those for whom the rule does not hold."""

FIRM: Mapping[StrEnum, re.Pattern[str]] = {
    AnswerKind.AMOUNT: re.compile(
        rf"[\d一二三四五六七八九十百千万][余多]?元|百分之|\d[%‰]|{_NUMBER}倍|{_NUMBER}个?月(?:的|其|统筹|本人|工资)"
    ),
    AnswerKind.PERIOD: re.compile(rf"{_NUMBER}个?(?:工作)?(?:日|天|周(?!岁)|年(?!度)|月|小时|学时)"),
}
"""How it states a figure where a word would do, too: 8万元, and not 标准."""


@dataclass(frozen=True)
class Aspects:
    """How residents ask for each aspect, as patterns of folded text. Without patterns, they ask for none.

    `empty`: characters that only ask or address, and say nothing of a subject: 吗, 我, 啥. `wrapping`: what
    people put around a question: 麻烦帮我查下, 谢谢.
    """

    patterns: Mapping[Aspect, re.Pattern[str]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    wrapping: re.Pattern[str] | None = None

    def unwrapped(self, folded: str) -> str:
        """A folded question without its wrapping; unchanged if nothing else is left.

        >>> Aspects(wrapping=re.compile("帮我查下|谢谢")).unwrapped("帮我查下低保,谢谢")
        '低保'
        """
        if self.wrapping is None:
            return folded
        pieces = (piece.strip(",，。!！?？;；、 ") for piece in self.wrapping.split(folded))
        return ",".join(filter(None, pieces)) or folded

    def asked_for(self, folded: str) -> tuple[Aspect, ...]:
        """The aspects that a folded question asks for.

        >>> Aspects({Aspect.WHO: re.compile("谁来")}).asked_for("低保谁来批")
        (<Aspect.WHO: 'who'>,)
        """
        return tuple(aspect for aspect, pattern in self.patterns.items() if pattern.search(folded))
