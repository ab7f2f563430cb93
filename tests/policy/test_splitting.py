"""Splitting: small texts and the clauses, headings and mastheads they are made of."""

from collections.abc import Callable

import pytest

from bot.policy.clause import Clause, Role
from bot.policy.document import Document
from bot.policy.splitting.split import split

Makes = Callable[..., Document]
Found = list[tuple[str, str, str]]
"""Anchor, label and text of each clause."""


def clauses_of(document: Document) -> Found:
    return [(clause.anchor, clause.label, clause.text) for clause in split(document).clauses]


def blocks_of(document: Document) -> list[tuple[Role, str]]:
    return [(block.role, document.text[block.start : block.end]) for block in split(document).blocks]


ARTICLES: list[tuple[list[str], Found]] = [
    # with a blank, a full-width blank, none, and indented as printed
    (
        ["第一条 甲。", "第二条　乙。", "第三条丙。", "　　第四条　丁。"],
        [
            ("t1", "第一条", "第一条 甲。"),
            ("t2", "第二条", "第二条　乙。"),
            ("t3", "第三条", "第三条丙。"),
            ("t4", "第四条", "第四条　丁。"),
        ],
    ),
    # 款 and 项 stay with their article while it is short
    (
        ["第一条　甲：", "（一）乙；", "（二）丙。", "前款所称丁。", "1.戊", "第二条　己。"],
        [
            ("t1", "第一条", "第一条　甲：\n（一）乙；\n（二）丙。\n前款所称丁。\n1.戊"),
            ("t2", "第二条", "第二条　己。"),
        ],
    ),
    # articles put in later
    (
        ["第一条　甲。", "第一条之一　乙。", "第一条之二　丙。", "第二条　丁。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("t1-1", "第一条之一", "第一条之一　乙。"),
            ("t1-2", "第一条之二", "第一条之二　丙。"),
            ("t2", "第二条", "第二条　丁。"),
        ],
    ),
    # a reference at a paragraph's start, before, at and behind its place in the sequence
    (
        ["第一条　甲。", "第三条规定的情形除外。", "第二条的规定除外。", "第二条　乙。", "第一条所称丙。"],
        [
            ("t1", "第一条", "第一条　甲。\n第三条规定的情形除外。\n第二条的规定除外。"),
            ("t2", "第二条", "第二条　乙。\n第一条所称丙。"),
        ],
    ),
    # a number far off is a reference even where it looks like a mark
    (
        ["第一条　甲。", "第九条　乙。", "第二条　丙。"],
        [("t1", "第一条", "第一条　甲。\n第九条　乙。"), ("t2", "第二条", "第二条　丙。")],
    ),
    # 第十七条以前 opens an article that nothing else opens: real in four judicial interpretations
    (
        ["第一条甲。", "第二条以前的规定废止。", "第三条乙。"],
        [
            ("t1", "第一条", "第一条甲。"),
            ("t2", "第二条", "第二条以前的规定废止。"),
            ("t3", "第三条", "第三条乙。"),
        ],
    ),
    (
        ["第一条甲。", "第二条以外的情形。", "第二条乙。"],
        [("t1", "第一条", "第一条甲。\n第二条以外的情形。"), ("t2", "第二条", "第二条乙。")],
    ),
    # an excerpt keeps its numbers, also where some are left out
    (
        ["第十二条　甲。", "第十三条　乙。", "第二十条　丙。"],
        [
            ("t12", "第十二条", "第十二条　甲。"),
            ("t13", "第十三条", "第十三条　乙。"),
            ("t20", "第二十条", "第二十条　丙。"),
        ],
    ),
    # a lost number is a misprint: real in 烈士褒扬条例, which has no 第九条
    (
        ["第一条　甲。", "第三条　乙。"],
        [("t1", "第一条", "第一条　甲。"), ("t3", "第三条", "第三条　乙。")],
    ),
    # Arabic digits are cited in Chinese ones
    (["第1条 甲。", "第２条 乙。"], [("t1", "第一条", "第1条 甲。"), ("t2", "第二条", "第２条 乙。")]),
    # a preamble stands under no number
    (
        ["为甲，制定本办法。", "第一条　乙。"],
        [("p1", "第1段", "为甲，制定本办法。"), ("t1", "第一条", "第一条　乙。")],
    ),
    # 序言 is a heading, and its paragraphs are cited by it
    (
        ["序　言", "甲。", "乙。", "第一章　总则", "第一条　丙。"],
        [("p1", "序言第1段", "甲。"), ("p2", "序言第2段", "乙。"), ("t1", "第一条", "第一条　丙。")],
    ),
    # a zero-width space from a web page: real in 城镇企业职工基本养老保险关系转移接续暂行办法
    (
        ["\u200b   第一条　甲。", "第二条　乙。"],
        [("t1", "第一条", "\u200b   第一条　甲。"), ("t2", "第二条", "第二条　乙。")],
    ),
]


