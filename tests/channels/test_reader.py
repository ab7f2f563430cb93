"""What a document's page offers beside its text: contents, tables, links that last, citations."""

import gzip
import json
import re
import time
from dataclasses import replace
from datetime import date
from typing import cast
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.policy.document import Document, Genre
from bot.policy.link import version_of
from tests.channels.conftest import DeskOver, client_of
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import Json

RULES = Document(
    document_id="津贴办法",
    title="青石市高龄津贴发放办法",
    text="青石市高龄津贴发放办法\n第一章 总则\n第一条 为了保障老年人。\n第二条 本办法由民政局解释。\n"
    "第二章 标准\n第一节 金额\n第三条 每月按下表发放：\n| 年龄 | 金额 |\n|---|---|\n"
    "| 80至89周岁 | 100 |\n| 依照第二条 | 800 |\n第二节 申请\n第四条 到街道申请。\n第三章 附则\n"
    "第五条 本办法自2025年4月1日起施行，有效期5年。《老津贴办法》同时废止。",
    issuers=("青石市民政局", "青石市财政局"),
    document_number="青民发〔2025〕12号",
    genre=Genre.MEASURES,
    jurisdiction="福建省青石市",
    signed_on=date(2025, 3, 1),
    published_on=date(2025, 3, 8),
)
OLD = Document(
    "老办法", "老津贴办法", "第一条 甲。\n第二条 乙。", genre=Genre.MEASURES, effective_on=date(2010, 1, 1)
)
SITE = "https://zhengce.example.cn"


@pytest.fixture(scope="module")
def desk(desk_over: DeskOver) -> Desk:
    """A desk over a document with chapters, sections and a table, and the one that it ends."""
    return desk_over([RULES, OLD])


@pytest.fixture(scope="module")
def client(desk: Desk) -> FlaskClient:
    """A client of it."""
    return client_of(desk)


def at(desk: Desk, site: str) -> FlaskClient:
    """A client of the same service where its address is set."""
    return client_of(replace(desk, settings=desk.settings.model_copy(update={"public_url": site})))


def version(desk: Desk, clause_id: str) -> str:
    """What a link to a clause carries beside its id."""
    return version_of(desk.answerer().basis.library.clauses_by_id[clause_id])


def numbered(count: int) -> Document:
    """A document of so many articles."""
    articles = (f"第{number}条 应当依照第{number + 1}条办理，{'甲' * 60}。" for number in range(1, count + 1))
    return Document("长", "长办法", "\n".join(articles))


# Contents


def test_contents_lead_to_every_heading_and_tell_its_articles(client: FlaskClient) -> None:
    """As a tree, in text order; each link leads to an element of the page."""
    page = page_of(client.get("/policy/津贴办法"))

    toc = page.one("nav", class_="toc")
    links = [link for link in page.all("a") if re.fullmatch("#h[0-9]+", link["href"])]
    assert [" ".join(link.text.split()) for link in links] == [
        "第一章 总则 第一条至第二条",
        "第二章 标准 第三条至第四条",
        "第一节 金额 第三条",
        "第二节 申请 第四条",
        "第三章 附则 第五条",
    ]
    assert all(link.text in toc.text for link in links)
    headings = {element["id"]: element for element in page.elements if element.tag in {"h2", "h3"}}
    for link in links:
        assert link.text.startswith(headings[link["href"][1:]].text)


def test_a_long_text_without_headings_lists_its_articles(desk_over: DeskOver) -> None:
    """A short one has no contents at all."""
    long, short = (page_of(client_of(desk_over([numbered(n)])).get("/policy/长")) for n in (9, 5))

    assert [link["href"] for link in long.all("a") if link["href"].startswith("#t")] == [
        f"#t{number}" for number in range(1, 10)
    ]
    assert not short.all("nav", class_="toc")


# Tables


def test_a_table_is_a_table(client: FlaskClient) -> None:
    """With its header row, and with the references in its cells; the marks that draw it are not shown."""
    page = page_of(client.get("/policy/津贴办法"))

    assert [cell.text for cell in page.all("th", scope="col")] == ["年龄", "金额"]
    assert [cell.text for cell in page.all("td")] == ["80至89周岁", "100", "依照第二条", "800"]
    assert "---" not in page.one("div", id="t3").text
    assert [link["href"] for link in page.all("a") if link.text == "第二条"] == [
        "/policy/%E6%B4%A5%E8%B4%B4%E5%8A%9E%E6%B3%95#t2"
    ]


