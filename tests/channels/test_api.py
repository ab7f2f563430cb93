"""Answers over the JSON interface keep the contract: their shape, quotes that can be proved, every status."""

import hashlib
import json
import logging
import os
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from bot.channels.service import Service
from bot.policy.document import Document, Genre
from bot.settings import Settings
from tests.channels.conftest import DeskOver, client_of, desk_over_answerer
from tests.channels.wire import (
    ANSWER,
    BONUS,
    CITATION,
    COOKING,
    MARK,
    PASSAGE,
    SLICE,
    ask,
    assert_shape,
    get,
    post,
)
from tests.conftest import ROOT
from webhook import create_app

NUMBERED = Document(
    document_id="某市津贴办法",
    title="某市津贴办法",
    text="一、发放标准\n（一）八十岁以上每月100元。\n（二）九十岁以上每月200元。\n二、本办法由民政局解释。",
    issuers=("某市民政局", "某市财政局"),
    document_number="某民发〔2024〕5号",
    genre=Genre.MEASURES,
    jurisdiction="某省某市",
    published_on=date(2024, 5, 20),
    effective_on=date(2024, 7, 1),
    expires_on=date(2029, 6, 30),
)
"""A policy with everything that a news text lacks: a number, dates, and headings above its clauses."""


def test_an_answer_has_the_keys_of_the_contract(client: FlaskClient) -> None:
    """Key by key, with its type: programs rely on it."""
    answer = ask(client, BONUS)

    assert_shape(answer, ANSWER)
    assert (answer["status"], answer["question"], answer["understood_as"]) == ("answered", BONUS, BONUS)
    assert len(answer["passages"]) == 3
    for passage in answer["passages"]:
        assert_shape(passage, PASSAGE)
        assert_shape(passage["citation"], CITATION)
        assert 0 < passage["confidence"] <= 1
        assert all([type(place) for place in span] == [int, int] for span in passage["highlights"])
    assert (answer["options"], answer["suggestions"]) == ([], [])


def test_the_bonus_is_among_the_passages(client: FlaskClient) -> None:
    """The exchange the README opens with."""
    assert "8万元" in ask(client, BONUS)["passages"][0]["text"]


@pytest.mark.parametrize(
    "question", [BONUS, "到十四五末建成什么", "五社联动示范社区打造多少个", "社会工作服务"]
)
def test_every_passage_is_the_text_of_its_document_at_its_place(client: FlaskClient, question: str) -> None:
    """A client can prove each quote with nothing but the interface."""
    answer = ask(client, question, k=10)

    assert answer["status"] == "answered"
    for passage in answer["passages"]:
        citation, document_id = passage["citation"], passage["clause_id"].rpartition(":")[0]
        document = get(client, f"/api/v1/documents/{document_id}")
        assert document["text"][citation["start"] : citation["end"]] == passage["text"]
        digest = hashlib.sha256(document["text"].encode()).hexdigest()
        assert citation["digest"] == document["digest"] == digest
        places = [0, *(place for span in passage["highlights"] for place in span), len(passage["text"])]
        assert places == sorted(places)
        assert all(start < end for start, end in passage["highlights"])
    assert any(passage["highlights"] for passage in answer["passages"])


def test_the_context_of_a_passage_is_the_documents_text_too(desk_over: DeskOver) -> None:
    """A heading shown above a clause can be proved like the clause."""
    client = client_of(desk_over([NUMBERED]))

    passage = ask(client, "九十岁以上每月多少", k=1)["passages"][0]

    text = get(client, "/api/v1/documents/某市津贴办法")["text"]
    assert (passage["clause_id"], passage["citation"]["label"]) == ("某市津贴办法:b1.2", "一、（二）")
    assert [(piece["clause_id"], piece["role"], piece["text"]) for piece in passage["context"]] == [
        (None, "heading", "一、发放标准")
    ]
    for piece in passage["context"]:
        assert_shape(piece, SLICE)
        assert text[piece["start"] : piece["end"]] == piece["text"]