@pytest.mark.parametrize(("paragraphs", "clauses"), ARTICLES)
def test_articles_are_clauses(paragraphs: list[str], clauses: Found, document: Makes) -> None:
    """A text with 第…条 is cited by article, each with all that stands below it."""
    assert clauses_of(document(*paragraphs)) == clauses


def test_articles_beyond_a_thousand_are_counted_on(document: Makes) -> None:
    """民法典 has 1,260: 第一千条 is followed by 第一千零一条."""
    numbers = ["九百九十九", "一千", "一千零一", "一千零二"]
    lead = [f"第{number}条　甲。" for number in range(1, 999)]

    found = clauses_of(document(*lead, *(f"第{number}条　乙。" for number in numbers)))

    assert [row[:2] for row in found[-2:]] == [("t1001", "第一千零一条"), ("t1002", "第一千零二条")]


ITEMS: list[tuple[list[str], Found]] = [
    # four levels; headings that say nothing themselves are no clauses
    (
        [
            "一、总体要求",
            "（一）原则",
            "1.甲。",
            "2.要点",
            "（1）乙。",
            "（2）丙。",
            "（二）丁。",
            "二、戊。",
        ],
        [
            ("b1.1.1", "一、（一）1.", "1.甲。"),
            ("b1.1.2.1", "一、（一）2.（1）", "（1）乙。"),
            ("b1.1.2.2", "一、（一）2.（2）", "（2）丙。"),
            ("b1.2", "一、（二）", "（二）丁。"),
            ("b2", "二、", "二、戊。"),
        ],
    ),
    # a short list stays with the words that lead in to it
    (
        ["一、申请人应当具备：", "（一）甲。", "（二）乙。", "二、程序", "按下列程序办理", "（一）丙。"],
        [
            ("b1", "一、", "一、申请人应当具备：\n（一）甲。\n（二）乙。"),
            ("b2", "二、", "二、程序\n按下列程序办理\n（一）丙。"),
        ],
    ),
    # an item without items below it is a clause even if it is short
    (["一、甲", "二、乙"], [("b1", "一、", "一、甲"), ("b2", "二、", "二、乙")]),
    # paragraphs without a number belong to the item above, before the first they are counted
    (
        ["各市：", "现通知如下：", "一、甲。", "乙。", "某市民政局"],
        [
            ("p1", "第1段", "各市："),
            ("p2", "第2段", "现通知如下："),
            ("b1", "一、", "一、甲。\n乙。\n某市民政局"),
        ],
    ),
    # levels may be skipped, and brackets and digits be of either width
    (
        ["一、甲", "1.乙。", "２．丙。", "二、丁", "(一)戊。", "(二)己。"],
        [
            ("b1.1", "一、1.", "1.乙。"),
            ("b1.2", "一、2.", "２．丙。"),
            ("b2.1", "二、（一）", "(一)戊。"),
            ("b2.2", "二、（二）", "(二)己。"),
        ],
    ),
    # a text may begin below 一、
    (
        ["（一）甲。", "（二）乙", "1.丙。"],
        [("b1", "（一）", "（一）甲。"), ("b2.1", "（二）1.", "1.丙。")],
    ),
    # grades of disability are no headings
    (
        ["一、标准", "一、二级残疾人每月50元。", "三、四级残疾人每月30元。", "二、程序"],
        [
            ("b1", "一、", "一、标准\n一、二级残疾人每月50元。\n三、四级残疾人每月30元。"),
            ("b2", "二、", "二、程序"),
        ],
    ),
    # a second 1. under the same item, or a number out of turn, is text: its anchor is taken
    (
        ["一、甲", "1.乙。", "1.丙。", "5.丁。", "2.戊。"],
        [("b1.1", "一、1.", "1.乙。\n1.丙。\n5.丁。"), ("b1.2", "一、2.", "2.戊。")],
    ),
    # 一、二级 is a heading where the numbers say so
    (["一、二级医院。", "二、设备。"], [("b1", "一、", "一、二级医院。"), ("b2", "二、", "二、设备。")]),
    # an excerpt goes on from what is left out; one number may be missing
    (
        ["三、甲。", "四、乙。", "六、丙。"],
        [("b3", "三、", "三、甲。"), ("b4", "四、", "四、乙。"), ("b6", "六、", "六、丙。")],
    ),
    # ① is the level below （1）, and errors of printing are the same levels
    (
        ["一.甲", "（一）、乙", "1.丙", "（1）丁", "①戊。", "②己。"],
        [("b1.1.1.1.1", "一、（一）1.（1）①", "①戊。"), ("b1.1.1.1.2", "一、（一）1.（1）②", "②己。")],
    ),
    # 一、 begins anew in each chapter; what bears no number is counted in it
    (
        ["第一章　甲", "乙。", "一、丙。", "二、丁。", "第二章　戊", "一、己。", "第一节　庚", "辛。"],
        [
            ("z1p1", "第一章第1段", "乙。"),
            ("z1b1", "第一章一、", "一、丙。"),
            ("z1b2", "第一章二、", "二、丁。"),
            ("z2b1", "第二章一、", "一、己。"),
            ("z2j1p1", "第二章第一节第1段", "辛。"),
        ],
    ),
    # a plan has 篇 above its chapters
    (
        ["> 第三篇　甲", "第八章　乙", "丙。"],
        [("a3z8p1", "第三篇第八章第1段", "丙。")],
    ),
    # 目标 is no 目: real in 关于推行终身职业技能培训制度的意见
    (
        ["一、总体要求", "（一）原则。", "（二）目标任务。", "（三）要求。"],
        [
            ("b1.1", "一、（一）", "（一）原则。"),
            ("b1.2", "一、（二）", "（二）目标任务。"),
            ("b1.3", "一、（三）", "（三）要求。"),
        ],
    ),
]