def test_rows_that_are_clauses_stand_in_one_table(desk_over: DeskOver) -> None:
    """A long table is cut into rows; each is marked by its anchor, under the header row."""
    rows = "\n".join(
        f"| {street}街道 | {street}路1号，{'近菜场' * 12} |" for street in "甲乙丙丁戊己庚辛壬癸子丑"
    )
    client = client_of(desk_over([Document("表", "地点", f"一、地点\n| 街道 | 地址 |\n|---|---|\n{rows}")]))

    page = page_of(client.get("/policy/表"))

    assert len(page.all("table")) == 1
    assert [cell.text for cell in page.all("th")] == ["街道", "地址"]
    anchors = [row["id"] for row in page.all("tbody", class_="clause")]
    assert len(anchors) == 12
    assert all(anchor.endswith(f"r{number}") for number, anchor in enumerate(anchors, start=1))


# Links


def test_every_clause_has_a_permanent_link(desk: Desk, client: FlaskClient) -> None:
    """With the first digits of its digest; it leads to the clause on its page."""
    page = page_of(client.get("/policy/津贴办法"))

    links = [link["href"] for link in page.all("a") if link["href"].startswith("/c/")]
    clauses = desk.answerer().basis.library.by_id["津贴办法"].outline.clauses
    assert links == [f"/c/{clause.clause_id}?v={version_of(clause)}" for clause in clauses]
    for link, clause in zip(links, clauses, strict=True):
        response = client.get(link)
        assert response.status_code == 302
        assert response.headers["Location"].endswith(f"#{clause.anchor}")
        assert not page_of(client.get(response.headers["Location"])).all("p", class_="notice")


def followed(client: FlaskClient, link: str) -> tuple[str, str, Page]:
    """Where a link leads: path and query, fragment, and the page there."""
    response = client.get(link)
    assert response.status_code == 302
    assert response.headers["Cache-Control"] == "no-cache"
    address = urlsplit(response.headers["Location"])
    assert (address.scheme, address.netloc) == ("", "")
    return unquote(address.path), address.fragment, page_of(client.get(response.headers["Location"]))


LINKS = [
    ("津贴办法:t1?v={t2}", "t2", "换了位置"),  # its words stand at another anchor now
    ("津贴办法:t4?v=00000000", "t4", "文字已经改过"),  # its words have changed
    ("津贴办法:t3k2?v=00000000", "t3", "文字已经改过"),  # what was a part is one clause now
    ("津贴办法:t99?v=00000000", "", "已经不在这份文件里"),  # there is no such article
    ("津贴办法:x?v=00000000", "", "已经不在这份文件里"),  # an anchor that no clause can have
    ("津贴办法:t4", "t4", ""),  # no version: the words that stand there now
    ("津贴办法:t4?v={T4}", "t4", ""),  # upper case, as somebody typed it
]


@pytest.mark.parametrize(("link", "anchor", "told"), LINKS)
def test_a_link_tells_what_became_of_its_clause(
    desk: Desk, client: FlaskClient, link: str, anchor: str, told: str
) -> None:
    """Beside the clause, so that it is seen where the browser scrolls to."""
    versions = {"t2": version(desk, "津贴办法:t2"), "T4": version(desk, "津贴办法:t4").upper()}

    path, fragment, page = followed(client, "/c/" + link.format(**versions))

    assert (path, fragment) == ("/policy/津贴办法", anchor)
    notices = [notice.text for notice in page.all("p", class_="notice", role="status")]
    assert len(notices) == bool(told)
    assert told in "".join(notices)
    assert_plain(page)


@pytest.mark.parametrize(
    "link", ["/c/没有:t1?v=00000000", "/c/没有", "/cite/没有:t1", "/cite/津贴办法:t99?v=0"]
)
def test_a_link_to_nothing_says_so(client: FlaskClient, link: str) -> None:
    """A document that is not held any more is not found, politely."""
    assert "找不到了" in page_of(client.get(link), 404).one("h1").text


