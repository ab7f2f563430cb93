"""Whose rules answer: the asker's own line goes first, another place's only where the question names it."""

from collections.abc import Callable, Sequence

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.inquiry import Asker
from bot.answering.places import SOME_PLACE
from bot.answering.question import Question
from bot.content.table import ANSWER_KINDS, PLACES
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.understanding import Glossary
from tests.answering.filler import FILLER
from tests.conftest import KNOWLEDGE, StoppedClock

NATION = Document(
    "全国",
    "老年人优待规定",
    "第一条　高龄津贴由地方规定，具体数额由省级人民政府确定。\n第二条　老年人免费进公园。",
    jurisdiction="全国",
)
XIAMEN = Document(
    "厦门",
    "厦门市高龄津贴发放办法",
    "第一条　八十周岁以上的老人，高龄津贴每人每月一百元。\n第二条　高龄津贴每季度发放。",
    jurisdiction="福建省厦门市",
)
NANJING = Document(
    "南京",
    "南京市高龄津贴发放办法",
    "第一条　八十周岁以上的老人，高龄津贴每人每月八十元。\n第二条　高龄津贴每月发放。",
    jurisdiction="江苏省南京市",
)

Ask = Callable[..., tuple[Answer, Context]]


SHANGHAI = Document(
    "上海",
    "上海市公园管理条例",
    "第一条　公园管理人员的津贴每月发放，每人每月不少于五百元。",
    jurisdiction="上海市",
)


@pytest.fixture(scope="module")
def ask(analyzer: Analyzer) -> Ask:
    """Asks a library of a nation and two cities; gives the answer and the context of the next question."""
    return asking([NATION, XIAMEN, NANJING, FILLER], analyzer)


def asking(documents: Sequence[Document], analyzer: Analyzer) -> Ask:
    """Asks a library of some documents."""
    library = Library.of(documents)
    gazetteer = PLACES.load(KNOWLEDGE).value.gazetteer(library.jurisdictions.values())
    words = Glossary(answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value)
    index = Index(entries_of(library), analyzer, glossary=words)
    basis = Basis(library, index, "12345", gazetteer=gazetteer)
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")

    def asked(
        text: str, place: str | None = None, context: Context = NO_CONTEXT, k: int = 3
    ) -> tuple[Answer, Context]:
        where = gazetteer.named(place)[0] if place else None
        kept: list[Context] = []
        asker = Asker("test", lambda _, following: kept.append(following))
        answer = answerer.answer(Question(text, k, jurisdiction=where), asker, context)
        return answer, kept[0]

    return asked


def documents(answer: Answer) -> list[str]:
    return [passage.clause.document_id for passage in answer.passages]


@pytest.mark.parametrize(
    ("text", "place", "first"),
    [
        ("高龄津贴每月多少元", "厦门", "厦门"),  # the asker's own city
        ("高龄津贴每月多少元", "福建省厦门市思明区", "厦门"),  # a district has the rules of its city
        ("南京高龄津贴每月多少元", "厦门", "南京"),  # the question names another city
        ("金陵高龄津贴每月多少元", None, "南京"),  # by an old name
        ("廈門高齡津貼每月多少元", None, "厦门"),  # in traditional characters
        ("我是厦门的，高龄津贴每月多少元", None, "厦门"),  # the asker says so
        ("厦门有没有南京那样的高龄津贴，每月多少元", "厦门", "厦门"),  # the other one is a comparison
        ("老年人进公园要钱吗", "厦门", "全国"),  # what holds everywhere
        ("思明的高龄津贴每月多少元", "厦门市思明区", "厦门"),  # the asker's own district, by its short name
    ],
)
def test_the_rule_of_the_right_place_is_first(ask: Ask, text: str, place: str | None, first: str) -> None:
    """And no rule of another place is quoted beside it."""
    answer, _ = ask(text, place)

    assert answer.status is Status.ANSWERED
    assert documents(answer)[0] == first
    assert set(documents(answer)) <= {first, "全国"}


