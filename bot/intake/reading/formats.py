"""The table of readers: a format, and what reads it. A new format is one module and one row here."""

from collections.abc import Callable

from bot.errors import SourceError
from bot.intake.reading.cleaning import cleaned
from bot.intake.reading.detection import Format, format_of
from bot.intake.reading.docx.reader import read_docx
from bot.intake.reading.plain_text import read_text
from bot.intake.reading.source import SourceText, refuse_endless

Reader = Callable[[bytes, str], SourceText]
"""The port: the bytes of a file and its name → its text. Raises SourceError for what it cannot read."""


def read_bytes(data: bytes, name: str) -> SourceText:
    """What a file says.

    Args:
        name: of the file; its suffix decides nothing.

    Raises:
        SourceError: it cannot be read; says why, and what to do.
    """
    kind = format_of(data)
    reader = READERS.get(kind)
    if reader is None:
        raise SourceError(_UNREADABLE[kind])
    source = cleaned(reader(data, name))
    refuse_endless(sum(len(line.text) for line in source.lines))
    return source


READERS: dict[Format, Reader] = {
    Format.DOCX: read_docx,
    Format.TEXT: read_text,
}

_UNREADABLE = {
    Format.IMAGE: "是图片，里面的字读不出来；先做文字识别（OCR），把识别好的文字另存为文本，再导入",
}
