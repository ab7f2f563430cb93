"""Scans and pictures: recognized where the extra is installed, with a clear sentence where it is not."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from bot.errors import ScanError, SourceError
from bot.intake.draft import DraftWarning
from bot.intake.importing import drafts_of
from bot.intake.reading import recognition
from bot.intake.reading.formats import read_bytes
from bot.intake.reading.sandbox import read_file
from bot.intake.reading.source import SourceLine, SourceText, UnsureText
from bot.policy.jurisdiction import Gazetteer

FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
LINES = (
    "第一条　为了保障困难居民的基本生活，根据国家有关规定，制定本办法。",
    "第二条　本市户籍居民，家庭月人均收入低于八百元的，可以申请救助。",
    "第三条　申请人应当向街道办事处提出书面申请，并提交收入证明。",
)
needs_recognition = pytest.mark.skipif(
    not (recognition.is_installed() and FONT.exists()), reason="requirements-ocr.txt or the font is missing"
)


def sheet(lines: tuple[str, ...], signed: tuple[str, ...] = (), seal: str = "") -> Image.Image:
    """A page of A4 at 150 dpi, with a red seal over what is signed."""
    page = Image.new("RGB", (1240, 1754), "white")
    font = ImageFont.truetype(str(FONT), 33)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((130, 200 + 70 * number), line, "black", font)
    for number, line in enumerate(signed):
        draw.text((800, 900 + 60 * number), line, "black", font)
    if seal:
        stamp = Image.new("RGB", page.size, "white")
        red = ImageDraw.Draw(stamp)
        red.ellipse((780, 810, 1060, 1090), outline=(230, 60, 60), width=9)
        red.text((820, 850), seal, (230, 60, 60), ImageFont.truetype(str(FONT), 40))
        red.rectangle((860, 915, 980, 945), fill=(230, 60, 60))
        page = ImageChops.multiply(page, stamp)
    return page


def saved(image: Image.Image, path: Path) -> Path:
    """A file with the picture."""
    image.save(path, resolution=150)
    return path


def squeezed(source: SourceText) -> str:
    """The text of a file without any blank."""
    return "".join("".join(line.text.split()) for line in source.lines)


@needs_recognition
@pytest.mark.parametrize("name", ["办法.pdf", "办法.jpg"])
def test_a_scan_is_read(tmp_path: Path, name: str) -> None:
    """A page held a little askew: 98 % of the characters, each article a paragraph; a person is told."""
    page = sheet(LINES).rotate(0.6, fillcolor="white", resample=Image.Resampling.BICUBIC)

    source = read_file(saved(page, tmp_path / name))

    wanted = "".join("".join(line.split()) for line in LINES)
    alike = SequenceMatcher(None, wanted, squeezed(source), autojunk=False).ratio()
    assert alike >= 0.98
    assert [line.text[:3] for line in source.lines] == ["第一条", "第二条", "第三条"]
    assert "文字是识别出来的" in source.doubts[0]


@needs_recognition
def test_issuer_and_day_under_a_red_seal_are_read(tmp_path: Path) -> None:
    """The page is read again without what is red; the words of the seal are left out."""
    page = sheet(LINES, ("青石市民政局", "2024年6月12日"), seal="业务专用章")

    source = read_file(saved(page, tmp_path / "盖章.png"))

    assert [line.text for line in source.lines][-2:] == ["青石市民政局", "2024年6月12日"]
    assert [each.why for each in source.left_out] == ["印章里的字"]


@needs_recognition
def test_an_empty_picture_says_what_to_do(tmp_path: Path) -> None:
    """Nothing can be read in it."""
    with pytest.raises(SourceError, match="识别不出文字"):
        read_file(saved(sheet(()), tmp_path / "白.png"))


@needs_recognition
def test_a_picture_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """Before it is unpacked: 400 million pixels in a file of 50 KB."""
    path = tmp_path / "大.png"
    Image.new("1", (20_000, 20_000)).save(path)

    with pytest.raises(SourceError, match="图片损坏或太大"):
        read_file(path)


@pytest.mark.skipif(recognition.is_installed(), reason="text recognition is installed")
def test_without_recognition_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    """Or what to do without."""
    with pytest.raises(SourceError, match=r"是图片；先做文字识别.*requirements-ocr\.txt"):
        read_file(saved(sheet(LINES), tmp_path / "办法.png"))


def test_a_picture_is_no_text(tmp_path: Path) -> None:
    """The reader of texts hands it over."""
    with pytest.raises(ScanError):
        read_bytes(saved(sheet(()), tmp_path / "白.png").read_bytes(), "白.png")


def test_what_is_not_sure_is_flagged_at_its_line() -> None:
    """With its place in the original."""
    lines = (
        SourceLine("青石市救助办法", "第1页"),
        SourceLine("第一条　甲方。", "第1页"),
        SourceLine("第二条　乙。", "第2页"),
    )
    source = SourceText(
        "PDF", lines, unsure=(UnsureText("第二条乙。", "第2页", "识别的把握只有 61%：“第二条乙。”"),)
    )

    (draft,) = drafts_of(source, Gazetteer())

    assert DraftWarning(2, "识别的把握只有 61%：“第二条乙。”", "对照原件第2页改正") in draft.warnings
