"""Spelling: what is read as another word of the library, and what stays as it is."""

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.analysis import Analyzer
from bot.search.entry import Entry
from bot.search.index import Index
from bot.search.spelling.candidates import Mistake, are_han
from bot.search.spelling.opening import make_spelling
from bot.search.spelling.spelling import Reading, Spelling

TEXTS = (
    "高级社会工作师的奖金为8万元，奖金由民政局发放。",
    "完善五社联动机制，社工站带动社会组织和志愿者。",
    "申请低保的家庭，向街道办事处提出申请，低保金按月发放。",
    "持残疾证的居民免费乘车，残疾证由残联发放。",
    "银行行长不得兼任，重庆市的标准由重庆市另定。",
)


@pytest.fixture(scope="module")
def spelling(analyzer: Analyzer) -> Spelling:
    """What reads questions to a library of five texts, each of which stands in it six times."""
    frequencies: dict[str, int] = {}
    for term in {term for text in TEXTS for term in analyzer.terms(text)}:
        frequencies[term] = 6 * sum(term in analyzer.terms(text) for text in TEXTS)
    return make_spelling(frequencies, analyzer)


@pytest.mark.parametrize(
    ("typed", "meant", "mistake"),
    [
        ("将金是多少", "奖金是多少", Mistake.SOUND),
        ("五设联动是什么", "五社联动是什么", Mistake.SOUND),
        ("残疾正怎么办", "残疾证怎么办", Mistake.SOUND),
        ("奖京是多少", "奖金是多少", Mistake.SOUND),  # jing for jin
        ("重青的标准", "重庆的标准", Mistake.SOUND),  # a character with two readings
        ("五杜联动是什么", "五社联动是什么", Mistake.SHAPE),
        ("保低怎么申请", "低保怎么申请", Mistake.SWAPPED),
        ("五社社联动是什么", "五社联动是什么", Mistake.REPEATED),
        ("街道办事的电话", "街道办事的电话", None),  # a character less may be another word
        ("wushe liandong", "五社联动", Mistake.LETTERS),
        ("wusheliandong是什么", "五社联动是什么", Mistake.LETTERS),
        ("低bao怎么申请", "低保怎么申请", Mistake.LETTERS),
        ("chongqing的标准", "重庆的标准", Mistake.LETTERS),
    ],
)
def test_a_mistyped_word_is_read_as_the_librarys(
    spelling: Spelling, typed: str, meant: str, mistake: Mistake | None
) -> None:
    """The text says what was meant, and the change how it was mistyped."""
    reading = spelling.read(typed)

    assert reading.text == meant
    assert [change.mistake for change in reading.changes] == ([mistake] if mistake else [])


def test_a_question_in_letters_is_read_whole(spelling: Spelling) -> None:
    """Everyday words are read from letters as well, and the blanks between syllables go."""
    reading = spelling.read("dibao zenme shenqing")

    assert reading.text == "低保怎么申请"
    assert [(c.start, c.end, c.typed, c.meant) for c in reading.changes] == [
        (0, 6, "dibao ", "低保"),
        (6, 12, "zenme ", "怎么"),
        (12, 20, "shenqing", "申请"),
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dibao zenme shenqing", "低保怎么申请"),  # not 地报
        ("laoban qianxin", "老板欠薪"),  # not 潜心
        ("tuixiujin shebao", "退休金社保"),
        ("gongzufang zenme shenqing", "公租房怎么申请"),  # no word of jieba's
        ("地暴怎么申请", "地暴怎么申请"),  # typed in Han characters, it stays
    ],
)
def test_residents_words_are_read_from_letters_where_the_library_lacks_them(
    analyzer: Analyzer, typed: str, meant: str
) -> None:
    """terms.txt gives them a frequency: no text need hold them, and no Han characters are taken for them."""
    assert make_spelling({"标准": 3, "#标准": 3}, analyzer).read(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "低保怎么申请",
        "老板不发工资怎么办",  # everyday words that the library lacks
        "我儿子在坐牢，他算不算家里人头",
        "将近一年没发奖金",  # sounds like a word of the library, and is a word
        "给不给我",
        "app打不开，wifi也连不上",  # Latin words that are no syllables
        "vip和ktv",
        "8万元",
        "？！",
        "",
    ],
)
def test_a_question_that_was_fine_stays(spelling: Spelling, question: str) -> None:
    """Nothing is changed that reads well as it is."""
    assert spelling.read(question) == Reading(question)


