"""Hostile files: each is refused within seconds and little memory, and none reaches anything."""

import io
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import SourceError
from bot.intake.reading.sandbox import read_file
from tests.conftest import ROOT
from tests.intake.word import NS, docx, p, table

LONGEST_SECONDS, MOST_MEBIBYTES = 5, 300


MEBIBYTE = 1 << 20


def zipped(*parts: tuple[str, bytes], times: int = 1) -> bytes:
    """A Word document of parts, each written so many times over."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, data in parts:
            with archive.open(name, "w") as part:
                for _ in range(times):
                    part.write(data)
    return held.getvalue()


def bomb() -> bytes:
    """0.2 MB that unpack to 200 MB."""
    return zipped(("word/document.xml", b" " * MEBIBYTE), times=200)


def many_parts() -> bytes:
    """Sixty thousand entries."""
    return zipped(("word/document.xml", b"<a/>"), *((f"word/{number}.xml", b"") for number in range(60_000)))


def lying_size() -> bytes:
    """A part that says it is small, and is 64 MB."""
    packed = bytearray(zipped(("word/document.xml", os.urandom(1 << 14) * 64), times=64))
    at = packed.rfind(b"PK\x01\x02")
    packed[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    return bytes(packed)


def entities() -> bytes:
    """Nine levels of ten."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    dtd = f'<!DOCTYPE d [<!ENTITY e0 "{"甲" * 100}">{levels}]>'
    body = "<w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body>"
    return zipped(("word/document.xml", f"{dtd}<w:document {NS}>{body}</w:document>".encode()))


def outside_entity() -> bytes:
    """Reads a file of this machine, if anybody lets it."""
    dtd = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    body = "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>"
    return zipped(("word/document.xml", f"{dtd}<w:document {NS}>{body}</w:document>".encode()))


def deep_nesting() -> bytes:
    """A table in a table, 20,000 deep."""
    depth = 20_000
    return docx("<w:tbl><w:tr><w:tc>" * depth + p("底") + "</w:tc></w:tr></w:tbl>" * depth)


def wide_table() -> bytes:
    """Four hundred thousand cells."""
    return docx(table(*([("甲",) * 1000] * 400)))


def endless_text() -> bytes:
    """Five million characters."""
    return "第一条　甲乙丙丁。\n".encode() * 500_000


def open_brackets() -> bytes:
    """What makes patterns try again and again."""
    return ("（" * 200_000 + "\n" + "*" * 200_000 + "\n" + "[" * 200_000 + "\n# x\n").encode()


HOSTILE = [
    bomb,
    many_parts,
    lying_size,
    entities,
    outside_entity,
    deep_nesting,
    wide_table,
    endless_text,
]


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_is_refused(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """In Chinese, in time, in bounds: the system itself limits the memory, see below."""
    path = tmp_path / "来件.docx"
    path.write_bytes(make())
    start = time.monotonic()

    with pytest.raises(SourceError) as refused:
        read_file(path)

    assert time.monotonic() - start < LONGEST_SECONDS
    assert "root:" not in str(refused.value)
    assert any("\u4e00" <= character <= "\u9fff" for character in str(refused.value))


def test_brackets_that_never_close_take_no_time(tmp_path: Path) -> None:
    """A text is no code: it is read, whatever it is."""
    path = tmp_path / "括号.txt"
    path.write_bytes(open_brackets())
    start = time.monotonic()

    assert read_file(path).lines
    assert time.monotonic() - start < LONGEST_SECONDS


def test_a_part_with_a_path_is_written_nowhere(tmp_path: Path) -> None:
    """Nothing is unpacked to the disk at all."""
    path = tmp_path / "来件.docx"
    path.write_bytes(zipped(("word/document.xml", b"<a/>"), ("../../evil.txt", b"x"), ("/etc/evil", b"x")))

    with pytest.raises(SourceError):
        read_file(path)

    assert sorted(tmp_path.iterdir()) == [path]


ATTEMPTS = [
    "import socket; socket.create_connection(('127.0.0.1', {port}))",
    "import subprocess; subprocess.run(['true'])",
    "import os; os.system('true')",
    "open('evil.txt', 'w')",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_reading_process_reaches_nothing(tmp_path: Path, attempt: str) -> None:
    """Even if a file made it run code: no network, no program, no file."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = attempt.format(port=server.getsockname()[1])
        script = f"from bot.intake.reading import child; child._limit(4); {code}"
        ended = subprocess.run(
            [sys.executable, "-c", script],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )

    assert b"PermissionError" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_reading_process_has_little_memory() -> None:
    """Whoever asks for more than 300 MiB gets none."""
    script = f"from bot.intake.reading import child; child._limit(4); bytearray({MOST_MEBIBYTES} << 20)"
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )

    assert b"MemoryError" in ended.stderr


def test_a_file_that_is_gone_is_named() -> None:
    """As any other that cannot be read."""
    with pytest.raises(SourceError, match="打不开"):
        read_file(Path("没有.docx"))
