"""Terms: words without stop words, and bigrams, the same for every spelling."""

from pathlib import Path

import jieba
import pytest

from bot.search.analysis import Analyzer
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


def test_the_dictionary_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    """Never in the shared temporary folder, where anyone could leave a forged one."""
    Analyzer(Lexicon(), tmp_path / "jieba")

    (kept,) = (tmp_path / "jieba").glob("*/words.marisa")
    assert kept.stat().st_size > 0


def test_a_damaged_dictionary_is_made_anew(tmp_path: Path) -> None:
    """It costs a second, not the start; a flipped bit would cut words otherwise, silently."""
    Analyzer(Lexicon(), tmp_path)
    (kept,) = tmp_path.glob("*/words.npy")
    sound = kept.read_bytes()
    kept.write_bytes(sound[:-1000] + bytes([sound[-1000] ^ 1]) + sound[-999:])

    analyzer = Analyzer(Lexicon(), tmp_path)

    assert analyzer.terms("社会工作") == ["社会工作", "#社会", "#会工", "#工作"]
    (kept,) = tmp_path.glob("*/words.npy")
    assert kept.read_bytes() == sound


def test_what_is_kept_is_the_dictionary_of_jieba(tmp_path: Path) -> None:
    """Entry by entry, with the words of a lexicon as jieba itself adds them."""
    terms = (Term("五社联动"), Term("社会工作者", 7), Term("低保", 3), Term("低"))
    ours = Analyzer(Lexicon(terms), tmp_path).general_frequencies
    theirs = jieba.Tokenizer()
    theirs.tmp_dir, theirs.cache_file = str(tmp_path), "jieba.cache"
    for term in terms:
        theirs.add_word(term.word, term.frequency)

    assert dict(ours.items()) == theirs.FREQ
    assert set(ours) == set(theirs.FREQ)
    assert (len(ours), ours.sum) == (len(theirs.FREQ), sum(theirs.FREQ.values()))
    assert all(ours[word] == ours.get(word) == theirs.FREQ[word] for word in ("低保", "五社联", "申请"))
    assert "没有这个词" not in ours
    assert (ours.get("没有这个词"), ours.get("没有这个词", 5)) == (None, 5)
    with pytest.raises(KeyError):
        ours["没有这个词"]


def test_two_analyzers_keep_their_terms_apart(tmp_path: Path) -> None:
    """A term of one library does not leak into the segmentation of another."""
    taught = Analyzer(Lexicon((Term("五社联动"),)), tmp_path)
    plain = Analyzer(Lexicon(), tmp_path)

    assert "五社联动" in taught.terms("五社联动")
    assert "五社联动" not in plain.terms("五社联动")
