"""What kind of answer a question asks for, and whether a text gives one: an amount, an age, a period …

Written by hand, and kept only where the right clauses of residents' questions state the kind at least twice
as often as the others that were found. Not kept, for they did not: who decides, conditions, procedure,
whether one may or must, definitions.
"""

import re
from enum import StrEnum

_NUMBER = r"(?:\d+|[一二三四五六七八九十百千两]+)"


class AnswerKind(StrEnum):
    """A kind of answer that texts state in recognisable forms."""

    AMOUNT = "amount"
    AGE = "age"
    PERIOD = "period"
    PROPORTION = "proportion"
    COUNT = "count"
    PLACE = "place"
    MATERIALS = "materials"


_ASKED = {
    AnswerKind.AMOUNT: (
        r"多少(?:钱|元|工资|税|费|补|奖|倍)|(?:补|给|赔|罚|收|领|发|拿|扣|交|出|得)多少|几块|几倍|多少$"
        r"|标准|金额|(?:怎么|咋)算|怎么计算"
    ),
    AnswerKind.AGE: r"几岁|多大|多少岁|年龄|岁数",
    AnswerKind.PERIOD: (
        r"多久|多长|几(?:天|日|号|年|次|个?月|个?小时|个?钟)|多少(?:天|年|个月)|(?:什么|啥)时候|何时"
        r"|期限|时限|时间限制|有效期|过期|最[长迟晚]"
    ),
    AnswerKind.PROPORTION: r"几成|百分之[几多]|比例|多少比|占多少|费率|几个点",
    AnswerKind.COUNT: r"几(?:个|名|位|家|次)|几人|多少(?:人|名|个|次|家)",
    AnswerKind.PLACE: r"[去到上往向在]哪|哪里|哪儿|(?:什么|啥)地方",
    AnswerKind.MATERIALS: (r"材料|证件|证明|资料|(?:要|带|交|填|写)(?:什么|啥)|要带|写明|写些"),
}
_STATED = {
    AnswerKind.AMOUNT: (
        rf"[\d一二三四五六七八九十百千万][余多]?元|百分之|[%‰]|{_NUMBER}倍|{_NUMBER}个月的"
        "|标准|差额|金额|数额|全额|按照|平均"
    ),
    AnswerKind.AGE: r"周?岁",
    AnswerKind.PERIOD: (
        rf"{_NUMBER}个?(?:工作)?(?:日|天|周|年|月|小时|学时)|期限|届满|之日起|每[年月]|按[年月]"
        "|立即|及时|期内|终身|长期|随时"
    ),
    AnswerKind.PROPORTION: r"百分之|[%‰]|比例|费率|\d成",
    AnswerKind.COUNT: rf"{_NUMBER}[名人个次家位所]|不少于|不低于|至少|以上",
    AnswerKind.PLACE: (
        "向.{1,30}(?:提出|申请|申报|报告|举报|投诉|登记|办理|备案)|所在地|户籍地|居住地|经常居住|窗口|场所"
        "|到.{1,20}(?:办理|登记|申请)"
    ),
    AnswerKind.MATERIALS: "材料|证明|身份证|提交|提供|证件|申请书|文件|表|户口|载明|内容",
}
_ASKED_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _ASKED.items()}
_STATED_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _STATED.items()}


def asked_for(folded: str) -> tuple[AnswerKind, ...]:
    """The kinds of answer that a folded question asks for; often none is recognised.

    >>> asked_for("过了80岁每月补多少，去哪领")
    (<AnswerKind.AMOUNT: 'amount'>, <AnswerKind.PLACE: 'place'>)
    """
    return tuple(kind for kind, pattern in _ASKED_PATTERNS.items() if pattern.search(folded))


def states(kind: AnswerKind, folded: str) -> bool:
    """Whether a folded text gives an answer of a kind.

    >>> states(AnswerKind.PERIOD, "应当在收到申请之日起5个工作日内答复")
    True
    """
    return bool(_STATED_PATTERNS[kind].search(folded))
