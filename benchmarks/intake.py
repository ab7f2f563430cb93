"""Prints how exactly laws come back that were set as files: Word with automatic numbers, wrapped text, PDF.

The files are made here from 960 laws, so they are simpler than what offices have. Rules were chosen on the
`choose` half; figures are those of the `report` half.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape
from zlib import crc32

from benchmarks.laws import national_laws
from bot.intake.importing import drafts_of
from bot.intake.reading.formats import read_bytes
from bot.policy.document import Document
from bot.policy.jurisdiction import Gazetteer
from bot.policy.numerals import to_int
from bot.policy.splitting.split import split
from tests.intake.pdf import column, pdf
from tests.intake.word import docx, level, numbered, numbering, p

_ARTICLE = re.compile(r"第([零〇○一二三四五六七八九十百千]+)条[\s\u3000]+")
_MARKDOWN = re.compile(r"^#+\s*")


@dataclass(frozen=True)
class Law:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


Setting = Callable[[Law], bytes]


def laws() -> list[Law]:
    """The laws of the report half, without signs of Markdown."""
    found = []
    for row in national_laws():
        rows = (_MARKDOWN.sub("", each.strip()) for each in row["paragraphs"])
        law = Law(row["title"], tuple(each for each in rows if each))
        if crc32(law.title.encode()) % 2 and law.paragraphs:
            found.append(law)
    return found


def printed_word(law: Law) -> bytes:
    """Word with the numbers as text."""
    return docx("".join(p(escape(each)) for each in law.paragraphs))


def numbered_word(law: Law) -> bytes:
    """Word that counts the articles itself, as long as their numbers follow each other."""
    body, expected = [], 1
    for each in law.paragraphs:
        found = _ARTICLE.match(each)
        if found and to_int(found[1]) == expected:
            body.append(numbered(escape(each[found.end() :])))
            expected += 1
        else:
            body.append(p(escape(each)))
    return docx("".join(body), numbering=numbering(level(0, "chineseCountingThousand", "第%1条")))


def soft_word(law: Law) -> bytes:
    """Word with twenty paragraphs in one, parted by soft breaks."""
    groups = [law.paragraphs[at : at + 20] for at in range(0, len(law.paragraphs), 20)]
    runs = ("<w:br/>".join(f"<w:t>{escape(each)}</w:t>" for each in group) for group in groups)
    return docx("".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in runs))


def wrapped(width: int, indent: str) -> Setting:
    """Text whose lines have so many characters."""
    return lambda law: "\n".join(_rows(law, width, indent)).encode()


def pdf_pages(law: Law) -> bytes:
    """A PDF of 28 characters a line, with page numbers."""
    rows = _rows(law, 28, "\u3000\u3000")
    pages = [rows[at : at + 22] for at in range(0, len(rows), 22)]
    return pdf(*([*column(page), (280.0, 40.0, f"— {n} —")] for n, page in enumerate(pages, 1)))


def _rows(law: Law, width: int, indent: str) -> list[str]:
    rows = (indent + each for each in law.paragraphs)
    return [row[at : at + width] for row in rows for at in range(0, len(row), width)]


SETTINGS: dict[str, Setting] = {
    "Word, printed numbers": printed_word,
    "Word, automatic numbers": numbered_word,
    "Word, soft breaks": soft_word,
    "text, 14 a line": wrapped(14, ""),
    "text, 22 a line, indents": wrapped(22, "\u3000\u3000"),
    "text, 28 a line": wrapped(28, ""),
    "PDF, 28 a line": pdf_pages,
}


def squeezed(lines: Sequence[str]) -> str:
    """Lines without any blank."""
    return re.sub(r"\s", "", "".join(lines))


def articles(title: str, lines: Sequence[str]) -> list[str]:
    """How the articles of a text begin."""
    text = "\n".join(lines)
    outline = split(Document("x", title, text))
    return [squeezed([text[each.start : each.start + 14]])[:6] for each in outline.articles]


def measure(held: Sequence[Law], setting: Setting) -> Iterator[tuple[int, int, int, int, bool]]:
    """For each law: characters that differ; articles, lost, false; whether all paragraphs are right."""
    for law in held:
        read = [line.text for line in read_bytes(setting(law), "law").lines]
        before, after = Counter(squeezed(law.paragraphs)), Counter(squeezed(read))
        differing = sum(((before - after) + (after - before)).values())
        wanted, found = Counter(articles(law.title, law.paragraphs)), Counter(articles(law.title, read))
        right = [squeezed([each]) for each in law.paragraphs] == [squeezed([each]) for each in read]
        yield (
            differing,
            sum(wanted.values()),
            sum((wanted - found).values()),
            sum((found - wanted).values()),
            right,
        )


def main() -> None:
    """Prints a line for each way to set a law, then how often the title is found."""
    held = laws()
    print(f"{len(held)} laws")
    for name, setting in SETTINGS.items():
        start = time.perf_counter()
        rows = list(measure(held, setting))
        differing, wanted, lost, false = (sum(row[index] for row in rows) for index in range(4))
        exact = sum(row[2] == row[3] == 0 for row in rows) / len(rows)
        whole = sum(row[4] for row in rows) / len(rows)
        seconds = time.perf_counter() - start
        print(
            f"{name:<26} characters differing {differing:>6}  articles {wanted} lost {lost} false {false}"
            f"  laws exact {exact:.3f}  all paragraphs {whole:.3f}  {seconds:.0f} s"
        )
    gazetteer = Gazetteer()
    titles = sum(
        drafts_of(
            read_bytes(docx("".join(map(p, map(escape, (law.title, *law.paragraphs))))), "x"), gazetteer
        )[0].document.title
        == law.title
        for law in held
    )
    print(f"titles found: {titles} of {len(held)}")


if __name__ == "__main__":
    main()
