"""How offices, numbers and days are printed in the frame of an official document. Source: GB/T 9704-2012."""

import re
import unicodedata
from datetime import date

from bot.policy.force.dates import first_day

OFFICE_END = (
    "(?:人民代表大会常务委员会|人民代表大会|人大常委会|人民政府办公厅|人民政府办公室|人民政府|政府办公厅|政府办公室"
    "|党组|委员会办公室|办公厅|办公室|委员会|常委会|管委会|领导小组|总局|总署|人民法院|人民检察院|检察院|法院"
    "|管理局|开发区|[^会大办]部|[局厅署处院]|总工会|联合会|基金会|协会|红十字会|中央|国务院|银行|总队|中心|街道办事处|委(?!员))"
)
"""A pattern: how the name of an office ends."""

OFFICE = rf"[\u4e00-\u9fff、（）]{{0,28}}?{OFFICE_END}"
GENRE_END = (
    "(?:法典|法|条例|办法|规定|细则|规则|解释|意见|通知|公告|通告|通报|决定|决议|方案|标准|规范|制度|章程|规程|规划|纲要"
    "|计划|指引|指南|准则|措施|政策|批复|复函|函|目录|导则|公约|报告|要点|清单|答复|公报|令|修正案|说明|须知|职责|要求|安排)"
)
IS_TITLED = re.compile(
    rf"{GENRE_END}\s*(?:[（(〔\[][^（()）]{{1,24}}[）)〕\]]\s*)?(?:[（(][^（()）]{{1,12}}[）)])?$"
)
"""Ends as titles do: …办法, …办法（试行）, …规划（2021—2025年）."""

NUMBER = re.compile(
    r"(?P<word>[\u4e00-\u9fffA-Za-z]{1,14}?)\s*[〔\[［(（【﹝]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］)）】﹞]\s*"
    r"(?:第\s*)?(?P<number>\d{1,5})\s*号"
)
_ORDER_OF = r"(?P<office>[\u4e00-\u9fff、 ]{2,40}?)\s*(?P<kind>主席令|令|公告)"
ORDER = re.compile(
    rf"{_ORDER_OF}\s*[（(]?\s*(?:(?P<year>\d{{4}})\s*年)?\s*第?\s*"
    r"(?P<number>[0-9〇○零一二三四五六七八九十百]{1,6})\s*号[）)]?"
)
ORDER_HEAD = re.compile(rf"{_ORDER_OF}$")
ORDER_NUMBER = re.compile(
    r"[（(]?\s*(?:(?P<year>\d{4})\s*年?)?\s*第\s*(?P<number>[0-9〇○零一二三四五六七八九十百]{1,6})\s*号\s*[）)]?"
)
_DIGIT = r"[0-9〇○零Ｏ一二三四五六七八九十０-９]"
DAY = re.compile(rf"(?:{_DIGIT}{{4}})\s*年\s*(?:{_DIGIT}{{1,3}})\s*月\s*(?:{_DIGIT}{{1,3}})\s*日")
NUMERIC_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
ADDRESSEE = re.compile(r".{2,300}[：:]$")
_SPACED = re.compile(r"\S(?:[ \u3000]\S)+")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff）)》”])[ \u3000]+(?=[\u3400-\u9fff（(《“])")


def close_up(text: str) -> str:
    """A spaced-out line, 国 家 粮 食 局, without its blanks; another line as it is.

    >>> close_up("公 告"), close_up("民政部 财政部")
    ('公告', '民政部 财政部')
    """
    return re.sub(r"[ \u3000]", "", text) if _SPACED.fullmatch(text.strip()) else text


def without_blanks(text: str) -> str:
    """A text without blanks between Han characters."""
    return _BETWEEN_HAN.sub("", text)


def number_of(found: re.Match[str]) -> str:
    """发文字号 as we write it, 民发〔2024〕5号."""
    return f"{found['word']}〔{found['year']}〕{int(found['number'])}号"


def order_number(office: str, found: re.Match[str], kind: str) -> str:
    """国务院令第649号, 民政部公告2021年第5号."""
    year = f"{found['year']}年" if found["year"] else ""
    return f"{re.sub(chr(0x20), '', office)}{kind}{year}第{found['number']}号"


def day_of(text: str) -> date | None:
    """The first day that a text names; None: it names none that the calendar has.

    >>> day_of("2024年06月 12日"), day_of("二〇二四年六月十二日"), day_of("2024-06-12 10:30")
    (datetime.date(2024, 6, 12), datetime.date(2024, 6, 12), datetime.date(2024, 6, 12))
    """
    if found := DAY.search(text):
        plain = unicodedata.normalize("NFKC", re.sub(r"\s", "", found[0])).replace("O", "〇")
        return first_day(re.sub(r"(?<=[年月])0", "", plain))
    if numeric := NUMERIC_DAY.search(text):
        try:
            return date(int(numeric["year"]), int(numeric["month"]), int(numeric["day"]))
        except ValueError:
            return None
    return None


def offices_in(text: str) -> tuple[str, ...]:
    """The offices that a line lists, apart by blanks or not at all; empty: it is no list of offices.

    >>> offices_in("民政部 财政部"), offices_in("民政部财政部"), offices_in("关于加强管理的通知")
    (('民政部', '财政部'), ('民政部', '财政部'), ())
    """
    offices: list[str] = []
    for part in re.split(r"[\s、，,]+", close_up(text).strip()):
        offices += _offices(part)
    if not offices or sum(map(len, offices)) != len(re.sub(r"[\s、，,]", "", close_up(text))):
        return ()
    return tuple(dict.fromkeys(offices))


_OFFICE = re.compile(OFFICE)
_ALONE = re.compile(r"办公厅|办公室|常务委员会|领导小组|党组")


def _offices(part: str) -> list[str]:
    found: list[str] = []
    at = 0
    while at < len(part):
        office = _OFFICE.match(part, at)
        if office is None:
            return []
        name = office[0]
        is_branch = (
            found and found[-1].endswith("总局") and name.endswith(found[-1][-4:].replace("总局", "局"))
        )
        if found and (is_branch or _ALONE.fullmatch(name) or len(name) < 3):
            found[-1] += name
        else:
            found.append(name)
        at = office.end()
    return found
