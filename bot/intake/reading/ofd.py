"""OFD files (GB/T 33190-2016) → paragraphs: text objects stand where their boxes and matrices put them."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.errors import SourceError
from bot.intake.reading.archive import Archive, open_archive
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.docx.names import local
from bot.intake.reading.layout import Glyph, Page
from bot.intake.reading.pages import pages_source
from bot.intake.reading.source import SourceText

MOST_PAGES, MOST_GLYPHS = 3_000, 3_000_000
_DEEPEST = 20
_ASCENT = 0.88
_BASE_HEIGHT = 297.0
"""Millimetres of a page that does not say how high it is: A4."""

Matrix = tuple[float, float, float, float, float, float]

_UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def read_ofd(data: bytes, name: str) -> SourceText:
    """The paragraphs of an OFD file.

    Raises:
        SourceError: it is damaged, too large, or holds no text.
    """
    del name
    return pages_source(FileFormat.OFD, _Package(open_archive(data)).pages())


@dataclass(slots=True)
class _Count:
    glyphs: int = 0

    def more(self) -> None:
        self.glyphs += 1
        if self.glyphs > MOST_GLYPHS:
            raise SourceError("字多得不正常，不像一份政策文件；拆成几份再导入")


class _Package:
    """The parts of a file. Names are compared without case: writers differ in Doc_0 and DOC_0."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.names}
        self._count = _Count()

    def pages(self) -> Iterator[Page]:
        """The pages, each with its glyphs, those of its template first."""
        for body in _all(self._root("OFD.xml", ""), "DocRoot"):
            place = _resolved("", body.text)
            document = self._root(place, "")
            folder = posixpath.dirname(place)
            templates = {page.get("ID"): page.get("BaseLoc") for page in _all(document, "TemplatePage")}
            units = self._units(document, folder)
            box = next(iter(_all(document, "PhysicalBox")), None)
            usual = _numbers(box.text if box is not None else "")
            listed = [page for page in _all(document, "Page") if page.get("BaseLoc")]
            if len(listed) > MOST_PAGES:
                raise SourceError(f"有 {len(listed)} 页，超过 {MOST_PAGES} 页；拆成几份再导入")
            for page in listed:
                content = self._root(page.get("BaseLoc"), folder)
                own = next(iter(_all(content, "PhysicalBox")), None)
                sizes = _numbers(own.text if own is not None else "") or usual
                height = sizes[3] if len(sizes) == 4 else _BASE_HEIGHT
                shown = [
                    self._root(templates.get(each.get("TemplateID")), folder)
                    for each in _all(content, "Template")
                ]
                glyphs = [
                    glyph
                    for root in (*shown, content)
                    for glyph in self._glyphs(root, _UNMOVED, height, units, 0)
                ]
                yield Page(height, glyphs)

    def _root(self, name: str | None, folder: str) -> Element | None:
        """The root of a part; None: there is no such part."""
        found = self._names.get(_resolved(folder, name).lower())
        return self._archive.xml(found) if found else None

    def _units(self, document: Element | None, folder: str) -> dict[str, Element]:
        """The composite graphic units: drawings that pages use by number, sometimes for all of their text."""
        found: dict[str, Element] = {}
        for kind in ("PublicRes", "DocumentRes"):
            for each in _all(document, kind):
                root = self._root(each.text, folder)
                found.update({unit.get("ID", ""): unit for unit in _all(root, "CompositeGraphicUnit")})
        return found

    def _glyphs(
        self, element: Element | None, above: Matrix, height: float, units: dict[str, Element], depth: int
    ) -> Iterator[Glyph]:
        if element is None or depth > _DEEPEST:
            return
        for each in element:
            name = local(each)
            if name == "TextObject":
                yield from self._text(each, _placed(each, above), height)
            elif name == "CompositeObject":
                unit = units.get(each.get("ResourceID", ""))
                yield from self._glyphs(unit, _placed(each, above), height, units, depth + 1)
            elif name in ("Content", "Layer", "PageBlock"):
                yield from self._glyphs(each, above, height, units, depth + 1)

    def _text(self, text: Element, matrix: Matrix, height: float) -> Iterator[Glyph]:
        size = next(iter(_numbers(text.get("Size"))), 4.0)
        scaled = size * abs(matrix[3] or matrix[1] or 1)
        wide = size * abs(matrix[0] or matrix[2] or 1)
        x = y = 0.0
        for code in (each for each in text if local(each) == "TextCode"):
            x = next(iter(_numbers(code.get("X"))), x)
            y = next(iter(_numbers(code.get("Y"))), y)
            deltas = _deltas(code.get("DeltaX")), _deltas(code.get("DeltaY"))
            for index, character in enumerate(code.text or ""):
                self._count.more()
                left, base = _moved(matrix, x, y)
                top = height - base + scaled * _ASCENT
                right = left + (wide if ord(character) > 0xFF else wide / 2)
                yield Glyph(character, left, top - scaled, right, top)
                x += deltas[0][index] if index < len(deltas[0]) else (0.0 if deltas[1] else size)
                y += deltas[1][index] if index < len(deltas[1]) else 0.0


def _all(root: Element | None, name: str) -> list[Element]:
    return [] if root is None else [each for each in root.iter() if local(each) == name]


def _resolved(folder: str, name: str | None) -> str:
    """A name within the file; a leading slash is its root."""
    name = (name or "").strip()
    joined = name if name.startswith("/") else posixpath.join(folder, name)
    return posixpath.normpath(joined).lstrip("/")


def _numbers(text: str | None) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?(?:[eE]-?\d+)?", text or "")]


def _deltas(text: str | None) -> list[float]:
    """Distances between characters; g 10 3.5 stands for ten times 3.5."""
    words = (text or "").split()
    found: list[float] = []
    index = 0
    while index < len(words):
        if words[index] == "g" and index + 2 < len(words):
            times, distance = _numbers(words[index + 1]), _numbers(words[index + 2])
            found += distance[:1] * min(int(times[0]) if times else 0, 10_000)
            index += 3
        else:
            found += _numbers(words[index])[:1]
            index += 1
    return found


def _placed(element: Element, above: Matrix) -> Matrix:
    """The matrix of an object: its own, then moved to its box, then those around it."""
    numbers = _numbers(element.get("CTM"))
    own: Matrix = (*numbers,) if len(numbers) == 6 else _UNMOVED  # type: ignore[assignment]  # six were counted
    box = _numbers(element.get("Boundary"))
    a, b, c, d, e, f = own
    moved = (a, b, c, d, e + (box[0] if box else 0), f + (box[1] if len(box) > 1 else 0))
    return _product(moved, above)


def _product(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
    )  # fmt: skip


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
