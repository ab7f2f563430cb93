"""What the documents say: offices, numbers, subjects and days."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Content:
    """What a document says, whatever its form."""

    issuers: tuple[str, ...]
    word: str
    year: int
    number: int
    subject: str
    signed: date
    brackets: str = "〔〕"

    @property
    def office(self) -> str:
        """Its issuers, as a title lists them."""
        return " ".join(self.issuers)

    @property
    def printed_number(self) -> str:
        """Its number in the brackets that the typist found."""
        return f"{self.word}{self.brackets[0]}{self.year}{self.brackets[1]}{self.number}号"

    @property
    def truth(self) -> dict[str, object]:
        """What must be found where all of it is printed."""
        number = f"{self.word}〔{self.year}〕{self.number}号"
        return {"document_number": number, "issuers": self.issuers, "signed_on": self.signed}


@dataclass(frozen=True)
class Set:
    """A document as a form sets it: its lines, and what must be found."""

    lines: tuple[str, ...]
    truth: dict[str, object]
    facts: dict[str, str] = field(default_factory=dict)


CONTENTS = (
    Content(("江苏省民政厅",), "苏民规", 2023, 4, "特困人员供养服务机构管理", date(2023, 5, 6)),
    Content(("厦门市人民政府办公室",), "厦府办", 2022, 15, "困难群众临时救助", date(2022, 10, 9), "[]"),
    Content(("民政部", "财政部"), "民发", 2021, 43, "最低生活保障审核确认", date(2021, 6, 11), "［］"),
    Content(
        ("北京市人力资源和社会保障局",), "京人社发", 2024, 7, "失业保险稳岗返还", date(2024, 3, 1), "（）"
    ),
    Content(
        ("中共贵州省委办公厅", "贵州省人民政府办公厅"),
        "黔委厅字",
        2020,
        31,
        "基层社会治理",
        date(2020, 12, 30),
        "【】",
    ),
    Content(("国家医疗保障局",), "医保发", 2023, 18, "长期护理保险失能等级评估", date(2023, 12, 1)),
    Content(("上海市静安区民政局",), "静民", 2019, 102, "社区助餐服务", date(2019, 11, 20), "()"),
    Content(
        ("内蒙古自治区卫生健康委员会", "内蒙古自治区财政厅", "内蒙古自治区残疾人联合会"),
        "内卫发",
        2022,
        8,
        "残疾儿童康复救助",
        date(2022, 1, 17),
    ),
    Content(("国务院办公厅",), "国办发", 2016, 25, "孤儿基本生活保障", date(2016, 4, 22)),
    Content(("国家税务总局厦门市税务局",), "厦税函", 2021, 66, "小微企业税费减免", date(2021, 8, 3)),
)

_DIGITS = "〇一二三四五六七八九"


def digits(day: date) -> str:
    """2024年6月12日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numerals(day: date) -> str:
    """二〇二四年六月十二日."""

    def small(number: int) -> str:
        tens, ones = divmod(number, 10)
        head = "" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十"
        return head + (_DIGITS[ones] if ones else "")

    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{small(day.month)}月{small(day.day)}日"


BODY = (
    "为了进一步规范有关工作，切实保障困难群众的基本生活，现就有关事项通知如下：",
    "一、加强组织领导。各地要高度重视，明确责任，狠抓落实，确保各项任务落到实处。",
    "二、完善工作机制。民政部门负责统筹协调，财政部门负责资金保障，有关部门按照职责分工做好工作。",
    "三、强化监督检查。对工作不力的，要依法依规追究有关单位和人员的责任。",
)
ARTICLES = (
    "第一章　总　则",
    "第一条　为了规范有关工作，根据国家有关规定，结合实际，制定本办法。",
    "第二条　本办法适用于本行政区域内的有关活动。",
    "第二章　附　则",
    "第三条　本办法由民政部门负责解释。",
)