def test_a_news_text_is_cited_as_news(client: FlaskClient) -> None:
    """The title is its own, and the force of what it reports on is not."""
    citation = ask(client, BONUS)["passages"][0]["citation"]

    assert citation["title"] == "厦门市民政局出台新政 加大社会工作专业人才培养和支持力度"
    assert citation["reports_on"] == "厦门市全国专业社会工作领军人才和高级社会工作师奖金发放办法"
    assert (citation["genre"], citation["legal_force"]) == ("news", "unknown")
    assert citation["source"] == "据厦门市民政局"


def test_a_policy_is_cited_with_its_number_dates_and_force(desk_over: DeskOver) -> None:
    """Dates are ISO, the force is that of the service's own day, 2026-11-23."""
    citation = ask(client_of(desk_over([NUMBERED])), "津贴标准")["passages"][0]["citation"]

    assert citation["document_number"] == "某民发〔2024〕5号"
    assert citation["issuers"] == ["某市民政局", "某市财政局"]
    assert (citation["genre"], citation["legal_force"]) == ("measures", "in_force")
    assert (citation["published_on"], citation["effective_on"], citation["expires_on"]) == (
        "2024-05-20",
        "2024-07-01",
        "2029-06-30",
    )


def test_the_link_of_a_citation_starts_with_the_public_url(settings: Settings, service: Service) -> None:
    """An answer passed on in a chat leads back to the site."""
    basis = replace(service.basis, site="https://zhengce.example.cn")
    client = client_of(desk_over_answerer(settings, service, replace(service.answerer, basis=basis)))

    url = ask(client, BONUS)["passages"][0]["citation"]["url"]

    assert url == f"https://zhengce.example.cn/policy/{quote('厦门社工人才奖金')}#p2"


@pytest.mark.parametrize("question", [BONUS, COOKING])
def test_get_and_post_agree(client: FlaskClient, question: str) -> None:
    """Only the id and the time of an answer tell two of them apart."""
    by_get = ask(client, question)
    by_post = json.loads(post(client, {"question": question}).data)

    assert by_get["answer_id"] != by_post["answer_id"]
    own = {"answer_id": "", "conversation_id": "", "elapsed_ms": 0.0}
    assert by_get | own == by_post | own


def test_k_bounds_the_passages(client: FlaskClient) -> None:
    """Three unless said otherwise; fewer are the first of more; best first, where no place is named."""
    clauses = {k: [p["clause_id"] for p in ask(client, BONUS, k)["passages"]] for k in (1, 3, 10)}
    scores = [passage["score"] for passage in ask(client, "什么是五社联动机制", 10)["passages"]]

    assert [len(clauses[k]) for k in (1, 3)] == [1, 3]
    assert clauses[10][:3] == clauses[3]
    assert clauses[3][:1] == clauses[1]
    assert 3 < len(clauses[10]) <= 10
    assert scores == sorted(scores, reverse=True)
    assert len(get(client, "/api/v1/ask", q=BONUS)["passages"]) == 3
    assert len(json.loads(post(client, {"question": BONUS, "k": 1}).data)["passages"]) == 1


def test_what_nothing_answers_is_refused_politely(client: FlaskClient) -> None:
    """No passage, the hotline, and questions that do get an answer."""
    answer = ask(client, COOKING)

    assert_shape(answer, ANSWER)
    assert (answer["status"], answer["passages"], answer["options"]) == ("not_found", [], [])
    assert "12345" in answer["message"]
    assert answer["suggestions"]
    assert all(ask(client, again)["status"] == "answered" for again in answer["suggestions"])


ACCEPTED = {
    "a question of 300 characters beyond the BMP: two UTF-16 units each": "𠮷" * 300,
    "300 characters once the blanks around them are gone": f" \n　{'政' * 300}\t ",
    "a question of one character": "钱",
    "characters that mean something in HTML and JSON": "<b>\"奖金\\\"</b> & '津贴'",
    "no term at all": "？！…",
    "emoji of several code points": "奖金👨‍👩‍👧‍👦？",
}


