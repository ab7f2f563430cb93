"""The table of readers: a format, and the function that reads it. A new format is one module and one row."""

from collections.abc import Callable
from importlib import import_module

from bot.errors import ScanError, SourceError
from bot.intake.reading.cleaning import cleaned
from bot.intake.reading.detection import FileFormat, format_of
from bot.intake.reading.docx.reader import read_docx
from bot.intake.reading.ofd import read_ofd
from bot.intake.reading.plain_text import read_text
from bot.intake.reading.source import SourceText, refuse_endless

Reader = Callable[[bytes, str], SourceText]
"""The port: the bytes of a file and its name → its text. Raises SourceError for what it cannot read."""


def read_bytes(data: bytes, name: str) -> SourceText:
    """The text of a file.

    Args:
        name: of the file; its suffix decides nothing.

    Raises:
        SourceError: it cannot be read; says why, and what to do.
        ScanError: its words are pictures.
    """
    reader = READERS.get(format_of(data))
    if reader is None:
        raise ScanError("是图片")
    return _whole(reader(data, name))


def recognized_bytes(data: bytes) -> SourceText:
    """The text of a scan or a picture, by text recognition.

    Raises:
        SourceError: it cannot be read; says why, and what to do.
    """
    from bot.intake.reading.scan import read_scan  # noqa: PLC0415  # needs packages of its own

    return _whole(read_scan(data))


def _whole(source: SourceText) -> SourceText:
    source = cleaned(source)
    refuse_endless(sum(len(line.text) for line in source.lines))
    return source


def _optional(package: str, module: str, function: str) -> Reader:
    """A reader that needs a package which not every office installs."""

    def read(data: bytes, name: str) -> SourceText:
        try:
            reader: Reader = getattr(import_module(f"{__package__}.{module}"), function)
        except ModuleNotFoundError as error:
            if error.name != package:
                raise
            raise SourceError(
                f"要先装上 {package} 才能读这种文件：pip install -r requirements-intake.txt"
            ) from None
        return reader(data, name)

    return read


READERS: dict[FileFormat, Reader] = {
    FileFormat.DOCX: read_docx,
    FileFormat.TEXT: read_text,
    FileFormat.OFD: read_ofd,
    FileFormat.HTML: _optional("selectolax", "web.reader", "read_html"),
    FileFormat.PDF: _optional("pypdfium2", "pdf", "read_pdf"),
    FileFormat.MAIL: _optional("selectolax", "mail", "read_mail"),
}
