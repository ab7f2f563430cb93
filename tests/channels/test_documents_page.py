"""The list of what is held: narrowed by a form that needs no script, searched by names."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from benchmarks.questions import plain_glossary
from bot.channels.desk import Desk
from bot.content.table import THESAURUS
from bot.content.topics import Menu, Topic, Topics
from bot.policy.document import Document, Genre
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from tests.channels.conftest import DeskOver, client_of
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import MARK
from tests.conftest import KNOWLEDGE
from tests.fake_records import FakeRecords

SUBSISTENCE = Document(
    "低保办法",
    "最低生活保障审核确认办法",
    "第一条 最低生活保障由本人申请。\n第二条 本办法自2021年7月1日起施行。",
    issuers=("民政部",),
    document_number="民发〔2021〕57号",
    genre=Genre.MEASURES,
    jurisdiction="全国",
    published_on=date(2021, 6, 11),
)
RELIEF = Document(
    "临时救助意见",
    "关于进一步加强和改进临时救助工作的意见",
    "一、临时救助要及时。",
    issuers=("民政部", "财政部"),
    document_number="民发〔2018〕23号",
    genre=Genre.OPINIONS,
    published_on=date(2018, 1, 23),
)
LOCAL = Document(
    "高龄津贴",
    "厦门市高龄津贴发放办法",
    "第一条 高龄津贴每月100元。\n第二条 本办法自2030年1月1日起施行。",
    issuers=("厦门市民政局",),
    genre=Genre.MEASURES,
    jurisdiction="福建省厦门市",
    signed_on=date(2025, 1, 1),
)
NEWS = Document("报道", "“五社联动”见成效", "记者报道。", genre=Genre.NEWS, jurisdiction="福建省")
HELD = [SUBSISTENCE, RELIEF, LOCAL, NEWS]


@pytest.fixture(scope="module")
def desk(desk_over: DeskOver) -> Desk:
    """A desk over documents of several regions, kinds and forces, with a topic that one of them answers."""
    desk = desk_over(HELD)
    topics = Topics(
        (Menu(name="老人", topics=(Topic(key="jintie", name="津贴", questions=("高龄津贴每月多少",)),)),)
    )
    offers = replace(desk.offers(), topics=topics)
    return replace(desk, offers=lambda: offers)


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    """A client of it."""
    return client_of(desk)


def listed(page: Page) -> list[str]:
    """Ids of the documents in the list."""
    links = [link["href"] for link in page.all("a") if link["href"].startswith("/policy/")]
    return [unquote(urlsplit(link).path).removeprefix("/policy/") for link in links]


def test_everything_held_is_listed_newest_first(client: FlaskClient) -> None:
    """With issuers, number, day, force, kind and region; those without a day at the end."""
    page = page_of(client.get("/documents"))

    assert_plain(page)
    assert listed(page) == ["高龄津贴", "低保办法", "临时救助意见", "报道"]
    assert page.one("p", role="status").text == "共 4 份"
    first, second, *_ = (
        item.text for item in page.all("li") if item.text.strip().startswith(("厦门", "最低"))
    )
    for known in ("厦门市民政局", "2025年1月1日", "尚未施行，2030年1月1日起施行", "办法", "福建省厦门市"):
        assert known in first
    assert "民发〔2021〕57号" in second
    assert "现行有效" in second


CHOSEN = [
    ({"region": "福建省"}, ["高龄津贴", "报道"]),  # with what lies within it
    ({"region": "福建省厦门市"}, ["高龄津贴"]),
    ({"region": "全国"}, ["低保办法", "临时救助意见"]),  # a file that says nothing applies everywhere
    ({"genre": "measures"}, ["高龄津贴", "低保办法"]),
    ({"force": "pending"}, ["高龄津贴"]),
    ({"force": "unknown"}, ["临时救助意见", "报道"]),
    ({"topic": "jintie"}, ["高龄津贴"]),  # it answers the topic's question
    ({"genre": "measures", "force": "in_force"}, ["低保办法"]),  # both
    ({"genre": "measures", "q": "津贴"}, ["高龄津贴"]),  # words as well
    ({"genre": "poems"}, []),  # what no document is
    ({"colour": "red"}, ["高龄津贴", "低保办法", "临时救助意见", "报道"]),  # no facet of ours
]


@pytest.mark.parametrize(("chosen", "found"), CHOSEN)
def test_the_list_is_narrowed(client: FlaskClient, chosen: dict[str, str], found: list[str]) -> None:
    """By each facet, and by several at once."""
    page = page_of(client.get("/documents", query_string=chosen))

    assert_plain(page)
    assert listed(page) == found


WORDS = [
    ("临时救助", ["临时救助意见"]),  # of a title
    ("临时救助意见", ["临时救助意见"]),  # a title, shortened as people do
    ("財政部", ["临时救助意见"]),  # an issuer, in traditional characters
    ("民发[2018]23号", ["临时救助意见"]),  # a number, with other brackets
    ("2021 民政部", ["低保办法"]),  # two words; both have to be there
    ("联动五社", []),  # the characters alone do not do
    ("红烧肉", []),
    ("每月100元", []),  # words of the text: that is a question
    ("《》", ["高龄津贴", "低保办法", "临时救助意见", "报道"]),  # nothing but signs
]


@pytest.mark.parametrize(("words", "found"), WORDS)
def test_names_are_searched(client: FlaskClient, words: str, found: list[str]) -> None:
    """Titles, numbers and issuers; nothing of the texts."""
    page = page_of(client.get("/documents", query_string={"q": words}))

    assert listed(page) == found
    assert page.one("input", id="q")["value"] == words


@pytest.mark.parametrize("words", ["低保", "低保办法", "低保 民政部"])
def test_names_are_found_by_what_residents_call_them(desk: Desk, analyzer: Analyzer, words: str) -> None:
    """The thesaurus knows: 低保 is 最低生活保障."""
    answerer = desk.answerer()
    glossary = replace(plain_glossary(), thesaurus=THESAURUS.load(KNOWLEDGE).value)
    index = Index(entries_of(answerer.basis.library), analyzer, glossary=glossary)
    known = replace(answerer, basis=replace(answerer.basis, index=index))

    page = page_of(
        client_of(replace(desk, answerer=lambda: known)).get("/documents", query_string={"q": words})
    )

    assert listed(page) == ["低保办法"]


def test_facets_say_how_many_each_choice_leaves(client: FlaskClient) -> None:
    """When the other choices stay as they are; a region is set below the one it lies in."""
    page = page_of(client.get("/documents?genre=measures"))

    options = [option.text for option in page.all("option")]
    assert options == [
        *("所有地区", "全国（1）", "福建省（1）", "　厦门市（1）"),
        *("所有主题", "津贴（1）"),
        *("所有文种", "办法（2）", "意见（1）", "新闻报道（1）"),
        *("不论效力", "尚未施行（1）", "现行有效（1）"),
    ]
    assert [
        option.text for option in page.elements if option.tag == "option" and "selected" in option.attributes
    ] == ["办法（2）"]


def test_each_choice_can_be_taken_back(client: FlaskClient) -> None:
    """By a link that keeps the others."""
    page = page_of(client.get("/documents?genre=measures&q=津贴&look=elder"))

    chips = {
        chip.text.partition("，")[0]: parse_qs(urlsplit(chip["href"]).query)
        for chip in page.all("a", class_="chip")
    }
    assert chips == {
        "“津贴”": {"genre": ["measures"], "look": ["elder"]},
        "办法": {"q": ["津贴"], "look": ["elder"]},
    }
    assert page.one("input", type="hidden", name="look")["value"] == "elder"


def test_where_nothing_is_found_the_way_goes_on(client: FlaskClient) -> None:
    """To the whole list, to the first page, to the hotline."""
    page = page_of(client.get("/documents?q=红烧肉"))

    assert page.one("p", role="status").text == "找到 0 份"
    links = {link["href"] for link in page.all("a")}
    assert {"/documents", "/", "tel:12345"} <= links


HOSTILE = [
    "<script>alert(1)</script>",  # an element
    '"><img src=x onerror=alert(1)>',  # out of an attribute
    "{{ 7 * 7 }}",  # a template
    "津贴\0\ud800",  # no text
    "长" * 500,  # far too long
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text(client: FlaskClient, words: str) -> None:
    """In the field, the title and the chip; at most 60 characters, without control characters."""
    sent = words.encode("utf-8", "surrogatepass")

    for name in ("q", "region"):
        page = page_of(client.get("/documents", query_string={name: sent}))

        assert_plain(page)
    kept = page_of(client.get("/documents", query_string={"q": sent})).one("input", id="q")["value"]
    assert len(kept) <= 60
    assert "\0" not in kept


def many(count: int) -> list[Document]:
    """So many documents."""
    return [Document(f"d{number}", f"第{number}号通知", "一、甲。") for number in range(count)]


def test_a_long_list_has_pages(desk_over: DeskOver) -> None:
    """Every document stands on one of them; a number that makes no sense is the nearest page."""
    client = client_of(desk_over(many(65)))

    first, second, last = (page_of(client.get(f"/documents?page={number}")) for number in (1, 2, 3))

    assert [len(listed(page)) for page in (first, second, last)] == [30, 30, 5]
    assert len({*listed(first), *listed(second), *listed(last)}) == 65
    assert first.one("a", rel="next")["href"] == "/documents?page=2"
    assert second.one("a", rel="prev")["href"] == "/documents?page=1"
    assert not last.all("a", rel="next")
    for odd in ("0", "99", "-1", "x", "9" * 30):
        assert listed(page_of(client.get(f"/documents?page={odd}"))) in (listed(first), listed(last))


def test_a_list_that_was_searched_is_not_kept_by_the_browser(client: FlaskClient) -> None:
    """The next person must not find what was typed; the plain list may stay."""
    assert client.get(f"/documents?q={MARK}").headers["Cache-Control"] == "no-store"
    plain = client.get("/documents")
    assert client.get("/documents", headers={"If-None-Match": plain.headers["ETag"]}).status_code == 304


def test_what_is_typed_is_no_question(desk: Desk) -> None:
    """Nothing is answered, nothing is kept."""
    records = FakeRecords()

    client_of(replace(desk, store=records)).get("/documents?q=高龄津贴每月多少")

    assert records == FakeRecords()


def test_another_edition_makes_another_list(desk_over: DeskOver) -> None:
    """A document that is added is listed at once."""
    one, two = desk_over(HELD[:1]), desk_over(HELD[:2])
    answerers = [one.answerer(), two.answerer()]
    client = client_of(replace(one, answerer=lambda: answerers[0]))
    assert len(listed(page_of(client.get("/documents")))) == 1

    answerers.reverse()

    assert len(listed(page_of(client.get("/documents")))) == 2
