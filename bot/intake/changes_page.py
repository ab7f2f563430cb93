"""The changes between two texts as a page that a browser shows without a network."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from bot.intake.versions import ChangeKind, ClauseChange, summary
from bot.policy.document import Document

_STYLE = (
    "body{font:16px/1.7 serif;margin:2em auto;max-width:70em;padding:0 1em}td{vertical-align:top;"
    "padding:.4em;border-top:1px solid #ccc;width:45%}th{text-align:left;white-space:nowrap;padding:.4em}"
    "del{background:#fdd}ins{background:#dfd;text-decoration:none}tr.same{color:#777}"
)


def changes_page(old: Document, new: Document, changes: Sequence[ClauseChange]) -> str:
    """A page with a row for each clause: what happened, the old words, the new words."""
    rows = "\n".join(map(_row, changes))
    title = escape(f"《{new.title}》：与收录的“{old.document_id}”比较")
    return (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1><p>{escape(summary(changes))}</p>\n"
        f"<table><tr><th></th><th>旧</th><th>新</th></tr>\n{rows}\n</table></body></html>\n"
    )


def _row(each: ClauseChange) -> str:
    old, new = (clause.text if clause else "" for clause in (each.old, each.new))
    if each.change is ChangeKind.CHANGED:
        before, after = _marked(old, new)
    else:
        before, after = escape(old), escape(new)
    labels = [escape(clause.label) for clause in (each.old, each.new) if clause]
    label = "→".join(dict.fromkeys(labels))
    name = "same" if each.change is ChangeKind.SAME else "changed"
    cells = "".join(f"<td>{_lines(text)}</td>" for text in (before, after))
    return f'<tr class="{name}"><th>{each.change}<br>{label}</th>{cells}</tr>'


def _lines(text: str) -> str:
    return text.replace("\n", "<br>")


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both texts, with what only one of them has marked."""
    before: list[str] = []
    after: list[str] = []
    for kind, *bounds in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = old[bounds[0] : bounds[1]], new[bounds[2] : bounds[3]]
        before += _piece("del", left, kind)
        after += _piece("ins", right, kind)
    return "".join(before), "".join(after)


def _piece(mark: str, text: str, kind: str) -> Iterator[str]:
    if text:
        yield escape(text) if kind == "equal" else f"<{mark}>{escape(text)}</{mark}>"
