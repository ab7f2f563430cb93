"""Compiled cutting: the same words as jieba, so that nobody's terms depend on what is installed."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import jieba
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jieba import finalseg

from bot.search.analysis import Analyzer
from bot.search.engine.embedded.counting import (
    BULK_CHUNK,
    BULK_FROM,
    CHUNK,
    build,
    count_in_bulk,
    counter_for,
)
from bot.search.engine.embedded.postings import Postings, count, merge
from bot.search.entry import Entry
from bot.search.lexicon import Lexicon, Term
from bot.search.segmentation.model import codes_of, model_of
from tests.conftest import ROOT, SHARED

pytest.importorskip("numba", reason="an optional package: requirements-fast.txt")

from bot.search.segmentation import loops  # imports numba
from bot.search.segmentation.bulk import BulkAnalyzer  # likewise

CLAUSES = SHARED / "data" / "clauses-local.jsonl.gz"
MANY = 5000
"""Real clauses that are cut both ways."""

Cut = Callable[[str], list[str]]

USER_WORDS = (
    Term("五社联动"),  # a frequency just large enough
    Term("社会工作师", 3),
    Term("社会工作", 10**9),  # more frequent than everything else together
    Term("居家社区养老服务质量提升专项行动实施方案联席会议办公室", None),  # longer than any of jieba's
    Term("高龄津", 0),  # taken out again: its characters part when the hidden Markov model joins them
    Term("甲乙", 0),
    Term("二胎A级", 50),  # letters within
    Term("c++", 50),
    Term("3.5%"),
    Term("㐀字", 50),  # a character that jieba never joins
    Term("𠮷", 50),
    Term("民 政", 50),  # no text can hold it in one block
    *(Term(word, 1) for word in ("鿁", "鿁鿂", "鿂鿃")),  # 鿁鿂|鿃 and 鿁|鿂鿃 are exactly as likely
    Term("龥龥龥"),  # characters of which the hidden Markov model knows nothing
)

TEXTS = [
    "",
    " ",
    "\n",
    "\r\n",  # one word
    "\r\r\n\n\r",
    "奖\r\n金",
    "民",  # a block of one character
    "民A",
    "中华人民共和国民政部关于进一步加强城乡社区治理的意见",
    "结婚的和尚未结婚的",  # ways that are nearly equal
    "小明硕士毕业于中国科学院计算所，后在日本京都大学深造",
    "他来到了网易杭研大厦",  # the hidden Markov model joins 杭研
    "李小福是创新办主任也是云计算方面的专家",
    "丰台区长者津贴由街道办发放至个人一卡通",
    "2025年1月1日起每月100.50元，增长3.5%，不超过50%。",
    "abc.def 1.2.3 1.5%% a.1% %5 .5 -1 3,000 1.0cm ABC-123 a_b@c.com #1 C++ c# R&D",
    "0.09% 1.9",
    "A级景区B类C级",
    "+#&._%-",
    "民+政#局&社._会%工-作",
    "第㐀条𠮷野家😀龥鿕龦鿖々〇ａｂ１２",  # within and outside of the range that jieba looks up
    "龥鿕龥龥鿕",  # every state is equally unlikely
    "的的的的的了了了是是",
    "\0\ud800\udfff民政",  # what only a command line can hand over
    "五社联动和社会工作师社会工作者",
    "居家社区养老服务质量提升专项行动实施方案联席会议办公室主任",
    "高龄津贴高龄津高龄津，甲乙丙丁甲乙",
    "二胎A级和c++占3.5%民 政㐀字𠮷",
    "龥龥龥龥",
    "鿁鿂鿃",
]


@pytest.fixture
def no_words_are_split_for_good() -> Iterator[None]:
    """jieba keeps words that were taken out again for the whole process."""
    before = set(finalseg.Force_Split_Words)
    yield
    finalseg.Force_Split_Words.intersection_update(before)


def compiled(analyzer: Analyzer) -> Cut:
    """The words of a text by compiled loops."""
    model = model_of(analyzer.dictionary(), analyzer.hidden_markov())
    loops.warm_up(model, analyzer.cache / "numba")

    def words(text: str) -> list[str]:
        codes = codes_of(text)
        ends = np.flatnonzero(loops.cut(codes, np.array([0, len(codes)]), model)) + 1
        return [text[start:end] for start, end in pairwise([0, *ends.tolist()])]

    return words


def reference(words: Sequence[Term], cache: Path) -> Cut:
    """The words of a text by jieba itself."""
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir, tokenizer.cache_file = str(cache), "jieba.cache"
    for term in words:
        tokenizer.add_word(term.word, term.frequency)
    cut: Cut = tokenizer.lcut
    return cut


@pytest.fixture(scope="module")
def plain(data_dir: Path) -> tuple[Cut, Cut]:
    """Compiled loops and jieba, with jieba's dictionary as shipped."""
    return compiled(Analyzer(Lexicon(), data_dir / "jieba")), reference((), data_dir / "jieba")


@pytest.fixture(scope="module")
def bulk(analyzer: Analyzer) -> BulkAnalyzer:
    """The shipped lexicon's analyzer for many texts."""
    return BulkAnalyzer(analyzer)


