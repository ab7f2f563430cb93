"""Prints how well the front matter of drafts is guessed, on documents set here in the forms that offices use.

Sixteen forms, each with several offices, titles, numbers and days, as text, Word, web page and PDF. Rules
were chosen on the `choose` half; figures are those of the `report` half. `python -m benchmarks.guesses
choose` prints what is wrong on the other.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from zlib import crc32

from bot.intake.draft import Draft
from bot.intake.importing import drafts_of
from bot.intake.reading.formats import read_bytes
from bot.policy.jurisdiction import Gazetteer
from tests.intake.pdf import Piece, pdf
from tests.intake.word import docx, p

_ALIKE = str.maketrans("", "", " \u3000")


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


def red_head(content: Content) -> Set:
    """版头, a title of two lines, annexes before the signature, 版记."""
    title = f"{content.office}关于做好{content.subject}工作的通知"
    cut = len(content.office) + 2
    lines = (
        f"{content.office}文件",
        content.printed_number,
        title[:cut],
        title[cut:],
        "各市、县（区）人民政府，各有关单位：",
        *BODY,
        f"附件：1.{content.subject}申请表",
        "　　　2.工作台账",
        "　".join(content.issuers),
        digits(content.signed),
        "（此件公开发布）",
        "抄送：市委办公厅，市人大常委会办公厅。",
        f"{content.issuers[0]}　　　　{digits(content.signed)}印发",
    )
    return Set(lines, {"title": title, **content.truth})


def web_page(content: Content) -> Set:
    """Title, number below it, the day in Chinese numerals."""
    title = f"{content.office}关于进一步加强{content.subject}的实施意见"
    lines = (
        title,
        content.printed_number,
        "各设区市人民政府：",
        *BODY,
        *content.issuers,
        numerals(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


def issuing(content: Content) -> Set:
    """A notice that issues measures; three lines of title."""
    measures = f"{content.subject}办法"
    title = f"{content.office}关于印发《{measures}》的通知"
    lines = (
        f"{content.office}文件",
        f"{content.word}{content.brackets[0]}{content.year}{content.brackets[1]} {content.number} 号",
        content.office,
        "关于印发《" + measures[:8],
        measures[8:] + "》的通知",
        "各有关单位：",
        f"现将《{measures}》印发给你们，请结合实际，认真贯彻执行。",
        "　".join(content.issuers),
        digits(content.signed),
        measures,
        *ARTICLES,
        "第四条　本办法自2024年7月1日起施行，有效期五年。",
    )
    return Set(lines, {"title": title, **content.truth})


def order(content: Content) -> Set:
    """令, then the text that it publishes."""
    title = f"{content.subject}办法"
    office = "江苏省人民政府"
    lines = (
        f"{office}令",
        f"第 {content.number} 号",
        f"《{title}》已于{digits(content.signed)}经省人民政府第12次常务会议讨论通过，现予公布，"
        "自2024年3月1日起施行。",
        "省长　张某某",
        digits(content.signed),
        title,
        *ARTICLES,
        "第四条　本办法自2024年3月1日起施行。",
    )
    truth = {
        "title": title,
        "document_number": f"{office}令第{content.number}号",
        "issuers": (office,),
        "published_on": content.signed,
        "effective_on": date(2024, 3, 1),
    }
    return Set(lines, truth)


def history(content: Content) -> Set:
    """Regulations with their history in brackets."""
    title = f"厦门市{content.subject}条例"
    lines = (
        title,
        f"（{digits(content.signed)}厦门市第十六届人民代表大会常务委员会第五次会议通过）",
        *ARTICLES,
        "第四条　本条例自2024年3月1日起施行。",
    )
    return Set(lines, {"title": title, "signed_on": content.signed, "effective_on": date(2024, 3, 1)})


def signer(content: Content) -> Set:
    """Number and 签发人 in one line; secrecy and haste above."""
    title = f"{content.office}关于{content.subject}有关问题的报告"
    lines = (
        "000012",
        "特急",
        f"{content.office}文件",
        f"{content.printed_number}　　　　　　签发人：李某某",
        title,
        "省人民政府：",
        *BODY,
        "　".join(content.issuers),
        digits(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


def dated_below_title(content: Content) -> Set:
    """意见 with its day in brackets below the title, and its issuers above."""
    title = f"关于加强{content.subject}的若干意见"
    lines = (*content.issuers, title, f"（{digits(content.signed)}）", *BODY)
    whole = f"{content.office}{title}"  # a title may begin with its issuers, in lines of their own
    return Set(lines, {"title": whole, "issuers": content.issuers, "signed_on": content.signed})


def letter(content: Content) -> Set:
    """信函格式: the head is the office alone; a reply."""
    title = f"{content.office}关于{content.subject}有关事项的复函"
    lines = (
        content.office,
        content.printed_number,
        title,
        "某某县民政局：",
        "你局《关于有关问题的请示》（某民〔2018〕99号）收悉。经研究，现函复如下：",
        *BODY[1:],
        "特此函复。",
        *content.issuers,
        digits(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


def announcement(content: Content) -> Set:
    """公告 with a number of the year."""
    title = f"{content.office}关于{content.subject}的公告"
    lines = (
        title,
        f"{content.year}年第{content.number}号",
        BODY[0].replace("通知", "公告"),
        *BODY[1:],
        "特此公告。",
        "　".join(content.issuers),
        digits(content.signed),
    )
    return Set(lines, {"title": title, "issuers": content.issuers, "signed_on": content.signed})


def forwarding(content: Content) -> Set:
    """转发: the text of another office follows, with its own number and day."""
    title = f"{content.office}转发人力资源社会保障部关于{content.subject}工作的通知"
    lines = (
        title,
        content.printed_number,
        "各区、各有关部门：",
        "现将《人力资源社会保障部关于有关工作的通知》（人社部发〔2015〕77号）转发给你们，请遵照执行。",
        "附件：人力资源社会保障部关于有关工作的通知",
        "　".join(content.issuers),
        digits(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


def stacked(content: Content) -> Set:
    """Joint issuers below each other, 文件 behind them."""
    title = f"关于提高{content.subject}标准的通知"
    lines = (
        *content.issuers[:-1],
        f"{content.issuers[-1]}文件",
        content.printed_number,
        title,
        "各市（州）有关部门：",
        *BODY,
        *content.issuers,
        numerals(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


def spaced(content: Content) -> Set:
    """Words of the head and the number are set apart by blanks."""
    title = f"{content.office}关于开展{content.subject}试点的通知"
    lines = (
        " ".join(content.issuers[0]) + " 文 件",
        f"{content.word} {content.brackets[0]} {content.year} {content.brackets[1]} {content.number} 号",
        title,
        "各有关单位：",
        *BODY,
        "　".join(content.issuers),
        f"{content.signed.year} 年 {content.signed.month} 月 {content.signed.day} 日",
    )
    return Set(lines, {"title": title, **content.truth})


def meta_table(content: Content) -> Set:
    """A web page whose table tells all; the text bears no number."""
    title = f"关于印发{content.subject}工作方案的通知"
    facts = {
        "索引号": "11350200004138290X/2023-00012",
        "发文机关": "、".join(content.issuers),
        "发文字号": content.printed_number,
        "成文日期": digits(content.signed),
        "发布日期": digits(content.signed.replace(day=28)),
        "标题": title,
    }
    lines = (title, "各有关单位：", *BODY, *content.issuers, digits(content.signed))
    return Set(lines, {"title": title, **content.truth}, facts)


def plan(content: Content) -> Set:
    """方案 for trial, without a signature below."""
    title = f"{content.subject}三年行动方案（2023—2025年）"
    lines = (f"{content.office}办公室文件", title, "（征求意见稿）", *BODY)
    return Set(lines, {"title": title})


def trial(content: Content) -> Set:
    """办法（试行） with office and day below the title."""
    title = f"{content.subject}实施细则（试行）"
    lines = (
        title,
        content.office,
        f"（{content.printed_number}　{digits(content.signed)}）",
        *ARTICLES,
        "第四条　本细则自2024年1月1日起施行。",
    )
    return Set(lines, {"title": title, **content.truth, "effective_on": date(2024, 1, 1)})


def repealed(content: Content) -> Set:
    """A notice of repeal, which names the numbers of others."""
    title = f"{content.office}关于废止部分{content.subject}文件的决定"
    lines = (
        title,
        content.printed_number,
        "各有关单位：",
        "经研究，决定废止《关于有关问题的通知》（某民发〔2009〕3号）等文件。",
        "一、某民发〔2010〕4号，关于有关标准的通知。",
        "二、某民发〔2011〕5号，关于有关程序的通知。",
        "本决定自印发之日起施行。",
        "　".join(content.issuers),
        digits(content.signed),
    )
    return Set(lines, {"title": title, **content.truth})


FORMS: tuple[Callable[[Content], Set], ...] = (
    red_head,
    web_page,
    issuing,
    order,
    history,
    signer,
    dated_below_title,
    letter,
    announcement,
    forwarding,
    stacked,
    spaced,
    meta_table,
    plan,
    trial,
    repealed,
)


def as_text(made: Set) -> bytes:
    """A text file."""
    return "\n".join(made.lines).encode()


def as_word(made: Set) -> bytes:
    """A Word file."""
    return docx("".join(p(escape(line)) for line in made.lines))


def as_page(made: Set) -> bytes:
    """A page of a government's site, with its table."""
    rows = "".join(f"<tr><td>{name}：</td><td>{escape(each)}</td></tr>" for name, each in made.facts.items())
    body = "".join(f"<p>{escape(line)}</p>" for line in made.lines)
    title = escape(str(made.truth["title"]))
    head = f'<head><meta name="ArticleTitle" content="{title}"></head>' if made.facts else "<head></head>"
    table = f"<table>{rows}</table>" if rows else ""
    shown = f"<body>{table}<div id='UCAP-CONTENT'>{body}</div></body>"
    return f"<!DOCTYPE html><html>{head}{shown}</html>".encode()


