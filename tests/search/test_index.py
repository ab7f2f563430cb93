"""The index: ranking, order of ties, confidence, explanation."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.service import Service
from bot.content.lines import Lines
from bot.content.thesaurus import rules_of
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.confidence import confidence, support
from bot.search.entry import Entry, entries_of
from bot.search.folding import Folding
from bot.search.index import Index
from bot.search.meaning.answer_kind import AnswerKind, AnswerKinds, Cue
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.ordering import POOL
from bot.search.searcher import Searcher
from bot.search.understanding import EXPANSION_WEIGHT, Glossary
from bot.search.witness import DEPTH

KINDS = AnswerKinds({AnswerKind.PERIOD: (Cue("几天"),), AnswerKind.AMOUNT: (Cue("多少"),)})


def index_of(analyzer: Analyzer, *texts: str) -> Index:
    """An index of texts under the ids 0, 1, 2 …"""
    return Index([Entry(str(number), (), text) for number, text in enumerate(texts)], analyzer)


def ids(index: Index, question: str, k: int = 10) -> list[str]:
    """Ids of the hits, best first."""
    return [hit.entry_id for hit in index.search(index.query(question), k)]


@pytest.mark.parametrize(
    ("texts", "question", "expected"),
    [
        (
            ("养老服务", "高龄津贴", "高龄津贴和养老服务"),
            "高龄津贴",
            ["1", "2"],
        ),  # shorter first, no match no hit
        (("高龄津贴", "高龄津贴"), "津贴", ["0", "1"]),  # equal scores: in the order of the entries
        (("养老服务",), "高龄津贴", []),  # nothing in common
        (("养老服务",), "？！", []),  # a question without terms
        ((), "津贴", []),  # an empty library
        (("養老服務",), "养老服务", ["0"]),  # traditional and simplified meet
        (("高龄\ud800津贴",), "津贴\udfff", ["0"]),  # half a character, which no encoding takes
    ],
)
def test_hits_come_best_first(
    analyzer: Analyzer, texts: tuple[str, ...], question: str, expected: list[str]
) -> None:
    """Order is score, then the order of the entries."""
    assert ids(index_of(analyzer, *texts), question) == expected


def test_no_more_hits_than_asked_for(analyzer: Analyzer) -> None:
    """k bounds the hits."""
    assert ids(index_of(analyzer, *["高龄津贴"] * 5), "津贴", k=2) == ["0", "1"]


def test_every_hit_has_a_worth(analyzer: Analyzer) -> None:
    """Also those beyond the ones that witnesses look at; none of them is worth more than one before it."""
    index = index_of(analyzer, *("津贴" + "养老" * number for number in range(2 * DEPTH)))

    worths = [hit.worth for hit in index.search(index.query("津贴"), 2 * DEPTH)]

    assert len(worths) == 2 * DEPTH
    assert all(map(math.isfinite, worths))
    assert worths == sorted(worths, reverse=True)


def test_confidence_grows_with_what_a_text_says_of_the_question(analyzer: Analyzer) -> None:
    """Between 0 and 1, in the order of the scores."""
    index = index_of(analyzer, "高龄津贴怎么申请", "津贴", "养老服务")

    whole, part = index.search(index.query("高龄津贴"), 2)
    half, _ = index.search(index.query("高龄津贴红烧肉"), 2)

    assert 0 < part.confidence < whole.confidence < 1
    assert half.confidence < whole.confidence


def test_confidence_falls_among_more_texts(analyzer: Analyzer) -> None:
    """Of many, more say much the same; how much of the question is said stays what it is."""
    few, many = (
        next(iter(index.search(index.query("高龄津贴怎么申请"), 1)))
        for index in (index_of(analyzer, "高龄津贴", *["养老服务"] * n) for n in (5, 500))
    )

    assert few.confidence > many.confidence
    assert confidence(few.support, 6) == few.confidence
    assert confidence(1.0, 10**6) == 1.0


def test_titles_and_headings_are_found(analyzer: Analyzer, document: Callable[..., Document]) -> None:
    """A clause is found by its document's title and its chapter, though its own words do not say them."""
    library = Library.of([document("第一章 高龄津贴", "第一条 每人每月发给。", title="养老服务条例")])
    index = Index(entries_of(library), analyzer)

    assert ids(index, "养老服务") == ids(index, "高龄津贴") == ["某某办法:t1"]


