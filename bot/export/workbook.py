"""The table of a hotline's knowledge base as an Excel workbook. The only door to openpyxl."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from bot.export.form import Exhibit
from bot.export.table import COLUMNS, rows_of

_WIDTHS = {"内容": 80, "所在章节": 30, "标题": 30, "出处": 40, "链接": 40}


def xlsx_of(exhibits: Sequence[Exhibit]) -> bytes:
    """The workbook: one sheet, its header fixed; every cell is text, none a formula.

    Raises:
        ExportError: a text has a character that a workbook cannot hold.
    """
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("政策库")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(COLUMNS):
        sheet.column_dimensions[chr(ord("A") + number)].width = _WIDTHS.get(column, 14)
    for exhibit in exhibits:
        exhibit.must_fit_xml()
    for row in (COLUMNS, *rows_of(exhibits)):
        cells = [WriteOnlyCell(sheet, value=text) for text in row]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()
