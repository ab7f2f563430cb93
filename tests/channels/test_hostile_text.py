"""Text that tries to be markup: whoever wrote it, a resident or a document, pages show it as it is."""

import pytest
from flask.testing import FlaskClient

from bot.policy.document import Document, Genre
from tests.channels.conftest import DeskOver, client_of
from tests.channels.html_page import assert_plain, page_of

HOSTILE = Document(
    document_id="津贴",
    title="<script>alert('标题')</script>津贴办法",
    text="第一章 <i onclick=alert(1)>总则</i>\n"
    "第一条 津贴每月100元。</blockquote><script src=//example.org/x.js></script>\n"
    '第二条 "><img src=x onerror=alert(1)>津贴&amp;补贴。',
    issuers=("<b>民政局</b>",),
    document_number="<u>1</u>号",
    genre=Genre.MEASURES,
    jurisdiction="<a href=//example.org>某市</a>",
    contact='"><script>alert(2)</script>',
    source="<img src=//example.org/pixel>",
)
"""A document whose every field tries to be markup."""

HOSTILE_QUESTIONS = [
    "<script>alert(1)</script>津贴",  # an element
    '"><img src=x onerror=alert(1)>津贴',  # out of the attribute of the field
    "' autofocus onfocus='alert(1) 津贴",  # the same with the other quote
    "</title></textarea><svg onload=alert(1)>津贴",  # out of the title
    "javascript:alert(1) 津贴",  # an address
    "{{ 7 * 7 }}{% for x in () %}津贴",  # a template
    "&lt;b&gt;津贴&amp;",  # markup that was escaped already
]


@pytest.mark.parametrize("question", HOSTILE_QUESTIONS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_hostile_question_stays_text(client: FlaskClient, question: str, method: str) -> None:
    """It comes back in the field, letter for letter, and makes nothing happen."""
    sent = {"q": question}

    if method == "GET":
        response = client.get("/ask", query_string=sent)
    else:
        response = client.post("/ask", data=sent, follow_redirects=True)

    page = page_of(response)
    assert_plain(page)
    assert page.one("h2", class_="asked").text == f"您问：{question}"
    assert question in page.one("title").text


def test_a_hostile_document_stays_text(desk_over: DeskOver) -> None:
    """Whatever stands in title, fields, headings and clauses, it is shown as it is written."""
    client = client_of(desk_over([HOSTILE]))

    first, answer, document = (
        page_of(client.get(path)) for path in ("/", "/ask?q=津贴每月多少", "/policy/津贴")
    )

    for page in (first, answer, document):
        assert_plain(page)
    assert HOSTILE.title in document.one("h1").text
    assert HOSTILE.text.split("\n")[1] in [quote.text for quote in answer.all("blockquote")]
    assert "第一章 <i onclick=alert(1)>总则</i>" in [p.text for p in answer.all("p", class_="context")]
    for line in HOSTILE.text.split("\n"):
        assert line in document.one("div", class_="text").text
    for field in (HOSTILE.issuers[0], HOSTILE.document_number, HOSTILE.jurisdiction, HOSTILE.contact):
        assert field
        assert field in document.one("header", class_="front").text
