"""Files in the folder of documents that are not documents.

A clerk may believe that they are answered from.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import FOLDER

_SUFFIX = ".md"
_OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file or folder that is not read, the reason, and what to do."""

    path: Path
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}：{self.problem}；{self.advice}"


def stray_files(knowledge: Path) -> list[StrayFile]:
    """The entries of the folder of documents that are not read, by name. Hidden files do not count."""
    folder = knowledge / FOLDER
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return []  # loading says that there is no such folder
    return [stray for entry in entries for stray in _strays(entry)]


def _strays(entry: "os.DirEntry[str]") -> Iterator[StrayFile]:
    name, path = entry.name, Path(entry.path)
    if name.startswith((".", "~$")) or name.lower() in _OF_THE_SYSTEM:
        return
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        yield StrayFile(
            path, "子文件夹没有权限读，里面的没有收录", f"请管理员改权限，把 .md 直接放在 {FOLDER}/ 下"
        )
    elif path.is_dir():  # unlike an entry, a path does not raise at a link that goes round
        inside = sum(file.is_file() and not file.name.startswith(".") for file in path.rglob("*"))
        if inside:
            problem = f"子文件夹里的 {inside} 个文件没有收录"
            yield StrayFile(
                path, problem, f"把 .md 直接放在 {FOLDER}/ 下；别的用 python -m bot import 变成草稿"
            )
    elif name.endswith(_SUFFIX):
        return
    elif name.lower().endswith(_SUFFIX):
        yield StrayFile(path, "后缀是大写，没有收录", f"改名为“{path.stem}{_SUFFIX}”")
    elif name.lower().endswith(f"{_SUFFIX}.txt"):
        yield StrayFile(path, "记事本多加了后缀 .txt，没有收录", f"改名为“{path.stem}”")
    else:
        yield StrayFile(path, "不是 .md，没有收录", "用 python -m bot import 变成草稿，看过再收录")
