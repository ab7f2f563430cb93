"""Words of which the thesaurus says nothing stand for the words that mean nearly the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.content.lines import Lines
from bot.content.thesaurus import rules_of
from bot.search.analysis import Analyzer
from bot.search.dense.near_words import LEAST_COSINE, MOST, NearWords
from bot.search.dense.word_table import shipped_table
from bot.search.entry import Entry
from bot.search.folding import Folding
from bot.search.index import Index
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.understanding import GUESSED, MOST_GUESSED, Glossary

_SUM = """
import os
import bot
import numpy as np
np.ones((20_000, 200), np.float32) @ np.ones(200, np.float32)
print(len(os.listdir("/proc/self/task")))
"""

TEXTS = ("由受伤的职工提出申请。", "补助按月发给。", "幼儿园应当有医务人员。")


@pytest.fixture(scope="module")
def near_words() -> NearWords:
    """By the table that is shipped."""
    return NearWords(shipped_table())


def index_of(analyzer: Analyzer, near_words: NearWords | None, *rules: str) -> Index:
    """An index of TEXTS under the ids 0, 1, 2 …"""
    entries = [Entry(str(number), (), text) for number, text in enumerate(TEXTS)]
    lines = Lines(Path("rules.txt"), rules)
    thesaurus = Thesaurus(rule for place in range(len(rules)) for rule in rules_of(lines, place, Folding()))
    near = near_words.of if near_words else None
    return Index(entries, analyzer, glossary=Glossary(thesaurus, near_words=near))


@pytest.mark.parametrize(("word", "near"), [("摔伤", "受伤"), ("补贴", "补助"), ("房租", "租金")])
def test_a_word_is_near_to_what_means_the_same(near_words: NearWords, word: str, near: str) -> None:
    """Nearest first, a few of them."""
    found = near_words.of(word)

    assert near in [each for each, _ in found]
    assert [cosine for _, cosine in found] == sorted((cosine for _, cosine in found), reverse=True)
    assert len(found) <= MOST
    assert all(LEAST_COSINE <= cosine <= 1.001 and word not in each for each, cosine in found)


@pytest.mark.parametrize("word", ["", "ABC", "\ud800", "123"])
def test_what_is_no_word_has_no_near_ones(near_words: NearWords, word: str) -> None:
    """Numbers, letters, nothing."""
    assert near_words.of(word) == ()


def test_a_text_is_found_by_a_near_word(analyzer: Analyzer, near_words: NearWords) -> None:
    """Without a word in common, and without a line of the thesaurus."""
    index = index_of(analyzer, near_words)

    hits = index.search(index.query("补贴"), 10)

    assert [hit.entry_id for hit in hits] == ["1"]
    alone = index_of(analyzer, None)
    assert alone.search(alone.query("补贴"), 10) == []


def test_only_near_words_that_the_library_holds_are_taken(analyzer: Analyzer, near_words: NearWords) -> None:
    """A few of them, each told apart from what the thesaurus says, and no evidence."""
    query = index_of(analyzer, near_words).query("摔伤了补贴")

    assert {group[0].said: [each.term for each in group] for group in query.guesses} == {
        "摔伤": ["受伤"],
        "补贴": ["补助"],
    }
    assert all(len(group) <= MOST_GUESSED for group in query.guesses)
    assert {each.source for group in query.guesses for each in group} == {GUESSED}
    assert query.expansions == ()


def test_where_the_thesaurus_knows_better_nothing_is_guessed(
    analyzer: Analyzer, near_words: NearWords
) -> None:
    """Nor where the question says the near word itself."""
    assert index_of(analyzer, near_words, "摔伤 → 工伤").query("摔伤").guesses == ()
    assert index_of(analyzer, near_words).query("补贴和补助").guesses == ()


def test_a_guess_weighs_less_than_the_word(analyzer: Analyzer, near_words: NearWords) -> None:
    """And the explanation names it: shares sum to the score."""
    index = index_of(analyzer, near_words)
    query = index.query("补贴")

    explanation = index.explain(query, "1")

    (row,) = explanation.expansions
    assert (row.expansion.said, row.expansion.term, row.expansion.source) == ("补贴", "补助", GUESSED)
    assert explanation.score == pytest.approx(index.search(query, 1)[0].score)
    (literal,) = index.search(index.query("补助"), 1)
    assert explanation.score < literal.score


def test_vectors_that_were_kept_find_the_same(near_words: NearWords, tmp_path: Path) -> None:
    """The first process makes them, the second one maps them; damaged ones are made anew."""
    words = ["看病", "房租", "摔伤", "没有这个词"]

    for _ in range(2):
        kept = NearWords(shipped_table(), tmp_path)
        assert [kept.of(word) for word in words] == [near_words.of(word) for word in words]
    next(tmp_path.glob("*/vectors.npy")).write_bytes(b"damaged")
    again = NearWords(shipped_table(), tmp_path)
    assert [again.of(word) for word in words] == [near_words.of(word) for word in words]


@pytest.mark.skipif(sys.platform != "linux", reason="counts threads in /proc")
def test_sums_of_a_question_start_no_threads() -> None:
    """Workers share the cores. An operator who sets OPENBLAS_NUM_THREADS is heeded."""
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}

    told = subprocess.run([sys.executable, "-c", _SUM], env=env, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "1"