@pytest.mark.parametrize("question", ["宁夏五社联动示范社区", "津贴津贴津贴", "厦门 高级社会工作师 奖金"])
def test_the_shares_of_an_explanation_sum_to_the_score(shipped: Searcher, question: str) -> None:
    """Every term of the question has a row, once, with each factor of its share."""
    query = shipped.query(question)

    for hit in shipped.search(query, 5):
        explanation = shipped.explain(query, hit.entry_id)
        assert explanation.score == pytest.approx(hit.score, abs=1e-9)
        assert [row.term for row in explanation.terms] == list(dict.fromkeys(query.terms))


@pytest.fixture(scope="module")
def shipped(service: Service) -> Searcher:
    """The index of the shipped knowledge."""
    return service.basis.index


def thesaurus_of(*rules: str) -> Thesaurus:
    """A thesaurus of some rules."""
    lines = Lines(Path("rules.txt"), rules)
    return Thesaurus(rule for index in range(len(rules)) for rule in rules_of(lines, index, Folding()))


TEXTS = ("用人单位应当按月支付工资", "弃婴由儿童福利机构抚养", "职工依法参加工伤保险", "雇主责任")


@pytest.fixture
def expanding(analyzer: Analyzer) -> Index:
    """An index whose questions are expanded."""
    entries = [Entry(str(number), (), text) for number, text in enumerate(TEXTS)]
    rules = ("老板 → 用人单位, 雇主*0.3", "捡 … 娃/孩子 → 弃婴")
    return Index(entries, analyzer, glossary=Glossary(thesaurus_of(*rules), answer_kinds=KINDS))


def test_texts_are_found_by_what_the_words_of_a_question_stand_for(expanding: Index) -> None:
    """Without a word in common; the likelier meaning comes first."""
    assert ids(expanding, "捡了个娃娃") == ["1"]
    assert ids(expanding, "老板") == ["0", "3"]


def test_what_is_said_literally_stays_above_what_it_may_mean(analyzer: Analyzer) -> None:
    """A text with the very word of the question comes before the one with a term it stands for."""
    entries = [
        Entry("meant", (), "用人单位的义务"),
        Entry("said", (), "老板的义务"),
        Entry("other", (), "养老"),
    ]
    index = Index(entries, analyzer, glossary=Glossary(thesaurus_of("老板 → 用人单位")))

    assert ids(index, "老板") == ["said", "meant"]


def test_of_several_meanings_the_best_counts_most(analyzer: Analyzer) -> None:
    """An entry that says two of them is surer, and gets less than twice as much."""
    texts = {"both": "弃婴和孤儿", "one": "弃婴和别的", "other": "孤儿和别的"}
    entries = [Entry(name, (), text) for name, text in texts.items()]
    index = Index(entries, analyzer, glossary=Glossary(thesaurus_of("娃娃 → 弃婴, 孤儿")))
    query = index.query("娃娃")

    both, one, other = (index.explain(query, each.entry_id).expansions[0] for each in entries)
    assert (one.expansion.term, other.expansion.term) == ("弃婴", "孤儿")
    assert max(one.share, other.share) < both.share < one.share + other.share
    assert index.search(query, 1)[0].score == pytest.approx(both.share)


def test_a_rare_term_weighs_no_more_than_what_was_said(expanding: Index) -> None:
    """The rest of the question is not drowned."""
    ((rare, _),) = expanding.query("老板的工资").expansions

    def idf(text: str) -> float:
        terms = expanding.explain(expanding.query(text), "0").terms
        return sum(row.weight.idf for row in terms)

    assert rare.weight * idf(rare.term) <= EXPANSION_WEIGHT * idf("老板") + 1e-9


def test_a_text_that_states_the_kind_of_answer_comes_first(analyzer: Analyzer) -> None:
    """Of two texts with the same words of the question, the one with a number of days."""
    texts = ("低保申请应当公示结果", "低保申请应当五日内公示", "养老服务")
    entries = [Entry(str(number), (), text) for number, text in enumerate(texts)]
    index = Index(entries, analyzer, glossary=Glossary(answer_kinds=KINDS))
    query = index.query("低保申请公示几天")

    assert ids(index, query.text) == ["1", "0"]
    (share,) = index.explain(query, "1").kinds
    assert share.share > 0


@pytest.mark.parametrize("question", ["老板不给工资，几天", "捡了个孩子归谁养", "老板多少钱"])
def test_every_share_of_an_expanded_question_is_explained(expanding: Index, question: str) -> None:
    """Terms, expansions with the rule's place, kinds: they sum to the score."""
    query = expanding.query(question)

    hits = expanding.search(query, 4)
    assert hits
    for hit in hits:
        explanation = expanding.explain(query, hit.entry_id)
        assert explanation.score == pytest.approx(hit.score, abs=1e-9)
        assert all(row.expansion.source.startswith("rules.txt:") for row in explanation.expansions)