@pytest.mark.parametrize(("paragraphs", "clauses"), ITEMS)
def test_without_articles_the_innermost_items_are_clauses(
    paragraphs: list[str], clauses: Found, document: Makes
) -> None:
    """通知 and 意见 are cited by 一、（一）1.（1）."""
    assert clauses_of(document(*paragraphs)) == clauses


PLAIN: list[tuple[list[str], Found]] = [
    # paragraph by paragraph, without the blanks around them
    (["甲。", "　　乙。"], [("p1", "第1段", "甲。"), ("p2", "第2段", "乙。")]),
    # references and grades do not make it a numbered text
    (
        ["第三条规定的情形。", "一、二级残疾人", "1.5万元"],
        [
            ("p1", "第1段", "第三条规定的情形。"),
            ("p2", "第2段", "一、二级残疾人"),
            ("p3", "第3段", "1.5万元"),
        ],
    ),
    # brackets behind the first paragraph are text, as （据…） might be
    (["甲。", "（乙）"], [("p1", "第1段", "甲。"), ("p2", "第2段", "（乙）")]),
    # nothing at all
    ([""], []),
]


@pytest.mark.parametrize(("paragraphs", "clauses"), PLAIN)
def test_paragraphs_of_a_text_without_numbers_are_clauses(
    paragraphs: list[str], clauses: Found, document: Makes
) -> None:
    """News is cited by paragraph."""
    assert clauses_of(document(*paragraphs)) == clauses


