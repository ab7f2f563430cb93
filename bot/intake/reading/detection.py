"""The kind of a file, by its content. A suffix is no evidence: a `.doc` may be HTML."""

import re
from enum import StrEnum

from bot.errors import SourceError
from bot.intake.reading.archive import open_archive

_LOOK = 4096
_MAIL_FIELD = re.compile(
    rb"(?:From|To|Subject|Date|MIME-Version|Received|Return-Path|Message-ID|Content-Type|X-[\w-]+|Snapshot-Content-Location)\s*:",
    re.IGNORECASE,
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|meta)[\s>/]", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application[^>]*Word\.Document|<w:wordDocument|<pkg:package")
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


class FileFormat(StrEnum):
    """The kinds of files, with the names that staff use."""

    DOCX = "Word 文档（docx）"
    OFFICE = "旧版 Word 或 WPS 文档"
    PDF = "PDF"
    OFD = "OFD"
    HTML = "网页"
    MAIL = "邮件或单文件网页"
    IMAGE = "图片"
    TEXT = "文本"


def format_of(data: bytes) -> FileFormat:
    """The kind of a file.

    Raises:
        SourceError: it is empty, or of a kind that holds no policy text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise SourceError("文件是空的；请对方重发，或者另找一份")
    if b"%PDF-" in data[:1024]:
        return FileFormat.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise SourceError("加了密码，打不开；请对方去掉密码后重发")
    if is_old_office(data[:_LOOK]):
        return FileFormat.OFFICE
    if data.startswith(_IMAGES[:-1]) or (data.startswith(b"BM") and b"\0" in data[:32]):
        return FileFormat.IMAGE
    if _MAIL_FIELD.match(data.lstrip()) and b":" in data[:_LOOK]:
        return FileFormat.MAIL
    return FileFormat.HTML if _HTML.search(_opening(data)) else FileFormat.TEXT


def is_old_office(head: bytes) -> bool:
    """Whether a file that begins like this is an old Word or WPS format: OLE, RTF, XML of 2003."""
    return head.startswith(_OLE) or head.lstrip()[:5] == rb"{\rtf" or bool(_WORD_XML.search(head))


def _zipped(data: bytes) -> FileFormat:
    names = open_archive(data).names
    if "OFD.xml" in names:
        return FileFormat.OFD
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return FileFormat.DOCX
    if "[Content_Types].xml" in names:
        raise SourceError("是表格或幻灯片，不是政策文件；把要收录的文字另存为 Word 文档")
    if "mimetype" in names:
        raise SourceError("是 OpenDocument 文档；用 WPS 或 LibreOffice 打开后另存为 docx")
    raise SourceError("是压缩包；先解压，再导入里面的文件")


def _opening(data: bytes) -> str:
    """The first characters, for a look at tags alone."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<\0" in data[:64]
    return data[:_LOOK].decode("utf-16" if wide else "latin-1", "ignore")
