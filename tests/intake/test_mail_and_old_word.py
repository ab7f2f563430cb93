"""Mails with attachments, saved pages, and old formats that LibreOffice must convert."""

import os
import stat
from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.intake.reading.formats import read_bytes
from bot.intake.sources import sources_of
from tests.intake.test_web import LINES, PAGE
from tests.intake.word import docx, p

WORD = docx(p("青石市救助办法") + p("第一条　甲。"))
OLD_WORD = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "WordDocument".encode("utf-16-le")


def letter(text: str = "附件是办法，请查收。") -> EmailMessage:
    """A mail."""
    message = EmailMessage()
    message["Subject"] = "关于报送办法的函"
    message["From"] = "a@example.cn"
    message.set_content(text)
    return message


def test_the_attachments_of_a_mail_are_read(tmp_path: Path) -> None:
    """The covering letter is none of them; what fails is named by its own name."""
    message = letter()
    message.add_attachment(WORD, maintype="application", subtype="msword", filename="../办法.doc")
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="坏.docx")
    path = tmp_path / "来信.eml"
    path.write_bytes(message.as_bytes())

    good, broken = sources_of(path)

    assert good.name == "来信.eml › 办法.doc"
    assert good.text is not None
    assert [line.text for line in good.text.lines] == ["青石市救助办法", "第一条　甲。"]
    assert (broken.name, broken.text) == ("来信.eml › 坏.docx", None)
    assert "损坏" in broken.problem


def test_a_mail_that_is_the_document_is_read(tmp_path: Path) -> None:
    """Wrapped lines are whole again."""
    text = "青石市救助办法\n" + "\n".join(f"第{n}条　居民有困难的，可以申请救助。" for n in "一二三")
    path = tmp_path / "来信.eml"
    path.write_bytes(letter(text).as_bytes())

    (source,) = sources_of(path)

    assert source.text is not None
    assert [line.text for line in source.text.lines] == text.splitlines()
    assert source.text.facts["邮件主题"] == "关于报送办法的函"


def test_a_saved_page_is_read_as_the_page() -> None:
    """Multipart/related, as browsers save it; its pictures are no attachments."""
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://www.example.cn/a.html"
    message.set_content(PAGE, subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<a>")

    source = read_bytes(message.as_bytes(), "a.mht")

    assert [line.text for line in source.lines] == LINES
    assert source.facts["Url"] == "https://www.example.cn/a.html"
    assert source.attachments == ()


def test_without_libreoffice_an_old_document_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Install it, or save the file anew."""
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "办法.doc"
    path.write_bytes(OLD_WORD)

    (source,) = sources_of(path)

    assert "没有装 LibreOffice" in source.problem
    assert "另存为 docx" in source.problem


def test_libreoffice_converts_an_old_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets a copy and a profile of its own; a program that stands in for it makes the docx."""
    programs = tmp_path / "bin"
    programs.mkdir()
    made = tmp_path / "made.docx"
    made.write_bytes(WORD)
    program = programs / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nexec /bin/cp "{made}" "$2/source.docx"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(programs))
    path = tmp_path / "办法.wps"
    path.write_bytes(OLD_WORD)

    (source,) = sources_of(path)

    assert source.text is not None
    assert source.text.lines[0].text == "青石市救助办法"
    assert source.text.format == "旧版 Word 或 WPS 文档"


def test_a_large_word_document_is_read(tmp_path: Path) -> None:
    """Its directory stands at its end: nobody may judge it by its first bytes."""
    rows = [f"第{number}条　{'居民可以申请' * 40}。" for number in "一二三四五六七八九十"]
    path = tmp_path / "办法.docx"
    path.write_bytes(docx("".join(map(p, rows)), media=os.urandom(50_000).hex()))

    (source,) = sources_of(path)

    assert source.text is not None
    assert [line.text for line in source.text.lines] == rows


def test_an_old_table_is_no_document(tmp_path: Path) -> None:
    """Excel's files look alike from outside."""
    path = tmp_path / "名单.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)

    (source,) = sources_of(path)

    assert "表格或幻灯片" in source.problem
