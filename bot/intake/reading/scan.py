"""Scans and pictures → paragraphs: pages without a text layer, or with a garbled one, are recognized."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.errors import ScanError, SourceError
from bot.intake.reading.allowance import grant_second
from bot.intake.reading.detection import FileFormat, format_of
from bot.intake.reading.encoding import is_plausible
from bot.intake.reading.layout import Page
from bot.intake.reading.pages import is_bare, pages_source
from bot.intake.reading.pdf import drawn_pages, rendered
from bot.intake.reading.recognition import Picture, decoded_picture, glyphs_of, lines_in
from bot.intake.reading.source import Omission, SourceText, UnsureText

MOST_PAGES = 200
SECONDS_A_PAGE = 10
"""Of processor. A page takes two to five."""

_WIDTH = 595.0
"""Points. A picture is taken for a page of A4."""
_UNSURE = 0.85
"""Score below which a person must look. See benchmarks/scans.py."""
_HALF_WIDTH = (
    (re.compile(r"^[(（]([一二三四五六七八九十\d]{1,3})[)）]"), r"（\1）"),
    *(
        (re.compile(rf"(?<=[\u3400-\u9fff》”）]){re.escape(half)}"), full)
        for half, full in zip(",:;()!?", "，：；（）！？", strict=True)
    ),
)
_YEAR = re.compile(r"[\[【［(（]((?:19|20)\d{2})[\]】］)）](?=第?\d{1,5}号)")


@dataclass
class _Found:
    """The findings of recognition beside the text."""

    sealed: list[Omission] = field(default_factory=list)
    unsure: list[UnsureText] = field(default_factory=list)


def read_scan(data: bytes) -> SourceText:
    """The paragraphs of a scan.

    Raises:
        SourceError: it is broken, too long, or nothing can be read in it.
    """
    found = _Found()
    kind = format_of(data)
    if kind not in (FileFormat.PDF, FileFormat.IMAGE):
        raise SourceError("里面没有文字，只有图片；用阅读器打开后另存为 PDF，再导入")
    pages = _picture_page(data, found) if kind is FileFormat.IMAGE else _pdf_pages(data, found)
    try:
        source = pages_source(kind, pages)
    except ScanError:
        raise SourceError("识别不出文字：图片不清楚，或者没有字；重新扫描（300 dpi、摆正）再试") from None
    said = "文字是识别出来的，可能有错字；对照原件通读一遍"
    return replace(
        source,
        left_out=(*source.left_out, *found.sealed),
        doubts=(said, *source.doubts),
        unsure=tuple(found.unsure),
    )


def _picture_page(data: bytes, found: _Found) -> Iterator[Page]:
    picture = decoded_picture(data)
    yield _recognized(picture, picture.shape[1] / _WIDTH, 1, found)


def _pdf_pages(data: bytes, found: _Found) -> Iterator[Page]:
    """The pages. Those with a text layer keep it, unless the layers of the file are garbled."""
    drawn = list(drawn_pages(data))
    if len(drawn) > MOST_PAGES:
        raise SourceError(f"扫描件有 {len(drawn)} 页，超过 {MOST_PAGES} 页；拆成几份再导入")
    is_garbled = not is_plausible(_characters(page for _, page in drawn))
    for number, (handle, page) in enumerate(drawn, start=1):
        if not is_garbled and not is_bare(page):
            yield page
            continue
        for _ in range(SECONDS_A_PAGE):
            grant_second()
        picture, scale = rendered(handle)
        yield _recognized(picture, scale, number, found)


def _characters(pages: Iterable[Page]) -> str:
    return "".join(glyph.character for page in pages for glyph in page.glyphs)


def _recognized(picture: Picture, scale: float, number: int, found: _Found) -> Page:
    """The recognized page. Doubts about it are added to `found`."""
    place = f"第{number}页"
    lines, sealed = lines_in(picture)
    lines = [replace(line, text=full_width(line.text)) for line in lines]
    found.sealed += [Omission(line.text, place, "印章里的字") for line in sealed]
    for line in lines:
        if line.score < _UNSURE:
            why = f"识别的把握只有 {line.score:.0%}：“{line.text[:40]}”"
            found.unsure.append(UnsureText(line.text, place, why))
    height = picture.shape[0]
    return Page(height / scale, glyphs_of(lines, height, scale))


def full_width(text: str) -> str:
    """A recognized line with the punctuation of Chinese print.

    >>> full_width("(二）有收入的,"), full_width("青民发[2024]15号")
    ('（二）有收入的，', '青民发〔2024〕15号')
    """
    text = _YEAR.sub(r"〔\1〕", text)
    for pattern, printed in _HALF_WIDTH:
        text = pattern.sub(printed, text)
    return text
