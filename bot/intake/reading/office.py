"""Old formats of Word and WPS (.doc, .wps, .rtf) → docx, by LibreOffice where it is installed."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import SourceError
from bot.intake.reading.detection import format_of, is_old_office

PROGRAMS = ("soffice", "libreoffice")
PATIENCE = 90
"""Seconds. A document takes one; the first start of a fresh profile ten."""

_LOOK = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def is_old(path: Path) -> bool:
    """Whether a file is of an old format.

    Raises:
        SourceError: it is locked by a password, or is an old table or presentation.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_LOOK)
        if not is_old_office(head):
            return False
        data = head + file.read()
    format_of(data)
    if data.startswith(_OLE) and _WORD_STREAM not in data:
        raise SourceError("是旧版的表格或幻灯片，不是政策文件；把要收录的文字另存为 Word 文档")
    return True


@contextmanager
def as_docx(path: Path) -> Iterator[Path]:
    """A docx made from a file of an old format; it is gone afterwards.

    Raises:
        SourceError: LibreOffice is not installed, or makes nothing of it.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SourceError(
            "是旧版 Word 或 WPS 文档，这台机器没有装 LibreOffice；装上它，或者用 Word、WPS 打开后另存为 docx"
        )
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        copy = folder / "in" / "source.doc"
        copy.parent.mkdir()
        shutil.copyfile(path, copy)
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to", "docx", "--outdir", str(folder), str(copy),
        ]  # fmt: skip
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": made, "LANG": "C.UTF-8"}
        try:
            subprocess.run(  # noqa: S603  # LibreOffice, on a copy
                command, env=environment, capture_output=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise SourceError("LibreOffice 转换得太久，停下了；用 Word 或 WPS 打开后另存为 docx") from None
        result = folder / "source.docx"
        if not result.exists():
            raise SourceError("LibreOffice 转换不了；用 Word 或 WPS 打开后另存为 docx")
        yield result
