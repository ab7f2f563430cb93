"""The page that asks and answers: plain HTML, polite whatever is typed, with nothing kept."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from tests.answering.test_two_part import RELIEF
from tests.channels.conftest import DeskOver, client_of, closed
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import BONUS, COOKING, ask

NEWS = "/policy/厦门社工人才奖金"


def test_the_first_page_is_a_form_and_examples(client: FlaskClient) -> None:
    """A labelled field, a button, and questions that can be clicked instead of typed."""
    page = page_of(client.get("/"))

    assert_plain(page)
    form, field = page.one("form"), page.one("input")
    assert (form["action"], form["method"]) == ("/ask", "post")
    assert (field["name"], field["maxlength"], field["autocomplete"]) == ("q", "300", "off")
    assert page.one("label")["for"] == field["id"]
    assert page.one("button")["type"] == "submit"
    assert not page.all("blockquote")
    examples = [link["href"] for link in page.all("a") if link["href"].startswith("/ask?q=")]
    assert len(examples) == 3
    for example in examples:
        assert page_of(client.get(example)).all("blockquote")


def test_an_answer_quotes_marks_and_cites(client: FlaskClient) -> None:
    """The whole clause, its answering sentences marked, and where it stands: in a news report."""
    answer = ask(client, BONUS)

    page = page_of(client.get("/ask", query_string={"q": BONUS}))

    assert_plain(page)
    passages = answer["passages"]
    assert [quoted.text for quoted in page.all("blockquote")] == [p["text"] for p in passages]
    assert [mark.text for mark in page.all("mark")] == [
        passage["text"][start:end] for passage in passages for start, end in passage["highlights"]
    ]
    assert any("8万元" in mark.text for mark in page.all("mark"))
    assert answer["message"] in page.one("main").text
    for source, passage in zip(page.all("p", class_="source"), passages, strict=True):
        citation = passage["citation"]
        assert source.text.startswith(f"据报道：《{citation['title']}》{citation['label']}")
        assert "效力未注明，请以原文为准" in source.text
    assert [link["href"] for link in page.all("a") if link.text == "打开原文"] == [
        passage["citation"]["url"] for passage in passages
    ]


def test_the_sentence_that_answers_stands_above_its_clause(client: FlaskClient) -> None:
    """Large, and word for word; the whole clause is one tap behind, named by its label."""
    question = "我刚当上社工师，一次性能拿多少补贴"
    first = next(passage for passage in ask(client, question)["passages"] if passage["sentence"])

    page = page_of(client.get("/ask", query_string={"q": question}))

    start, end = first["sentence"]
    assert page.all("p", class_="sentence")[0].text == first["text"][start:end]
    opened = page.all("details")[0].text
    assert opened.startswith(f"看{first['citation']['label']}全文")
    assert first["text"] in opened


def test_two_questions_are_told_apart(desk_over: DeskOver) -> None:
    """Each stands above the clauses that answer it, in the asker's words."""
    client = client_of(desk_over([RELIEF]))

    page = page_of(client.get("/ask", query_string={"q": "骗取临时救助金怎么罚，临时救助谁来作出决定"}))

    assert [heading.text for heading in page.all("h3")][:2] == [
        "您问的：骗取临时救助金怎么罚",
        "您问的：临时救助谁来作出决定",
    ]


def test_the_form_and_a_link_lead_to_the_same_page(client: FlaskClient) -> None:
    """GET is for links and examples, POST keeps the question out of the address."""
    by_get = client.get("/ask", query_string={"q": f"  {BONUS}\n"}).text

    assert by_get == client.post("/ask", data={"q": BONUS}).text
    assert Page(by_get).one("input")["value"] == BONUS


def test_what_nothing_answers_offers_questions_that_are_answered(client: FlaskClient) -> None:
    """No quote, the hotline, and links that help."""
    page = page_of(client.get("/ask", query_string={"q": COOKING}))

    assert_plain(page)
    assert not page.all("blockquote")
    assert "12345" in page.one("h2", id="said").text
    offered = [link["href"] for link in page.all("a") if link["href"].startswith("/ask?q=")]
    assert offered
    for link in offered:
        assert page_of(client.get(link)).all("blockquote")


UNUSABLE = [
    ("", ""),  # nothing
    (" \n　", " \n　"),  # blanks
    ("长" * 301, "长" * 301),  # a letter too many
    ("<b>" * 1000, "<b>" * 200),  # far too many: no more than 600 come back
    ("奖金\0", "奖金\0"),  # NUL
]


