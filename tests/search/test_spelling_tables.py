"""Tables of spelling: words in memory, from files and in two parts are the same words."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

from benchmarks.clauses import read_questions as read_lay_questions
from benchmarks.mistyping import Keyboard
from benchmarks.questions import LAY_QUESTIONS, RESIDENTS, SEED_QUESTIONS, read_questions
from bot.channels.service import Service
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.engine import EmbeddedEngine
from bot.search.entry import Entries, entries_of
from bot.search.spelling.opening import make_spelling, open_spelling
from bot.search.spelling.sounds import Sounds
from bot.search.spelling.words import LibraryWords, SpellingTable, TwoTables

FREQUENCIES = {
    "低保": 3,
    "低保金": 2,
    "残疾人": 300,
    "银行": 1,
    "app": 4,
    "#低保": 3,
    "#残疾": 300,
    "#app": 4,
}
FIRST = {"低保": 1, "残疾人": 300, "app": 4, "#低保": 2, "#残疾": 60}
THEN = {"低保": 2, "低保金": 2, "银行": 1, "#低保": 1, "#残疾": 240, "#app": 4}
"""The same texts, in two parts."""


@pytest.fixture(scope="module")
def sounds(analyzer: Analyzer) -> Sounds:
    """The sounds of the shipped lexicon."""
    return Sounds.of(analyzer.general_frequencies, analyzer.lexicon.stop_words)


@pytest.fixture(params=["in memory", "stored", "in two parts"])
def words(request: pytest.FixtureRequest, sounds: Sounds, tmp_path: Path) -> LibraryWords:
    """The words of a few texts, in every way in which they can be held."""
    if request.param == "in two parts":
        base = SpellingTable.of(FIRST, sounds.by_sound)
        return TwoTables(base, SpellingTable.of(THEN, sounds.by_sound, base))
    table = SpellingTable.of(FREQUENCIES, sounds.by_sound)
    if request.param == "in memory":
        return table
    table.save(tmp_path)
    return SpellingTable.open(tmp_path)


def test_words_are_counted(words: LibraryWords) -> None:
    """Words of any kind, and pairs of Han characters; together only the words."""
    assert [words.count(word) for word in ("低保", "app", "低", "#低保", "")] == [3, 4, 0, 0, 0]
    assert words.total == 310
    assert [words.pair_count(*pair) for pair in ("低保", "残疾", "保金")] == [3, 300, 0]


def test_words_are_found(words: LibraryWords) -> None:
    """By what a text begins with, by sound, and by what is left of them."""
    assert set(words.beginning("低保金额")) == {"低保", "低保金"}
    assert [words.some_begins(beginning) for beginning in ("残疾", "银行", "行")] == [True, True, False]
    assert set(words.sounding("di bao ")) == {"低保"}
    assert set(words.sounding("yin han ")) == set(words.sounding("yin xin ")) == {"银行"}
    assert set(words.with_a_gap("残人")) == {"残疾人"}
    assert not [*words.beginning("行"), *words.sounding("di "), *words.with_a_gap("低")]


def test_beginnings_of_sounds_are_known(words: LibraryWords) -> None:
    """Syllable by syllable: di is no beginning of dian."""
    assert [words.some_sound_begins(sound) for sound in ("di ", "di bao jin ", "d ")] == [True, True, False]


def test_no_texts_have_no_words(sounds: Sounds, tmp_path: Path) -> None:
    """In memory and from files."""
    SpellingTable.of({}, sounds.by_sound).save(tmp_path)

    for table in (SpellingTable.of({}, sounds.by_sound), SpellingTable.open(tmp_path)):
        assert (table.total, table.count("低保"), table.pair_count("低", "保")) == (0, 0, 0)
        assert not table.some_sound_begins("di ")


def test_a_sound_is_one_for_what_dialects_do_not_part(sounds: Sounds) -> None:
    """A character with two readings has two; what is no character has none."""
    assert sounds.of_word("重庆") == ["zong qin ", "cong qin "]
    assert sounds.of_word("社保") == ["se bao "]
    assert sounds.of_word("\ufffd") == sounds.of_word("8") == []


def _mistyped(texts: list[str], analyzer: Analyzer, cache: Path) -> list[str]:
    """Texts, and what becomes of them on a keyboard: each mistake with a share of them."""
    mistakes = Keyboard(analyzer.lexicon.stop_words, cache).mistakes()
    made = [mistakes[n % len(mistakes)].make(text) for n, text in enumerate(texts)]
    return [analyzer.fold(text) for text in (*texts, *made) if text]


def _halves(frequencies: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Frequencies of two halves of some texts, at random."""
    draw = Random(2026)  # noqa: S311  # no secret
    first = {term: draw.randint(0, count) for term, count in frequencies.items()}
    then = {term: count - first[term] for term, count in frequencies.items()}
    return {term: n for term, n in first.items() if n}, {term: n for term, n in then.items() if n}


def test_questions_are_read_alike_however_words_are_held(
    service: Service, analyzer: Analyzer, data_dir: Path, tmp_path: Path
) -> None:
    """In memory, from files, in two parts and in another order, down to what else may have been meant."""
    frequencies = EmbeddedEngine.of(Entries.of(entries_of(service.basis.library)), analyzer).frequencies()
    first, then = _halves(frequencies)
    shuffled = Random(1).sample(list(frequencies.items()), len(frequencies))  # noqa: S311  # no secret
    texts = [one.text for one in read_questions(SEED_QUESTIONS)[::3]]
    texts += [one.text for one in read_questions(RESIDENTS)[::16]] if RESIDENTS.exists() else []
    texts += read_lay_questions(1000)[::40] if LAY_QUESTIONS.exists() else []

    in_memory = make_spelling(frequencies, analyzer)
    others = {
        "stored": open_spelling(lambda: frequencies, "", analyzer, tmp_path),
        "two parts": make_spelling(first, analyzer).with_fresh(then),
        "stored and fresh": open_spelling(lambda: first, "1", analyzer, tmp_path).with_fresh(then),
        "another order": make_spelling(dict(shuffled), analyzer),
    }

    asked = _mistyped(texts, analyzer, data_dir / "jieba")
    read = [in_memory.read(text) for text in asked]
    assert sum(bool(reading.changes) for reading in read) > len(texts) / 3
    for way, spelling in others.items():
        assert [spelling.read(text) for text in asked] == read, way


def test_no_fresh_words_change_nothing(analyzer: Analyzer) -> None:
    """And cost nothing."""
    spelling = make_spelling(FREQUENCIES, analyzer)

    assert spelling.with_fresh({}) is spelling