BLOCKS: list[tuple[list[str], list[tuple[Role, str]]]] = [
    # the title once more, however it is broken up, the number, the history
    (
        ["某　某 办 法", "民发〔2024〕5号", "（2020年1月1日通过　2024年1月1日修订）", "第一条　甲。"],
        [
            (Role.MASTHEAD, "某　某 办 法"),
            (Role.MASTHEAD, "民发〔2024〕5号"),
            (Role.MASTHEAD, "（2020年1月1日通过　2024年1月1日修订）"),
        ],
    ),
    # numbers in the brackets that keyboards have, and with 第
    (
        ["民发[2024]5号", "民发（2024）第 5 号", "厦民〔2024〕12号", "甲。"],
        [
            (Role.MASTHEAD, "民发[2024]5号"),
            (Role.MASTHEAD, "民发（2024）第 5 号"),
            (Role.MASTHEAD, "厦民〔2024〕12号"),
        ],
    ),
    # a table of contents, whose lines are headings without clauses
    (
        [
            "目　录",
            "第一章　总则",
            "第二章　附则",
            "第一章　总则",
            "第一条　甲。",
            "第二章　附则",
            "第二条　乙。",
        ],
        [
            (Role.CONTENTS, "目　录"),
            (Role.CONTENTS, "第一章　总则"),
            (Role.CONTENTS, "第二章　附则"),
            (Role.HEADING, "第一章　总则"),
            (Role.HEADING, "第二章　附则"),
        ],
    ),
    # the same without the word, and with a preamble below it
    (
        ["第一章　总则", "第二章　附则", "第一章　总则", "第一条　甲。"],
        [(Role.CONTENTS, "第一章　总则"), (Role.CONTENTS, "第二章　附则"), (Role.HEADING, "第一章　总则")],
    ),
    (
        ["目　录", "序　言", "第一章　总则", "序　言", "甲，乙。", "第一章　总则", "第一条　丙。"],
        [
            *[(Role.CONTENTS, "目　录"), (Role.CONTENTS, "序　言"), (Role.CONTENTS, "第一章　总则")],
            *[(Role.CONTENTS, "序　言"), (Role.HEADING, "第一章　总则")],
        ],
    ),
    # headings between articles, with a number of their own or none
    (
        [
            "一、管辖",
            "第一条　甲：",
            "（一）乙；",
            "（二）丙",
            "二、诉讼",
            "（一）起诉",
            "第二条　丁。",
            "附　则",
            "第三条　戊。",
        ],
        [
            *[(Role.HEADING, "一、管辖"), (Role.HEADING, "二、诉讼"), (Role.HEADING, "（一）起诉")],
            (Role.HEADING, "附　则"),
        ],
    ),
    # signature, date, imprint
    (
        ["一、甲。", "某市民政局", "某市财政局", "2024年6月12日", "（此件公开发布）"],
        [
            *[(Role.IMPRINT, "某市民政局"), (Role.IMPRINT, "某市财政局")],
            *[(Role.IMPRINT, "2024年6月12日"), (Role.IMPRINT, "（此件公开发布）")],
        ],
    ),
    # the title of the measures that a notice issues, with its history
    (
        [
            "现印发甲。",
            "某市民政局",
            "二〇二四年六月十二日",
            "某某细则",
            "（2024年修订）",
            "第一章　总则",
            "第一条　乙。",
        ],
        [
            *[(Role.IMPRINT, "某市民政局"), (Role.IMPRINT, "二〇二四年六月十二日")],
            *[(Role.HEADING, "某某细则"), (Role.MASTHEAD, "（2024年修订）"), (Role.HEADING, "第一章　总则")],
        ],
    ),
    # items that are only headings
    (
        ["一、总体要求", "（一）原则", "1.甲。"],
        [(Role.HEADING, "一、总体要求"), (Role.HEADING, "（一）原则")],
    ),
    # what stands behind the first clause is no masthead
    (["第一条　甲。", "某某办法", "民发〔2024〕5号", "（乙）"], []),
]


