"""The page that asks and answers: plain HTML, polite whatever is typed, with nothing kept."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from bot.answering import wording
from bot.answering.answer import Answer, Option, Status
from bot.answering.answerer import Answerer
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.channels.desk import Desk
from tests.answering.test_two_part import RELIEF
from tests.channels.conftest import DeskOver, client_of, closed
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.wire import BONUS, COOKING, ask
from tests.fake_records import FakeRecords

NEWS = "/policy/厦门社工人才奖金"


def posted(client: FlaskClient, question: str, **fields: str) -> Page:
    """The page that a question from the form leads to."""
    return page_of(client.post("/ask", data={"q": question} | fields, follow_redirects=True))


def test_the_first_page_is_a_form_and_examples(client: FlaskClient) -> None:
    """A labelled field, a button, and questions that can be tapped instead of typed. No address holds one."""
    page = page_of(client.get("/"))

    assert_plain(page)
    form, field = page.one("form", id="ask"), page.one("textarea")
    assert (form["action"], form["method"]) == ("/ask", "post")
    assert (field["name"], field["maxlength"], field["autocomplete"]) == ("q", "300", "off")
    assert page.one("label")["for"] == field["id"]
    assert page.one("button", type="submit").text == "发送"
    assert not page.all("blockquote")
    examples = [button["value"] for button in page.all("button", form="next", name="q")]
    assert len(examples) >= 3
    for example in examples:
        assert posted(client, example).all("blockquote")
    assert not [link for link in page.all("a") if "?q=" in link["href"]]


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
    by_get = page_of(client.get("/ask", query_string={"q": f"  {BONUS}\n"}))
    by_post = posted(client, BONUS)

    shown = [page.one("div", class_="answer answered").text for page in (by_get, by_post)]
    assert shown[0] == shown[1]
    assert [asked.text for asked in by_get.all("h2", class_="asked")] == [f"您问：{BONUS}"]
    assert by_get.one("textarea", id="q").text.strip() == by_post.one("textarea", id="q").text.strip() == ""


def test_what_nothing_answers_offers_questions_that_are_answered(client: FlaskClient) -> None:
    """No quote, the hotline, and buttons that help."""
    page = page_of(client.get("/ask", query_string={"q": COOKING}))

    assert_plain(page)
    assert not page.all("blockquote")
    assert "12345" in page.all("p", class_="said")[0].text
    offered = page.all("button", form="next", name="q")
    assert len(offered) >= 3
    for button in offered:
        assert posted(client, button["value"]).all("blockquote")


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
    field, reason = page.one("textarea", id="q"), page.one("p", role="alert")
    assert field.text == f"\n{kept}"  # a browser drops the first line break
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
    assert "12345" in page.all("p", class_="said")[0].text
    assert page.one("textarea", id="q").text.strip() == BONUS
    assert not page.all("blockquote")


def test_answers_are_not_kept_by_browsers(client: FlaskClient) -> None:
    """At a kiosk, the next person must not find them."""
    responses = [client.get("/ask?q=奖金"), client.post("/ask", data={"q": "奖金"}), client.get("/ask")]

    assert [response.headers["Cache-Control"] for response in responses] == ["no-store"] * 3


def test_the_pages_work_with_an_empty_library(desk_over: DeskOver) -> None:
    """Before the first document is there: a form, an honest refusal, no document."""
    client = client_of(desk_over([]))

    first, answer = page_of(client.get("/")), posted(client, BONUS)

    assert_plain(first)
    assert_plain(answer)
    assert not answer.all("blockquote")
    assert "12345" in answer.all("p", class_="said")[0].text
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


def test_no_address_holds_a_question_or_a_conversation(client: FlaskClient) -> None:
    """The form leads to the address of an answer, which shows it again: Back and reload work."""
    response = client.post("/ask", data={"q": BONUS})
    address = response.headers["Location"]
    first, again = page_of(client.get(address)), page_of(client.get(address))

    assert response.status_code == 303
    assert response.headers["Cache-Control"] == "no-store"
    conversation = first.all("input", name="conversation_id")[0]["value"]
    assert len(conversation) == 32
    assert conversation not in address
    assert BONUS not in unquote(address)
    assert first.one("h2", class_="asked").text == f"您问：{BONUS}"
    assert [quoted.text for quoted in first.all("blockquote")] == [q.text for q in again.all("blockquote")]


def test_the_conversation_goes_on_from_the_page(desk: Desk) -> None:
    """Each form carries it in a hidden field; a foreign id begins another one."""
    records = FakeRecords()
    client = client_of(replace(desk, store=records))
    page = posted(client, BONUS)
    conversations = {field["value"] for field in page.all("input", name="conversation_id")}
    (conversation,) = conversations

    posted(client, COOKING, conversation_id=conversation)
    posted(client, COOKING, conversation_id="0" * 32)

    first, second, third = (asked.conversation for asked in records.asked)
    assert first == second != third


def test_another_worker_shows_the_page(desk: Desk) -> None:
    """The page is in the records, its conversation sealed."""
    records = FakeRecords()
    one, other = (client_of(replace(desk, store=records)) for _ in range(2))
    address = one.post("/ask", data={"q": BONUS}).headers["Location"]

    page = page_of(other.get(address))

    conversation = page.all("input", name="conversation_id")[0]["value"]
    assert page.all("blockquote")
    assert conversation not in repr(records)


def test_a_page_that_is_kept_no_more_leads_home(client: FlaskClient) -> None:
    """After half an hour, or if it never was."""
    page = page_of(client.get("/ask/0123456789abcdef"), 404)

    assert_plain(page)
    assert "30 分钟" in page.one("h1").text


def test_where_pages_cannot_be_kept_the_answer_is_shown_at_once(desk: Desk) -> None:
    """Records that are out of order keep nobody from an answer."""

    class Forgetful(FakeRecords):
        def save_page(self, key: str, page: str, since: datetime) -> bool:
            return False

    page = page_of(client_of(replace(desk, store=Forgetful())).post("/ask", data={"q": BONUS}))

    assert page.all("blockquote")


def test_a_judgement_is_kept_with_its_reason(desk: Desk) -> None:
    """The page says thanks; numbers of a person are masked."""
    records = FakeRecords()
    client = client_of(replace(desk, store=records))
    page = posted(client, BONUS)
    form = {field["name"]: field["value"] for field in page.all("input", name="answer_id")}

    judged = client.post(
        "/feedback", data=form | {"helpful": "0", "reason": "太旧，打13800138000"}, follow_redirects=True
    )

    (given,) = records.feedback
    assert (given.answer_id, given.helpful) == (records.asked[0].answer_id, False)
    assert given.reason is not None
    assert given.reason.text == "太旧，打手机号***"
    thanked = page_of(judged)
    assert_plain(thanked)
    assert "谢谢" in thanked.one("p", class_="thanks").text
    assert thanked.all("blockquote")
    assert not thanked.all("form", class_="judge")


def test_a_judgement_of_an_answer_that_is_kept_no_more_is_thanked_for(client: FlaskClient) -> None:
    """On the first page."""
    response = client.post("/feedback", data={"answer_id": "gone", "helpful": "1"}, follow_redirects=True)

    assert "谢谢" in page_of(response).one("p", class_="thanks").text


def shows(desk: Desk, **changed: Any) -> Page:
    """The page of an answer that is changed: to what other steps will give."""
    answerer = desk.answerer()
    answer = replace(answerer.answer(Question(BONUS)), conversation_id=None, **changed)

    class Prepared:
        basis = answerer.basis

        def answer(self, question: Question, asker: Asker, context: Context) -> Answer:
            return answer

    prepared = cast("Answerer", Prepared())
    return posted(client_of(replace(desk, answerer=lambda: prepared, store=FakeRecords())), BONUS)


OPTIONS = (Option("厦门的", BONUS), Option("宁夏的", "宁夏建多少个示范社区"))


def test_statuses_look_different_at_a_glance(desk: Desk) -> None:
    """By their label and their frame; what is related is never styled as the answer."""
    answered, related = shows(desk), shows(desk, status=Status.RELATED, message="没有收录。")
    clarify = shows(desk, status=Status.CLARIFY, message=wording.clarify(), options=OPTIONS)
    missing = shows(desk, status=Status.NOT_FOUND, passages=(), message=wording.not_found("12345"))

    labels = [page.one("p", class_="badge").text for page in (answered, related, clarify, missing)]
    assert labels == ["政策原文", "没有直接的答案", "请选一个", "没有找到"]
    for page, status in ((answered, "answered"), (related, "related"), (clarify, "clarify")):
        assert page.one("div", class_=f"answer {status}")
    assert related.one("h3").text == "相关规定"
    assert related.all("blockquote")
    for page in (answered, related, clarify, missing):
        assert_plain(page)


def test_options_are_buttons_that_ask(desk: Desk) -> None:
    """Where we ask back no passage is shown; below an answer they offer another reading."""
    clarify = shows(desk, status=Status.CLARIFY, message=wording.clarify(), options=OPTIONS)
    completed = shows(desk, options=OPTIONS[1:])

    buttons = [(button.text, button["value"]) for button in clarify.all("button", form="next", name="q")]
    assert buttons[:2] == [(option.label, option.question) for option in OPTIONS]
    assert not clarify.all("blockquote")
    assert not clarify.all("form", class_="judge")
    assert completed.all("button", form="next")[0].text == "宁夏的"
    assert wording.NOT_MEANT in completed.one("main").text
    assert completed.all("blockquote")


@pytest.mark.parametrize(
    ("said", "number"), [("不想活了", "12356"), ("着火了", "119"), ("转人工", "12345"), (COOKING, "12345")]
)
def test_telephone_numbers_can_be_tapped(client: FlaskClient, said: str, number: str) -> None:
    """In the first line of what we say."""
    page = posted(client, said)

    assert number in page.all("p", class_="said")[0].text
    assert f"tel:{number}" in [link["href"] for link in page.all("a", class_="call")]


def test_a_cry_for_help_that_is_too_long_is_heard(client: FlaskClient) -> None:
    """The reason beside the field is the number to call."""
    page = page_of(client.post("/ask", data={"q": "我已经写好遗书了。" + "很难。" * 200}), 422)

    assert "12356" in page.one("p", role="alert").text
