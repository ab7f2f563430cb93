"""A document as a Word file. The only door to python-docx."""

import io
from collections.abc import Iterator

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from bot.export.form import Exhibit
from bot.policy.clause import Clause, Role
from bot.policy.splitting.lines import lines_of

_TITLE, _HEADING, _TEXT = "Title", "Heading 2", "Normal"
_ALIGNED = {Role.MASTHEAD: WD_ALIGN_PARAGRAPH.CENTER, Role.IMPRINT: WD_ALIGN_PARAGRAPH.RIGHT}


def docx_of(exhibit: Exhibit) -> bytes:
    """The file: title, force, then a paragraph for each line of the text; headings are headings for Word.

    Raises:
        ExportError: the text has a character that a Word file cannot hold.
    """
    exhibit.must_fit_xml()
    file = docx.Document()
    for name in (_TITLE, _HEADING, _TEXT):
        fonts = file.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "宋体")
    file.add_paragraph(exhibit.document.title, _TITLE)
    for known in _known(exhibit):
        file.add_paragraph(known)
    for piece in exhibit.pieces:
        role = None if isinstance(piece, Clause) else piece.role
        for line in lines_of(exhibit.text_of(piece)):
            paragraph = file.add_paragraph(line.text, _HEADING if role is Role.HEADING else _TEXT)
            if role in _ALIGNED:
                paragraph.alignment = _ALIGNED[role]
    written = io.BytesIO()
    file.save(written)
    return written.getvalue()


def _known(exhibit: Exhibit) -> Iterator[str]:
    document = exhibit.document
    if document.issuers:
        yield f"发文机关：{'、'.join(document.issuers)}"
    if document.document_number:
        yield f"发文字号：{document.document_number}"
    yield f"效力：{exhibit.force}（{exhibit.on} 导出）"
    if document.source:
        yield f"来源：{document.source}"
