"""The order of the best: what a clause's own words witness."""

import re

import pytest

from bot.search.analysis import Analyzer
from bot.search.entry import Entry
from bot.search.index import Index
from bot.search.meaning.aspect import DENIES, STATED, Aspect, Aspects
from bot.search.understanding import Glossary
from bot.search.witness import DEPTH, WEIGHTS, Feature

ASPECTS = Aspects(
    {
        Aspect.WHO: re.compile("谁来|由谁"),
        Aspect.MAY: re.compile("能不能"),
        Aspect.DEFINITION: re.compile("是什么"),
        Aspect.EXCEPTION: re.compile("还给吗"),
    },
    frozenset("谁来能不是什么"),
)


def ordered(analyzer: Analyzer, question: str, *texts: str, heading: str = "") -> list[str]:
    """The texts that a question finds, best first, among others that no question finds."""
    filler = [Entry(f"x{n}", (), f"其他{n}号文件归档完毕。") for n in range(20)]
    headings = (heading,) if heading else ()
    entries = [Entry(str(n), headings, text) for n, text in enumerate(texts)]
    index = Index([*entries, *filler], analyzer, glossary=Glossary(aspects=ASPECTS))
    hits = index.search(index.query(question), len(texts))
    return [texts[int(hit.entry_id)] for hit in hits if not hit.entry_id.startswith("x")]


@pytest.mark.parametrize(
    ("question", "right", "other"),
    [
        # who acts
        (
            "保护令由谁作出",
            "保护令由人民法院作出。",
            "保护令作出以后，当事人不服的，可以申请复议，保护令有效。",
        ),
        # a prohibition answers whether one may
        ("孕妇能不能辞退", "对孕妇，单位不得辞退。", "辞退孕妇的单位名单，每年公布一回，孕妇名单保密。"),
        # who falls out of the rule, though the other says as much of the words
        (
            "坐牢的人救助金还给吗",
            "领取救助金的人坐牢期间，停止发给救助金，直到刑满为止另行申请。",
            "坐牢的人的救助金登记以后，按月发给本人或者家属。",
        ),
        # what is said on both sides of a comma counts
        (
            "孩子出国，津贴补发",
            "出国的，津贴由窗口补办登记。",
            "津贴补发的，津贴每月补发，由窗口办理。",
        ),
        # what something is
        ("孤儿是什么", "孤儿是指失去父母的未成年人。", "孤儿成年后，孤儿的养育费用停发，孤儿档案封存。"),
        # a character of an everyday word: 送 of 送达
        ("保护令送给派出所", "保护令应当送达公安派出所。", "保护令的申请，派出所应当协助，派出所应当记录。"),
    ],
)
def test_what_is_asked_goes_first(analyzer: Analyzer, question: str, right: str, other: str) -> None:
    """The clause that says the words more often stands behind the one that answers."""
    assert ordered(analyzer, question, other, right)[0] == right


def test_one_sentence_that_says_it_all_goes_before_words_that_are_scattered(analyzer: Analyzer) -> None:
    """The same words, in one sentence and in three."""
    scattered = "残疾儿童的名册归档。孤儿的名册归档。手术以后登记，康复以后登记。"
    together = "残疾儿童手术康复登记。其余名册归档，孤儿的名册归档，以后再说。"

    assert ordered(analyzer, "残疾儿童手术康复", scattered, together)[0] == together


def test_hits_keep_the_scores_of_their_ranks(analyzer: Analyzer) -> None:
    """What is refused and how many are quoted, words alone decide."""
    entries = [
        Entry("0", (), "保护令作出以后，可以申请复议，保护令继续执行。"),
        Entry("1", (), "保护令由法院作出。"),
    ]
    index = Index(entries, analyzer, glossary=Glossary(aspects=ASPECTS))
    query = index.query("保护令由谁作出")

    hits = index.search(query, 2)

    assert hits[0].score >= hits[1].score
    assert hits[0].support >= hits[1].support
    for hit in hits:
        explanation = index.explain(query, hit.entry_id)
        assert explanation.witness is not None
        assert [name for name, _ in explanation.witness.features] == list(Feature)
        assert explanation.score == pytest.approx(hit.score)


def test_entries_beyond_the_depth_stay_in_the_order_of_their_scores(analyzer: Analyzer) -> None:
    """Only the best are looked at."""
    entries = [Entry(str(n), (), "津贴" + "，归档" * (n + 1)) for n in range(DEPTH + 10)]
    index = Index(entries, analyzer)
    query = index.query("津贴")

    beyond = index.search(query, DEPTH + 10)[DEPTH:]

    assert [int(hit.entry_id) for hit in beyond] == list(range(DEPTH, DEPTH + 10))
    assert index.explain(query, beyond[0].entry_id).witness is None


def test_a_question_of_unknown_characters_finds_nothing(analyzer: Analyzer) -> None:
    """No word, no witness, no fault."""
    assert ordered(analyzer, "???", "保护令由法院作出。") == []


def test_every_feature_has_a_weight_and_every_aspect_its_forms() -> None:
    """The tables are whole."""
    assert set(WEIGHTS) == set(Feature)
    assert set(Aspect) <= set(STATED) | set(DENIES)


def test_the_article_that_excepts_from_the_first_one_leads(analyzer: Analyzer) -> None:
    """It names it, denies, and says more of the question; what only names it stays behind."""
    texts = {
        "条例:t14": "第十四条　上班时间在单位受伤的，应当认定为工伤，上班受伤认定工伤由单位申请。",
        "条例:t15": "第十五条　第十四条规定的认定，由部门办理，部门应当及时办理各项登记手续。",
        "条例:t16": "第十六条　符合第十四条规定，但是醉酒的，不得认定。",
    }
    filler = [Entry(f"x:{n}", (), f"其他{n}号文件归档完毕。") for n in range(20)]
    index = Index(
        [*(Entry(each, (), text) for each, text in texts.items()), *filler],
        analyzer,
        glossary=Glossary(aspects=ASPECTS),
    )
    asked = index.search(index.query("醉酒上班时间在单位受伤认定工伤，还给吗"), 3)
    told = index.search(index.query("醉酒上班时间在单位受伤认定工伤"), 3)
    assert [hits[0].entry_id for hits in (asked, told)] == ["条例:t16", "条例:t14"]
