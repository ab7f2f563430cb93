"""What speaks for a question as it was typed, although the library says something that sounds like it."""

from pathlib import Path

import pytest

from bot.search.analysis import Analyzer
from bot.search.spelling.candidates import Candidate, Mistake
from bot.search.spelling.guard import KNOWN_NEIGHBOURS, Guard
from bot.search.spelling.language import Language
from bot.search.spelling.neighbours import SHIPPED, Neighbours, shipped_neighbours
from bot.search.spelling.opening import make_spelling
from bot.search.spelling.spelling import Reading
from bot.search.spelling.words import SpellingTable
from tests.conftest import ROOT

CARD = ROOT / "docs" / "neighbours.md"


@pytest.fixture(scope="module")
def language(analyzer: Analyzer) -> Language:
    """That of a library which says 管理 and 主动管理制度."""
    words = SpellingTable.of({"管理": 9, "主动管理制度": 9}, lambda _: ())
    return Language(words, analyzer.general_frequencies, frozenset())


@pytest.mark.parametrize(
    ("typed", "meant", "cost"),
    [
        ("管里", Candidate(2, "管理", Mistake.SOUND, 8.0), KNOWN_NEIGHBOURS),
        ("管里", Candidate(2, "里管", Mistake.SWAPPED, 7.0), 0.0),  # both characters were typed
        ("管里", Candidate(2, "保管里", Mistake.LEFT_OUT, 8.0), 0.0),  # the word holds them side by side
        ("管旦", Candidate(2, "管理", Mistake.SOUND, 8.0), 0.0),
    ],
)
def test_known_neighbours_are_no_mistake(
    language: Language, tmp_path: Path, typed: str, meant: Candidate, cost: float
) -> None:
    """Where a character that the word lacks stands beside another as it does in other texts."""
    (path := tmp_path / "neighbours.txt").write_text("管里网\n", "utf-8")
    guard = Guard(language, Neighbours(path), frozenset())

    assert guard.cost(typed, meant) == cost


def test_a_rare_word_is_less_readily_a_mistake(language: Language, tmp_path: Path) -> None:
    """追债 stands in general Chinese, however seldom; 追宅 does not."""
    (path := tmp_path / "neighbours.txt").write_text("", "utf-8")
    guard = Guard(language, Neighbours(path), frozenset())
    meant = Candidate(2, "追责", Mistake.SOUND, 8.0)

    assert guard.cost("追债", meant) > guard.cost("追宅", meant) == 0.0


def test_a_word_met_everywhere_is_less_readily_meant(language: Language) -> None:
    """What is looked for is the library's: a short word of all Chinese costs more where another was typed."""
    assert language.cost_if_meant("管理") > language.cost("管理") + 0.5
    assert language.cost_if_meant("主动管理制度") == language.cost("主动管理制度")


def test_no_word_is_meant_by_other_characters_alone(analyzer: Analyzer) -> None:
    """Who types both characters of a word anew types a word: 硬挤 is no 应急, but 应挤 is."""
    spelling = make_spelling({"应急": 90, "标准": 90}, analyzer)

    assert spelling.read("硬挤标准") == Reading("硬挤标准")
    assert spelling.read("应挤标准").text == "应急标准"


def test_the_shipped_neighbours_know_laws_and_talk() -> None:
    """And no mistyped words; a line for each left character."""
    known = shipped_neighbours()
    lines = SHIPPED.read_text("utf-8").splitlines()

    assert all(known.are_known(*pair) for pair in ("绿线", "配建", "加钱", "管里"))
    assert not any(known.are_known(*pair) for pair in ("仲才", "按置", "辞腿", "抚絮", "将京"))
    assert len({line[0] for line in lines}) == len(lines)
    assert f"{sum(map(len, lines)) - len(lines):,}" in CARD.read_text("utf-8")
    assert SHIPPED.stat().st_size <= 400_000
