"""A document as the bytes of a text, a Word file, a web page and a PDF file."""

from html import escape

from benchmarks.office.content import Set
from tests.intake.pdf import Piece, pdf
from tests.intake.word import docx, p


def as_text(made: Set) -> bytes:
    """A text file."""
    return "\n".join(made.lines).encode()


def as_word(made: Set) -> bytes:
    """A Word file."""
    return docx("".join(p(escape(line)) for line in made.lines))


def as_page(made: Set) -> bytes:
    """A page of a government's site, with its table."""
    rows = "".join(f"<tr><td>{name}：</td><td>{escape(each)}</td></tr>" for name, each in made.facts.items())
    body = "".join(f"<p>{escape(line)}</p>" for line in made.lines)
    title = escape(str(made.truth["title"]))
    head = f'<head><meta name="ArticleTitle" content="{title}"></head>' if made.facts else "<head></head>"
    table = f"<table>{rows}</table>" if rows else ""
    shown = f"<body>{table}<div id='UCAP-CONTENT'>{body}</div></body>"
    return f"<!DOCTYPE html><html>{head}{shown}</html>".encode()


def as_pdf(made: Set) -> bytes:
    """A PDF of 28 characters a line, with what is short in the middle or on the right."""
    pieces: list[Piece] = []
    for line in made.lines:
        is_body = line.endswith(("。", "：")) or line.startswith(("第", "一、", "二、", "三、"))
        rows = _wrapped(f"\u3000\u3000{line}" if is_body and not line.endswith("：") else line)
        for row in rows:
            x = 80.0 if is_body else max(300 - 8 * len(row), 80)
            pieces.append((x, 0, row))
    pages = [
        [(x, 780.0 - 28 * number, text) for number, (x, _, text) in enumerate(pieces[at : at + 24])]
        for at in range(0, len(pieces), 24)
    ]
    return pdf(*pages)


def _wrapped(line: str) -> list[str]:
    return [line[at : at + 27] for at in range(0, len(line), 27)]


FORMATS = {"text": as_text, "word": as_word, "page": as_page, "pdf": as_pdf}
