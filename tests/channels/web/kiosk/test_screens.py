"""The kiosk without its script: every task is a form or a link, and nothing stays behind."""

import gzip
import json
from dataclasses import replace
from typing import cast

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.channels.web.kiosk.screen import SIZES
from tests.channels.conftest import client_of
from tests.channels.html_page import Page, page_of
from tests.channels.web.kiosk.conftest import FOLLOW_UPS, HERE, SITE
from tests.channels.web.states import (
    ANSWERED,
    CLARIFY,
    MAINTENANCE,
    NOT_FOUND,
    RELATED,
    STATES,
    URGENT,
    State,
)
from tests.fake_records import FakeRecords

UNKNOWN = "没有登记这个站点，请对照 knowledge/sites.yaml。"


def ask(client: FlaskClient, question: str, **more: str) -> Page:
    """The screen of the answer to a question."""
    response = client.post(f"/kiosk/ask{HERE}", data={"q": question, **more}, follow_redirects=True)
    return page_of(response, response.status_code)


def buttons(page: Page) -> list[str]:
    """The questions that a screen offers to tap."""
    return [button["value"] for button in page.all("button", name="q")]


def assert_kiosk(page: Page) -> None:
    """A screen leads nowhere but to the kiosk, and loads nothing from elsewhere."""
    for element in page.elements:
        assert element.tag not in {"style", "iframe", "object", "embed", "img", "base"}
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert element.tag != "script" or (element["src"].startswith("/static/") and not element.text)
        for address in (element["href"] if element.tag == "a" else "", element["action"]):
            assert not address or address.startswith("/kiosk")


@pytest.mark.parametrize("path", ["/kiosk", "/kiosk/home", f"/kiosk{HERE}", f"/kiosk/home{HERE}&size=42"])
def test_a_screen_is_complete_and_leads_nowhere_else(client: FlaskClient, path: str) -> None:
    """With a site and without; no browser keeps it."""
    response = client.get(path)

    page = page_of(response)
    assert_kiosk(page)
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    assert page.one("html")["lang"] == "zh-CN"


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_every_kind_of_answer_is_shown_whole(client: FlaskClient, state: State) -> None:
    """The question, what is said, each clause word for word; nobody's words become markup."""
    question, answer = state.question, state.answer
    page = ask(client, question)

    assert_kiosk(page)
    text = page.one("body").text
    assert page.all("h1")[0].text == f"您问：{question}"
    for line in answer.message.splitlines():
        assert line in text
    for passage in answer.passages:
        assert passage.clause.text in text
        assert passage.citation.title in text
    assert page.all("b") == []


def test_the_site_gives_name_number_and_hours(client: FlaskClient) -> None:
    """On every screen, in place of the usual hotline."""
    for path in (f"/kiosk{HERE}", f"/kiosk/home{HERE}"):
        text = page_of(client.get(path)).one("body").text
        assert SITE.name in text
        assert "0592-6051234" in text
        assert "周一至周五 9:00-17:00" in text
        assert "12345" not in text


def test_a_site_that_is_not_registered_is_told_of(client: FlaskClient) -> None:
    """Staff who mistype its key see why."""
    for path in ("/kiosk?site=nowhere", "/kiosk/home?site=nowhere"):
        assert UNKNOWN in page_of(client.get(path), 404).one("main", id="main").text


def test_a_site_whose_place_nobody_knows_still_answers(client: FlaskClient) -> None:
    """With its own number; the place counts for nothing."""
    response = client.post("/kiosk/ask?site=atlantis", data={"q": ANSWERED.question}, follow_redirects=True)

    assert "0000-7654321" in page_of(response).one("footer").text