@pytest.mark.parametrize("query", ["moved=t9", "changed=%3Cscript%3E", "moved=", "changed=t1&moved=t1"])
def test_a_notice_is_only_about_what_is_held(client: FlaskClient, query: str) -> None:
    """Whatever an address says, there is at most one notice, and no word of the address in it."""
    page = page_of(client.get(f"/policy/津贴办法?{query}"))

    assert_plain(page)
    assert len(page.all("p", class_="notice")) == 1
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_a_clause_can_be_taken_along_without_a_script(desk: Desk) -> None:
    """Its words, its citation and its link stand in one field; the link is a whole address."""
    client = at(desk, SITE)

    page = page_of(client.get("/cite/津贴办法:t4?v=" + version(desk, "津贴办法:t4")))

    assert_plain_but_for_the_site(page)
    taken = page.one("textarea").text.strip().splitlines()
    assert taken[0] == "第四条 到街道申请。"
    assert taken[1].startswith(
        "——《青石市高龄津贴发放办法》第四条（青民发〔2025〕12号），青石市民政局、青石市财政局"
    )
    assert unquote(taken[2]) == f"{SITE}/c/津贴办法:t4?v={version(desk, '津贴办法:t4')}"
    assert taken[2].isascii()  # chats end a link at the first Chinese character
    assert page.one("blockquote").text == "第四条 到街道申请。"


def assert_plain_but_for_the_site(page: Page) -> None:
    """No address leads to another site than ours."""
    addresses = [urlsplit(element[name]) for element in page.elements for name in ("href", "src", "action")]
    assert {address.netloc for address in addresses} <= {"", urlsplit(SITE).netloc}


def test_every_clause_leads_to_its_citation(client: FlaskClient) -> None:
    """The link that a script turns into copying is a page without one."""
    page = page_of(client.get("/policy/津贴办法"))

    links = [link["href"] for link in page.all("a") if link.text == "复制带出处"]

    assert len(links) == 5
    for link in links:
        assert page_of(client.get(link)).one("textarea")


# Force


def test_replaced_and_replacing_documents_lead_to_each_other(client: FlaskClient) -> None:
    """With the force of each in words."""
    new, old = (page_of(client.get(f"/policy/{name}")) for name in ("津贴办法", "老办法"))

    assert "已取代《老津贴办法》" in new.one("dl").text
    assert "现在请看《青石市高龄津贴发放办法》" in old.one("dl").text
    assert "现行有效" in new.one("p", class_="marks").text
    assert "已经失效，2025年4月1日起由《青石市高龄津贴发放办法》取代" in old.one("p", class_="marks").text
    assert [unquote(link["href"]) for link in old.all("a") if link.text == f"《{RULES.title}》"] == [
        "/policy/津贴办法"
    ]


def test_an_article_that_alone_has_ended_says_so(desk_over: DeskOver) -> None:
    """Also in the citation that is taken along."""
    rules = Document("新", "新办法", "第一条 本办法自2020年1月1日起施行。《老津贴办法》第二条同时废止。")
    page = page_of(client_of(desk_over([rules, OLD])).get("/policy/老办法"))

    assert [ended.text for ended in page.all("p", class_="repealed")] == [
        "已经失效，2020年1月1日起由《新办法》取代"
    ]
    first, second = (link for link in page.all("a") if link.text == "复制带出处")
    assert first["data-source"] == ""
    assert second["data-source"].startswith("《老津贴办法》第二条")
    assert "已经失效" in second["data-source"]


# For search engines


def linked(page: Page) -> Json:
    """The linked data of a page."""
    return cast(Json, json.loads(page.one("script", type="application/ld+json").text))


def test_a_policy_is_legislation_for_search_engines(desk: Desk) -> None:
    """Source: https://schema.org/Legislation."""
    page = page_of(at(desk, SITE).get("/policy/津贴办法"))

    assert linked(page) == {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": RULES.title,
        "inLanguage": "zh-CN",
        "url": f"{SITE}/policy/%E6%B4%A5%E8%B4%B4%E5%8A%9E%E6%B3%95",
        "datePublished": "2025-03-08",
        "legislationIdentifier": "青民发〔2025〕12号",
        "legislationType": "办法",
        "legislationJurisdiction": "福建省青石市",
        "legislationPassedBy": [
            {"@type": "GovernmentOrganization", "name": "青石市民政局"},
            {"@type": "GovernmentOrganization", "name": "青石市财政局"},
        ],
        "legislationDate": "2025-03-01",
        "temporalCoverage": "2025-04-01/2030-03-31",
        "legislationLegalForce": "https://schema.org/InForce",
        "legislationRepeals": [
            {
                "@type": "Legislation",
                "name": "老津贴办法",
                "url": f"{SITE}/policy/%E8%80%81%E5%8A%9E%E6%B3%95",
            }
        ],
    }


def test_a_news_report_is_no_legislation(desk_over: DeskOver) -> None:
    """It is about one."""
    news = Document("报", "出台新政", "奖金8万元。", genre=Genre.NEWS, reports_on="奖金办法")

    found = linked(page_of(client_of(desk_over([news])).get("/policy/报")))

    assert found["@type"] == "NewsArticle"
    assert found["about"] == {"@type": "Legislation", "name": "奖金办法"}
    assert "legislationLegalForce" not in found


