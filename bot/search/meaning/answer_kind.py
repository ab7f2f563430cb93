"""The kind of answer that a question asks for, and whether a text gives one: an amount, an age, a period …

How residents ask comes from the knowledge folder. How official texts state an answer is language of law, and
stands here.

A kind is listed only if it tells right clauses from wrong ones: for residents' questions, the right clauses
state it at least twice as often as the other clauses that were found. These failed, and are left out: who
decides, conditions, procedure, whether one may or must, definitions.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

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
_STATED_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _STATED.items()}


@dataclass(frozen=True, slots=True)
class Cue:
    """Folded words by which residents ask for a kind of answer; `at_end`: only at the end of a question."""

    text: str
    at_end: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression that finds the cue."""
        return re.escape(self.text) + ("$" if self.at_end else "")


@dataclass(frozen=True)
class AnswerKinds:
    """The cues of each kind. Without cues, no question asks for a kind."""

    cues: Mapping[AnswerKind, tuple[Cue, ...]] = field(default_factory=dict)

    def asked_for(self, folded: str) -> tuple[AnswerKind, ...]:
        """The kinds of answer that a folded question asks for, in the order of AnswerKind; often empty.

        >>> AnswerKinds({AnswerKind.PLACE: (Cue("去哪"),)}).asked_for("每月的津贴去哪领")
        (<AnswerKind.PLACE: 'place'>,)
        """
        return tuple(kind for kind, pattern in self._patterns if pattern.search(folded))

    @cached_property
    def _patterns(self) -> tuple[tuple[AnswerKind, re.Pattern[str]], ...]:
        """One pattern for each kind: twice as fast as looking for each cue."""
        return tuple(
            (kind, re.compile("|".join(cue.pattern for cue in self.cues[kind])))
            for kind in AnswerKind
            if self.cues.get(kind)
        )


def states(kind: AnswerKind, folded: str) -> bool:
    """Whether a folded text states an answer of a kind.

    >>> states(AnswerKind.PERIOD, "应当在收到申请之日起5个工作日内答复")
    True
    """
    return bool(_STATED_PATTERNS[kind].search(folded))
