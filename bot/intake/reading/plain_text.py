"""Text and Markdown → paragraphs. Hard-wrapped lines are rejoined, signs of Markdown are taken off."""

import re
from collections.abc import Iterator

from bot.intake.reading.detection import FileFormat
from bot.intake.reading.encoding import decoded
from bot.intake.reading.reflow import is_wrapped, printed_lines, rejoined
from bot.intake.reading.source import LineRole, Omission, SourceLine, SourceText, refuse_endless

_MARKDOWN = re.compile(
    r"^[ \t]*(?:#{1,6}|>)[ \t]*[^\s#>]|\*\*\S[^*\n]{0,500}\*\*|^[ \t]*[-*+] \S.*\n[ \t]*[-*+] |\]\(https?://",
    re.MULTILINE,
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(.*?)\s*#*\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|`)(?=\S)([^*_`\n]{1,500}?)(?<=\S)\1")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,2000}\)")
_BREAK = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*```\w*\s*$|^\s*<!--.*-->\s*$")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_STARS = re.compile(r"\*(?=\S)([^*\n]{1,40}?)(?<=\S)\*")


def read_text(data: bytes, name: str) -> SourceText:
    """The paragraphs of a text file.

    Raises:
        SourceError: it is no text, or in an unknown encoding.
    """
    del name
    text, doubt = decoded(data)
    return text_source(FileFormat.TEXT, text, [doubt] if doubt else [])


def text_source(format_: str, text: str, doubts: list[str]) -> SourceText:
    """The paragraphs of plain text or Markdown, wherever it comes from."""
    refuse_endless(len(text))
    left_out: list[Omission] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    if _MARKDOWN.search(text):
        text = "\n".join(_without_markdown(text.split("\n"), left_out))
    elif _STARS.search(text):
        left_out += [Omission(found[0], "全文", "强调的星号") for found in _STARS.finditer(text)]
        text = _STARS.sub(r"\1", text)
    return SourceText(format_, tuple(_lines(text)), left_out=tuple(left_out), doubts=tuple(doubts))


def _lines(text: str) -> Iterator[SourceLine]:
    printed = printed_lines(text)
    paragraphs = rejoined(printed) if is_wrapped(printed) else [(line, line.words) for line in printed]
    for line, words in paragraphs:
        role = LineRole.ROW if words.startswith("|") else LineRole.BODY
        yield SourceLine(words, f"第{line.index + 1}行", role)


def _without_markdown(lines: list[str], left_out: list[Omission]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if _BREAK.match(line):
            left_out.append(Omission(line.strip(), f"第{number}行", "Markdown 的分隔线或注释"))
            yield ""
            continue
        for image in _IMAGE.finditer(line):
            left_out.append(Omission(image[0], f"第{number}行", "图片"))
        plain = _LINK.sub(r"\1", _IMAGE.sub("", _QUOTE.sub("", line)))
        heading = _HEADING.match(plain)
        plain = heading[1] if heading else _BULLET.sub("", plain)
        plain = _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", plain)))
        yield plain + ("\n" if heading else "")
