"""Word files and Excel workbooks: read again by the packages that write them."""

import io
import sys

import docx
import openpyxl
import pytest

from bot.errors import ExportError
from bot.export.formats import FORMATS
from bot.export.table import COLUMNS, rows_of
from bot.policy.document import Document
from tests.export.test_export import GOLDEN, SHIPPED, exhibit_of, letters

TEXTS = [Document(path.stem, path.stem, path.read_text("utf-8")) for path in GOLDEN]
DOCUMENTS = [*TEXTS, *(holding.document for holding in SHIPPED.holdings)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.document_id)
def test_every_character_is_in_the_word_file(document: Document) -> None:
    """In text order, behind what is known of it."""
    file = docx.Document(io.BytesIO(FORMATS["docx"].make([exhibit_of(document)])))

    assert letters("".join(each.text for each in file.paragraphs)).endswith(letters(document.text))
    assert file.paragraphs[0].text == document.title


def test_headings_are_headings_for_word() -> None:
    """So that Word makes its contents of them."""
    exhibit = exhibit_of(Document("办法", "办法", "第一章　总则\n第一条　甲。"))
    file = docx.Document(io.BytesIO(FORMATS["docx"].make([exhibit])))

    styles = {each.text: each.style.name for each in file.paragraphs if each.style}
    assert styles["第一章　总则"] == "Heading 2"
    assert styles["第一条　甲。"] == "Normal"


def test_the_workbook_has_the_rows_of_the_table_and_no_formula() -> None:
    """Every cell is text, also one that begins with =."""
    exhibits = [exhibit_of(each) for each in (*DOCUMENTS, Document("式", "=1+1", "=2+2 甲。"))]
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(exhibits))).active

    rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]
    assert rows == [COLUMNS, *rows_of(exhibits)]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize("name", ["docx", "xlsx"])
def test_a_character_that_office_files_cannot_hold_is_named(name: str) -> None:
    """It is neither dropped nor written."""
    with pytest.raises(ExportError, match=r"文件“坏”：有 XML 写不了的字符 U\+FFFE"):
        FORMATS[name].make([exhibit_of(Document("坏", "坏", "甲\ufffe乙。"))])


@pytest.mark.parametrize(
    ("name", "package", "module"),
    [("docx", "docx", "bot.export.word"), ("xlsx", "openpyxl", "bot.export.workbook")],
)
def test_without_its_package_a_format_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, name: str, package: str, module: str
) -> None:
    """The other formats need nothing."""
    for known in [each for each in sys.modules if each.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, known)
    monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(ExportError, match=rf"格式“{name}”：没有装 {package}.*requirements-export.txt"):
        FORMATS[name].make([exhibit_of(TEXTS[0])])
