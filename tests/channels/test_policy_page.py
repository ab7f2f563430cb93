"""The page behind every quote: the whole document, each clause an element that a link can point at."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from benchmarks.questions import POLICIES, read_policies
from bot.channels.service import Service
from bot.policy.document import Document, Genre
from bot.settings import Settings
from tests.channels.conftest import DeskOver, client_of, desk_over_answerer
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import BONUS, LINK, ask, assert_shape, get

STRUCTURED = Document(
    document_id="某市办法",
    title="某市办法",
    text="某市办法\n第一章 总则\n第一条 为了规范。\n第二条 有下列情形的，发放津贴：\n（一）年满八十岁；\n"
    "（二）有残疾证。\n第二条之一 其他情形。\n附件1\n一、材料\n1.身份证。\n2.户口簿。",
    document_number="某政发〔2024〕5号",
    genre=Genre.MEASURES,
    reports_on=None,
    published_on=date(2024, 5, 20),
    effective_on=date(2024, 7, 1),
    expires_on=date(2025, 6, 30),
    source_url="https://zhengce.example.cn/5.html",
)
"""A document with a masthead, a chapter, articles, items and an annex, no longer in force."""


def blankless(text: str) -> str:
    """A text without its blanks, and without the marks that draw a table."""
    text = re.sub(r"^[|\s:：]*-[|\s:：-]*$", "", text, flags=re.MULTILINE)
    return re.sub(r"[\s|]", "", text)


def shown_of(page: Page) -> str:
    """The text that a page shows, without what can be tapped beside its clauses."""
    shown = page.one("div", class_="text").text
    for tools in page.all("details", class_="cite"):
        shown = shown.replace(tools.text, "", 1)
    return blankless(shown)


def test_every_link_of_an_answer_opens_the_clause_it_quotes(client: FlaskClient) -> None:
    """The anchor is an element's id, and that element holds the quoted words."""
    page = page_of(client.get("/ask", query_string={"q": BONUS}))

    quoted = [quote.text for quote in page.all("blockquote")]
    links = [link["href"] for link in page.all("a") if link.text == "打开原文"]
    for link, quote in zip(links, quoted, strict=True):
        anchor = urlsplit(link).fragment
        clause = page_of(client.get(link)).one("div", id=anchor)
        assert clause.text.strip() == quote


@pytest.mark.parametrize("document_id", ["厦门社工人才奖金", "宁夏五社联动", "江苏社区服务规划"])
def test_a_shipped_document_is_shown_whole(client: FlaskClient, document_id: str) -> None:
    """Every clause is an element with its anchor for an id, in text order; no word is lost or added."""
    held = json.loads(client.get(f"/api/v1/documents/{document_id}").data)

    page = page_of(client.get(f"/policy/{document_id}"))

    assert_plain(page)
    assert page.one("h1").text == held["title"]
    assert "新闻报道，不是文件本身" in page.one("p", class_="note").text
    anchors = [clause["clause_id"].rpartition(":")[2] for clause in held["clauses"]]
    assert [clause["id"] for clause in page.all("div", class_="clause")] == anchors
    for clause, shown in zip(held["clauses"], page.all("div", class_="clause"), strict=True):
        assert blankless(shown.text) == blankless(held["text"][clause["start"] : clause["end"]])
    assert shown_of(page) == blankless(held["text"])


def test_headings_and_masthead_are_shown_between_the_clauses(desk_over: DeskOver) -> None:
    """A structured text with its metadata and the force it has today. Its title is the page's own."""
    desk = desk_over([STRUCTURED])

    page = page_of(client_of(desk).get("/policy/某市办法"))

    assert_plain(page)
    assert blankless(page.one("h1").text) + shown_of(page) == blankless(STRUCTURED.text)
    assert [clause["id"] for clause in page.all("div", class_="clause")] == [
        clause.anchor for clause in desk.answerer().basis.library.by_id["某市办法"].outline.clauses
    ]
    ids = [element["id"] for element in page.elements if element["id"]]
    assert len(ids) == len(set(ids))
    known = page.one("header", class_="front").text
    for value in (
        "某政发〔2024〕5号",
        "2024年5月20日",
        "2024年7月1日",
        "2025年6月30日",
        "已经失效",
        "不能再照它办",
    ):
        assert value in known
    link = page.one("a", href="https://zhengce.example.cn/5.html")
    assert link["rel"] == "noopener noreferrer"


@pytest.mark.skipif(not POLICIES.exists(), reason=f"{POLICIES} is not there")
def test_no_word_of_a_real_document_is_lost(settings: Settings, service: Service) -> None:
    """Laws, notices and plans, with printed contents, tables and annexes. No heading level is left out."""
    library = read_policies(POLICIES)
    answerer = replace(service.answerer, basis=replace(service.basis, library=library))
    client = client_of(desk_over_answerer(settings, service, answerer))

    for document_id, holding in library.by_id.items():
        page = page_of(client.get(f"/policy/{document_id}"))

        text, title = blankless(holding.document.text), blankless(holding.document.title)
        assert shown_of(page) == (text.removeprefix(title) if text.startswith(title) else text)
        levels = [int(element.tag[1]) for element in page.elements if re.fullmatch("h[1-6]", element.tag)]
        assert all(deeper <= level + 1 for level, deeper in pairwise(levels)), document_id


def test_the_context_of_a_clause_is_shown_above_it(desk_over: DeskOver) -> None:
    """A clause that needs its chapter to be understood brings it along."""
    page = page_of(client_of(desk_over([STRUCTURED])).get("/ask?q=为了规范"))

    assert page.all("p", class_="context")[0].text == "第一章 总则"
    assert (
        page.all("p", class_="source")[0].text
        == "《某市办法》第一条（某政发〔2024〕5号）。已经失效，有效期到2025年6月30日"
    )


def test_what_a_clause_refers_to_is_a_link(desk_over: DeskOver) -> None:
    """On the document's page and below an answer; the words stay the text's own."""
    rules = Document("办法", "某办法", "第一条　甲。\n第二条　残疾津贴依照前条和《某市办法》第二条发放。")
    client = client_of(desk_over([STRUCTURED, rules]))

    page, answer = page_of(client.get("/policy/办法")), page_of(client.get("/ask?q=残疾津贴依照什么发放"))

    for shown in (page.one("div", id="t2"), answer.all("blockquote")[0]):
        assert shown.text.strip() == "第二条　残疾津贴依照前条和《某市办法》第二条发放。"
    for links in (page.all("a"), answer.all("a")):
        leads = {link.text: urlsplit(link["href"]) for link in links}
        assert leads["前条"].fragment == "t1"
        assert leads["《某市办法》第二条"].fragment == "t2"
        assert client.get(leads["《某市办法》第二条"].path).status_code == 200


def test_references_cross_the_wire_with_their_places(desk_over: DeskOver) -> None:
    """Of a clause and of a passage alike."""
    rules = Document("办法", "某办法", "第一条　甲。\n第二条　残疾津贴依照前条和《某市办法》第二条发放。")
    client = client_of(desk_over([STRUCTURED, rules]))

    clause = get(client, "/api/v1/clauses/办法:t2")

    assert [link["clause_id"] for link in clause["references"]] == ["办法:t1", "某市办法:t2"]
    for link in clause["references"]:
        assert_shape(link, LINK)
    first = clause["references"][0]
    assert clause["text"][first["start"] : first["end"]] == "前条"
    passages = ask(client, "残疾津贴依照什么发放")["passages"]
    assert passages[0]["references"] == clause["references"]
