"""The conversation with its script, in a real browser: nothing reloads, nothing typed is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.conftest import Site
from tests.channels.web.states import (
    ANSWERED,
    CLARIFY,
    COMPLETED,
    FAILED,
    HOSTILE_ANSWER,
    NOT_FOUND,
    SEVERAL,
    STATES,
)

pytestmark = NEEDS_BROWSER

VOICES = """
  window.said = [];
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: function () { return [{lang: '%s', localService: %s}]; },
    speak: function (speech) { window.said.push(speech.text); },
    cancel: function () { window.said.push('stop'); }
  }});
"""
"""A device with one voice; what is said is written down."""


SHIFTS = """
  window.shift = 0;
  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) {
      if (!entry.hadRecentInput) { window.shift += entry.value; }
    });
  }).observe({type: 'layout-shift', buffered: true});
"""
"""Adds up what moves by itself."""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone of today."""
    opened = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True)
    opened.set_default_timeout(20_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """The first page. What it complains about, or asks anybody else for, fails the test."""
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    opened.on("console", lambda told: complaints.append(told.text))
    foreign: list[str] = []
    opened.on("request", lambda asked: foreign.append(asked.url))
    opened.goto(site.address)
    yield opened
    assert [said for said in complaints if "Failed to load resource" not in said] == []
    assert [url for url in foreign if not url.startswith(site.address)] == []


def ask(page: Page, question: str) -> None:
    """Types a question, sends it, and waits for its answer."""
    before = page.locator(".answer").count()
    page.locator("#q").fill(question)
    page.get_by_role("button", name="发送").tap()
    page.locator(".answer").nth(before).wait_for()


def focused(page: Page, selector: str) -> bool:
    """Whether the focus is on an element."""
    return bool(page.evaluate(f"document.activeElement.matches({selector!r})"))


def test_a_question_is_answered_without_reloading(page: Page) -> None:
    """The question at once, the answer below it with the focus, the field empty; nothing on the device."""
    page.evaluate("window.same = true")

    ask(page, ANSWERED.question)
    ask(page, SEVERAL.question)

    assert page.evaluate("window.same")
    assert page.locator(".asked").all_text_contents() == [
        f"您问：{ANSWERED.question}",
        f"您问：{SEVERAL.question}",
    ]
    assert focused(page, ".turn:last-child .answer")
    assert page.locator("#q").input_value() == ""
    assert page.locator(".turn:last-child .asked").is_visible()
    assert page.locator("[aria-live], [role=status], [role=alert], [role=log]").count() == 1
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_newest_question_is_in_sight(page: Page) -> None:
    """However long the conversation is; the field stays at the bottom of the screen."""
    for _ in range(3):
        ask(page, SEVERAL.question)

    box, field = page.locator(".turn:last-child .asked").bounding_box(), page.locator("#ask").bounding_box()
    assert box
    assert field
    assert 0 <= box["y"] < 300
    assert round(field["y"] + field["height"]) == 844


def test_reload_and_back_find_the_conversation(page: Page, site: Site) -> None:
    """At the address of the last answer, which holds neither question nor conversation."""
    ask(page, ANSWERED.question)
    ask(page, SEVERAL.question)
    address = page.url
    assert address.startswith(f"{site.address}/ask/")

    page.reload()
    assert page.locator(".turn").count() == 2

    page.get_by_role("link", name="打开原文").last.tap()
    page.wait_for_url("**/policy/**")
    page.go_back()
    page.locator(".turn").nth(1).wait_for()
    assert page.url == address


def test_options_go_on_in_the_same_conversation(page: Page) -> None:
    """A tap asks; what the next question carries is that of the last answer."""
    ask(page, CLARIFY.question)

    page.get_by_role("button", name="高龄津贴", exact=True).last.tap()
    page.locator(".turn").nth(1).locator(".answer.answered").wait_for()

    turns = page.locator(".turn")
    assert turns.nth(0).get_attribute("data-conversation") == turns.nth(1).get_attribute("data-conversation")
    assert page.locator("#ask [name=after]").input_value() == turns.nth(1).get_attribute("data-answer")


def test_what_was_understood_is_undone_with_a_tap(page: Page) -> None:
    """The question as it was typed is asked again."""
    ask(page, COMPLETED.question)

    page.get_by_role("button", name="按我的原话找").tap()

    page.locator(".turn").nth(1).locator(".answer").wait_for()
    assert page.locator(".asked").last.text_content() == f"您问：{COMPLETED.question}"


def test_an_enter_of_the_input_method_sends_nothing(page: Page) -> None:
    """Choosing a word with Enter is no sending; the next Enter is."""
    page.locator("#q").focus()
    typing = page.context.new_cdp_session(page)
    typing.send("Input.imeSetComposition", {"text": "gao ling", "selectionStart": 8, "selectionEnd": 8})
    page.keyboard.press("Enter")
    assert page.locator(".turn").count() == 0

    typing.send("Input.insertText", {"text": ANSWERED.question})
    assert page.locator(".turn").count() == 0
    page.keyboard.press("Enter")

    page.locator(".answer").wait_for()
    assert page.locator(".asked").text_content() == f"您问：{ANSWERED.question}"


def test_shift_and_enter_begins_a_line(page: Page) -> None:
    """And an empty question is not sent."""
    page.locator("#q").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("一")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("二")

    assert page.locator("#q").input_value() == "一\n二"
    assert page.locator(".turn").count() == 0


def test_what_could_not_be_sent_comes_back(page: Page) -> None:
    """Into the field, with a sentence that says so; a second try succeeds."""
    page.context.set_offline(True)
    page.locator("#q").fill(ANSWERED.question)
    page.get_by_role("button", name="发送").tap()

    page.get_by_text("没有发出去").first.wait_for()
    assert page.locator("#q").input_value() == ANSWERED.question
    assert focused(page, "#q")
    assert "没有发出去" in page.locator("#news").inner_text()

    page.context.set_offline(False)
    page.get_by_role("button", name="发送").tap()
    page.locator(".answer").wait_for()


def test_what_is_typed_while_an_answer_is_on_its_way_stays(page: Page) -> None:
    """And is not sent by a second tap before the answer is there."""
    held: list[Route] = []
    page.route("**/ask", lambda route: held.append(route))  # noqa: PLW0108  # a built-in cannot be marked
    page.locator("#q").fill(ANSWERED.question)
    page.get_by_role("button", name="发送").tap()
    page.get_by_text("正在查").first.wait_for()

    page.locator("#q").fill("那要带")
    page.get_by_role("button", name="发送").tap()
    assert len(held) == 1
    held[0].continue_()
    page.locator(".answer").wait_for()

    assert page.locator("#q").input_value() == "那要带"
    assert page.locator(".turn").count() == 1


def test_what_is_typed_survives_a_look_at_a_document(page: Page) -> None:
    """Back shows the field as it was left."""
    ask(page, ANSWERED.question)
    page.locator("#q").fill("那要带什么")

    page.get_by_role("link", name="打开原文").tap()
    page.wait_for_url("**/policy/**")
    page.go_back()

    page.wait_for_url("**/ask/**")
    assert page.locator("#q").input_value() == "那要带什么"


def test_a_question_that_cannot_be_asked_is_refused_beside_the_field(page: Page) -> None:
    """As without the script: by the page itself."""
    page.evaluate("document.getElementById('q').value = '津贴' + String.fromCharCode(0)")
    page.get_by_role("button", name="发送").tap()

    page.locator("#unusable").wait_for()
    assert "不是文字" in page.locator("#unusable").inner_text()


def test_a_failure_offers_to_ask_again(page: Page) -> None:
    """It is shown as a turn, not kept, and asked again with a tap."""
    ask(page, FAILED.question)
    assert page.locator(".answer.failed").is_visible()

    page.get_by_role("button", name="再问一次").tap()

    page.locator(".answer.failed").nth(1).wait_for()


def test_a_judgement_is_thanked_for_in_its_place(page: Page, site: Site) -> None:
    """Where it did not help, the focus goes to the reason; the reason is kept."""
    ask(page, ANSWERED.question)

    page.get_by_role("button", name="没用").tap()
    page.get_by_label("哪里不对").wait_for()
    assert focused(page, "[name=reason]")
    page.get_by_label("哪里不对").fill("<b>看不懂</b>")
    page.get_by_role("button", name="告诉我们").tap()
    page.get_by_text("谢谢，记下了").wait_for()

    given = site.records.feedback[-1]
    assert (given.helpful, given.reason and given.reason.text) == (False, "<b>看不懂</b>")
    assert page.locator("b").count() == 0
    assert page.url.startswith(f"{site.address}/ask/")


def test_a_quote_is_copied_with_its_source(page: Page) -> None:
    """A tap, and it is on the clipboard with the whole address; the box shows what was taken."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED.question)

    page.get_by_text("复制带出处").tap()

    page.locator(".take[data-told]").wait_for()
    taken = page.evaluate("navigator.clipboard.readText()")
    assert taken.startswith(
        "（二）年满九十周岁不满一百周岁的，每人每月三百元\n—— 《某某市高龄津贴发放办法》第五条"
    )
    assert taken.split("\n")[2].startswith("http://127.0.0.1:")


def test_one_answer_is_printed_without_what_surrounds_it(page: Page) -> None:
    """The words and their source; no field, no buttons, no other turn."""
    page.evaluate("window.print = function () { window.printed = document.documentElement.className; }")
    ask(page, SEVERAL.question)
    ask(page, ANSWERED.question)

    page.get_by_role("button", name="打印").last.tap()

    assert "printing" in page.evaluate("window.printed")
    page.emulate_media(media="print")
    for shown in (".turn:last-child .sentence", ".turn:last-child .source"):
        assert page.locator(shown).is_visible()
    assert "以原文为准" in page.locator(".on-paper:visible").last.inner_text()
    for hidden in ("#ask", ".top", ".foot", ".turn:last-child .tools", ".turn:last-child .judge"):
        assert not page.locator(hidden).is_visible()


@pytest.mark.parametrize(("language", "is_local"), [("en-US", "true"), ("zh-CN", "false")])
def test_no_voice_no_button(page: Page, language: str, is_local: str) -> None:
    """A foreign voice, or one that sends the words to a server, reads nothing."""
    page.add_init_script(VOICES % (language, is_local))
    page.reload()

    ask(page, ANSWERED.question)

    assert not page.get_by_role("button", name="朗读").is_visible()
    assert page.evaluate("window.said") == []


def test_the_answering_sentence_is_read_aloud_when_asked(page: Page) -> None:
    """Never unasked; the same button stops it."""
    page.add_init_script(VOICES % ("zh-CN", "true"))
    page.reload()
    ask(page, ANSWERED.question)
    assert page.evaluate("window.said") == []

    page.get_by_role("button", name="朗读").tap()
    page.get_by_role("button", name="停下").tap()

    assert page.evaluate("window.said") == ["（二）年满九十周岁不满一百周岁的，每人每月三百元", "stop"]
    assert page.get_by_role("button", name="朗读").is_visible()


def test_hostile_words_do_nothing(page: Page) -> None:
    """Neither in the question that is shown at once, nor in what comes back."""
    ask(page, HOSTILE_ANSWER.question)

    assert HOSTILE_ANSWER.question in page.locator(".asked").inner_text()
    assert page.locator("main img, main script, main b").count() == 0


def test_nothing_moves_by_itself(page: Page) -> None:
    """Layout shift 0: while the page is loaded, and while every kind of answer comes."""
    page.add_init_script(SHIFTS)
    page.reload()
    for state in STATES.values():
        ask(page, state.question)
    assert page.evaluate("window.shift") == 0

    page.reload()
    page.locator(".answer").last.wait_for()
    assert page.evaluate("window.shift") == 0


def test_nothing_moves_when_the_line_is_slow(page: Page) -> None:
    """More than half a second after the tap, when browsers no longer excuse a shift by it."""
    page.add_init_script(SHIFTS)
    page.reload()
    held: list[Route] = []

    def slowly(tap: str) -> None:
        page.get_by_role("button", name=tap).last.tap()
        page.evaluate("new Promise(function (done) { setTimeout(done, 700); })")
        held.pop().continue_()

    for address in ("**/ask", "**/feedback"):
        page.route(address, lambda route: held.append(route))  # noqa: PLW0108  # a built-in cannot be marked
    for number, question in enumerate((ANSWERED.question, NOT_FOUND.question)):
        page.locator("#q").fill(question)
        slowly("发送")
        page.locator(".answer").nth(number).wait_for()
    slowly("没用")
    page.locator(".why").wait_for()

    assert page.evaluate("window.shift") == 0