def test_only_a_site_that_knows_its_address_names_it(desk: Desk, client: FlaskClient) -> None:
    """A canonical link comes from PUBLIC_URL, never from what a request says."""
    without = page_of(client.get("/policy/津贴办法", headers={"Host": "example.org"}))
    with_address = page_of(at(desk, SITE).get("/policy/津贴办法?look=elder"))

    assert not without.all("link", rel="canonical")
    assert "example.org" not in json.dumps(linked(without))
    assert unquote(with_address.one("link", rel="canonical")["href"]) == f"{SITE}/policy/津贴办法"


def test_a_page_tells_what_it_is(client: FlaskClient) -> None:
    """In its title and in a sentence for a list of results."""
    page = page_of(client.get("/policy/津贴办法"))

    assert page.one("title").text == "青石市高龄津贴发放办法 · 政策问答"
    assert page.one("meta", name="description")["content"] == (
        "《青石市高龄津贴发放办法》全文。办法；青民发〔2025〕12号；青石市民政局、青石市财政局；现行有效。"
    )


def test_robots_are_shown_the_way(desk: Desk) -> None:
    """To the first page, the list and each document; not to what people asked."""
    client = at(desk, SITE)

    robots = client.get("/robots.txt")
    sitemap = client.get("/sitemap.xml")

    assert robots.content_type == "text/plain; charset=utf-8"
    lines = robots.text.splitlines()
    assert "Disallow: /ask" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    assert sitemap.content_type == "application/xml; charset=utf-8"
    assert [unquote(address) for address in re.findall("<loc>(.*?)</loc>", sitemap.text)] == [
        f"{SITE}/",
        f"{SITE}/documents",
        f"{SITE}/policy/津贴办法",
        f"{SITE}/policy/老办法",
    ]


def test_a_site_that_does_not_know_its_address_has_no_sitemap(client: FlaskClient) -> None:
    """What a request says of the host makes no address."""
    elsewhere = {"Host": "example.org"}

    assert client.get("/sitemap.xml", headers=elsewhere).status_code == 404
    assert "Sitemap" not in client.get("/robots.txt", headers=elsewhere).text
    cited = page_of(client.get("/cite/津贴办法:t4", headers=elsewhere))
    assert cited.one("textarea").text.splitlines()[-1].startswith("/c/")
    assert "example.org" not in str([element.attributes for element in cited.elements])


# Speed


def test_a_browser_that_has_the_page_is_told_so(client: FlaskClient) -> None:
    """By an ETag of what the page holds: another day, edition or look gives another."""
    first = client.get("/policy/津贴办法")

    again = client.get("/policy/津贴办法", headers={"If-None-Match": first.headers["ETag"]})
    other = client.get("/policy/津贴办法?look=dark", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert other.status_code == 200


def test_a_long_page_is_sent_compressed(desk_over: DeskOver) -> None:
    """To a browser that takes it; for others as it is. What has not changed is not sent again."""
    client = client_of(desk_over([numbered(100)]))

    plain, packed = (
        client.get("/policy/长", headers={"Accept-Encoding": accepted}) for accepted in ("identity", "gzip")
    )

    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in plain.headers
    again = client.get(
        "/policy/长", headers={"If-None-Match": packed.headers["ETag"], "Accept-Encoding": "gzip"}
    )
    assert (again.status_code, again.data) == (304, b"")


def test_a_document_of_500_clauses_is_shown_at_once(desk_over: DeskOver) -> None:
    """Well below a tenth of a second of the processor, when it has been shown before."""
    client = client_of(desk_over([numbered(500)]))
    assert page_of(client.get("/policy/长")).all("div", id="t500")

    def seconds() -> float:
        started = time.process_time()
        client.get("/policy/长")
        return time.process_time() - started

    assert min(seconds() for _ in range(5)) < 0.1


def test_the_look_is_kept_on_the_way(client: FlaskClient) -> None:
    """By links to other documents, to citations, and by permanent links."""
    page = page_of(client.get("/policy/津贴办法?look=elder-dark"))

    for link in page.all("a"):
        if link["href"].startswith(("/policy/", "/cite/")):
            assert parse_qs(urlsplit(link["href"]).query)["look"]
    response = client.get("/c/津贴办法:t4?look=elder-dark")
    assert response.headers["Location"].endswith("?look=elder-dark#t4")
