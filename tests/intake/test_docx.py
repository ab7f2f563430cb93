"""Word documents: what Word shows is what is read, also where it stands nowhere in the text of the file."""

import pytest

from bot.errors import SourceError
from bot.intake.reading.docx.number_formats import formatted
from bot.intake.reading.docx.reader import read_docx
from bot.intake.reading.source import LineRole
from tests.intake.word import docx, level, numbered, numbering, p, run, table

ARTICLES = level(0, "chineseCountingThousand", "第%1条")
ITEMS = level(1, "chineseCounting", "（%2）")


def texts(data: bytes) -> list[str]:
    """The lines of a document."""
    return [line.text for line in read_docx(data, "办法.docx").lines]


def test_automatic_numbers_are_read_as_word_prints_them() -> None:
    """第一条 and （一） stand in numbering.xml alone; items begin anew below each article."""
    body = numbered("为了规范。") + numbered("甲：", level=1) + numbered("乙。", level=1)
    body += numbered("适用。") + numbered("丙。", level=1)

    assert texts(docx(body, numbering=numbering(ARTICLES, ITEMS))) == [
        "第一条\u3000为了规范。",
        "（一）甲：",
        "（二）乙。",
        "第二条\u3000适用。",
        "（一）丙。",
    ]


FORMATS = [
    ("chineseCountingThousand", 101, "一百零一"),
    ("chineseCounting", 21, "二十一"),
    ("ideographDigital", 10, "一○"),  # digits, not 十
    ("japaneseCounting", 101, "百一"),
    ("decimal", 12, "12"),
    ("lowerRoman", 14, "xiv"),
    ("decimalEnclosedCircleChinese", 3, "③"),
    ("decimalEnclosedCircle", 20, "⑳"),
    ("decimalFullWidth", 12, "１２"),
    ("decimalZero", 3, "03"),
    ("ideographTraditional", 2, "乙"),
    ("upperLetter", 28, "BB"),
    ("none", 7, ""),
    ("unheardOf", 7, "7"),  # Word falls back to digits
]


@pytest.mark.parametrize(("name", "number", "printed"), FORMATS)
def test_number_formats(name: str, number: int, printed: str) -> None:
    """ST_NumberFormat."""
    assert formatted(number, name) == printed


def test_a_level_that_never_restarts_goes_on() -> None:
    """lvlRestart 0: articles are counted through all chapters."""
    levels = (
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCounting", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    body = numbered("总则") + numbered("甲。", level=1) + numbered("附则") + numbered("乙。", level=1)

    assert texts(docx(body, numbering=numbering(*levels))) == [
        "第一章\u3000总则",
        "第一条\u3000甲。",
        "第二章\u3000附则",
        "第二条\u3000乙。",
    ]


def test_a_list_with_a_start_of_its_own_begins_there() -> None:
    """startOverride counts once; a second list of the same kind goes on without it."""
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = numbered("甲") + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)

    assert texts(docx(body, numbering=numbering(level(0, "decimal", "%1."), more=more))) == [
        "1.甲",
        "2.乙",
        "5.丙",
        "6.丁",
    ]