@pytest.mark.parametrize(("paragraphs", "blocks"), BLOCKS)
def test_masthead_and_headings_are_blocks(
    paragraphs: list[str], blocks: list[tuple[Role, str]], document: Makes
) -> None:
    """They are shown where they stand, but no answer quotes them alone."""
    assert blocks_of(document(*paragraphs)) == blocks


ANNEXES: list[tuple[list[str], Found]] = [
    # an annex begins to count anew
    (
        ["第一条　甲。", "附件", "乙。", "第一条　丙。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("f1.p1", "附件第1段", "乙。"),
            ("f1.t1", "附件第一条", "第一条　丙。"),
        ],
    ),
    # two annexes, with items as with articles
    (
        ["一、甲。", "附件1", "一、乙。", "附件2：细则", "一、丙。"],
        [
            ("b1", "一、", "一、甲。"),
            ("f1.b1", "附件1一、", "一、乙。"),
            ("f2.b1", "附件2一、", "一、丙。"),
        ],
    ),
    # a text that starts again at 第一条 is a second one, even without the word 附件
    (
        ["第一条　甲。", "第二条　乙。", "第一条　丙。", "第二条　丁。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("t2", "第二条", "第二条　乙。"),
            ("f1.t1", "附件1第一条", "第一条　丙。"),
            ("f1.t2", "附件1第二条", "第二条　丁。"),
        ],
    ),
    # a number is read as printed; a title below it is a heading
    (
        ["第一条　甲。", "附件3", "审核规程", "一、乙。", "附件：", "丙。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("f3.b1", "附件3一、", "一、乙。"),
            ("f4.p1", "附件第1段", "丙。"),
        ],
    ),
    # a table of an annex is none of the annexes before it
    (
        ["第一条　甲。", "附件1", "乙。", "附表1", "丙。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("f1.p1", "附件1第1段", "乙。"),
            ("f2.p1", "附表1第1段", "丙。"),
        ],
    ),
    # a second text is cited by its own title
    (
        ["第一条　甲。", "第二条　乙。", "某某细则", "第一章　总则", "第一条　丙。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("t2", "第二条", "第二条　乙。"),
            ("f1.t1", "《某某细则》第一条", "第一条　丙。"),
        ],
    ),
    # 第一条 once more, alone, is quoted from elsewhere
    (
        ["第一条　甲。", "第二条　乙。", "第一条　丙。", "第三条　丁。"],
        [
            ("t1", "第一条", "第一条　甲。"),
            ("t2", "第二条", "第二条　乙。\n第一条　丙。"),
            ("t3", "第三条", "第三条　丁。"),
        ],
    ),
    # chapters that begin anew where there are no articles
    (
        ["第一章　甲", "乙。", "第一章　丙", "丁。"],
        [("z1p1", "第一章第1段", "乙。"), ("f1.z1p1", "附件1第一章第1段", "丁。")],
    ),
    # a sentence about an annex opens none
    (
        ["第一条　甲。", "附件由民政局印制，不得翻印。", "第二条　乙。"],
        [("t1", "第一条", "第一条　甲。\n附件由民政局印制，不得翻印。"), ("t2", "第二条", "第二条　乙。")],
    ),
    # the list of annexes above the signature (GB/T 9704 7.3.4) is none of them: 附件1 is cited as 附件1
    (
        ["一、甲。", "附件：1.申请表", "2.审批表", "某市民政局", "附件1", "乙。", "附件2", "丙。"],
        [
            ("b1", "一、", "一、甲。\n附件：1.申请表\n2.审批表\n某市民政局"),
            ("f1.p1", "附件1第1段", "乙。"),
            ("f2.p1", "附件2第1段", "丙。"),
        ],
    ),
]


@pytest.mark.parametrize(("paragraphs", "clauses"), ANNEXES)
def test_annexes_have_anchors_of_their_own(paragraphs: list[str], clauses: Found, document: Makes) -> None:
    """第一条 of an annex is not 第一条 of the text."""
    assert clauses_of(document(*paragraphs)) == clauses


