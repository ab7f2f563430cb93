"""Golden outlines: whole clause trees of the shipped documents and of two texts made to hold every mark.

When a change of the trees is meant, rewrite them and read the difference before committing it:

    REWRITE_GOLDEN=1 python -m pytest tests/policy/test_outline_golden.py; git diff tests/golden
"""

import json
import os
from pathlib import Path

import pytest

from bot.content.documents import read_document
from bot.policy.clause import Block, Clause
from bot.policy.document import Document
from bot.policy.splitting.split import split
from tests.conftest import KNOWLEDGE, ROOT

GOLDEN = ROOT / "tests" / "golden"
SOURCES = [
    # what is shipped: news, paragraph by paragraph
    KNOWLEDGE / "policies" / "厦门社工人才奖金.md",
    KNOWLEDGE / "policies" / "宁夏五社联动.md",
    KNOWLEDGE / "policies" / "江苏社区服务规划.md",
    # measures: masthead, contents, chapters, sections, 款, 项, 目, 第五条之一, references, two annexes
    GOLDEN / "青石市临时救助办法.txt",
    # opinions: salutation, 一、（一）1.（1）, headings, lead-ins, a paragraph that opens with an amount
    GOLDEN / "青石市社区服务意见.txt",
]


def document_of(source: Path) -> Document:
    """A shipped document, or a text whose first line is its title."""
    if source.suffix == ".md":
        return read_document(source)
    text = source.read_text("utf-8").rstrip("\n")
    return Document(source.stem, text.partition("\n")[0], text)


def tree_of(document: Document) -> str:
    """Clauses and blocks in text order as JSON, one a line; the first words are for the reader."""
    outline = split(document)
    parts: list[Clause | Block] = sorted((*outline.clauses, *outline.blocks), key=lambda part: part.start)
    rows = [json.dumps(row_of(document, part), ensure_ascii=False) for part in parts]
    return "[\n" + ",\n".join(rows) + "\n]\n"


def row_of(document: Document, part: Clause | Block) -> dict[str, object]:
    """What a golden file tells of a part."""
    place = {"start": part.start, "end": part.end, "words": document.text[part.start : part.end][:16]}
    if isinstance(part, Block):
        return {"role": part.role, **place}
    context = [[piece.role, piece.clause_id, piece.start, piece.end] for piece in part.context]
    return {"anchor": part.anchor, "label": part.label, **place, "context": context}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_the_whole_outline_is_as_it_was(source: Path) -> None:
    """No change of the splitter moves a clause of a known text unseen: links and QR codes point at them."""
    golden = GOLDEN / f"outline-{source.stem}.json"
    tree = tree_of(document_of(source))
    if os.environ.get("REWRITE_GOLDEN"):
        golden.write_text(tree, "utf-8")
        pytest.skip(f"{golden.name} is rewritten")

    assert tree == golden.read_text("utf-8"), "if this is meant: REWRITE_GOLDEN=1, see the top of this file"
