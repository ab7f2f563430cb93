"""PDF files with a text layer: every character with its box. The only door to pypdfium2."""

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from bot.errors import SourceError
from bot.intake.reading.allowance import grant_second
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.layout import Glyph, Page
from bot.intake.reading.pages import pages_source
from bot.intake.reading.ruling import MOST_LINES, Ruling, rulings_of
from bot.intake.reading.source import SourceText

if TYPE_CHECKING:
    from bot.intake.reading.recognition import Picture

MOST_PAGES = 3_000
PAGES_A_SECOND = 10
"""Pages that must be read within a second more. A page takes 20 ms; one that never ends is stopped."""
MOST_GLYPHS = 3_000_000
_SHARPNESS, _LARGEST = 200 / 72, 3_000
"""Pixels a point of a picture for text recognition, 200 dpi; pixels of its longer side at most."""


def read_pdf(data: bytes, name: str) -> SourceText:
    """The paragraphs of a PDF file.

    Raises:
        SourceError: it is broken, a scan, or its text layer is garbled.
    """
    del name
    return pages_source(FileFormat.PDF, _closed_after(drawn_pages(data)))


def rendered(page: pypdfium2.PdfPage) -> tuple["Picture", float]:
    """A page as a picture for text recognition, and its pixels a point."""
    scale = min(_SHARPNESS, _LARGEST / max(page.get_size()))
    return page.render(scale=scale).to_numpy(), scale


def _closed_after(pages: Iterable[tuple[pypdfium2.PdfPage, Page]]) -> Iterator[Page]:
    for handle, page in pages:
        yield page
        handle.close()


def drawn_pages(data: bytes) -> Iterator[tuple[pypdfium2.PdfPage, Page]]:
    """The pages, each with its characters in the order in which they are drawn.

    Raises:
        SourceError: the file is broken, locked, or endless.
    """
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        raise SourceError(
            "加了密码，打不开；请对方去掉密码后重发" if locked else "PDF 损坏，打不开；请重新下载或请对方重发"
        ) from None
    if count > MOST_PAGES:
        raise SourceError(f"有 {count} 页，超过 {MOST_PAGES} 页；拆成几份再导入")
    total = 0
    for index in range(count):
        try:
            page = document[index]
            glyphs = list(_glyphs(page.get_textpage()))
            rulings = list(_rulings(page))
            is_picture = any(kind == raw.FPDF_PAGEOBJ_IMAGE for _, kind in _objects(page))
        except pypdfium2.PdfiumError:
            raise SourceError(f"第{index + 1}页损坏，读不了；请重新下载或请对方重发") from None
        total += len(glyphs)
        if total > MOST_GLYPHS:
            raise SourceError("字多得不正常，不像一份政策文件；拆成几份再导入")
        yield page, Page(page.get_height(), glyphs, rulings, is_picture)
        if index % PAGES_A_SECOND == 0:
            grant_second()


def _glyphs(page: pypdfium2.PdfTextPage) -> Iterator[Glyph]:
    rectangle = raw.FS_RECTF()
    for index in range(page.count_chars()):
        if raw.FPDFText_IsGenerated(page, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(page, index)
        if not raw.FPDFText_GetLooseCharBox(page, index, byref(rectangle)):
            continue
        character = chr(code) if code and not 0xD800 <= code <= 0xDFFF else "\ufffd"
        yield Glyph(character, rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[object, int]]:
    """The objects on a page, each with its kind."""
    for index in range(raw.FPDFPage_CountObjects(page)):
        drawn = raw.FPDFPage_GetObject(page, index)
        yield drawn, raw.FPDFPageObj_GetType(drawn)


def _rulings(page: pypdfium2.PdfPage) -> Iterator[Ruling]:
    """The level and upright lines that are drawn on a page. A thin rectangle is one."""
    found = 0
    for drawn, kind in _objects(page):
        if kind != raw.FPDF_PAGEOBJ_PATH:
            continue
        for corners in _outlines(drawn):
            for ruling in rulings_of(corners):
                found += 1
                yield ruling
        if found > MOST_LINES:
            return


def _outlines(path: object) -> Iterator[list[tuple[float, float]]]:
    """The points of each outline of a path, where they stand on the page. Curves are left out."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, byref(matrix))
    x, y = c_float(), c_float()
    corners: list[tuple[float, float]] = []
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        if kind != raw.FPDF_SEGMENT_LINETO:
            yield corners
            corners = []
        corners.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and corners:
            corners.append(corners[0])
    yield corners
