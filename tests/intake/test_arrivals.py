"""INTAKE_DIR: a file that is dropped there is imported once, when it is whole."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.living.arrivals import Arrivals, follow_arrivals
from bot.settings import Settings
from tests.intake.test_import_command import word_file


class Importing:
    """Remembers what it was asked to import."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, paths: Sequence[Path]) -> None:
        self.asked.append([path.name for path in paths])


def test_a_file_is_imported_once_it_has_stopped_changing(tmp_path: Path) -> None:
    """A large file is copied for a while; a second look sees whether it grew."""
    importing = Importing()
    arrivals = Arrivals(tmp_path, importing)
    (tmp_path / "办法.docx").write_bytes(b"half")
    arrivals.look()
    word_file(tmp_path / "办法.docx")

    looks = [len(arrivals.look()) for _ in range(3)]

    assert looks == [0, 1, 0]
    assert importing.asked == [["办法.docx"]]


def test_a_file_that_changes_later_is_imported_again(tmp_path: Path) -> None:
    """It was mended; hidden files never count."""
    importing = Importing()
    arrivals = Arrivals(tmp_path, importing)
    (tmp_path / ".tmp").write_bytes(b"x")
    path = tmp_path / "子" / "办法.txt"
    path.parent.mkdir()
    path.write_text("一")
    arrivals.look()
    arrivals.look()
    path.write_text("一二")
    os.utime(path, (1, 1))
    arrivals.look()
    arrivals.look()

    assert importing.asked == [["办法.txt"], ["办法.txt"]]


def test_a_folder_that_is_gone_is_empty(tmp_path: Path) -> None:
    """A share that is not mounted stops nothing."""
    assert Arrivals(tmp_path / "没有", Importing()).look() == []


def test_nothing_is_watched_where_nothing_is_set() -> None:
    """Without INTAKE_DIR there is no thread."""
    follow_arrivals(Settings())