def as_pdf(made: Set) -> bytes:
    """A PDF of 28 characters a line, with what is short in the middle or on the right."""
    pieces: list[Piece] = []
    for line in made.lines:
        is_body = line.endswith(("。", "：")) or line.startswith(("第", "一、", "二、", "三、"))
        rows = _wrapped(f"\u3000\u3000{line}" if is_body and not line.endswith("：") else line)
        for row in rows:
            x = 80.0 if is_body else max(300 - 8 * len(row), 80)
            pieces.append((x, 0, row))
    pages = [
        [(x, 780.0 - 28 * number, text) for number, (x, _, text) in enumerate(pieces[at : at + 24])]
        for at in range(0, len(pieces), 24)
    ]
    return pdf(*pages)


def _wrapped(line: str) -> list[str]:
    return [line[at : at + 27] for at in range(0, len(line), 27)]


FORMATS = {"text": as_text, "word": as_word, "page": as_page, "pdf": as_pdf}


def documents(half: int) -> Iterator[tuple[str, Set, bytes]]:
    """Name, form and bytes of each document of a half."""
    for form in FORMS:
        for number, content in enumerate(CONTENTS):
            made = form(content)
            name = list(FORMATS)[(number + FORMS.index(form)) % len(FORMATS)]
            if form is meta_table:
                name = "page"
            if crc32(f"{form.__name__}{number}".encode()) % 2 == half:
                yield f"{form.__name__}/{name}/{content.word}", made, FORMATS[name](made)


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, str) and isinstance(found, str):
        return found.translate(_ALIKE) == wanted.translate(_ALIKE)
    return found == wanted


def judged(draft: Draft, truth: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """For each key whether it is right, missing, wrong and flagged, or wrong."""
    for key, wanted in truth.items():
        found = getattr(draft.document, key)
        flagged = any(warning.at == key for warning in draft.warnings)
        if _same(found, wanted):
            yield key, "right"
        elif not found:
            yield key, "missing"
        else:
            yield key, "flagged" if flagged else "wrong"


def main() -> None:
    """Prints a line for each key."""
    half = 0 if sys.argv[1:] == ["choose"] else 1
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    gazetteer = Gazetteer()
    for name, made, data in documents(half):
        draft = drafts_of(read_bytes(data, name), gazetteer)[0]
        for key, verdict in judged(draft, made.truth):
            counts[key][verdict] += 1
            if verdict != "right" and half == 0:
                print(f"{name}: {key} {verdict}: {getattr(draft.document, key)} for {made.truth[key]}")
    for key, counted in counts.items():
        total = sum(counted.values())
        said = "  ".join(f"{verdict} {count}" for verdict, count in counted.most_common())
        wrong = counted["wrong"] / total
        print(f"{key:<16} {counted['right'] / total:.3f} of {total}  wrong unflagged {wrong:.3f}  {said}")


if __name__ == "__main__":
    main()
