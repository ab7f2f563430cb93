"""Mails and single-file web pages (.eml, .mht) → their text and their attachments."""

import base64
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from bot.errors import SourceError
from bot.intake.reading.detection import FileFormat
from bot.intake.reading.encoding import decoded
from bot.intake.reading.plain_text import text_source
from bot.intake.reading.source import Attachment, SourceText
from bot.intake.reading.web.reader import page_source

MOST_ATTACHMENTS, MOST_PARTS = 50, 2_000
_FACTS = {"Subject": "邮件主题", "From": "发件人", "Snapshot-Content-Location": "Url"}


def read_mail(data: bytes, name: str) -> SourceText:
    """The text of a mail or a saved page, and its attachments.

    Raises:
        SourceError: it holds neither text nor files, or more files than a mail has.
    """
    del name
    message = message_from_bytes(data, policy=default)
    parts = []
    for part in message.walk():
        parts.append(part)
        if len(parts) > MOST_PARTS:
            raise SourceError("邮件的部分多得不正常；请对方重发")
    attachments = tuple(_attachments(parts))
    if len(attachments) > MOST_ATTACHMENTS:
        raise SourceError(f"附件有 {len(attachments)} 个，超过 {MOST_ATTACHMENTS} 个；分几次导入")
    source = _body(parts, has_files=bool(attachments))
    told = {ours: str(message[field]) for field, ours in _FACTS.items() if message[field]}
    return SourceText(
        FileFormat.MAIL, source.lines, {**told, **source.facts}, source.left_out, source.doubts, attachments
    )


def _body(parts: list[EmailMessage], *, has_files: bool) -> SourceText:
    """The page of a message, or its text; the first one of each counts."""
    shown = [part for part in parts if not part.is_multipart() and not _is_file(part)]
    for kind in ("text/html", "text/plain"):
        part = next((each for each in shown if each.get_content_type() == kind), None)
        if part is None:
            continue
        text, doubt = decoded(_bytes(part), _charset(part))
        doubts = [doubt] if doubt else []
        try:
            return (
                page_source(text, doubts)
                if kind == "text/html"
                else text_source(FileFormat.MAIL, text, doubts)
            )
        except SourceError:
            if not has_files:
                raise
    if not has_files:
        raise SourceError("邮件里没有文字，也没有附件；请对方重发")
    return SourceText(FileFormat.MAIL, ())


def _charset(part: EmailMessage) -> str | None:
    charset = part.get_content_charset()
    return "gb18030" if charset in ("gb2312", "gbk") else charset


def _attachments(parts: list[EmailMessage]) -> Iterator[Attachment]:
    for part in parts:
        if _is_file(part) and not part.is_multipart():
            name = part.get_filename() or "附件"
            yield Attachment(name, base64.b64encode(_bytes(part)).decode())


def _is_file(part: EmailMessage) -> bool:
    """Whether a part is a file: not the page, its pictures, or its styles."""
    if part.get_content_disposition() == "attachment":
        return True
    return bool(part.get_filename()) and part.get_content_maintype() == "application"


def _bytes(part: EmailMessage) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
