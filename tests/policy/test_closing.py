"""Where a text speaks of itself: which clauses are its closing, and what of them is read."""

from collections.abc import Iterable

import pytest

from bot.policy.document import Document
from bot.policy.force.closing import closing_sentences
from bot.policy.numerals import to_chinese
from bot.policy.splitting.split import split


def articles(numbers: Iterable[int]) -> list[str]:
    return [f"第{to_chinese(number)}条　甲。" for number in numbers]


def closing(*lines: str) -> list[str]:
    """The anchors of the clauses in a text's closing, each once."""
    outline = split(Document("某", "某某办法", "\n".join(lines)))
    return list(dict.fromkeys(sentence.clause.anchor for sentence in closing_sentences(outline)))


def test_the_last_eight_articles_are_the_closing() -> None:
    """Of a shorter text, all are."""
    assert closing(*articles(range(1, 13))) == [f"t{number}" for number in range(5, 13)]
    assert closing(*articles(range(1, 9))) == [f"t{number}" for number in range(1, 9)]


def test_an_article_that_is_cut_counts_once() -> None:
    """However many clauses it has."""
    long = ["第二条　" + "乙" * 300 + "。", "丙" * 300 + "。"]

    assert closing("第一条　甲。", *long, *articles(range(3, 10))) == [
        *["t2k1", "t2k2"],
        *[f"t{number}" for number in range(3, 10)],
    ]


SUPPLEMENTARY = [
    # heading, the next one of its kind
    ("第一章　附则", "第二章　罚则"),
    ("第一章附　则", "第二章　罚则"),
    ("第一百二十章　附 则", "第一百二十一章　罚则"),
    ("第一节　附则", "第二节　罚则"),
    ("第一编　附则", "第二编　罚则"),
]


@pytest.mark.parametrize(("heading", "following"), SUPPLEMENTARY)
def test_supplementary_provisions_are_closing(heading: str, following: str) -> None:
    """However far from the end: articles of a second part may follow."""
    found = closing(heading, "第一条　甲。", following, *articles(range(2, 12)))

    assert found == ["t1", *[f"t{number}" for number in range(4, 12)]]


@pytest.mark.parametrize("heading", ["第一章　总则", "第一章　关于附则"])
def test_other_headings_make_no_closing(heading: str) -> None:
    """Only one that begins with 附则 behind its number."""
    found = closing(heading, "第一条　甲。", "第二章　罚则", *articles(range(2, 12)))

    assert found == [f"t{number}" for number in range(4, 12)]


def test_a_text_of_headings_has_supplementary_provisions_too() -> None:
    """六、附则 in a notice, with items below it."""
    rest = [f"{to_chinese(number)}、丙。" for number in range(2, 12)]

    assert {"b1.1", "b1.2"} <= set(closing("一、附则", "（一）甲。", "（二）乙。", *rest))


def test_annexes_are_behind_the_closing() -> None:
    """An annex, such as a form or another text, does not speak of the document that it belongs to."""
    lines = [*articles(range(1, 11)), "附件", *articles(range(1, 4))]

    assert closing(*lines) == [f"t{number}" for number in range(3, 11)]


def test_where_a_text_is_nothing_but_an_annex_it_speaks_for_itself() -> None:
    """Some files hold the annex of a notice alone."""
    assert closing("附件", *articles(range(1, 3))) == ["f1.t1", "f1.t2"]


def test_quoted_words_are_blank_and_keep_their_length() -> None:
    """They are another text's: an amendment quotes what it changes."""
    outline = split(Document("某", "某某办法", "第一条　将“甲乙”改为“丙”；删去“”。\n第二条　丁。"))

    assert [sentence.text for sentence in closing_sentences(outline)] == [
        *["第一条　将“  ”改为“ ”", "删去“”", "第二条　丁"],
    ]
