"""Plain text: its encoding, its hard-wrapped lines, what Markdown leaves, what kind of file it is."""

import re

import pytest

from bot.errors import SourceError
from bot.intake.reading.cleaning import cleaned
from bot.intake.reading.detection import FileFormat, format_of
from bot.intake.reading.formats import read_bytes
from bot.intake.reading.plain_text import read_text
from tests.conftest import SHARED
from tests.intake.word import docx, p

TEXT = "高龄津贴办法\n第一条　为了发放津贴，制定本办法。\n第二条　年满八十周岁的，每月100元。\n"
SEED = SHARED / "seeds" / "000_bcdd2b9e74aeebaf.txt"

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]


def lines_of(data: bytes) -> list[str]:
    """The paragraphs of a text file."""
    return [line.text for line in read_bytes(data, "a.txt").lines]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_is_read_in_the_encodings_that_offices_use(encoding: str) -> None:
    """With or without BOM, with line ends of Windows."""
    assert lines_of(TEXT.replace("\n", "\r\n").encode(encoding)) == TEXT.splitlines()


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_another_encoding_is_doubted_or_refused(encoding: str) -> None:
    """Nothing is guessed in silence."""
    data = ("臺北市政府公告，辦理老人津貼發放作業。" * 5).encode(encoding, "ignore")

    try:
        assert read_text(data, "a.txt").doubts
    except SourceError as error:
        assert "编码" in str(error)


FORMATS = [
    (b"%PDF-1.4 ...", FileFormat.PDF),
    (docx(p("甲")), FileFormat.DOCX),
    (b"\xd0\xcf\x11\xe0 ...", FileFormat.OFFICE),
    (rb"{\rtf1 ...", FileFormat.OFFICE),  # RTF under .doc
    ("<html><body>甲</body></html>".encode(), FileFormat.HTML),  # a web page under .doc
    (b"\xff\xfe" + "<html>甲".encode("utf-16-le"), FileFormat.HTML),
    (b"Subject: =?utf-8?b?5Yqe5rOV?=\r\nMIME-Version: 1.0\r\n\r\nx", FileFormat.MAIL),
    (b"\x89PNG....", FileFormat.IMAGE),
    ("关于<试行>的通知".encode(), FileFormat.TEXT),
]


@pytest.mark.parametrize(("data", "kind"), FORMATS, ids=lambda value: str(value)[:24])
def test_the_kind_is_known_by_content(data: bytes, kind: FileFormat) -> None:
    """Never by a suffix."""
    assert format_of(data) is kind


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"", "空的"),
        (b"\0\0\n", "空的"),
        (b"PK\x03\x04broken", "重新下载"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
        (bytes(range(256)) * 40, "另存为"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data: bytes, advice: str) -> None:
    """In Chinese, for the clerk who has the file."""
    with pytest.raises(SourceError, match=advice):
        read_bytes(data, "a.docx")


LAW = [
    "第一章　总则",
    "第一条　为了规范城乡社区服务体系建设工作，提升服务能力，根据有关法律法规，制定本办法。",
    "第二条　本办法所称服务，是指依照第三条规定提供的下列服务：",
    "（一）面向老年人、残疾人、未成年人的生活照料服务；",
    "（二）面向困难家庭的救助服务。",
    "前款所列服务由乡镇人民政府、街道办事处组织实施，村民委员会、居民委员会予以协助。",
    "第三条　县级以上人民政府民政部门主管本行政区域内的服务工作，按照职责分工负责监督管理。",
]


@pytest.mark.parametrize("width", [14, 22, 28])
@pytest.mark.parametrize("indent", ["", "\u3000\u3000"])
def test_hard_wrapped_articles_are_whole_again(width: int, indent: str) -> None:
    """第三条规定 at the start of a line opens no article."""
    rows = [indent + paragraph for paragraph in LAW]
    wrapped = "\n".join(row[at : at + width] for row in rows for at in range(0, len(row), width))

    assert lines_of(wrapped.encode()) == LAW


def test_an_article_set_in_below_a_heading_that_fills_its_line_is_found() -> None:
    """Without a blank behind its number: only the indent tells that a paragraph begins."""
    heading = "　　第二章　服务机构的设立变更管理以及工作人员的权利义务"  # twice 14 characters
    article = "　　第四条申请设立服务机构的，应当向主管部门提出申请，并且提交下列规定的各项材料。"
    rows = [f"　　{paragraph}" for paragraph in LAW]
    lines = [row[at : at + 14] for row in (*rows, heading, article) for at in range(0, len(row), 14)]

    found = lines_of("\n".join(lines).encode())

    assert found[-1] == article.strip()


def test_short_paragraphs_are_left_as_they_are() -> None:
    """A notice of short lines is no column."""
    head = "关于放假的通知\n各科室：\n现将有关事项通知如下。\n"
    notice = f"{head}一、时间\n二、要求\n请遵照执行。\n青石市民政局\n2024年6月12日"

    assert lines_of(notice.encode()) == notice.splitlines()


@pytest.mark.skipif(not SEED.exists(), reason="needs the newspaper page")
def test_no_sentence_of_the_newspaper_page_is_cut() -> None:
    """Every paragraph ends with a sentence, or is a headline or byline; no character is lost."""
    lines = lines_of(SEED.read_bytes())

    cut = [line for line in lines if len(line) > 26 and not re.search(r"[。；：）]$", line)]
    assert cut == []
    assert len(lines) == 23
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", SEED.read_text("utf-8"))


def test_signs_of_markdown_are_taken_off() -> None:
    """What a word processor would show stays; pictures are listed."""
    first = "# 高龄津贴办法\n\n**第一条** 应当在*30*个工作日内[办理](https://a.cn)。\n\n"
    markdown = first + "> ![图](a.png)第二条 完。\n---\n- 一\n- 二\n"

    source = read_text(markdown.encode(), "a.md")

    assert [line.text for line in source.lines] == [
        "高龄津贴办法",
        "第一条 应当在30个工作日内办理。",
        "第二条 完。",
        "一",
        "二",
    ]
    assert "图片" in {each.why for each in source.left_out}


CLEANED = [
    ("⼈⺠政府⽼年⼈", ["人民政府老年人"]),  # radicals of a PDF
    ("在\u200b三\ufeff十\u00ad日内", ["在三十日内"]),  # what nobody sees
    ("第一条\u00a0\u00a0甲\t乙", ["第一条 甲 乙"]),  # blanks of the web
    ("第一条　甲。第二条　乙。", ["第一条　甲。", "第二条　乙。"]),  # two in one paragraph
    ("第一条　依照下列规定：第三条　不算。", ["第一条　依照下列规定：第三条　不算。"]),  # not the next
    ("第一条　甲。第二条规定的除外。", ["第一条　甲。第二条规定的除外。"]),  # a reference
    ("\ue004（一）甲", ["（一）甲"]),  # a bullet from a symbol font
]


@pytest.mark.parametrize(("text", "lines"), CLEANED)
def test_every_text_is_cleaned_alike(text: str, lines: list[str]) -> None:
    """Whatever its format."""
    assert [line.text for line in cleaned(read_text(text.encode(), "a.txt")).lines] == lines


def test_characters_of_a_private_font_are_doubted() -> None:
    """Nobody knows what they are."""
    (doubt,) = cleaned(read_text("居民\ue863委员会".encode(), "a.txt")).doubts

    assert "U+E863" in doubt
