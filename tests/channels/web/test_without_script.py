"""Every task without JavaScript: ask by word and tap, choose, undo, read, take along, judge, see larger."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.conftest import Site
from tests.channels.web.states import ANSWERED, CLARIFY, COMPLETED, SEVERAL

pytestmark = NEEDS_BROWSER


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    """The first page on a phone that runs no script. Its console stays silent."""
    context = chromium.new_context(
        java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text))
    page.goto(site.address)
    yield page
    assert complaints == []
    assert context.cookies() == []
    context.close()


def tap(page: Page, target: Locator) -> None:
    """Taps what leads to another page, and waits for it."""
    with page.expect_navigation():
        target.tap()
    for word in (ANSWERED.question, CLARIFY.question, COMPLETED.question, SEVERAL.question):
        assert word not in unquote(page.url)


def ask(page: Page, question: str) -> None:
    """Types a question and sends it."""
    page.get_by_label("写下问题").fill(question)
    tap(page, page.get_by_role("button", name="发送"))


def top_of(page: Page, selector: str) -> float:
    """Where an element begins, in pixels from the top of the screen."""
    box = page.locator(selector).last.bounding_box()
    assert box
    return box["y"]


def test_a_conversation_of_typed_and_tapped_questions(page: Page) -> None:
    """By a topic, by words, by an option: all turns stay, the newest and the field are in sight."""
    page.get_by_text("高龄津贴", exact=True).first.tap()
    tap(page, page.locator(".shelf details button", has_text=ANSWERED.question))
    ask(page, CLARIFY.question)
    tap(page, page.locator(".answer .choice", has_text="高龄津贴"))

    assert page.locator(".turn").count() == 3
    assert 0 <= top_of(page, ".turn") < 300
    field = page.locator("#ask").bounding_box()
    assert field
    assert field["y"] + field["height"] <= 844
    assert not page.get_by_role("button", name="打印").first.is_visible()
    assert not page.get_by_role("button", name="朗读").first.is_visible()


def test_what_was_understood_is_undone(page: Page) -> None:
    """The question as it was typed is asked again."""
    ask(page, COMPLETED.question)

    tap(page, page.get_by_role("button", name="按我的原话找"))

    assert page.locator(".turn").count() == 2


def test_a_clause_is_opened_in_its_place_and_in_its_document_and_taken_along(page: Page) -> None:
    """The whole clause and the box to copy open with a tap; the document is a link, and Back leads back."""
    ask(page, ANSWERED.question)
    page.get_by_text("看第五条全文").tap()
    assert page.locator(".whole blockquote").is_visible()
    page.get_by_text("复制带出处").tap()
    assert page.locator(".take").is_visible()

    tap(page, page.get_by_role("link", name="打开原文"))
    assert page.url.endswith("#t5")
    page.go_back()

    assert page.locator(".turn").count() == 1


def test_an_answer_is_judged_and_the_reason_told(page: Page, site: Site) -> None:
    """In two steps, the conversation still there."""
    ask(page, ANSWERED.question)
    ask(page, SEVERAL.question)

    tap(page, page.get_by_role("button", name="没用").first)
    page.get_by_label("哪里不对").fill("太难懂")
    tap(page, page.get_by_role("button", name="告诉我们"))

    given = site.records.feedback[-1]
    assert (given.helpful, given.reason and given.reason.text) == (False, "太难懂")
    assert page.locator(".turn").count() == 2
    assert page.get_by_text("谢谢，记下了").is_visible()


def test_the_larger_look_stays(page: Page) -> None:
    """From the first page to the answer and its document."""
    tap(page, page.get_by_role("link", name="长辈版"))
    size = page.locator("#q").evaluate("field => parseFloat(getComputedStyle(field).fontSize)")
    ask(page, ANSWERED.question)
    tap(page, page.get_by_role("link", name="打开原文"))

    assert size == 24
    assert page.locator("html").get_attribute("class") == "elder"
    assert page.get_by_role("link", name="标准版").is_visible()


def test_colours_follow_the_device_and_a_choice(page: Page) -> None:
    """Dark where the device is dark; light or high contrast where somebody chose it."""
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(ground)
    tap(page, page.get_by_role("link", name="浅色"))
    chosen = page.evaluate(ground)
    tap(page, page.get_by_role("link", name="高对比"))
    contrast = page.evaluate(ground)

    assert dark not in (light, contrast)
    assert chosen == light
    assert contrast == "rgb(255, 255, 255)"
