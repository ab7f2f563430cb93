"""PDF files with a text layer: lines whole again, columns in order, running heads gone, garbage found out."""

import re
import time
from pathlib import Path

import pytest

from bot.errors import ScanError, SourceError
from bot.intake.reading.formats import read_bytes
from bot.intake.reading.sandbox import read_file
from bot.intake.reading.source import LineRole
from tests.intake.pdf import Piece, column, pdf, table
from tests.intake.test_text import LAW


def wrapped(paragraphs: list[str], width: int) -> list[str]:
    """Paragraphs as lines, the first of each set in by two characters."""
    rows = ["\u3000\u3000" + paragraph for paragraph in paragraphs]
    return [row[at : at + width] for row in rows for at in range(0, len(row), width)]


def texts(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [line.text for line in read_bytes(data, "a.pdf").lines]


def test_paragraphs_are_whole_again_across_pages() -> None:
    """Page numbers stand between their lines; they are listed, with their page."""
    lines = wrapped(LAW, 28)
    pages = [
        [*column(lines[at : at + 3]), (270.0, 40.0, f"— {at // 3 + 1} —")] for at in range(0, len(lines), 3)
    ]

    source = read_bytes(pdf(*pages), "a.pdf")

    assert [line.text for line in source.lines] == LAW
    assert [each.why for each in source.left_out] == ["页码"] * len(pages)
    assert source.left_out[1].place == "第2页"


def test_a_title_over_two_lines_is_centered() -> None:
    """As the first page of a document shows it."""
    title: list[Piece] = [(200, 780, "青石市民政局关于发放"), (216, 752, "高龄津贴的通知")]

    lines = read_bytes(pdf([*title, *column(wrapped(LAW, 26), top=700)]), "a.pdf").lines

    assert [(line.text, line.is_centered) for line in lines[:2]] == [
        ("青石市民政局关于发放", True),
        ("高龄津贴的通知", True),
    ]


LEFT = (
    "为了加大社会工作专业人才的培养和支持力度，完善人才激励机制，优化队伍结构，"
    "民政局日前制定出台办法，明确了定义、奖金标准和申领条件。"
)
RIGHT = (
    "意见提出，到二〇二五年末，三级社会工作服务体系基本建成，志愿服务站点的覆盖率达到八成以上，"
    "居民的需求得到有效回应，治理效能明显提升。"
)


def rows_of(text: str, width: int = 14) -> list[str]:
    """A text as the lines of a column."""
    return [text[at : at + width] for at in range(0, len(text), width)]


@pytest.mark.parametrize("is_drawn_by_rows", [True, False])
def test_columns_are_read_one_after_the_other(is_drawn_by_rows: bool) -> None:
    """Also where a page was drawn row by row, which scrambles other extractors; also below a headline."""
    columns = [*column(rows_of(LEFT), 60), *column(rows_of(RIGHT), 320)]
    body = sorted(columns, key=lambda piece: -piece[1]) if is_drawn_by_rows else columns

    found = texts(pdf([(180.0, 800.0, "社会工作专业人才有了新政策"), *body]))

    assert "".join(found) == f"社会工作专业人才有了新政策{LEFT}{RIGHT}"


def test_running_heads_are_dropped() -> None:
    """What stands at the same place of every page, whatever number it bears."""
    body = [f"第{number}条　居民有困难的，可以向街道申请救助。" for number in "一二三四"]
    pages = [
        [(80.0, 810.0, f"青石市人民政府公报 2024年第{n}期"), *column([row])] for n, row in enumerate(body, 1)
    ]

    assert texts(pdf(*pages)) == body


def test_a_text_layer_that_is_garbled_is_found_out() -> None:
    """Every character is wrong; it is a scan for us."""
    garbled = "".join(chr(0x4E00 + 37 * number % 20000) for number in range(400))

    with pytest.raises(SourceError, match="文字层是乱码"):
        texts(pdf(column(rows_of(garbled, 28), leading=20)))


def test_a_scan_is_found_out() -> None:
    """No text at all: it is handed to text recognition."""
    with pytest.raises(ScanError, match="是扫描件，没有文字层"):
        texts(pdf([]))


def test_a_page_without_text_is_doubted() -> None:
    """It may be a picture."""
    (doubt,) = read_bytes(pdf(column([*LAW[:1], "第一条\u3000甲。"]), []), "a.pdf").doubts

    assert "第 2 页没有文字" in doubt


BROKEN = [b"%PDF-1.4\n garbage", pdf(column(["甲"]))[:300], b"%PDF-1.7\n" + b"\0" * 1000]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_file_is_refused(data: bytes) -> None:
    """As the one that sent it must send it again."""
    with pytest.raises(SourceError, match=r"损坏|扫描件"):
        texts(data)


def test_pages_that_lead_in_a_circle_are_refused(tmp_path: Path) -> None:
    """In the limited process, in time."""
    data = pdf(column(["甲"])).replace(b"/Kids[6 0 R]", b"/Kids[2 0 R]")
    path = tmp_path / "圈.pdf"
    path.write_bytes(data)
    start = time.monotonic()

    with pytest.raises(SourceError):
        read_file(path)

    assert time.monotonic() - start < 5


def test_no_character_is_lost() -> None:
    """Three hundred lines over thirty pages."""
    lines = wrapped(LAW * 10, 28)
    data = pdf(*(column(lines[at : at + 20]) for at in range(0, len(lines), 20)))

    assert re.sub(r"\s", "", "".join(texts(data))) == re.sub(r"\s", "", "".join(LAW * 10))


STANDARD = (
    ("年龄", "标准", "发放单位"),
    ("80至89周岁", "每月100元", "街道"),
    ("90周岁以上", "每月\n200元", "街道"),
)
STANDARD_LINES = [
    "| 年龄 | 标准 | 发放单位 |",
    "| --- | --- | --- |",
    "| 80至89周岁 | 每月100元 | 街道 |",
    "| 90周岁以上 | 每月200元 | 街道 |",
]


def test_a_ruled_table_is_read_row_by_row() -> None:
    """With its header; a cell of two lines is one; what stands above and below it stays whole."""
    pieces, rules = table(STANDARD)
    above, below = (
        column(["第一条　标准如下："], top=760),
        column(["第二条　本办法自公布之日起施行。"], top=520),
    )

    lines = read_bytes(pdf([*above, *pieces, *below], rules=[rules]), "a.pdf").lines

    assert [line.text for line in lines] == [
        "第一条　标准如下：",
        *STANDARD_LINES,
        "第二条　本办法自公布之日起施行。",
    ]
    assert [line.role for line in lines] == [LineRole.BODY, *[LineRole.ROW] * 4, LineRole.BODY]


def test_a_cell_over_several_rows_is_said_in_each() -> None:
    """So that each row can be quoted alone."""
    pieces, rules = table((("街道", "年龄", "标准"), ("", "80周岁", "100元"), ("", "90周岁", "200元")))
    pieces = [(x, y - 28 if text == "街道" else y, text) for x, y, text in pieces]
    level = [(x if y in (700, 616) else 220, y, x2, y2) for x, y, x2, y2 in rules[:4]]

    assert texts(pdf([*column(["第一条　标准如下："]), *pieces], rules=[[*level, *rules[4:]]]))[1:] == [
        "| 街道 | 年龄 | 标准 |",
        "| --- | --- | --- |",
        "| 街道 | 80周岁 | 100元 |",
        "| 街道 | 90周岁 | 200元 |",
    ]


@pytest.mark.parametrize("is_drawn_by_rows", [True, False])
def test_columns_under_a_table_across_both_are_read_one_after_the_other(is_drawn_by_rows: bool) -> None:
    """The table comes first, then the left column, then the right one."""
    pieces, rules = table(STANDARD, left=60, widths=(160, 160, 160))
    columns = [*column(rows_of(LEFT), 60, top=540), *column(rows_of(RIGHT), 320, top=540)]
    body = sorted(columns, key=lambda piece: -piece[1]) if is_drawn_by_rows else columns

    found = texts(pdf([*pieces, *body], rules=[rules]))

    assert found[:4] == STANDARD_LINES
    assert "".join(found[4:]) == f"{LEFT}{RIGHT}"


def test_a_table_that_goes_on_repeats_no_header() -> None:
    """The header of the second page is dropped, and listed."""
    head, body = STANDARD[0], [(f"{age}周岁", f"每月{age}元", "街道") for age in range(80, 100)]
    first, second = table([head, *body[:10]]), table([head, *body[10:]])

    source = read_bytes(pdf(first[0], second[0], rules=[first[1], second[1]]), "a.pdf")

    assert [line.text for line in source.lines] == [
        *STANDARD_LINES[:2],
        *(f"| {' | '.join(row)} |" for row in body),
    ]
    assert [each.why for each in source.left_out] == ["表头，上一页已有"]


def test_a_frame_around_paragraphs_is_no_table() -> None:
    """A box with one cell, and a line below a red head, rule nothing."""
    lines = column(wrapped(LAW[:2], 26))
    rules = [(70, 500, 540, 500), (70, 790, 540, 790), (70, 500, 70, 790), (540, 500, 540, 790)]

    assert texts(pdf(lines, rules=[rules])) == LAW[:2]


def test_the_frame_is_taken_apart_from_the_title() -> None:
    """Title, number, addressee and day stand close together, without a stop between them."""
    frame: list[Piece] = [
        (208, 780, "青石市民政局关于发放"),
        (232, 752, "高龄津贴的通知"),
        (216, 724, "青民〔2024〕15号"),
        (80, 696, "各区民政局："),
    ]
    signed: list[Piece] = [(400, 440, "青石市民政局"), (392, 412, "2024年6月12日")]

    lines = texts(pdf([*frame, *column(wrapped(LAW[:2], 27), top=668), *signed]))

    assert lines[:4] == ["青石市民政局关于发放", "高龄津贴的通知", "青民〔2024〕15号", "各区民政局："]
    assert lines[-2:] == ["青石市民政局", "2024年6月12日"]


@pytest.mark.parametrize("count", [500, 2_000])
def test_a_drawing_of_many_lines_is_no_table(count: int) -> None:
    """A map behind the words takes no time, and they are read as without it."""
    step = 400 / count
    net = [(80.0, 300 + step * n, 500.0, 300 + step * n) for n in range(count)]
    net += [(80 + step * n, 300.0, 80 + step * n, 700.0) for n in range(count)]
    start = time.process_time()

    assert texts(pdf(column(wrapped(LAW[:2], 26)), rules=[net])) == LAW[:2]
    assert time.process_time() - start < 5
