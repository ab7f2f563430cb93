"""What a text repeals, as its closing names it."""

from datetime import date

import pytest

from bot.policy.anchor import ArticleKey
from bot.policy.document import Document, Genre
from bot.policy.force.repeals import Repeal, read_repeals
from bot.policy.splitting.split import split


def repealed(closing: str, title: str = "某某办法", genre: Genre | None = None) -> list[Repeal]:
    """What a text with this last article repeals."""
    document = Document("某", title, f"第一条　甲。\n第二条　{closing}", genre=genre)
    return read_repeals(document, split(document))


NAMED = [
    # closing, titles
    (
        "本办法自2021年7月1日起施行，2012年12月12日印发的《旧办法（试行）》（民发〔2012〕220号）同时废止。",
        ["旧办法（试行）"],
    ),
    (
        "本办法自公布之日起施行。《甲办法》、《乙办法》和丙部公布的《丙办法》同时废止。",
        ["甲办法", "乙办法", "丙办法"],
    ),
    ("本办法施行后，《关于执行〈某法〉若干问题的意见》即行废止。", ["关于执行〈某法〉若干问题的意见"]),
    ("《旧办法》自本办法公布之日起不再执行。", ["旧办法"]),
    # the grounds of a repeal are not repealed
    ("根据《某条例》，《旧办法》同时废止。", ["旧办法"]),
    ("《某条例》施行之日起，《旧办法》同时废止。", ["旧办法"]),
    # only what contradicts ends; a power to repeal ends nothing; a quote is another text's
    ("《旧办法》与本办法不一致的规定同时废止。", []),
    ("以前的规定与本办法不一致的同时废止。", []),
    ("可以依照《某条例》修改或者废止。", []),
    ("将《某条例》修改为：“《旧办法》同时废止。”", []),
    ("施工许可证自行废止。", []),
]


@pytest.mark.parametrize(("closing", "titles"), NAMED)
def test_the_documents_that_a_closing_repeals(closing: str, titles: list[str]) -> None:
    """Those named in front of the verb, in text order, with the clause that says so."""
    found = repealed(closing)

    assert [repeal.title for repeal in found] == titles
    assert all(repeal.clause_id == "某:t2" and not repeal.part for repeal in found)


ENDINGS = [
    *["废止", "失效", "即行废止", "予以废止", "自行失效"],
    *[f"{verb}{what}" for verb in ("停止", "不再", "终止") for what in ("执行", "施行", "使用")],
]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_is_told_in_many_words(ending: str) -> None:
    """Texts use all of them."""
    assert [repeal.title for repeal in repealed(f"《旧办法》同时{ending}。")] == ["旧办法"]


NO_ENDS = [
    # what stands between the title and the verb speaks of something else
    *[f"《旧办法》{words}废止。" for words in ("施行后", "实施以来", "修改或", "修正后", "规定的证书")],
    *[f"{words}《旧办法》的规定废止证书的，{words}《旧办法》办理。" for words in ("根据", "依照", "参照")],
    *[f"《旧办法》{words}废止。" for words in ("应当", "可以", "不得", "或者其附件", "按照程序", "依据程序")],
    *[f"《旧办法》{words}办理的证书废止。" for words in ("依照", "参照", "根据")],
    *[f"《旧办法》中{words}的废止。" for words in ("与本办法不一致", "与本办法相抵触", "与本办法不符")],
    "《旧办法》废止的，按新规定办理。",
]


@pytest.mark.parametrize("closing", NO_ENDS)
def test_a_verb_that_means_something_else_ends_nothing(closing: str) -> None:
    """A wrong end would hide a text that is in force."""
    assert repealed(closing) == []


@pytest.mark.parametrize("rules", ["实施细则", "实施办法", "实施意见", "实施方案", "实施条例"])
def test_rules_for_putting_a_law_into_practice_end_too(rules: str) -> None:
    """实施 in 及其实施细则 is no verb."""
    assert [repeal.title for repeal in repealed(f"《旧办法》及其{rules}同时废止。")] == ["旧办法"]


@pytest.mark.parametrize("grounds", ["根据", "依据", "依照", "按照", "参照", "适用", "贯彻", "落实", "执行"])
def test_the_grounds_of_a_repeal_stay(grounds: str) -> None:
    """They stand in front of what is repealed."""
    assert [repeal.title for repeal in repealed(f"{grounds}《某条例》，《旧办法》废止。")] == ["旧办法"]
    assert repealed(f"{grounds}《某条例》废止。") == []


ISSUED = ["公布", "发布", "印发", "颁布", "下发", "发出", "制定", "通过", "批准", "施行", "实施"]


@pytest.mark.parametrize("verb", ISSUED)
def test_the_day_of_a_repealed_text_is_told_in_many_words(verb: str) -> None:
    """It tells the text from a newer one of the same title."""
    (found,) = repealed(f"2012年12月12日起{verb}的《旧办法》同时废止。")

    assert found.issued_on == date(2012, 12, 12)


def test_a_repealing_text_names_them_only_behind_the_verb() -> None:
    """A title in front of 废止 is the grounds; a sentence without a title behind it names nothing."""
    title = "关于废止部分文件的决定"

    found = repealed("根据《某条例》，现决定废止《甲办法》。", title=title)

    assert [repeal.title for repeal in found] == ["甲办法"]
    assert repealed("决定废止若干文件。本决定依据《某条例》。", title=title) == []


def test_a_repeal_keeps_number_and_day() -> None:
    """They tell a text from a newer one of the same title."""
    (found,) = repealed(
        "本办法自2021年7月1日起施行。2012年12月12日民政部印发的《旧办法》（民发[2012]220 号）同时废止。"
    )

    assert (found.document_number, found.issued_on) == ("民发[2012]220 号", date(2012, 12, 12))


PARTS = [
    # closing, articles
    ("《旧办法》第三条、第五条同时废止。", {ArticleKey(0, 3), ArticleKey(0, 5)}),
    (
        "《旧办法》第三条至第五条、第七条之一同时废止。",
        {ArticleKey(0, 3), ArticleKey(0, 4), ArticleKey(0, 5), ArticleKey(0, 7, 1)},
    ),
    ("《旧办法》第三条第二款同时废止。", set()),
    ("《旧办法》中有关收费的规定同时废止。", set()),
]


@pytest.mark.parametrize(("closing", "articles"), PARTS)
def test_a_repeal_of_a_part_leaves_the_rest(closing: str, articles: set[ArticleKey]) -> None:
    """Whole articles are named; of smaller pieces only that something has ended is known."""
    (found,) = repealed(closing)

    assert found.part
    assert set(found.articles) == articles


def test_a_repealing_text_names_them_behind_the_verb() -> None:
    """关于废止…的决定 does nothing else."""
    found = repealed("决定废止《甲办法》、《乙办法》。", title="关于废止部分文件的决定")

    assert [repeal.title for repeal in found] == ["甲办法", "乙办法"]


def test_news_repeals_nothing() -> None:
    """It only tells of a repeal."""
    assert repealed("《旧办法》同时废止。", genre=Genre.NEWS) == []
