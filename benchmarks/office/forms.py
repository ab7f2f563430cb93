"""The sixteen forms in which offices set what they say, a function each."""

from collections.abc import Callable
from datetime import date

from benchmarks.office.content import ARTICLES, BODY, Content, Set, digits, numerals


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
