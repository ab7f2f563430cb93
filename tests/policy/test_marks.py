"""Marks: the number a line opens with, and what only looks like one."""

import pytest

from bot.policy.splitting.marks import CLEAR, DOUBTFUL, USUAL, Level, Mark, mark_of

MARKS = [
    # an article with a blank, a full-width blank, none, and nothing but the number
    ("第三条 甲", Mark(Level.ARTICLE, 3)),
    ("第三条　甲", Mark(Level.ARTICLE, 3)),
    ("第三条甲", Mark(Level.ARTICLE, 3)),
    ("第三条", Mark(Level.ARTICLE, 3)),
    # Arabic digits of either width, and large numbers
    ("第12条 甲", Mark(Level.ARTICLE, 12)),
    ("第１２条 甲", Mark(Level.ARTICLE, 12)),
    ("第一千零一条　甲", Mark(Level.ARTICLE, 1001)),
    # an article put in later
    ("第十七条之一　甲", Mark(Level.ARTICLE, 17, 1)),
    ("第一百二十条之十二 甲", Mark(Level.ARTICLE, 120, 12)),
    # behind a blank the words are the article's own, whatever they are
    ("第三条　规定的事项", Mark(Level.ARTICLE, 3)),
    # divisions: with a blank, without, and with the word written apart
    ("第二章　救助对象", Mark(Level.CHAPTER, 2)),
    ("第二章救助对象", Mark(Level.CHAPTER, 2)),
    ("第一编", Mark(Level.PART, 1)),
    ("第十二节 附则", Mark(Level.SECTION, 12)),
    # the levels of 通知 and 意见, with brackets and digits of either width
    ("一、总体要求", Mark(Level.HEADING, 1)),
    ("二十一、附则", Mark(Level.HEADING, 21)),
    ("（三）工作原则。", Mark(Level.SUBHEADING, 3)),
    ("(三)工作原则。", Mark(Level.SUBHEADING, 3)),
    ("1.甲", Mark(Level.POINT, 1)),
    ("１．甲", Mark(Level.POINT, 1)),
    ("12、甲", Mark(Level.POINT, 12)),
    ("（4）甲", Mark(Level.SUBPOINT, 4)),
    ("(４)甲", Mark(Level.SUBPOINT, 4)),
    # annexes: alone, with a number, with a title
    ("附件", Mark(Level.ANNEX, 0)),
    ("附件 2", Mark(Level.ANNEX, 2)),
    ("附件３：审批表", Mark(Level.ANNEX, 3)),
    ("附表一", Mark(Level.ANNEX, 1)),
    ("附：", Mark(Level.ANNEX, 0)),
    # 篇 of a plan, 分编 of 民法典
    ("第一篇　开启新征程", Mark(Level.BOOK, 1)),
    ("第二分编　所有权", Mark(Level.SUBPART, 2)),
    # circled numbers, brackets on one side, one character for number and sign
    ("①甲", Mark(Level.CIRCLED, 1)),
    ("⑳甲", Mark(Level.CIRCLED, 20)),
    ("3）甲", Mark(Level.SUBPOINT, 3)),
    ("⑵甲", Mark(Level.SUBPOINT, 2)),
    ("⒊甲", Mark(Level.POINT, 3)),
    ("㈣甲", Mark(Level.SUBHEADING, 4)),
    # printed wrongly: （一）、 and 一.
    ("（一）、甲", Mark(Level.SUBHEADING, 1)),
    ("二.甲", Mark(Level.HEADING, 2)),
    # signs of Markdown and of web pages before it
    ("## 第一章　总则", Mark(Level.CHAPTER, 1)),
    ("> 第三条　甲", Mark(Level.ARTICLE, 3)),
    ("\u200b　　第三条　甲", Mark(Level.ARTICLE, 3)),
    # 互 is no number
    ("一、互联互通", Mark(Level.HEADING, 1)),
    # words that begin like a reference: real lines of 关于推行终身职业技能培训制度的意见,
    # 城市社区卫生服务站基本标准, 慈善法 and 刑事诉讼规则
    ("（三）目标任务。建立并推行终身职业技能培训制度", Mark(Level.SUBHEADING, 3)),
    ("（一）至少配备2名执业医师。", Mark(Level.SUBHEADING, 1)),
    ("（八）项目管理制度；", Mark(Level.SUBHEADING, 8)),
    ("（一）和解协议履行完毕的；", Mark(Level.SUBHEADING, 1)),
    # the same without a gap: 369 of 45,515 articles of national law open with 以, 第, 所 or 和
    ("第四条以暴力方法抗拒救助的", Mark(Level.ARTICLE, 4)),
    ("第六条第一审人民法院经审查", Mark(Level.ARTICLE, 6)),
    ("第七条所有权人对自己的不动产", Mark(Level.ARTICLE, 7)),
]

