"""The library as a table for the knowledge base of a hotline: a row for each clause."""

import csv
import io
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from bot.answering import attribution
from bot.export.form import Exhibit
from bot.policy.citation import cite, page_url
from bot.policy.clause import Block, Clause, Role
from bot.policy.link import version_of
from bot.policy.subject import subject_of

COLUMNS = (
    *(
        "标题",
        "条款",
        "所在章节",
        "内容",
        "发文机关",
        "发文字号",
        "成文日期",
        "发布日期",
        "施行日期",
        "失效日期",
    ),
    *("效力", "出处", "关键词", "链接"),
)
_BLOCKS = {
    Role.MASTHEAD: "版头",
    Role.CONTENTS: "目录",
    Role.HEADING: "标题",
    Role.HEADER_ROW: "表头",
    Role.IMPRINT: "版记",
}
_FORMULA = ("=", "+", "-", "@", "\t")
"""A spreadsheet takes a cell that begins so for a formula. Source: OWASP, CSV Injection."""

Row = tuple[str, ...]


def csv_of(exhibits: Iterable[Exhibit]) -> str:
    """The table as CSV, RFC 4180; with a byte order mark, so that Excel takes it for UTF-8."""
    written = io.StringIO()
    written.write("\ufeff")
    writer = csv.writer(written)
    writer.writerow(COLUMNS)
    writer.writerows(map(_without_formulas, rows_of(exhibits)))
    return written.getvalue()


def rows_of(exhibits: Iterable[Exhibit]) -> Iterator[Row]:
    """The rows of documents in text order, without a header.

    What is no clause stands in 所在章节 of the clauses below it, or else in a row of its own: 版头, 版记.
    """
    for exhibit in exhibits:
        shown = {above.start for clause in exhibit.holding.outline.clauses for above in clause.context}
        for piece in exhibit.pieces:
            if isinstance(piece, Clause) or piece.start not in shown:
                yield _row(exhibit, piece)


def _row(exhibit: Exhibit, piece: Clause | Block) -> Row:
    document = exhibit.document
    validity = exhibit.library.validity[document.document_id]
    days = (document.signed_on, document.published_on, validity.begins, validity.ends)
    if isinstance(piece, Clause):
        label, context = piece.label, "\n".join(above.text for above in piece.context)
        citation = cite(exhibit.library, piece, exhibit.on)
        force, source = attribution.force(citation), attribution.place_line(citation)
        link = f"{exhibit.site}/c/{quote(piece.clause_id)}?v={version_of(piece)}"
    else:
        label, context, force, source = _BLOCKS[piece.role], "", exhibit.force, ""
        link = page_url(document.document_id, exhibit.site)
    return (
        *(document.title, label, context, exhibit.text_of(piece), "、".join(document.issuers)),
        *(document.document_number or "", *(day.isoformat() if day else "" for day in days)),
        *(force, source, "、".join(dict.fromkeys((subject_of(document.title), *document.audience))), link),
    )


def _without_formulas(row: Row) -> Row:
    return tuple(f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row)
