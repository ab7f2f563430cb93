"""Files that staff write, read as UTF-8 lines; errors name the line."""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.errors import DocumentError

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Consecutive lines of a file; `first` is the 1-based number of the first one."""

    path: Path
    lines: tuple[str, ...]
    first: int = 1

    def part(self, start: int, end: int | None = None) -> "Lines":
        """The lines from one index up to another, with their numbers in the file."""
        return Lines(self.path, self.lines[start:end], self.first + start)

    def error(self, index: int, problem: str) -> DocumentError:
        """An error in the line at an index."""
        return DocumentError(self.path, self.first + index, problem)


def read_lines(path: Path) -> Lines:
    """The lines of a UTF-8 file; a BOM and CRLF are accepted.

    Raises:
        DocumentError: the file cannot be read, is not UTF-8, or holds control characters.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(path, 1, f"文件：{_reading_problem(error)}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(path, line, f"编码：{_encoding_problem(data)}；另存为 UTF-8") from None
    lines = Lines(path, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    for index, row in enumerate(lines.lines):
        if found := _CONTROL.search(row):
            raise lines.error(index, f"控制字符“U+{ord(found[0]):04X}”：不是文字；删去")
    return lines


def _reading_problem(error: OSError) -> str:
    """The system's own message is English; staff get the three causes that they can mend in Chinese."""
    match error:
        case IsADirectoryError():
            return "是一个文件夹；换成文件"
        case PermissionError():
            return "没有权限读；请管理员改权限"
        case FileNotFoundError():
            return "不在了；放回来"
    return f"读不了（错误号 {error.errno}）；请管理员检查磁盘"


def _encoding_problem(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "不是 UTF-8"
    return "是 GB18030，不是 UTF-8"