def test_what_the_thesaurus_knows_is_not_corrected(analyzer: Analyzer) -> None:
    """五设联动 would be read as 五社联动, which the library holds; but here staff say what it stands for.

    An expression elsewhere in the question, or one that is not in one piece, changes nothing.
    """
    entries = [Entry("corrected", (), "五社联动机制"), Entry("meant", (), "用人单位")]
    bare = Index(entries, analyzer)
    knowing = Index(entries, analyzer, glossary=Glossary(thesaurus_of("五设联动 → 用人单位")))
    elsewhere = Index(
        entries, analyzer, glossary=Glossary(thesaurus_of("动静 → 用人单位", "五 … 么 → 用人单位"))
    )

    assert ids(bare, "五设联动是什么") == ["corrected"]
    assert knowing.query("五设联动是什么").text == "五设联动是什么"
    assert "meant" in ids(knowing, "五设联动是什么")
    assert elsewhere.query("五设联动是什么").text == "五社联动是什么"


def test_a_sentence_is_covered_by_the_words_and_bigrams_that_stand_in_it(analyzer: Analyzer) -> None:
    """Each by its idf, once, however it is written; what does not stand there adds nothing."""
    index = index_of(analyzer, "津贴申请", "养老服务")
    query = index.query("津贴申请和津贴")
    idfs = {row.term: row.weight.idf for row in index.explain(query, "0").terms}

    def covered(*terms: str) -> object:
        return pytest.approx(sum(idfs[term] for term in terms))

    assert index.idf_coverage(query, "津贴标准") == covered("津贴", "#津贴")
    assert index.idf_coverage(query, "津貼申請") == covered("津贴", "申请", "#津贴", "#贴申", "#申请")
    assert index.idf_coverage(query, "养老服务") == 0


def test_an_expression_is_covered_by_the_best_of_its_expansions(expanding: Index) -> None:
    """With the weight that it has in the ranking, beside what is said literally."""
    query = expanding.query("老板")
    ((unit, owner),) = query.expansions
    idfs = {row.term: row.weight.idf for row in expanding.explain(query, "0").terms}

    def covered(text: str) -> float:
        return expanding.idf_coverage(query, text)

    assert covered("用人单位的义务") > covered("雇主") > 0 == covered("养老")
    assert covered("用人单位和雇主") == covered("用人单位的义务")
    assert unit.weight > owner.weight
    assert covered("老板") == pytest.approx(sum(idfs.values()))


@pytest.mark.parametrize("question", ["低保申请公示几天", "低保申请公示几天去哪办"])
def test_the_kind_of_answer_is_no_support(analyzer: Analyzer, question: str) -> None:
    """It says nothing of the subject: a text that states all kinds has the support of its words."""
    kinds = AnswerKinds({AnswerKind.PERIOD: (Cue("几天"),), AnswerKind.PLACE: (Cue("去哪办"),)})
    texts = ("低保申请应当五日内向民政局提出申请，公示结果", "养老服务")
    entries = [Entry(str(number), (), text) for number, text in enumerate(texts)]
    index = Index(entries, analyzer, glossary=Glossary(answer_kinds=kinds))
    query = index.query(question)

    (asked,) = index.search(query, 1)
    (alone,) = index.search(replace(query, kinds=()), 1)

    assert len(query.kinds) == (2 if "哪" in question else 1)
    assert asked.score > alone.score
    assert asked.support == pytest.approx(alone.support)


def test_nothing_that_can_be_said_is_no_support() -> None:
    """A known question may find a clause by words that no clause holds."""
    assert support(1.0, highest=0, highest_idf=9) == 0


def test_more_hits_than_a_pool_are_found_in_full(analyzer: Analyzer) -> None:
    """Whoever asks for many gets them, with the whole score of each."""
    texts = [f"用人单位{'的义务' * (n % 7)}" for n in range(POOL + 30)]
    entries = [Entry(str(number), (), text) for number, text in enumerate(texts)]
    index = Index(entries, analyzer, glossary=Glossary(thesaurus_of("老板 → 用人单位")))
    query = index.query("老板的义务")

    hits = index.search(query, POOL + 20)

    assert len(hits) == POOL + 20
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({hit.entry_id for hit in hits}) == POOL + 20
    assert len(index.search(query, 5)) == 5
    assert hits[-1].score == pytest.approx(index.explain(query, hits[-1].entry_id).score)