@pytest.fixture(scope="module")
def clauses() -> list[str]:
    """Real clauses, from all parts of the corpus."""
    if not CLAUSES.exists():
        pytest.skip(f"{CLAUSES} is not part of the project")
    with gzip.open(CLAUSES, "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    return texts[:: max(1, len(texts) // MANY)]


COMMON = "的一是在不了有和人民政府社会工作者年月日高龄津贴第条款项办法应当"
RARE = "㐀䶿龥鿕鿖龦々〇𠀀𠮷😀İßΣ"
ASCII = "abzAZ0189+#&._%-@,/ \r\n\t"
mixtures = st.text(st.sampled_from(COMMON + RARE + ASCII) | st.characters(), max_size=30)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_jieba(plain: tuple[Cut, Cut], text: str) -> None:
    """Every kind of block, and every way to be looked at once more."""
    ours, theirs = plain

    assert ours(text) == theirs(text)


@pytest.mark.usefixtures("no_words_are_split_for_good")
def test_user_words_are_those_of_jieba(data_dir: Path) -> None:
    """With and without a frequency, without any, longer than usual, and with characters of all kinds."""
    analyzer = Analyzer(Lexicon(USER_WORDS), data_dir / "jieba")
    ours, theirs = compiled(analyzer), reference(USER_WORDS, data_dir / "jieba")

    for text in [*TEXTS, "".join(TEXTS), *(f"在{term.word}和{term.word}" for term in USER_WORDS)]:
        assert ours(text) == theirs(text)
    assert ours("五社联动") == ["五社联动"]
    assert ours("鿁鿂鿃") == ["鿁鿂", "鿃"]


@pytest.mark.usefixtures("no_words_are_split_for_good")
def test_words_that_were_taken_out_part_again(data_dir: Path) -> None:
    """What the hidden Markov model joins is given back as characters where a word list says 0."""
    terms = (Term("杭研", 0),)
    analyzer = Analyzer(Lexicon(terms), data_dir / "jieba")

    words = compiled(analyzer)("他来到了网易杭研大厦")

    assert words == reference(terms, data_dir / "jieba")("他来到了网易杭研大厦")
    assert words[-3:] == ["杭", "研", "大厦"]


@given(mixtures)
def test_mixtures_are_cut_as_by_jieba(plain: tuple[Cut, Cut], text: str) -> None:
    """Han, letters, digits, signs, blanks, rare characters, in any order."""
    ours, theirs = plain

    assert ours(text) == theirs(text)


def test_real_clauses_are_cut_as_by_jieba(plain: tuple[Cut, Cut], clauses: list[str]) -> None:
    """Thousands of them, and all the letters and digits that policies have."""
    ours, theirs = plain

    for text in clauses:
        assert ours(text) == theirs(text)


@given(
    st.lists(
        st.text(st.sampled_from("民政社区江苏省市的8a.%，\r\n㐀𠮷ＡＢ獎"), max_size=12) | mixtures, max_size=5
    )
)
@example(["民政\ud83d", "\udc75社区", "民\ud800政"])
def test_many_texts_have_the_terms_of_each(analyzer: Analyzer, bulk: BulkAnalyzer, texts: list[str]) -> None:
    """In the same order: what ends a text does not change the next."""
    terms, numbers, bounds = bulk.tokens(texts)

    found = [[terms[n] for n in numbers[start:end].tolist()] for start, end in pairwise(bounds.tolist())]
    assert found == [analyzer.terms(text) for text in texts]


def assert_same(postings: Postings, expected: Postings) -> None:
    """Every array, to the last bit."""
    vocabularies = (postings.vocabulary, expected.vocabulary)
    for name in ("text", "starts", "heads"):
        ours, theirs = (getattr(vocabulary, name) for vocabulary in vocabularies)
        assert np.array_equal(ours, theirs), name
    for name in ("starts", "entries", "tfs", "lengths"):
        ours, theirs = getattr(postings, name), getattr(expected, name)
        assert ours.dtype == theirs.dtype
        assert np.array_equal(ours, theirs), name


def test_real_clauses_have_the_same_postings(
    analyzer: Analyzer, bulk: BulkAnalyzer, clauses: list[str]
) -> None:
    """Counted in bulk, or each entry's terms by themselves."""
    titles = [("江苏省高龄津贴办法", f"第{number // 7}章"[:3]) for number in range(len(clauses))]
    entries = [Entry(str(number), titles[number], text) for number, text in enumerate(clauses)]

    chunks = [count_in_bulk(bulk, entries[start : start + 700]) for start in range(0, len(entries), 700)]

    assert_same(merge(chunks), merge([count(entry.terms(analyzer.terms) for entry in entries)]))


def test_a_large_library_is_built_the_same_as_a_small_one(analyzer: Analyzer) -> None:
    """From some size on it is counted in bulk, by several processes; no bit depends on that."""
    texts = [f"第{number}条{'高龄津贴' * (number % 3)}{number % 97}元" for number in range(BULK_FROM)]
    entries = [Entry(str(n), ("办法", "办法")[: n % 3], text) for n, text in enumerate(texts)]

    postings = build(entries, analyzer)

    assert_same(postings, merge([count(entry.terms(analyzer.terms) for entry in entries)]))


def test_without_numba_jieba_itself_cuts_any_number(data_dir: Path) -> None:
    """It is an optional package; a process of its own, as this one has it loaded."""
    program = (
        "import sys; sys.modules['numba'] = None\n"
        "from pathlib import Path\n"
        "from bot.search.analysis import Analyzer, Lexicon\n"
        "from bot.search.engine.embedded.counting import BULK_FROM, CHUNK, counter_for\n"
        "analyzer = Analyzer(Lexicon(), Path(sys.argv[1]))\n"
        "assert counter_for(BULK_FROM, analyzer).at_once == CHUNK\n"
    )

    subprocess.run([sys.executable, "-c", program, str(data_dir / "jieba")], cwd=ROOT, check=True)


def test_few_entries_are_counted_by_jieba_itself(analyzer: Analyzer) -> None:
    """A community with three documents does not load numba."""
    assert counter_for(BULK_FROM - 1, analyzer).at_once == CHUNK
    assert counter_for(BULK_FROM, analyzer).at_once == BULK_CHUNK
