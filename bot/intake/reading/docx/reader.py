"""A Word document (docx) → its paragraphs, numbered as Word numbers them."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.errors import SourceError
from bot.intake.reading.archive import Archive, open_archive
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.docx.names import attribute, child, children, is_on, local, value_of
from bot.intake.reading.docx.numbering import Numbering
from bot.intake.reading.docx.runs import RunReader, Runs
from bot.intake.reading.docx.styles import Styles, read_styles
from bot.intake.reading.source import LineRole, Omission, SourceLine, SourceText
from bot.intake.reading.tables import table_lines

_HOLDERS = {"sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "body"}
_GONE = {"del", "moveFrom"}
_CONTENTS_PAGE = re.compile(r"[ .…·]*\s\d{1,4}$")
_PAGE = re.compile(r"[\s—－–\-第页共/\d]*")
_DIGIT = re.compile(r"\d")


def read_docx(data: bytes, name: str) -> SourceText:
    """The paragraphs of a Word document.

    Raises:
        SourceError: it is damaged, too large, or holds no text.
    """
    del name
    archive = open_archive(data)
    folder, main = _main_part(archive)
    root = archive.xml(main)
    body = child(root, "body")
    if body is None:
        raise SourceError("不是完整的 Word 文档；用 Word 或 WPS 打开后另存一份")
    styles = read_styles(archive.xml(f"{folder}styles.xml"))
    reader = _BodyReader(styles, Numbering(archive.xml(f"{folder}numbering.xml"), styles))
    for kind in ("footnote", "endnote"):
        reader.hear_notes(kind, archive.xml(f"{folder}{kind}s.xml"))
    reader.read(body)
    reader.end_paragraph()
    if not reader.lines:
        raise SourceError(
            "里面没有文字" + ("，只有图片；先做文字识别，再导入" if reader.pictures else "；检查文件")
        )
    doubts = (f"有 {reader.pictures} 张图片，图里的字没有读",) if reader.pictures else ()
    left_out = (*reader.left_out, *_margins(archive, folder))
    return SourceText(FileFormat.DOCX, tuple(reader.lines), left_out=left_out, doubts=doubts)


def _main_part(archive: Archive) -> tuple[str, str]:
    """The folder and name of the part that holds the text."""
    for relation in archive.xml("_rels/.rels") or ():
        target = (relation.get("Target") or "").lstrip("/")
        if (relation.get("Type") or "").endswith("/officeDocument") and target in archive.names:
            return target[: target.rfind("/") + 1], target
    return "word/", "word/document.xml"


def _margins(archive: Archive, folder: str) -> Iterator[Omission]:
    """The text above, below and beside the pages."""
    seen: set[str] = set()
    for name in sorted(archive.names):
        part = name.removeprefix(folder)
        why = next((why for start, why in _MARGINS.items() if part.startswith(start)), None)
        if why is None or "/" in part or not part.endswith(".xml"):
            continue
        for paragraph in (each for each in archive.xml(name) or () if local(each) in ("p", "comment")):
            text = "".join(each.text or "" for each in paragraph.iter() if local(each) == "t").strip()
            if text and text not in seen and not _PAGE.fullmatch(text):
                seen.add(text)
                yield Omission(text, why, why)


_MARGINS = {"header": "页眉", "footer": "页脚", "comments": "批注"}


class _BodyReader:
    """Reads blocks in order: paragraphs and tables, and the text boxes that hang on paragraphs."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.lines: list[SourceLine] = []
        self.left_out: list[Omission] = []
        self.pictures = 0
        self._styles = styles
        self._numbering = numbering
        self._runs = RunReader(styles)
        self._notes: dict[tuple[str, str], str] = {}
        self._count = 0
        self._open = ""  # words of a paragraph whose end was deleted: they go on in the next one

    def hear_notes(self, kind: str, root: Element | None) -> None:
        """The footnotes or endnotes of the file."""
        for note in children(root, kind):
            text = "".join(each.text or "" for each in note.iter() if local(each) == "t").strip()
            self._notes[kind, attribute(note, "id") or ""] = text

    def read(self, container: Element, role: LineRole = LineRole.BODY) -> None:
        """The blocks in the body, a cell or a text box."""
        for each in container:
            name = local(each)
            if name == "p":
                self._paragraph(each, role)
            elif name == "tbl":
                self.end_paragraph()
                self._table(each)
            elif name in _HOLDERS:
                self.read(each, role)
            elif name in _GONE:
                text = "".join(part.text or "" for part in each.iter() if local(part) in ("t", "delText"))
                self._leave_out(text, "修订中删去的文字")
            elif name == "altChunk":
                self._leave_out("（嵌入的另一份文件）", "嵌入的文件没有打开")

    def end_paragraph(self) -> None:
        """Adds what is left if the last paragraph's end was deleted."""
        if self._open:
            self.lines.append(SourceLine(self._open, self._place))
            self._open = ""

    @property
    def _place(self) -> str:
        return f"第{self._count}段"

    def _paragraph(self, paragraph: Element, role: LineRole) -> None:
        properties = child(paragraph, "pPr")
        style_id = value_of(properties, "pStyle")
        self._count += 1
        runs = self._runs.read(paragraph, style_id)
        self._account_for(runs)
        text = "".join(runs.text)
        is_joined = child(child(properties, "rPr"), "del") is not None
        label = "" if is_joined and not text.strip() else self._numbering.next_label(properties, style_id)
        if self._styles.is_contents(style_id):
            text = _CONTENTS_PAGE.sub("", text)
        text = self._open + _labelled(label, text)
        if is_joined:
            self._open = text
            return
        self._open = ""
        aligned = value_of(properties, "jc")
        is_centered = aligned == "center" if aligned else self._styles.is_centered(style_id)
        for row in text.split("\n"):
            if row.strip():
                self.lines.append(SourceLine(row.strip(), self._place, role, is_centered))

    def _account_for(self, runs: Runs) -> None:
        """Places the text boxes of a paragraph before it, and lists its notes and hidden text."""
        self.pictures += runs.pictures
        for box in runs.boxes:
            count = self._count
            self.read(box, LineRole.BOX)
            self._count = count
        for key in runs.notes:
            if note := self._notes.get(key):
                self._leave_out(note, "脚注")
        for text, why in runs.left_out:
            self._leave_out(text, why)

    def _leave_out(self, text: str, why: str) -> None:
        if text.strip():
            self.left_out.append(Omission(text.strip(), self._place, why))

    def _table(self, table: Element) -> None:
        place = f"第{self._count + 1}段起的表格"
        rows: list[list[list[SourceLine]]] = []
        headed = False
        for row in _rows(table):
            properties = child(row, "trPr")
            if child(properties, "del") is not None:
                continue
            headed = headed or (not rows and bool(is_on(properties, "tblHeader")))
            rows.append([self._cell(cell) for cell in _cells(row)])
        self.lines += table_lines(rows, place, has_header=headed)

    def _cell(self, cell: Element) -> list[SourceLine]:
        outer, self.lines = self.lines, []
        self.read(cell)
        self.end_paragraph()
        inner, self.lines = self.lines, outer
        return inner


def _rows(table: Element) -> Iterator[Element]:
    for each in table:
        if local(each) == "tr":
            yield each
        elif local(each) in _HOLDERS:
            yield from _rows(each)


def _cells(row: Element) -> Iterator[Element]:
    for each in row:
        if local(each) == "tc":
            yield each
        elif local(each) in _HOLDERS:
            yield from _cells(each)


def _labelled(label: str, text: str) -> str:
    """A text behind its number. An empty paragraph shows none: nobody means it."""
    if not label or not text.strip():
        return text
    words = text.lstrip()
    return f"{label} {words}" if _DIGIT.match(words) and label[-1:] in "." else label + words