def test_a_style_numbers_its_paragraphs() -> None:
    """The paragraph says nothing itself; numId 0 takes the number off again."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="tiao2"><w:name w:val="t"/>'
        '<w:basedOn w:val="tiao"/></w:style>'
    )
    body = p("甲。", '<w:pStyle w:val="tiao"/>') + p("乙。", '<w:pStyle w:val="tiao2"/>')
    body += p("丙。", '<w:pStyle w:val="tiao"/><w:numPr><w:numId w:val="0"/></w:numPr>')

    assert texts(docx(body, numbering=numbering(ARTICLES), styles=styles)) == [
        "第一条\u3000甲。",
        "第二条\u3000乙。",
        "丙。",
    ]


def test_wps_writes_the_list_twice() -> None:
    """The first one that names a list counts."""
    twice = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:numPr/>'

    assert texts(docx(p("甲。", twice), numbering=numbering(ARTICLES))) == ["第一条\u3000甲。"]


def test_deleted_words_are_gone_and_inserted_ones_are_there() -> None:
    """What a revision took out is listed; a paragraph that was deleted whole takes no number."""
    deleted = '<w:del w:id="1"><w:r><w:delText>三十</w:delText></w:r></w:del>'
    gone = (
        '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr>'
        '<w:del w:id="3"><w:r><w:delText>旧条。</w:delText></w:r></w:del></w:p>'
    )
    body = f'<w:p>{run("在")}{deleted}<w:ins w:id="4">{run("二十")}</w:ins>{run("日内")}</w:p>'

    source = read_docx(docx(body + gone + numbered("新条。"), numbering=numbering(ARTICLES)), "办法.docx")

    assert [line.text for line in source.lines] == ["在二十日内", "第一条\u3000新条。"]
    assert [(each.text, each.why) for each in source.left_out] == [
        ("三十", "修订中删去的文字"),
        ("旧条。", "修订中删去的文字"),
    ]


def test_fields_show_their_results() -> None:
    """Not their code, also where one lies within another."""

    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> REF a </w:instrText></w:r>"
    inner = f"{sign('begin')}{code}{run('内')}{sign('separate')}{run('不算')}{sign('end')}"
    outer = f"{sign('begin')}{code}{inner}{sign('separate')}{run('三')}{sign('end')}"
    body = f"<w:p>{run('第')}{outer}{run('页')}</w:p>"

    assert texts(docx(body + p("下一段"))) == ["第三页", "下一段"]


def test_a_field_that_never_ends_hides_nothing() -> None:
    """A lost sign costs a word at most, never the rest of the text."""
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>{p("后文还在")}'

    assert texts(docx(body)) == ["后文还在"]


def test_hidden_words_are_listed_and_not_read() -> None:
    """By the run itself, or by its style."""
    styles = (
        '<w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    words = run("看得见") + run("批语", "<w:vanish/>") + run("样式", '<w:rStyle w:val="h"/>')
    body = f"<w:p>{words}</w:p>"

    source = read_docx(docx(body, styles=styles), "办法.docx")

    assert [line.text for line in source.lines] == ["看得见"]
    assert [each.text for each in source.left_out] == ["批语", "样式"]


def test_soft_breaks_part_a_chapter_that_is_one_paragraph() -> None:
    """Each line is a paragraph; a break between pages is none."""
    chapter = "<w:br/>".join(f"<w:t>第{number}条　甲。</w:t>" for number in "一二三")
    body = f'<w:p><w:r>{chapter}<w:br w:type="page"/><w:t>完</w:t></w:r></w:p>'

    assert texts(docx(body)) == ["第一条　甲。", "第二条　甲。", "第三条　甲。完"]


def test_a_text_box_is_read_once_and_before_its_paragraph() -> None:
    """Word writes it twice, for new and old readers."""
    box = f"<w:txbxContent>{p('青石市民政局文件')}{p('青民发〔2024〕5号')}</w:txbxContent>"
    old = f"<mc:Fallback>{box}</mc:Fallback>"
    twice = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice>{old}</mc:AlternateContent>"
    body = f"<w:p><w:r>{twice}</w:r>{run('关于发放津贴的通知')}</w:p>"

    lines = read_docx(docx(body), "通知.docx").lines

    assert [(line.text, line.role) for line in lines] == [
        ("青石市民政局文件", LineRole.BOX),
        ("青民发〔2024〕5号", LineRole.BOX),
        ("关于发放津贴的通知", LineRole.BODY),
    ]


def test_a_table_is_rows_below_its_header() -> None:
    """The second line is the rule that a document's table needs."""
    body = table(("年龄", "每月"), ("80至89周岁", "100元"), ("90周岁以上", "200元"))

    assert texts(docx(body)) == [
        "| 年龄 | 每月 |",
        "| --- | --- |",
        "| 80至89周岁 | 100元 |",
        "| 90周岁以上 | 200元 |",
    ]


LAYOUTS = [
    (("青石市民政局", "2024年6月12日印发"),),  # one row
    (("抄送：市财政局。", ""), ("青石市民政局办公室", "2024年6月12日印发")),  # the imprint
    (("第一条　甲。",), ("第二条　乙。",)),  # one column
]


@pytest.mark.parametrize("rows", LAYOUTS)
def test_a_table_that_only_arranges_gives_paragraphs(rows: tuple[tuple[str, ...], ...]) -> None:
    """No row of it is a row of figures."""
    assert texts(docx(table(*rows))) == [cell for row in rows for cell in row if cell]


def test_footnotes_margins_and_comments_are_listed() -> None:
    """With what they are; page numbers are nothing."""
    body = f'<w:p>{run("正文")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    parts = {
        "footnotes": f'<w:footnote w:id="2">{p("见旧条例。")}</w:footnote>',
        "header1": p("内部资料"),
        "footer1": p("— 3 —"),
    }

    left_out = read_docx(docx(body, **parts), "办法.docx").left_out

    assert [(each.text, each.why) for each in left_out] == [("见旧条例。", "脚注"), ("内部资料", "页眉")]


def test_a_contents_line_loses_its_page_number() -> None:
    """By its style, TOC 1."""
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    line = (
        f'<w:p><w:pPr><w:pStyle w:val="T1"/></w:pPr>{run("第一章　总则")}<w:r><w:tab/></w:r>{run("12")}</w:p>'
    )

    assert texts(docx(line, styles=styles)) == ["第一章　总则"]


def test_a_document_of_pictures_says_what_to_do() -> None:
    """A scan that was pasted into Word."""
    with pytest.raises(SourceError, match="只有图片；先做文字识别"):
        read_docx(docx("<w:p><w:r><w:object/></w:r></w:p>"), "扫描.docx")