Above = list[tuple[Role, str | None, str]]
"""Role, clause id and text of each piece of context, outermost first."""

CONTEXTS: list[tuple[list[str], str, Above]] = [
    # a text without headings needs none
    (["第一条　甲。"], "t1", []),
    # part, chapter and section; a new chapter ends the section before it
    (
        ["第一编　甲", "第一章　乙", "第一节　丙", "第一条　丁。"],
        "t1",
        [
            (Role.HEADING, None, "第一编　甲"),
            (Role.HEADING, None, "第一章　乙"),
            (Role.HEADING, None, "第一节　丙"),
        ],
    ),
    (
        ["第一章　甲", "第一节　乙", "第一条　丙。", "第二章　丁", "第二条　戊。"],
        "t2",
        [(Role.HEADING, None, "第二章　丁")],
    ),
    # an item's siblings are not above it
    (["一、甲", "（一）乙。", "（二）丙。"], "b1.2", [(Role.HEADING, None, "一、甲")]),
    # an annex stands under its own heading, not under the last chapter
    (
        ["第一章　甲", "第一条　乙。", "附件1：细则", "第一条　丙。"],
        "f1.t1",
        [(Role.HEADING, None, "附件1：细则")],
    ),
    # neither does a second text that only starts again at 第一条
    (
        ["第一章　总则", "第一条　甲。", "第二章　附则", "第二条　乙。", "第一条　丙。", "第二条　丁。"],
        "f1.t1",
        [],
    ),
    # the measures that a notice issues stand under their own title
    (
        ["现印发甲。", "某某细则", "第一条　乙。"],
        "t1",
        [(Role.HEADING, None, "某某细则")],
    ),
    # a heading between articles holds until the next one
    (
        ["一、甲", "第一条　乙。", "第二条　丙。"],
        "t2",
        [(Role.HEADING, None, "一、甲")],
    ),
]


@pytest.mark.parametrize(("paragraphs", "anchor", "above"), CONTEXTS)
def test_context_is_what_stands_above_a_clause(
    paragraphs: list[str], anchor: str, above: Above, document: Makes
) -> None:
    """With it a clause can be read alone."""
    found: dict[str, Clause] = {clause.anchor: clause for clause in split(document(*paragraphs)).clauses}

    assert [(piece.role, piece.clause_id, piece.text) for piece in found[anchor].context] == above


