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
