"""A document as one HTML file that needs no network: plainly typeset, each clause under its anchor."""

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import NamedTuple

from bot.answering import attribution
from bot.export.form import Exhibit
from bot.policy.anchor import Kind
from bot.policy.citation import page_url
from bot.policy.clause import Block, Clause, Role
from bot.policy.splitting.lines import lines_of

_STYLE = (
    'body{font:18px/1.9 "Noto Serif CJK SC",SimSun,serif;margin:2em auto;max-width:42em;'
    "padding:0 1em;color:#111}h1{font-size:1.5em;text-align:center}h2,h3,h4,h5,h6{font-size:1.1em}"
    "dl{font-size:.85em;border:solid #999;border-width:1px 0;padding:.6em 0}"
    "dt{float:left;clear:left;color:#555}"
    "dd{margin-left:6em}.masthead{text-align:center}"
    ".imprint{text-align:right}main p{margin:0}section p{text-indent:2em}"
    "table{border-collapse:collapse;margin:.6em 0}td,th{border:1px solid #999;padding:.2em .6em}"
    ":target{background:#fff3c4}@media print{body{margin:0;max-width:none}}"
)
_RULE = re.compile(r"[|\s:：]*-[|\s:：-]*")  # |---|:--:| below a header row
_DEEPEST = 6


class _Part(NamedTuple):
    """A piece of HTML, inside or outside of a table."""

    is_row: bool
    html: str


def html_of(exhibit: Exhibit) -> str:
    """The page. The signs | of a table have become its lines; every other character of the text is there."""
    title = escape(exhibit.document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{title}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{_front(exhibit)}\n<main>\n"
        f"{_body(exhibit)}\n</main>\n</body>\n</html>\n"
    )


def _front(exhibit: Exhibit) -> str:
    document = exhibit.document
    validity = exhibit.library.validity[document.document_id]
    known = {
        "发文机关": "、".join(document.issuers),
        "发文字号": document.document_number,
        "文种": attribution.GENRES[document.genre] if document.genre else None,
        "报道的是": document.reports_on,
        "成文日期": document.signed_on,
        "发布日期": document.published_on,
        "施行日期": validity.begins,
        "失效日期": validity.ends,
        "效力": f"{exhibit.force}（{exhibit.on} 导出）",
        "来源": document.source,
        "来源网址": document.source_url,
        "本站网址": page_url(document.document_id, exhibit.site) if exhibit.site else None,
    }
    rows = (f"<dt>{name}</dt><dd>{escape(str(value))}</dd>" for name, value in known.items() if value)
    return f"<dl>{''.join(rows)}</dl>"


def _body(exhibit: Exhibit) -> str:
    depths = {
        above.start: depth
        for clause in exhibit.holding.outline.clauses
        for depth, above in enumerate(above for above in clause.context if above.role is Role.HEADING)
    }
    parts: list[_Part] = []
    for piece in exhibit.pieces:
        if isinstance(piece, Clause):
            parts += _clause(piece)
        else:
            parts += _block(piece, exhibit.text_of(piece), min(depths.get(piece.start, 0) + 2, _DEEPEST))
    return _joined(parts)


def _joined(parts: list[_Part]) -> str:
    """The parts, neighbouring rows in one table."""
    html = []
    for is_row, group in groupby(parts, key=lambda part: part.is_row):
        inner = "\n".join(part.html for part in group)
        html.append(f"<table>\n{inner}\n</table>" if is_row else inner)
    return "\n".join(html)


def _clause(clause: Clause) -> Iterator[_Part]:
    if clause.anchor.steps[-1].kind is Kind.ROW:
        yield from _lines(clause.text, f' id="{clause.anchor}"')
    else:
        yield _Part(
            False, f'<section id="{clause.anchor}">\n{_joined(list(_lines(clause.text)))}\n</section>'
        )


def _block(block: Block, text: str, level: int) -> Iterator[_Part]:
    if block.role is Role.HEADING:
        yield _Part(False, f"<h{level}>{escape(text)}</h{level}>")
    else:
        yield from _lines(text, f' class="{block.role}"')


def _lines(text: str, attribute: str = "") -> Iterator[_Part]:
    """The lines as paragraphs and rows; the attribute is that of the first."""
    for line in lines_of(text):
        if not line.is_row:
            yield _Part(False, f"<p{attribute}>{escape(line.text)}</p>")
        elif not _RULE.fullmatch(line.words):
            cells = line.text.removeprefix("|").removesuffix("|").split("|")
            inner = "".join(f"<td>{escape(cell.strip())}</td>" for cell in cells)
            yield _Part(True, f"<tr{attribute}>{inner}</tr>")
        else:
            continue
        if attribute.startswith(" id"):
            attribute = ""
