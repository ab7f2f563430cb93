"""Concepts: what of a question counts as one thing, and how a text covers it."""

import pytest

from bot.search.concepts import Concept, Concepts, concepts_of
from bot.search.query import Expansion, Query

IDF = {"没钱": 2.0, "看病": 1.0, "窗口": 1.0}
EXPANSIONS = (
    Expansion("没钱看病", "医疗救助", "a:1", ("医疗", "救助"), 0.7),
    Expansion("没钱看病", "临时救助", "a:1", ("临时", "救助"), 0.35),
)


@pytest.fixture
def concepts() -> Concepts:
    query = Query("没钱看病去哪个窗口", tuple(IDF), (EXPANSIONS,))
    return Concepts(tuple(concepts_of(query, IDF)))


def test_an_expression_is_a_concept_and_each_other_word_is_one(concepts: Concepts) -> None:
    """Shares are by rarity."""
    assert [(each.said, each.share) for each in concepts.all] == [("没钱看病", 0.75), ("窗口", 0.25)]


@pytest.mark.parametrize(
    ("text", "cover"),
    [
        ("没钱看病的人", 1.0),  # as it is said
        ("看病没钱的人", 1.0),  # all of its words, apart
        ("看病的人", 0.5),  # one of its words
        ("医疗救助", 0.9),  # what it surely means
        ("临时救助", 0.45),  # what it may mean: less than one of its words
        ("看病的人给予医疗救助", 0.9),  # the best way counts
        ("办理登记", 0.0),
    ],
)
def test_the_best_way_to_say_a_concept_counts(concepts: Concepts, text: str, cover: float) -> None:
    """An expression is said in its words, by some of them, or in other words."""
    assert pytest.approx(cover) == concepts.all[0].covered_by(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("没钱的，看病时给予医疗救助。由窗口办理。", ("没钱的，", "看病时给予医疗救助。", "由窗口办理。")),
        ("看病的人给予临时救助。", ("看病的人", "给予临时救助。")),
        ("由窗口办理。", ("由窗口办理。",)),
        ("其他。", ("其他。",)),
    ],
)
def test_within_a_text_concepts_cover_its_parts_as_before(
    concepts: Concepts, text: str, parts: tuple[str, ...]
) -> None:
    """Only what stands in the text is looked for in its parts; what it does not say is left out."""
    limited = concepts.within(text)

    for number, concept in enumerate(concepts.all):
        inside = limited.get(number)
        assert (inside is None) == (concept.covered_by(text) == 0)
        for part in (text, *parts):
            assert concept.covered_by(part) == (inside.covered_by(part) if inside else 0.0)


def test_a_concept_within_a_text_has_only_the_ways_that_stand_in_it(concepts: Concepts) -> None:
    """So there is less to look for."""
    (inside,) = concepts.within("看病的人给予医疗救助。").values()

    assert [way.said for way in inside.ways] == ["医疗救助", "看病"]
    assert isinstance(inside, Concept)
    assert not inside.words
