"""Files that staff write, read as UTF-8 lines; errors name the line."""

import errno
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from stat import S_ISREG

from bot.errors import DocumentError

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes of a file. The largest law of the country has a hundredth of it."""

MOST_LINES = 200_000
LONGEST_LINE = 20_000
"""Characters of a line. A paragraph of a policy has some hundreds."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Consecutive lines of a file; `first` is the 1-based number of the first one."""

    path: Path
    lines: tuple[str, ...]
    first: int = 1

    def part(self, start: int, end: int | None = None) -> "Lines":
        """The lines between two indexes, with their numbers in the file."""
        return Lines(self.path, self.lines[start:end], self.first + start)

    def error(self, index: int, problem: str) -> DocumentError:
        """An error in the line at an index."""
        return DocumentError(self.path, self.first + index, problem)


def rows_in(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """The index and the fields of each line of a table, with tabs between; a # begins a remark."""
    for index, line in enumerate(lines.lines):
        if line and not line.startswith("#"):
            yield index, [field.strip() for field in line.split("\t")]


def read_lines(path: Path) -> Lines:
    """The lines of a UTF-8 file; a BOM and CRLF are accepted.

    Raises:
        DocumentError: the file cannot be read, is too large, is not UTF-8, or holds control characters.
    """
    data = bytes_of(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(path, line, f"编码：{_encoding_problem(data)}；另存为 UTF-8") from None
    lines = Lines(path, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    if len(lines.lines) > MOST_LINES:
        raise lines.error(MOST_LINES, f"文件：超过 {MOST_LINES} 行；分成几份")
    for index, row in enumerate(lines.lines):
        if len(row) > LONGEST_LINE:
            raise lines.error(index, f"这一行：有 {len(row)} 个字，最多 {LONGEST_LINE} 个；分成几段")
        if found := _CONTROL.search(row):
            raise lines.error(index, f"控制字符“U+{ord(found[0]):04X}”：不是文字；删去")
    return lines


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. A pipe or a device is refused, so that nobody waits for it.

    Raises:
        DocumentError: it cannot be read.
    """
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode) and not path.is_dir():
            raise DocumentError(path, 1, "文件：不是普通文件，是管道或设备；换成文件")
        if status.st_size > LARGEST_FILE:
            size, most = (count // (1024 * 1024) for count in (status.st_size, LARGEST_FILE))
            raise DocumentError(path, 1, f"文件：有 {size} MiB，最多 {most} MiB；分成几份")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(path, 1, f"文件：{reading_problem(error)}") from None


def is_there(path: Path) -> bool:
    """Whether something with this name exists, even if it cannot be read."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:  # a folder on the way cannot be entered; whoever reads the file tells of it
        return True
    return True


def files_in(folder: Path, pattern: str) -> list[Path]:
    """The files of a folder whose names match, in order; empty if there is no folder.

    Raises:
        DocumentError: the folder is there and cannot be read.
    """
    try:
        return [path for path in sorted(folder.iterdir()) if fnmatchcase(path.name, pattern)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise DocumentError(folder, 1, f"文件夹：{reading_problem(error)}") from None


def reading_problem(error: OSError) -> str:
    """The reason why a file cannot be read: in Chinese, if staff can mend it; else in the system's words."""
    match error:
        case IsADirectoryError():
            return "是一个文件夹；换成文件"
        case PermissionError():
            return "没有权限读；请管理员改权限"
        case FileNotFoundError():
            return "不在了；放回来"
    if error.errno == errno.ELOOP:
        return "是一个链接，绕回了自己；换成文件"
    return f"读不了（错误号 {error.errno}）；请管理员检查磁盘"


def _encoding_problem(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "不是 UTF-8"
    return "是 GB18030，不是 UTF-8"
