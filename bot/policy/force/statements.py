"""When a document takes effect and runs out, as its own text says: 自…起施行, 有效期五年, 至…止, 自行失效."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.policy.clause import Outline
from bot.policy.document import Document
from bot.policy.force.closing import ClosingSentence, closing_sentences
from bot.policy.force.dates import DAY, first_day, last_day, years_later
from bot.policy.numerals import NUMERAL, to_int

# 文种, the last word of a title. Source: 党政机关公文处理工作条例 art. 8, 规章制定程序条例 art. 7.
GENRE_WORD = (
    "(?:法典|法|条例|办法|规定|细则|规则|解释|意见|通知|公告|通告|决定|方案|标准|规范|制度|章程|规程"
    "|规划|纲要|计划|指引|指南|准则|措施|政策|安排|批复|目录|导则|公约)"
)
SELF = rf"本(?:实施|暂行|试行|管理|指导|若干|工作|行动){{0,2}}{GENRE_WORD}"
"""A pattern: how a document names itself, 本办法, 本实施细则."""

_SUBJECT = (
    rf"(?:{SELF}(?:[（(][^（）()]*[）)])?(?:[由经][^。，；]{{0,40}}[，,、])?\s*"
    rf"|^\s*(?:第[{NUMERAL}]+条|[{NUMERAL}]+、)?\s*)"
)
_ISSUED = "(?:公布|发布|印发|颁布|下发|发文|签发)"
_BEGINS = (
    rf"(?:有效期)?(?:自|从|于)\s*(?:(?P<day>{DAY})\s*(?:起|之日起)?"
    rf"|(?:修订)?{_ISSUED}之日起?(?:满?\s*(?P<days>[{NUMERAL}]{{1,3}})[日天]后)?)"
)
_IN_FORCE = "(?:正式|全面|开始)?(?:施行|实施|执行|生效|试行)"
_OF_A_REFORM = re.compile(r"(?!.*本).*全面")
"""三、自2025年1月1日起全面实施 is said of a reform that the text speaks of."""
_EFFECTIVE = re.compile(
    rf"{_SUBJECT}{_BEGINS}\s*[，,]?\s*"
    rf"(?:{_IN_FORCE}(?=[\s，,、）)]|$|至)|至\s*(?P<until>{DAY})\s*(?:止|{_IN_FORCE}))"
)
_TERM = r"(?:有效期限?|施行期限?|试行期限?|实施期限?|执行期限?)"
_EXPIRES = re.compile(
    rf"(?:^|[，,（(、]|{SELF}的?|起(?:施行|实施|执行|生效))\s*"
    rf"(?:{_TERM}\s*(?:暂定)?[为是]?\s*(?:自.{{1,20}}起)?(?:暂定)?"
    rf"(?:(?P<years>[{NUMERAL}]{{1,3}})\s*年|(?:自?\s*{DAY}\s*)?[到至]\s*(?P<until>{DAY}))"
    rf"|至\s*(?P<end>{DAY})\s*(?:止|期满|废止|失效)"
    rf"|(?:自\s*)?(?P<lapse>{DAY})\s*(?:起)?(?:自行|自动)?(?:失效|废止))"
)
_DATED_LINE = re.compile(rf"[（(\s]*(?:\S{{2,4}}时间\s+)?{DAY}")
_BY = rf"(?:(?!{DAY})[^《》\n]){{0,60}}?"
_MASTHEAD_DAYS = (re.compile(rf"(?P<day>{DAY})起?施行"), re.compile(rf"(?P<day>{DAY}){_BY}{_ISSUED}"))
_LONGEST_TERM = 99
_MASTHEAD_LENGTH = 600
"""Code points. Further down a text does not tell when it was issued."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A day, and the id of the clause that states it. None: the front matter states it."""

    day: date
    clause_id: str | None = None


@dataclass(frozen=True, slots=True)
class Statements:
    """When a text takes effect and when it runs out. None: it does not say, or the day cannot be found."""

    effective: Statement | None = None
    expires: Statement | None = None


def read_statements(document: Document, outline: Outline) -> Statements:
    """The days that the closing of a document states. News states none.

    The day of 自公布之日起 is in the front matter, else in a dated line of the masthead. A term counts from
    the day of effect: 有效期5年 from 2024-07-01 ends on 2029-06-30.
    """
    if document.is_news:
        return Statements()
    effective, expires = None, None
    for sentence in closing_sentences(outline):
        for found in _EFFECTIVE.finditer(sentence.text):
            if _OF_A_REFORM.match(found[0]):
                continue
            effective = _statement(_begin(found, document), sentence) or effective
            if found["until"]:
                expires = _statement(last_day(found["until"]), sentence) or expires
        begun = document.effective_on or (effective.day if effective else None)
        for found in _EXPIRES.finditer(sentence.text):
            expires = _statement(_end(found, begun), sentence) or expires
    return Statements(effective, expires)


def _statement(day: date | None, sentence: ClosingSentence) -> Statement | None:
    return Statement(day, sentence.clause.clause_id) if day else None


def _begin(found: re.Match[str], document: Document) -> date | None:
    if found["day"]:
        return first_day(found["day"])
    in_force, issued = (_masthead_day(document, pattern) for pattern in _MASTHEAD_DAYS)
    begun = in_force or document.published_on or document.signed_on or issued
    after = timedelta(days=_number(found["days"]) or 0)
    return begun + after if begun else None


def _end(found: re.Match[str], begun: date | None) -> date | None:
    if found["years"]:
        years = _number(found["years"])
        return (
            years_later(begun, years) - timedelta(days=1)
            if begun and years and years <= _LONGEST_TERM
            else None
        )
    if found["lapse"]:
        day = first_day(found["lapse"])
        return day - timedelta(days=1) if day and "起" in found[0] else day
    return last_day(found["until"] or found["end"])


def _number(numeral: str | None) -> int | None:
    try:
        return to_int(numeral) if numeral else None
    except ValueError:
        return None  # 〇年, 00日


def _masthead_day(document: Document, pattern: re.Pattern[str]) -> date | None:
    """The day in the first line of the masthead such as （2021年6月11日民政部公布）. None: no such line."""
    for line in document.text[:_MASTHEAD_LENGTH].split("\n"):
        if _DATED_LINE.match(line) and (found := pattern.search(line)):
            return first_day(found["day"])
    return None