@pytest.mark.parametrize("question", ACCEPTED.values(), ids=ACCEPTED)
def test_a_text_of_up_to_300_characters_is_a_question(client: FlaskClient, question: str) -> None:
    """It comes back without the blanks around it, whichever way it was asked."""
    assert ask(client, question)["question"] == question.strip()
    assert json.loads(post(client, {"question": question}).data)["question"] == question.strip()


CONTENT_TYPES = {
    "what curl -d sends": "application/x-www-form-urlencoded",
    "plain text": "text/plain",
    "a charset": "application/json; charset=gbk",
    "none": None,
}


@pytest.mark.parametrize("content_type", CONTENT_TYPES.values(), ids=CONTENT_TYPES)
def test_a_body_is_read_as_json_whatever_its_content_type(
    client: FlaskClient, content_type: str | None
) -> None:
    """RFC 8259: JSON is UTF-8."""
    response = client.post("/api/v1/ask", data=json.dumps({"question": BONUS}), content_type=content_type)

    assert json.loads(response.data)["question"] == BONUS


@pytest.mark.parametrize(("question", "name"), [(BONUS, "厦门奖金"), (COOKING, "红烧肉")])
def test_answers_are_the_golden_ones(client: FlaskClient, question: str, name: str) -> None:
    """A change of a whole answer is seen in review; UPDATE_GOLDEN=1 writes the files anew."""
    golden = ROOT / "tests" / "golden" / f"answer-{name}.json"
    answer = ask(client, question) | {"answer_id": "…", "conversation_id": "…", "elapsed_ms": 0.0}
    for passage in answer["passages"]:
        passage |= {number: round(passage[number], 6) for number in ("score", "confidence")}

    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert json.loads(golden.read_text("utf-8")) == answer


def test_maintenance_is_a_503_with_a_sentence(settings: Settings) -> None:
    """Whatever is asked, in the shape of every answer; what is held stays open. So the settings say."""
    chosen = {"maintenance": True, "hotline": "0592-12345", "public_url": "https://zhengce.example.cn"}
    client = create_app(settings.model_copy(update=chosen)).test_client()

    for response in (client.get(f"/api/v1/ask?q={BONUS}"), post(client, {"question": BONUS})):
        answer = json.loads(response.data)
        assert (response.status_code, response.content_type) == (503, "application/json")
        assert_shape(answer, ANSWER)
        assert (answer["status"], answer["passages"], answer["question"]) == ("maintenance", [], BONUS)
        assert "0592-12345" in answer["message"]
    clause = get(client, "/api/v1/clauses/厦门社工人才奖金:p2")
    assert clause["citation"]["url"].startswith("https://zhengce.example.cn/policy/")


def test_a_breakdown_is_a_500_with_a_sentence(
    broken_client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    """In the shape of every answer; the log tells type and place, never the question or the error's words."""
    caplog.set_level(logging.DEBUG)

    for response in (broken_client.get(f"/api/v1/ask?q={MARK}"), post(broken_client, {"question": MARK})):
        answer = json.loads(response.data)
        assert (response.status_code, response.content_type) == (500, "application/json")
        assert_shape(answer, ANSWER)
        assert (answer["status"], answer["passages"], answer["suggestions"]) == ("failed", [], [])
        assert "12345" in answer["message"]
        assert "RuntimeError" not in answer["message"]
    assert "error=RuntimeError@query" in caplog.text
    assert MARK not in caplog.text
    assert "cannot search" not in caplog.text


def test_who_says_how_many_passages_gets_no_more(client: FlaskClient) -> None:
    """What is only related may be five where nobody says how many; 1 means one."""
    asked = "厦门高级社工师奖金打到哪个银行"
    free, bound = ask(client, asked), ask(client, asked, k=1)

    assert free["status"] == bound["status"] == "related"
    assert len(bound["passages"]) == 1 < len(free["passages"])
