"""A clause that leans on 前款 or 第…条 brings it, where the answer cannot be understood without it."""

import pytest

from bot.answering.leaning import LONGEST_SLICE, leans_on
from bot.policy.citation import links
from bot.policy.clause import Role
from bot.policy.document import Document
from bot.policy.library import Library

OTHER_LAW = Document("慈善法", "中华人民共和国慈善法", "第一条　为了慈善。\n第二条　甲。")
LONG = "丙" * LONGEST_SLICE


def brought(words: str, *, sentence: str | None = None) -> list[str]:
    """Ids of the clauses that the fourth article brings with these words, or with the answering sentence."""
    text = f"第一条　甲。\n第二条　乙。\n第三条　{LONG}。\n第四条　{words}\n第五条　丁。"
    library = Library.of([Document("办法", "救助办法", text), OTHER_LAW])
    clause = library.clauses_by_id["办法:t4"]
    start = clause.text.index(sentence) if sentence else 0
    span = (start, start + len(sentence)) if sentence else None
    found = leans_on(library, clause, links(library, clause), span)
    for piece in found:
        assert text[piece.start : piece.end] == piece.text
        assert piece.role is Role.REFERENCE
    return [piece.clause_id or "" for piece in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        # an article of its own text, by number or counted back
        ("有本办法第二条规定情形的，三日内办理。", ["办法:t2"]),
        ("依照第二条的规定处罚。", ["办法:t2"]),
        # in the order of the words, each once, two at most
        ("有第五条、第一条、第五条、第二条规定情形的，三日内办理。", ["办法:t5", "办法:t1"]),
        # too long to be told beside the answer: a link is enough
        ("有前条规定情形的，三日内办理。", []),
        # another text; the clause itself; a breach, which the asker knows
        ("依照《中华人民共和国慈善法》第二条办理。", []),
        ("有下列情形的，办理：一是甲。前款规定的除外。", []),
        ("违反第二条规定的，处一百元罚款。", []),
        ("违反本办法第二条规定的，处一百元罚款。", []),
        ("三日内办理。", []),
    ],
)
def test_what_an_answer_leans_on(words: str, found: list[str]) -> None:
    """Slices of the same document, which can be proved like the quote."""
    assert brought(words) == found


def test_only_the_sentence_that_answers_counts() -> None:
    """What another sentence of the clause refers to would only distract."""
    words = "有第二条规定情形的，优先。三日内办理。"

    assert brought(words, sentence="三日内办理。") == []
    assert brought(words, sentence="有第二条规定情形的，优先。") == ["办法:t2"]