def test_a_latin_word_of_the_library_is_no_pinyin(analyzer: Analyzer) -> None:
    """What the texts themselves write in letters stays in letters."""
    assert make_spelling({"宝": 1, "低保": 9}, analyzer).read("dibao").text == "低保"
    assert make_spelling({"dibao": 1, "低保": 9}, analyzer).read("dibao").text == "dibao"


def test_further_words_are_known(analyzer: Analyzer) -> None:
    """Residents' own words can be meant, too, though no text holds them."""
    spelling = make_spelling({"补贴": 5}, analyzer)

    assert spelling.read("吃抵保").text == "吃抵保"
    assert spelling.with_fresh({"低保": 1}).read("吃抵保").text == "吃低保"


def test_a_change_names_what_else_may_have_been_meant(analyzer: Analyzer) -> None:
    """The nearest first, and not the word that was chosen."""
    spelling = make_spelling({"津贴": 9, "紧贴": 1}, analyzer)

    (change,) = spelling.read("高龄jintie多少").changes

    assert (change.typed, change.meant) == ("jintie", "津贴")
    assert change.alternatives == ("紧贴",)


def test_an_empty_library_changes_nothing_in_han_characters(analyzer: Analyzer) -> None:
    """There is no word to read anything as."""
    assert make_spelling({}, analyzer).read("将金") == Reading("将金")


@given(
    text=st.text(
        alphabet=st.sampled_from("奖将金社设五联动低保bao wushe'vü8?，\n𠮷ａ\ud800的是"), max_size=40
    )
)
@settings(max_examples=200)
def test_every_text_is_read_and_always_the_same_way(
    analyzer: Analyzer, spelling: Spelling, text: str
) -> None:
    """Never raises; the changes are in order, lie in the text, and are all that is changed in it."""
    text = analyzer.fold(text)
    reading = spelling.read(text)

    assert spelling.read(text) == reading
    pieces, after = [], 0
    for change in reading.changes:
        assert after <= change.start < change.end <= len(text)
        assert text[change.start : change.end] == change.typed
        pieces += [text[after : change.start], change.meant]
        after = change.end
    assert "".join([*pieces, text[after:]]) == reading.text


@given(data=st.data())
@settings(max_examples=100)
def test_a_text_of_the_librarys_words_stays(
    analyzer: Analyzer, spelling: Spelling, data: st.DataObject
) -> None:
    """Whatever is reading as the library spells it is right."""
    words = sorted(
        {term for text in TEXTS for term in analyzer.terms(text) if len(term) > 1 and are_han(term)}
    )

    text = "、".join(data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=8)))

    assert spelling.read(text) == Reading(text)


def test_the_index_searches_what_was_meant(analyzer: Analyzer) -> None:
    """Terms and text of the query are those of the right spelling."""
    index = Index([Entry(str(n), (), text) for n, text in enumerate(TEXTS)], analyzer)

    mistyped, right = index.query("五設聯動是什么"), index.query("五社联动是什么")

    assert (mistyped.text, mistyped.terms) == (right.text, right.terms)
    assert [hit.entry_id for hit in index.search(mistyped, 1)] == ["1"]
    assert [change.typed for change in mistyped.changes] == ["五设联动"]


def test_nothing_is_logged(spelling: Spelling, caplog: pytest.LogCaptureFixture) -> None:
    """A resident's words stay out of the logs."""
    with caplog.at_level(logging.DEBUG):
        spelling.read("将金是多少")

    assert not caplog.records