CUTS: list[tuple[list[str], Found]] = [
    # at the 款, each with its items
    (
        ["第一条　甲甲甲甲甲。", "乙乙乙乙乙：", "（一）丙；", "丁丁丁丁丁。"],
        [
            ("t1k1", "第一条第一款", "第一条　甲甲甲甲甲。"),
            ("t1k2", "第一条第二款", "乙乙乙乙乙：\n（一）丙；"),
            ("t1k3", "第一条第三款", "丁丁丁丁丁。"),
        ],
    ),
    # at the 项 and 目 where a 款 is too long, counted from 第一款 only where there is a second one
    (
        ["第一条之一　甲甲甲甲：", "（一）乙乙乙乙：", "1.丙丙丙丙；", "2.丁丁丁丁；", "（二）戊。"],
        [
            ("t1-1", "第一条之一", "第一条之一　甲甲甲甲："),
            ("t1-1x1", "第一条之一第（一）项", "（一）乙乙乙乙："),
            ("t1-1x1m1", "第一条之一第（一）项第1目", "1.丙丙丙丙；"),
            ("t1-1x1m2", "第一条之一第（一）项第2目", "2.丁丁丁丁；"),
            ("t1-1x2", "第一条之一第（二）项", "（二）戊。"),
        ],
    ),
    (
        ["第一条　甲甲甲甲甲。", "乙乙乙乙乙乙：", "一、丙丙丙丙丙丙。", "（1）丁丁丁。"],
        [
            ("t1k1", "第一条第一款", "第一条　甲甲甲甲甲。"),
            ("t1k2", "第一条第二款", "乙乙乙乙乙乙："),
            ("t1k2x1", "第一条第二款第一项", "一、丙丙丙丙丙丙。"),
            ("t1k2x1m1", "第一条第二款第一项第（1）目", "（1）丁丁丁。"),
        ],
    ),
    # items likewise; below a line that only names it an item's paragraphs are counted
    (
        [
            "一、甲甲甲甲甲甲：",
            "（一）乙乙乙。",
            "（二）丙丙丙。",
            "二、丁丁",
            "戊戊戊戊戊戊戊。",
            "己己己己。",
        ],
        [
            ("b1", "一、", "一、甲甲甲甲甲甲："),
            ("b1.1", "一、（一）", "（一）乙乙乙。"),
            ("b1.2", "一、（二）", "（二）丙丙丙。"),
            ("b2p1", "二、第1段", "戊戊戊戊戊戊戊。"),
            ("b2p2", "二、第2段", "己己己己。"),
        ],
    ),
    # a number that is no item goes on with the 款 before it
    (
        ["第一条　甲甲甲甲甲。", "三、丙丙丙丙丙丙。", "乙乙。"],
        [
            ("t1k1p1", "第一条第一款第1段", "第一条　甲甲甲甲甲。"),
            ("t1k1p2", "第一条第一款第2段", "三、丙丙丙丙丙丙。"),
            ("t1k2", "第一条第二款", "乙乙。"),
        ],
    ),
    # a table at its rows
    (
        ["第一条　按下表发给：", "| 年龄 | 金额 |", "|---|---|", "| 八十 | 五十 |", "| 九十 | 一百 |"],
        [
            ("t1", "第一条", "第一条　按下表发给："),
            ("t1r1", "第一条表第1行", "| 八十 | 五十 |"),
            ("t1r2", "第一条表第2行", "| 九十 | 一百 |"),
        ],
    ),
    (
        ["甲。", "| 年龄 | 金额 |", "| 八十 | 五十 |"],
        [
            ("p1", "第1段", "甲。"),
            ("p2r1", "第2段表第1行", "| 年龄 | 金额 |"),
            ("p2r2", "第2段表第2行", "| 八十 | 五十 |"),
        ],
    ),
    # a quotation of several paragraphs is one, and its numbers are not the text's own
    (
        ["第一条　第三条修改为：", "“第三条　甲甲甲。", "第四条　乙乙乙。”", "第二条　丙。"],
        [
            ("t1k1", "第一条第一款", "第一条　第三条修改为："),
            ("t1k2p1", "第一条第二款第1段", "“第三条　甲甲甲。"),
            ("t1k2p2", "第一条第二款第2段", "第四条　乙乙乙。”"),
            ("t2", "第二条", "第二条　丙。"),
        ],
    ),
]


@pytest.mark.parametrize(("paragraphs", "clauses"), CUTS)
def test_what_is_too_long_is_cut_where_a_clerk_would(
    paragraphs: list[str], clauses: Found, document: Makes
) -> None:
    """Here more than 12 characters are too long."""
    assert [(c.anchor, c.label, c.text) for c in split(document(*paragraphs), whole=12).clauses] == clauses


def test_pieces_of_an_article_keep_what_they_need(document: Makes) -> None:
    """An item its lead-in, a clause that can be linked to; a row its header row."""
    text = document("第一条　甲甲甲：", "（一）乙乙乙：", "1.丙丙。", "| 年龄 |", "|---|", "| 八十 |")

    *_, point, row = split(text, whole=8).clauses

    lead_ins = [
        (Role.LEAD_IN, "某某办法:t1", "第一条　甲甲甲："),
        (Role.LEAD_IN, "某某办法:t1x1", "（一）乙乙乙："),
    ]
    assert [(piece.role, piece.clause_id, piece.text) for piece in point.context] == lead_ins
    assert [(piece.role, piece.clause_id, piece.text) for piece in row.context] == [
        *lead_ins,
        (Role.HEADER_ROW, None, "| 年龄 |\n|---|"),
    ]


