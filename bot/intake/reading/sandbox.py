"""Reads a file in a process of its own with little memory, little time and no network.

Whatever a hostile file does, it does there. What comes back is JSON, checked against `SourceText`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError

import bot
from bot.errors import SourceError, reason_of
from bot.intake.reading.allowance import MOST_SECONDS, MOST_SECONDS_OF_RECOGNITION
from bot.intake.reading.recognition import is_installed
from bot.intake.reading.source import SourceText

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes. A scanned book is larger, a text never."""

FEWEST_SECONDS, SECONDS_A_MEBIBYTE = 4, 4
"""How long reading may take: a longer file may take longer."""

_ROOT = Path(bot.__file__ or "").parent.parent


FIRST_SECONDS_OF_RECOGNITION = 40
"""For loading the models; each page is granted more."""

_WITHOUT_RECOGNITION = "先做文字识别（OCR），把识别好的文字另存为文本再导入；装上识别就能直接读：{}"
_INSTALL = "pip install -r requirements-ocr.txt"


class _Result(BaseModel):
    text: SourceText | None = None
    problem: str | None = None
    is_scan: bool = False


def read_file(path: Path) -> SourceText:
    """The text of a file.

    Raises:
        SourceError: it cannot be read; says why, and what to do.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise SourceError("不是文件；换成文件，或者写它所在的文件夹")
        if size > LARGEST_FILE:
            raise SourceError(f"有 {size >> 20} MiB，超过 {LARGEST_FILE >> 20} MiB；拆成几份，或者只留文字")
        seconds = FEWEST_SECONDS + SECONDS_A_MEBIBYTE * size // 1024**2
        read = _read(path, seconds, max(seconds, MOST_SECONDS))
        if read.is_scan and is_installed():
            most = MOST_SECONDS_OF_RECOGNITION
            read = _read(path, FIRST_SECONDS_OF_RECOGNITION, most, "recognize")
    except OSError as error:
        raise SourceError(f"打不开（{reason_of(error)}）；检查文件在不在、有没有权限") from None
    if read.text is None and read.is_scan:
        raise SourceError(f"{read.problem}；{_WITHOUT_RECOGNITION.format(_INSTALL)}")
    if read.text is None:
        raise SourceError(read.problem or "没有读出内容；检查文件")
    return read.text


def _read(path: Path, seconds: int, most: int, *mode: str) -> _Result:
    with path.open("rb") as data, tempfile.TemporaryFile() as result:
        return _read_in_child([path.name, str(seconds), *mode], most, data.fileno(), result.fileno())


def _read_in_child(arguments: Sequence[str], most: int, data: int, result: int) -> _Result:
    command = [sys.executable, "-m", "bot.intake.reading.child", *arguments]
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
    try:
        ended = subprocess.run(  # noqa: S603  # our own module
            command,
            stdin=data,
            stdout=result,
            stderr=subprocess.PIPE,
            env=environment,
            timeout=most + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceError(_TOO_LONG) from None
    if ended.returncode < 0:
        raise SourceError(_TOO_LONG)
    if ended.returncode:
        cause = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].partition(":")[0]
        raise SourceError(f"读的时候出了错（{cause[:60] or '没有说明'}）；用 Word 或 WPS 打开后另存一份再试")
    os.lseek(result, 0, os.SEEK_SET)
    with os.fdopen(os.dup(result), "rb") as written:
        return _checked(written.read())


_TOO_LONG = "读得太久，停下了：文件太大，或者里面有圈套；请另存为更简单的文件，或者拆成几份"


def _checked(written: bytes) -> _Result:
    try:
        return _Result.model_validate_json(written)
    except ValidationError:
        raise SourceError("读出来的内容不完整；再试一次，还不行就另存一份") from None
