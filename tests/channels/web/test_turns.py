"""A conversation on the page: its turns, its states, its judgements; plain HTML, before any script."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.channels.desk import Desk
from bot.channels.web.kept_page import MOST_TURNS
from tests.channels.conftest import client_of
from tests.channels.html_page import Page, assert_plain, page_of
from tests.channels.web.states import (
    ANSWERED,
    CLARIFY,
    COMPLETED,
    HOSTILE,
    HOSTILE_ANSWER,
    NOT_IN_FORCE,
    RULES,
    SEVERAL,
    STATES,
    URGENT,
)


@pytest.fixture(scope="module")
def client(written_desk: Desk) -> FlaskClient:
    """A client of the written answers."""
    return client_of(written_desk)


def following(client: FlaskClient, page: Page, question: str) -> Page:
    """The page after a question that is asked on a page."""
    fields = {name: page.all("input", name=name)[0]["value"] for name in ("conversation_id", "after")}
    return page_of(client.post("/ask", data={"q": question} | fields, follow_redirects=True))


def asked(page: Page) -> list[str]:
    """The questions that a page shows, oldest first."""
    return [question.text.removeprefix("您问：") for question in page.all("h2", class_="asked")]


def test_earlier_turns_stay_on_the_page(client: FlaskClient) -> None:
    """Oldest first; the browser is sent to the newest. No address holds a question or a conversation."""
    page = page_of(client.get("/"))
    questions = [ANSWERED.question, CLARIFY.question, SEVERAL.question]
    for question in questions:
        page = following(client, page, question)

    assert_plain(page)
    assert asked(page) == questions
    ids = [element["id"] for element in page.elements if element["id"]]
    assert len(ids) == len(set(ids))
    hidden = {field["value"] for field in page.all("input", name="conversation_id")}
    assert len(hidden) == 1
    for link in page.all("a"):
        assert not [word for word in (*questions, *hidden) if word in unquote(link["href"])]


def test_a_page_shows_so_many_turns(client: FlaskClient) -> None:
    """The last ones, as many as the conversation remembers."""
    page = page_of(client.get("/"))
    for _ in range(MOST_TURNS + 2):
        page = following(client, page, ANSWERED.question)

    assert len(asked(page)) == MOST_TURNS


def test_a_turn_of_another_conversation_stays_there(client: FlaskClient) -> None:
    """Whoever knows the id of an answer cannot put a turn of theirs below it, nor see it below theirs."""
    first = following(client, page_of(client.get("/")), ANSWERED.question)
    foreign = first.all("input", name="after")[0]["value"]

    response = client.post("/ask", data={"q": SEVERAL.question, "after": foreign}, follow_redirects=True)

    assert asked(page_of(response)) == [SEVERAL.question]


def test_the_script_gets_the_turn_alone(client: FlaskClient) -> None:
    """With what the next question carries; the same words that the page shows."""
    response = client.post("/ask", data={"q": ANSWERED.question, "part": "turn"})

    assert response.headers["Cache-Control"] == "no-store"
    turn = page_of(response)
    section = turn.one("section", class_="turn")
    whole = page_of(client.get(section["data-address"]))
    assert whole.one("section", id=section["id"]).text.split() == section.text.split()
    assert whole.all("input", name="after")[0]["value"] == section["data-answer"]
    assert whole.all("input", name="conversation_id")[0]["value"] == section["data-conversation"]


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_told_from_an_answer(client: FlaskClient, name: str) -> None:
    """By a class and a label of its own; whatever is policy has its source."""
    state = STATES[name]
    status = {"maintenance": 503, "failed": 500}.get(state.answer.status, 200)

    page = page_of(client.post("/ask", data={"q": state.question}, follow_redirects=True), status)

    assert_plain(page)
    (answer,) = [element for element in page.all("div") if element["class"].startswith("answer")]
    assert answer["class"] == f"answer {state.answer.status}"
    assert len(page.all("p", class_="source")) == len(state.answer.passages) * (
        state.answer.status != "clarify"
    )
    if state.answer.status not in ("out_of_scope",):
        assert page.one("p", class_="badge").text
    else:
        assert not page.all("p", class_="badge")


def test_the_answering_sentence_is_large_and_the_clause_one_tap_behind(client: FlaskClient) -> None:
    """The best passage first and large, the others smaller; what ended is stamped and never large."""
    several, ended = (
        page_of(client.post("/ask", data={"q": state.question}, follow_redirects=True))
        for state in (SEVERAL, NOT_IN_FORCE)
    )

    kinds = [article["class"].split()[1] for article in several.all("article")]
    assert kinds == ["main", "lesser", "lesser"]
    assert several.all("details", class_="whole")[0].text.strip().startswith("看第六条全文")
    assert [article["class"].split()[1] for article in ended.all("article")] == ["ended", "main"]
    assert ended.one("p", class_="stamp").text == "已经作废"
    assert "2021年7月1日起由《某某市尊老金发放办法》取代" in ended.all("span", class_="force")[0].text


def test_a_quote_can_be_taken_away_with_its_source(client: FlaskClient) -> None:
    """Words, source and address, in a box that one tap selects; no script is needed."""
    page = page_of(client.post("/ask", data={"q": ANSWERED.question}, follow_redirects=True))

    words, source, address = page.one("p", class_="take").text.strip().split("\n")
    assert words == "（二）年满九十周岁不满一百周岁的，每人每月三百元"
    assert source.startswith(
        f"—— 《{RULES.title}》第五条（某民发〔2024〕5号），某某市民政局、某某市财政局。现行有效"
    )
    assert address.startswith("/c/")
    opened = client.get(address)
    assert unquote(opened.headers["Location"]) == "/policy/某市高龄津贴办法#t5"


def test_what_was_understood_can_be_undone(client: FlaskClient) -> None:
    """A button beside the sentence that tells it."""
    page = page_of(client.post("/ask", data={"q": COMPLETED.question}, follow_redirects=True))

    said = page.all("p", class_="said")[0].text
    assert said.startswith("按“高龄津贴要带什么”查的")
    button = page.all("button", form="next", name="q")[0]
    assert (button.text, button["value"]) == ("按我的原话找", COMPLETED.question)


def test_numbers_to_call_can_be_tapped_first(client: FlaskClient) -> None:
    """Where somebody is in danger, they are what one sees."""
    page = page_of(client.post("/ask", data={"q": URGENT.question}, follow_redirects=True))

    calls = page.all("a", class_="call")
    assert [call.text for call in calls[:3]] == ["119", "120", "110"]


def test_hostile_words_stay_text_in_every_corner(client: FlaskClient) -> None:
    """Of the question, title, issuer and clause, in every place; alone and as a page."""
    for part in ({}, {"part": "turn"}):
        response: TestResponse = client.post(
            "/ask", data={"q": HOSTILE_ANSWER.question} | part, follow_redirects=True
        )
        page = page_of(response)
        assert not page.all("img")
        assert not page.all("b")
        assert not [script for script in page.all("script") if script.text]
        for words in (HOSTILE_ANSWER.question, HOSTILE.title, HOSTILE.issuers[0], HOSTILE.text):
            assert words in page.one("section", class_="turn").text


def judging(client: FlaskClient, page: Page, **fields: str) -> TestResponse:
    """The response to a judgement of the first answer on a page."""
    form = {name: page.all("input", name=name)[0]["value"] for name in ("answer_id", "at")}
    return client.post("/feedback", data=form | fields)


def test_a_judgement_of_an_earlier_answer_keeps_the_conversation(client: FlaskClient) -> None:
    """All turns are still there, and the answer that was judged is in sight; if it did not help: why?"""
    page = following(client, page_of(client.get("/")), ANSWERED.question)
    page = following(client, page, SEVERAL.question)

    response = judging(client, page, helpful="0")

    answer_id = page.all("input", name="answer_id")[0]["value"]
    assert response.headers["Location"].endswith(f"#j-{answer_id}")
    judged = page_of(client.get(response.headers["Location"]))
    assert asked(judged) == [ANSWERED.question, SEVERAL.question]
    assert "对不起" in judged.one("p", class_="thanks").text
    assert judged.one("input", name="reason")
    assert len(judged.all("form", class_="judge")) == 1

    reasoned = judging(client, judged, helpful="0", reason="<script>看不懂</script>")

    thanked = page_of(client.get(reasoned.headers["Location"]))
    assert "谢谢" in thanked.one("p", class_="thanks").text
    assert not thanked.all("input", name="reason")


def test_the_script_gets_the_thanks_alone(client: FlaskClient) -> None:
    """The place of the judgement, with the field for the reason."""
    page = following(client, page_of(client.get("/")), ANSWERED.question)

    told = page_of(judging(client, page, helpful="0", part="judged"))

    assert told.elements[0]["id"] == page.all("div", class_="judged")[0]["id"]
    assert told.one("input", name="reason")
    assert page_of(judging(client, page, helpful="1", part="judged")).one("p", class_="thanks")