@pytest.mark.parametrize(("typed", "kept"), UNUSABLE)
def test_a_question_that_cannot_be_asked_is_refused_beside_the_field(
    client: FlaskClient, typed: str, kept: str
) -> None:
    """What was typed is still there to mend, and the reason is told where a screen reader finds it."""
    page = page_of(client.post("/ask", data={"q": typed}), 422)

    assert_plain(page)
    field, reason = page.one("input"), page.one("p", role="alert")
    assert field["value"] == kept
    assert field["aria-invalid"] == "true"
    assert reason["id"] in field["aria-describedby"].split()
    assert reason.text
    assert not page.all("blockquote")


ERRORS = [
    ("GET", "/nothing", None, 404),  # an unknown page
    ("GET", "/policy/", None, 404),  # no document
    ("GET", "/policy/没有", None, 404),  # a document that is not held
    ("GET", "/policy/%FF%00", None, 404),  # an id that is no text
    ("GET", "/policy/..%2F..%2Fwebhook", None, 404),  # a path
    ("GET", "/static/", None, 404),  # a folder
    ("GET", "/ask/", None, 404),  # a slash too many
    ("DELETE", "/ask", None, 405),  # a method no page takes
    ("POST", NEWS, None, 405),  # documents are read only
    ("POST", "/ask", {"q": "长" * 30_000}, 413),  # a form over 64 KiB
]


@pytest.mark.parametrize(("method", "path", "form", "status"), ERRORS)
def test_an_error_is_a_page_with_the_same_status(
    client: FlaskClient, method: str, path: str, form: dict[str, str] | None, status: int
) -> None:
    """A sentence in Chinese, the hotline, and the way back to the first page."""
    response = client.open(path, method=method, data=form)

    page = page_of(response, status)
    assert_plain(page)
    assert page.one("h1").text.endswith("。")
    assert page.all("a", class_="open")[0]["href"] == "/"
    assert "12345" in page.one("footer").text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("name", "status"), [("failed", 500), ("maintenance", 503)])
def test_a_service_that_cannot_answer_says_so_on_the_page(
    desk: Desk, broken_client: FlaskClient, name: str, status: int
) -> None:
    """The page of the question, with the sentence, the question kept, and the status of the contract."""
    client = {"failed": broken_client, "maintenance": client_of(closed(desk))}[name]

    page = page_of(client.post("/ask", data={"q": BONUS}), status)

    assert_plain(page)
    assert "12345" in page.one("h2", id="said").text
    assert page.one("input")["value"] == BONUS
    assert not page.all("blockquote")


def test_answers_are_not_kept_by_browsers(client: FlaskClient) -> None:
    """At a kiosk, the next person must not find them."""
    responses = [client.get("/ask?q=奖金"), client.post("/ask", data={"q": "奖金"}), client.get("/ask")]

    assert [response.headers["Cache-Control"] for response in responses] == ["no-store"] * 3


def test_the_pages_work_with_an_empty_library(desk_over: DeskOver) -> None:
    """Before the first document is there: a form, an honest refusal, no document."""
    client = client_of(desk_over([]))

    first, answer = page_of(client.get("/")), page_of(client.post("/ask", data={"q": BONUS}))

    assert_plain(first)
    assert_plain(answer)
    assert not first.all("ul") + answer.all("ul")
    assert "12345" in answer.one("h2", id="said").text
    page_of(client.get(NEWS), 404)


def test_every_page_leads_home_and_to_the_hotline(client: FlaskClient) -> None:
    """A skip link first, the first page above, the telephone below."""
    for path in ("/", "/ask?q=奖金", NEWS, "/nothing"):
        page = Page(client.get(path).text)
        links = page.all("a")
        assert (links[0]["href"], page.one("main")["id"]) == ("#main", "main")
        assert links[1]["href"] == "/"
        assert links[-1]["href"] == "tel:12345"


def test_style_and_icon_are_there(client: FlaskClient) -> None:
    """What a page loads exists, is of the right type, and loads nothing itself."""
    page = page_of(client.get("/"))

    for link, content_type in zip(page.all("link"), ("text/css", "image/svg+xml"), strict=True):
        with client.get(unquote(link["href"])) as response:
            assert (response.status_code, response.mimetype) == (200, content_type)
            assert b"url(" not in response.data
            assert b"@import" not in response.data
