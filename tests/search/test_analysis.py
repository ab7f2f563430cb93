"""Terms: words without stop words, and bigrams, the same for every spelling."""

import gc
from pathlib import Path

import pytest

from bot.search.analysis import Analyzer
from bot.search.frequencies import SharedFrequencies
from bot.search.lexicon import Lexicon, Term


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("奖金", ["奖金", "#奖金"]),
        ("獎金", ["奖金", "#奖金"]),  # traditional characters
        ("８万元", ["8", "万元", "#8", "#万元"]),  # full-width digits are the same number
        ("五社联动", ["五社联动", "#五社", "#社联", "#联动"]),  # the lexicon keeps a term whole
        (
            "江苏省的规划",
            ["江苏", "规划", "#江苏", "#苏省", "#省的", "#的规", "#规划"],
        ),  # 省 is left off, 的 stops
        ("怎么办？", ["#怎么", "#么办"]),  # a question's own words stop; punctuation is no term
        ("ABC", ["abc", "#abc"]),  # Latin words in lower case
        ("，。！ \n", []),  # nothing to find
        ("", []),
        ("奖\ud800金\udfff", ["奖", "金", "#奖", "#金"]),  # half a character is none
        ("𠮷", ["𠮷", "#𠮷"]),  # a character outside the basic plane is one character
    ],
)
def test_a_text_becomes_words_and_bigrams(analyzer: Analyzer, text: str, terms: list[str]) -> None:
    """The terms stand in text order, words first; each as often as it occurs."""
    assert analyzer.terms(text) == terms


def test_the_dictionary_is_compiled_into_the_data_folder(tmp_path: Path) -> None:
    """Never into the shared temporary folder, where anyone could leave a forged one."""
    Analyzer(Lexicon(), tmp_path / "jieba")

    (compiled,) = (tmp_path / "jieba").glob("*/jieba.cache")
    assert compiled.stat().st_size > 0


def test_a_damaged_compiled_dictionary_is_made_anew(tmp_path: Path) -> None:
    """It costs a second, not the start; a flipped bit would cut words otherwise, silently."""
    Analyzer(Lexicon(), tmp_path)
    gc.collect()  # nobody in this process has the dictionary any more
    (compiled,) = tmp_path.glob("*/jieba.cache")
    sound = compiled.read_bytes()
    place = sound.index("社会工作".encode()) + 1
    compiled.write_bytes(sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :])

    analyzer = Analyzer(Lexicon(), tmp_path)

    assert analyzer.terms("社会工作") == ["社会工作", "#社会", "#会工", "#工作"]
    (compiled,) = tmp_path.glob("*/jieba.cache")
    assert compiled.read_bytes() == sound


def test_a_later_dictionary_is_what_it_would_be_alone(tmp_path: Path) -> None:
    """Entry by entry, though it shares the bulk of the first one, whose terms it does not have."""
    first = Analyzer(Lexicon((Term("五社联动"), Term("社会工作者", 7), Term("低保"))), tmp_path / "shared")
    lexicon = Lexicon((Term("社工站"), Term("低保", 3), Term("五社")))

    later, alone = Analyzer(lexicon, tmp_path / "shared"), Analyzer(lexicon, tmp_path / "alone")

    shared, own = later.dictionary(), alone.dictionary()
    assert isinstance(shared.frequencies, SharedFrequencies)
    assert dict(shared.frequencies.items()) == dict(own.frequencies)
    assert set(shared.frequencies) == set(own.frequencies)
    assert (len(shared.frequencies), shared.total) == (len(own.frequencies), own.total)
    assert sum(shared.frequencies.values()) == sum(own.frequencies.values())
    assert first.general_frequencies["五社联动"] > 0
    assert "五社联" not in shared.frequencies
    assert shared.frequencies.get("五社联动") is None


def test_two_analyzers_keep_their_terms_apart(tmp_path: Path) -> None:
    """A term of one library does not leak into the segmentation of another."""
    taught = Analyzer(Lexicon((Term("五社联动"),)), tmp_path)
    plain = Analyzer(Lexicon(), tmp_path)

    assert "五社联动" in taught.terms("五社联动")
    assert "五社联动" not in plain.terms("五社联动")
