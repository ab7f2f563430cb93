"""Where the files of an export are put. Nothing is overwritten unasked, and no file is left half written."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from bot.errors import ExportError, reason_of
from bot.export.formats import File


def destinations(files: Sequence[File], out: Path | None, *, replace: bool) -> dict[Path, File]:
    """The path of each file.

    Args:
        out: a folder, or the file itself where there is only one and no such folder; None: this folder.
        replace: files that are there may be overwritten.

    Raises:
        ExportError: several files, and `out` is a file; or one is there already, and is not to be replaced.
    """
    out = out or Path()
    if out.is_dir() or len(files) > 1 or not out.suffix:
        if out.exists() and not out.is_dir():
            raise ExportError(f"“{out}”：是一个文件，要导出的有 {len(files)} 个；--out 写一个文件夹")
        paths = {out / file.name: file for file in files}
    else:
        paths = {out: files[0]}
    there = [path for path in paths if path.exists()]
    if there and not replace:
        more = f"等 {len(there)} 个文件" if len(there) > 1 else ""
        raise ExportError(f"“{there[0]}”{more}：已经有了，什么也没有写；换个地方，或者加 --replace")
    return paths


def write(paths: Iterable[tuple[Path, File]]) -> Iterator[Path]:
    """Writes the files, and gives the path of each that is written.

    Raises:
        ExportError: a file cannot be made or written.
    """
    for path, file in paths:
        content = file.content()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, content)
        except OSError as error:
            problem = f"“{path}”：写不了（{reason_of(error)}）；看看权限和磁盘，或者换个地方"
            raise ExportError(problem) from None
        yield path


def _write_whole(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