def test_the_same_notice_of_the_askers_place_is_found_in_whatever_words(analyzer: Analyzer) -> None:
    """低保 stands only in the notice of the other city; ours says 最低生活保障, and has the same clause."""
    notices = [
        Document(
            name,
            f"关于{name}生活标准的通知",
            f"第一条　城乡居民{word}标准调整为每人每月{amount}元，自一月起执行。\n第二条　各街道做好公示。",
            jurisdiction=jurisdiction,
        )
        for name, word, amount, jurisdiction in (
            ("厦门", "低保", "八百", "福建省厦门市"),
            ("南京", "最低生活保障", "九百", "江苏省南京市"),
        )
    ]
    library = Library.of([NATION, *notices, FILLER])
    gazetteer = PLACES.load(KNOWLEDGE).value.gazetteer(library.jurisdictions.values())
    basis = Basis(library, Index(entries_of(library), analyzer), "12345", gazetteer=gazetteer)
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")

    answer = answerer.answer(
        Question("今年低保标准每月多少", jurisdiction=gazetteer.named("南京")[0]), Asker("test")
    )

    assert answer.status is Status.ANSWERED
    assert documents(answer)[0] == "南京"


def test_another_places_rule_says_whose_it_is(ask: Ask) -> None:
    """The asker lives elsewhere, so the sentence says where the passages apply."""
    answer, _ = ask("南京高龄津贴每月多少元", "厦门", k=1)

    assert answer.message.endswith("请注意：第1处只适用于江苏省南京市。")


def test_the_own_rule_needs_no_word(ask: Ask) -> None:
    """Nor does a place that the question names itself."""
    for text, place in (("高龄津贴每月多少元", "厦门"), ("厦门高龄津贴每月多少元", None)):
        assert "只适用于" not in ask(text, place)[0].message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("高龄津贴每月多少元", "广东省深圳市"),  # the site's place
        ("深圳高龄津贴每月多少元", None),  # named
        ("北岭市高龄津贴每月多少元", None),  # named, and unknown to the table
        ("高龄津贴每月多少元", "福建省"),  # a city's rule is not its province's
    ],
)
def test_where_only_other_places_have_a_rule_that_is_said(ask: Ask, text: str, place: str | None) -> None:
    """What holds everywhere is shown as related; no rule of another place is."""
    answer, _ = ask(text, place)

    assert answer.status is Status.RELATED
    assert answer.missing is not None
    assert answer.missing.startswith("没有收录")
    assert set(documents(answer)) == {"全国"}


@pytest.mark.parametrize(
    "text",
    [
        "没钱的县，老年人进公园要钱吗",  # 没钱的县 is no name
        "红烧肉从深圳寄到昆明怎么寄",  # which of two places lacks a rule, nobody can tell
    ],
)
def test_no_rule_of_a_place_is_missed_where_none_is_asked_for(ask: Ask, text: str) -> None:
    """The message does not say 没有收录 with a name that is none, or one of two."""
    answer, _ = ask(text)

    assert "没钱的县" not in answer.message
    assert "深圳" not in answer.message


def test_a_place_that_was_said_holds_for_later_questions(ask: Ask) -> None:
    """我在厦门 is said once."""
    _, context = ask("我在厦门，老年人进公园要钱吗")
    answer, context = ask("高龄津贴每月多少元", context=context)

    assert documents(answer)[0] == "厦门"
    assert context.jurisdiction == ("福建省", "厦门市")


@pytest.mark.parametrize("text", ["老家厦门，老年人进公园要钱吗", "厦门的老年人进公园要钱吗", "我爸在厦门"])
def test_a_place_that_is_only_mentioned_is_not_the_askers(ask: Ask, text: str) -> None:
    """Later questions are not bound to it."""
    assert ask(text)[1].jurisdiction is None


def test_an_unknown_place_is_asked_for_where_rules_differ(ask: Ask) -> None:
    """Each option is the question in a place, with that place's clause."""
    answer, context = ask("高龄津贴每月多少元")

    assert answer.status is Status.CLARIFY
    assert [option.label for option in answer.options] == ["江苏省南京市", "福建省厦门市"]
    assert documents(answer) == ["南京", "厦门"]
    chosen, _ = ask(answer.options[1].question, context=context)
    assert (chosen.status, documents(chosen)[0]) == (Status.ANSWERED, "厦门")


def test_a_place_is_not_asked_for_if_the_other_places_rule_is_about_something_else(
    analyzer: Analyzer,
) -> None:
    """Wages in parks and an allowance for the old have words in common, and only one is asked about."""
    answer, _ = asking([NATION, XIAMEN, SHANGHAI, FILLER], analyzer)("高龄津贴每月多少元")

    assert (answer.status, documents(answer)[0]) == (Status.ANSWERED, "厦门")


def test_the_inside_of_an_area_is_no_place_of_the_asker() -> None:
    """保护区里 has 区里 in it, which by itself means the asker's own district."""
    assert SOME_PLACE.search("区里怎么补")
    assert not SOME_PLACE.search("保护区里能不能放羊")