def test_a_paragraph_without_structure_is_cut_between_sentences(document: Makes) -> None:
    """Only beyond 600 characters; a label tells which sentences, and of a long one which parts."""
    short, long = "甲" * 199 + "。", "甲" * 200 + "。"
    parts = "乙" * 299 + "；" + "丙" * 299 + "；" + "丁。"

    assert clauses_of(document(short * 3)) == [("p1", "第1段", short * 3)]
    assert clauses_of(document(long * 3 + parts)) == [
        ("p1s1", "第1段第1至2句", long * 2),
        ("p1s3", "第1段第3句", long),
        ("p1s4.1", "第1段第4句第1分句", parts[:300]),
        ("p1s4.2", "第1段第4句第2至3分句", parts[300:]),
    ]


def test_a_short_article_is_one_clause(document: Makes) -> None:
    """Up to 450 characters; indentation does not count."""
    head, item = "第一条　" + "甲" * 396 + "：", "（一）" + "乙" * 46

    assert [row[0] for row in clauses_of(document(head, item))] == ["t1"]
    assert [row[0] for row in clauses_of(document(head, "　　" + item))] == ["t1"]
    assert [row[0] for row in clauses_of(document(head, item + "。"))] == ["t1", "t1x1"]


def test_a_long_line_is_no_heading(document: Makes) -> None:
    """More than 40 characters say something, even without a full stop."""
    short, long = "一、" + "甲" * 38, "一、" + "甲" * 39

    assert [row[0] for row in clauses_of(document(short, "（一）乙。"))] == ["b1.1"]
    assert [row[0] for row in clauses_of(document(long, "（一）乙。"))] == ["b1"]


IN_CHAPTERS: list[tuple[list[str], list[tuple[str, str]]]] = [
    # every chapter begins again at 第一条; its headings may stand below each other
    (
        [
            "第一章 甲",
            "第一条 甲。",
            "第二条 甲。",
            "第二章 乙",
            "第一节 乙",
            "第一条 乙。",
            "第二节 丙",
            "第二条 丙。",
        ],
        [
            ("z1t1", "第一章第一条"),
            ("z1t2", "第一章第二条"),
            ("z2t1", "第二章第一条"),
            ("z2t2", "第二章第二条"),
        ],
    ),
    # every section does
    (
        [
            "第一章 甲",
            "第一节 甲",
            "第一条 甲。",
            "第二节 乙",
            "第一条 乙。",
            "第二章 丙",
            "第一节 丙",
            "第一条 丙。",
        ],
        [
            ("z1j1t1", "第一章第一节第一条"),
            ("z1j2t1", "第一章第二节第一条"),
            ("z2j1t1", "第二章第一节第一条"),
        ],
    ),
    # a single article in each chapter
    (
        ["第一章 甲", "第一条 甲。", "第二章 乙", "第一条 乙。"],
        [("z1t1", "第一章第一条"), ("z2t1", "第二章第一条")],
    ),
    # a second text begins again at 第一章
    (
        ["第一章 甲", "第一条 甲。", "第二章 乙", "第一条 乙。", "某某细则", "第一章 丙", "第一条 丙。"],
        [("z1t1", "第一章第一条"), ("z2t1", "第二章第一条"), ("f1.t1", "《某某细则》第一条")],
    ),
    # the number of a chapter is printed twice: anchors stay distinct
    (
        ["第一章 甲", "第一条 甲。", "第二章 乙", "第一条 乙。", "第二章 丙", "第一条 丙。"],
        [("z1t1", "第一章第一条"), ("z2t1", "第二章第一条"), ("f1.t1", "附件1第一条")],
    ),
]


@pytest.mark.parametrize(("lines", "found"), IN_CHAPTERS)
def test_articles_may_begin_again_in_every_chapter(
    document: Makes, lines: list[str], found: list[tuple[str, str]]
) -> None:
    """They are one text: a clerk cites 第二章第一条."""
    assert [row[:2] for row in clauses_of(document(*lines))] == found