NO_MARKS = [
    # nothing but words
    "各市民政局：",
    # a number further in
    "依照第三条规定办理",
    # references to an article, one of its parts, or several articles
    "第三条规定的情形，从其规定。",
    "第三条的规定不适用。",
    "第十条第二款所称家庭",
    "第十条第（二）项所称家庭",
    "第三条、第四条不适用。",
    "第三条至第五条不适用。",
    "第三条之规定不适用。",
    "第十七条之一规定的情形",
    "第十七条之十二规定的情形",
    # references to an item
    "（一）项规定的情形",
    "（一）至（三）项不适用。",
    "（二）、（三）项不适用。",
    # references to a chapter, and a sentence that opens with one
    "第二章规定的救助",
    "第二章，救助对象的认定，由民政部门负责。",
    # amounts, dates and sections are no points
    "1.5万元以下的",
    "10.5%",
    "2024.1.1",
    "100.甲",
    # a sentence about an annex
    "附件由民政部门印制，不得翻印。",
    # written like numbers, count nothing
    "第零条　甲",
    "第〇条　甲",
    "00.甲",
    "（0）甲",
]


EVIDENCE = [
    # a blank of either width, or nothing, behind the number
    ("第三条 甲", CLEAR),
    ("第三条　规定的事项", CLEAR),
    ("第三条", CLEAR),
    # words, also such as only begin like a reference
    ("第三条甲", USUAL),
    ("第四条以暴力方法抗拒救助的", USUAL),
    ("第七条所有权人对自己的不动产", USUAL),
    ("第八条和解协议履行完毕的", USUAL),
    # words that usually refer to the article; 第十七条以前发布的有关规定 opens a real one
    ("第三条以外的情形。", DOUBTFUL),
    ("第三条和其他规定", DOUBTFUL),
    ("第三条、为了甲", DOUBTFUL),
    # grades and classes are headings only where the numbers say so
    ("一、二级残疾人每月补贴50元", DOUBTFUL),
    ("三、四级残疾人", DOUBTFUL),
    ("一、二、三类人员", DOUBTFUL),
    ("一、一般规定", USUAL),
]


@pytest.mark.parametrize(("line", "evidence"), EVIDENCE)
def test_a_mark_knows_what_speaks_for_it(line: str, evidence: int) -> None:
    """Its place in the sequence decides; the words behind it weigh."""
    mark = mark_of(line)

    assert mark is not None
    assert mark.evidence == evidence


@pytest.mark.parametrize(("line", "mark"), MARKS)
def test_a_mark_is_read(line: str, mark: Mark) -> None:
    """Level, number and 之几 of what stands at the line's start."""
    assert mark_of(line) == mark


@pytest.mark.parametrize("line", NO_MARKS)
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    """A reference, a grade or an amount at the start of a line stays text."""
    assert mark_of(line) is None


@pytest.mark.parametrize(
    ("mark", "label"),
    [
        # whatever digits or gap the text has, the label is a clerk's
        (Mark(Level.ARTICLE, 12), "第十二条"),
        (Mark(Level.ARTICLE, 120, 12), "第一百二十条之十二"),
        (Mark(Level.CHAPTER, 3), "第三章"),
        (Mark(Level.HEADING, 21), "二十一、"),
        (Mark(Level.SUBHEADING, 3), "（三）"),
        (Mark(Level.POINT, 1), "1."),
        (Mark(Level.SUBPOINT, 4), "（4）"),
        (Mark(Level.ANNEX, 2), "附件2"),
        (Mark(Level.ANNEX, 0), "附件"),
        (Mark(Level.BOOK, 2), "第二篇"),
        (Mark(Level.SUBPART, 1), "第一分编"),
        (Mark(Level.CIRCLED, 3), "③"),
    ],
)
def test_a_label_is_what_a_clerk_writes(mark: Mark, label: str) -> None:
    """In the characters that 立法法 and GB/T 9704 prescribe."""
    assert mark.label == label
