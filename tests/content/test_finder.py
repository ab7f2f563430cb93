"""Phrases are found as one regular expression of all of them would find them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.finder import Finder, Phrase, PhraseMatcher
from bot.content.patterns import regex_of

LISTS = {"谁": ["孩子", "妈"], "空": []}
PHRASES = [
    "着火",  # plain
    "(着/起)火",  # a choice in front
    "(快/)着火了",  # a choice of nothing
    "(快/)(着/)火…救",  # two of them
    "<谁>…掉(河/井)里",  # a word of a list in front
    "(<谁>/老人)走丢",  # in a choice
    "<数>元",  # a number in front
    "<号码>",
    "…火",  # anything in front
    "。",  # nothing but an end
    "(/)",  # nothing at all
    "救命。",
]
TEXTS = st.text("着起快火了救命孩子妈老人掉河井里走丢123元。,吗 ", max_size=14)


@given(TEXTS, st.lists(st.sampled_from(PHRASES), max_size=5))
def test_a_text_has_the_phrases_that_one_expression_would_find(text: str, phrases: list[str]) -> None:
    """Whatever they begin with."""
    finder = Finder(Phrase.of(phrase, LISTS) for phrase in phrases)
    written = "|".join(regex_of(phrase, LISTS) for phrase in phrases)

    assert finder.finds(text) == bool(phrases and re.search(written, text))


@given(TEXTS, st.lists(st.sampled_from(PHRASES), min_size=1, max_size=5))
def test_a_wording_stands_where_the_expression_would(text: str, phrases: list[str]) -> None:
    """The same place, and the same text without it."""
    wording, pattern = (
        PhraseMatcher.of(phrases, LISTS),
        re.compile("|".join(regex_of(each, LISTS) for each in phrases)),
    )
    found, expected = wording.search(text), pattern.search(text)

    assert (found and found.span()) == (expected and expected.span())
    assert wording.sub("-", text) == pattern.sub("-", text)


@pytest.mark.parametrize(
    ("phrase", "beginnings"),
    [
        ("着火", "着"),
        ("(快/)着火", "快着"),
        ("(<谁>/老人)走丢", "孩妈老"),
        ("<数>元", None),  # digits and numerals of any kind
        ("<空>火", None),  # a list without words finds nothing, and is no reason to look nowhere
        ("(快/)", None),
    ],
)
def test_what_a_phrase_may_begin_with(phrase: str, beginnings: str | None) -> None:
    """None where any character may stand first."""
    openings = Phrase.of(phrase, LISTS).openings

    assert (beginnings and set(beginnings)) == (openings and {opening[0] for opening in openings})