def test_a_hostile_site_is_only_text(client: FlaskClient) -> None:
    """Its name, number and hours."""
    for path in ("/kiosk?site=hostile", "/kiosk/home?site=hostile"):
        page = page_of(client.get(path))
        assert '<script>alert("站")</script>' in page.one("body").text
        assert_kiosk(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_size_goes_along_with_every_address(client: FlaskClient, size: int) -> None:
    """Of the home screen and of an answer; the way out leads to the usual size."""
    posted = client.post(f"/kiosk/ask{HERE}&size={size}", data={"q": ANSWERED.question})
    for path in (f"/kiosk/home{HERE}&size={size}", posted.headers["Location"]):
        page = page_of(client.get(path))
        assert f"size-{size}" in page.one("html")["class"]
        (chosen,) = page.all("a", aria_current="true")
        assert chosen["data-size"] == str(size)
        others = {link["data-size"]: link["href"] for link in page.all("a") if link["data-size"]}
        assert [f"size={other}" in others[str(other)] for other in SIZES] == [True] * len(SIZES)
        assert all(size == 30 or f"size={size}" in form["action"] for form in page.all("form"))
        assert "size=" not in page.one("body")["data-attract"]


def test_a_kiosk_can_begin_with_large_letters(client: FlaskClient) -> None:
    """Everybody does, whatever the one before chose."""
    page = page_of(client.get(f"/kiosk/home{HERE}&start=36&size=24"))

    assert "size-24" in page.one("html")["class"]
    assert "size-36" in page_of(client.get(page.one("body")["data-attract"])).one("html")["class"]


def test_no_address_holds_a_question(client: FlaskClient) -> None:
    """It is posted; the answer's address is a number that says nothing, and without a script it dies soon."""
    posted = client.post(f"/kiosk/ask{HERE}", data={"q": ANSWERED.question})

    assert posted.status_code == 303
    assert posted.headers["Location"].startswith("/kiosk/answer/")
    assert client.get(f"/kiosk/ask?q={ANSWERED.question}").status_code == 405
    (refresh,) = page_of(client.get(posted.headers["Location"])).all("meta", **{"http-equiv": "refresh"})
    assert refresh["content"].startswith("120; url=/kiosk/leave?")


def test_whoever_leaves_is_forgotten(client: FlaskClient) -> None:
    """The address of the answer shows nothing any more, and says so; the way leads to the first screen."""
    answer = client.post(f"/kiosk/ask{HERE}", data={"q": ANSWERED.question}).headers["Location"]
    page = page_of(client.get(answer))
    form = next(form for form in page.all("form") if "leave" in form["action"])

    left = client.post(form["action"], data={"answer_id": page.one("input", name="answer_id")["value"]})

    assert (left.status_code, left.headers["Location"]) == (303, f"/kiosk{HERE}")
    gone = page_of(client.get(answer), 404)
    assert ANSWERED.question not in gone.one("body").text
    assert "上一位的问答已经清空了" in gone.one("main", id="main").text


def test_the_next_question_forgets_the_answer_before(client: FlaskClient) -> None:
    """Only the newest answer can be shown again; the conversation goes on."""
    first = client.post(f"/kiosk/ask{HERE}", data={"q": ANSWERED.question}).headers["Location"]
    fields = {field["name"]: field["value"] for field in page_of(client.get(first)).all("input")}
    second = client.post(f"/kiosk/ask{HERE}", data={"q": FOLLOW_UPS[0], **fields}).headers["Location"]

    page_of(client.get(first), 404)
    after = {field["name"]: field["value"] for field in page_of(client.get(second)).all("input")}
    assert after["conversation_id"] == fields["conversation_id"]


def test_with_the_script_nothing_is_kept_to_be_shown_again(client: FlaskClient, kiosk_desk: Desk) -> None:
    """The answer is in the response itself."""
    records = cast("FakeRecords", kiosk_desk.store)
    kept = dict(records.pages)

    response = client.post(f"/kiosk/ask{HERE}", data={"q": ANSWERED.question, "part": "screen"})

    assert "三百元" in page_of(response).one("main", id="main").text
    assert records.pages == kept


def test_follow_ups_stand_below_an_answer_only(client: FlaskClient) -> None:
    """Those of topics.yaml; where nothing was found, questions that are answered instead."""
    assert [asked for asked in FOLLOW_UPS if asked in buttons(ask(client, ANSWERED.question))] == [
        *FOLLOW_UPS
    ]
    assert [asked for asked in FOLLOW_UPS if asked in buttons(ask(client, RELATED.question))] == [*FOLLOW_UPS]
    assert buttons(ask(client, NOT_FOUND.question)) == list(NOT_FOUND.answer.suggestions)
    assert buttons(ask(client, CLARIFY.question)) == [option.question for option in CLARIFY.answer.options]
    assert buttons(ask(client, URGENT.question)) == []


def test_maintenance_says_so_with_its_status(client: FlaskClient) -> None:
    """And is not kept."""
    response = client.post(f"/kiosk/ask{HERE}", data={"q": MAINTENANCE.question})

    assert "正在维护" in page_of(response, 503).one("main", id="main").text


def test_a_question_that_cannot_be_asked_is_refused_beside_the_field(client: FlaskClient) -> None:
    """What was typed stays."""
    page = page_of(client.post(f"/kiosk/ask{HERE}", data={"q": "津贴\0"}), 422)
    assert "不是文字" in page.one("p", id="unusable").text
    assert page.one("textarea")["aria-describedby"] == "unusable"

    assert (
        "还没有写问题"
        in page_of(client.post("/kiosk/ask", data={"q": " "}), 422).one("p", id="unusable").text
    )


def test_what_is_not_there_is_a_screen_of_the_kiosk(client: FlaskClient) -> None:
    """A mistyped address does not lead out of it."""
    for response, status in (
        (client.get("/kiosk/nothing"), 404),
        (client.get("/kiosk/ask"), 405),
        (client.get("/kiosk/answer/nothing"), 404),
    ):
        page = page_of(response, status)
        assert_kiosk(page)
        assert "清空" in page.one("main", id="main").text


def test_a_code_leads_to_the_clause_as_it_is(client: FlaskClient) -> None:
    """Black on white, with its words for screen readers; the address below it on paper."""
    page = ask(client, ANSWERED.question)

    assert page.one("div", role="img")["aria-label"]
    (address,) = [p.text for p in page.all("p") if "/c/" in p.text]
    clause = ANSWERED.answer.passages[0].clause
    assert address.startswith("https://zhengce.example.cn/c/%E6%9F%90")
    assert address.endswith(f":{clause.anchor}?v={clause.digest[:8]}")
    landed = client.get(address.removeprefix("https://zhengce.example.cn"))
    assert landed.headers["Location"].endswith(f"#{clause.anchor}")


def test_without_an_address_for_telephones_there_is_no_code(
    kiosk_desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """And the log says what to set."""
    settings = kiosk_desk.settings.model_copy(update={"public_url": ""})
    with caplog.at_level("INFO"):
        client = client_of(replace(kiosk_desk, settings=settings))

    assert ask(client, ANSWERED.question).all("svg", class_="segno") == []
    assert "kiosk=no_codes reason=PUBLIC_URL_is_empty" in caplog.text


def test_the_words_of_the_keyboard_are_asked_for_once(client: FlaskClient) -> None:
    """Later a browser only asks whether they have changed. They are public, and no question is in them."""
    path = page_of(client.get(f"/kiosk/home{HERE}")).one("body")["data-words"]
    first = client.get(path)

    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert "site=" not in path
    assert first.json
    assert {"高龄津贴", "低保", *FOLLOW_UPS} <= set(first.json["words"].split())


def test_the_kiosk_with_its_keyboard_is_light(client: FlaskClient) -> None:
    """At most 120 KB compressed, with style, scripts and all words."""
    response = client.get(f"/kiosk/home{HERE}")
    page = page_of(response)
    parts = [link["href"] for link in page.all("link")] + [script["src"] for script in page.all("script")]
    parts.append(page.one("body")["data-words"])

    total = len(gzip.compress(response.data))
    for part in parts:
        with client.get(part) as loaded:
            assert loaded.status_code == 200
            total += len(gzip.compress(loaded.data))
    assert total < 120 * 1024


def test_the_worker_keeps_one_screen_and_what_it_loads(client: FlaskClient) -> None:
    """No question, no answer; another script when the screen changes, so that browsers keep it anew."""
    response = client.get(f"/kiosk/worker.js{HERE}")
    shell = json.loads(response.text.partition("var SHELL = ")[2].partition(";")[0])
    page = page_of(client.get(shell[0]))
    loads = [link["href"] for link in page.all("link")] + [script["src"] for script in page.all("script")]

    assert shell[0] == f"/kiosk/offline{HERE}"
    assert sorted(shell[1:]) == sorted(loads)
    assert response.headers["Service-Worker-Allowed"] == "/kiosk"
    assert "0592-6051234" in client.get(shell[0]).text
    assert client.get("/kiosk/worker.js").data != response.data
