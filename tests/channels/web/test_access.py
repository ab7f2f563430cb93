"""Everybody can use the page: axe-core finds nothing, fingers hit, lines are short, nothing runs off."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from bot.channels.web.about import TOLD
from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.axe import violations
from tests.channels.web.conftest import Site
from tests.channels.web.states import ANSWERED, STATES

pytestmark = NEEDS_BROWSER

LOOKS = ["", "dark", "contrast", "elder", "elder-dark"]

SMALLEST_TARGET = 44
"""CSS pixels. Source: WCAG 2.5.5 (AAA); MIIT 适老化通用设计规范: 44×44, in a 长辈版 60×60."""

SMALLEST_ELDER_TARGET = 60

LONGEST_LINE = 28
"""Chinese characters in a line of text to read."""

WIDTHS = [320, 360, 390, 768, 1280]
"""The narrowest phone, which is also 640 px at 200 %; phones; a tablet; a desk, 2560 px at 200 %."""


@contextmanager
def opened(chromium: Browser, width: int = 390, height: int = 844) -> Iterator[Page]:
    """A page in a window of its own."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def show_every_state(page: Page, site: Site, look: str) -> None:
    """Asks for every state in one conversation, and opens whatever can be opened."""
    page.goto(f"{site.address}/?look={look}")
    for number, state in enumerate(STATES.values()):
        page.locator("#q").fill(state.question)
        page.locator("#q").press("Enter")
        page.locator(".answer").nth(number).wait_for()
    page.get_by_role("button", name="没用").first.click()
    page.locator(".why").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(function (box) { box.open = true; })")


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_conversation_is_accessible(chromium: Browser, site: Site, look: str) -> None:
    """Answers of every kind, a judgement and its reason, all that opens; in every look."""
    with opened(chromium) as page:
        show_every_state(page, site, look)

        assert violations(page) == []


PATHS = ["/", *(f"/{name}" for name in TOLD), "/nothing", "/ask?q=%20", f"/ask?q={ANSWERED.question}"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_accessible(chromium: Browser, site: Site, path: str) -> None:
    """As a phone and as a desk see it, light and dark."""
    with opened(chromium) as phone, opened(chromium, 1280, 800) as desk:
        phone.goto(site.address + path)
        desk.emulate_media(color_scheme="dark")
        desk.goto(site.address + path)

        assert [*violations(phone), *violations(desk)] == []


def test_the_checker_is_live(chromium: Browser, site: Site) -> None:
    """A field without its label and grey letters are found."""
    with opened(chromium) as page:
        page.goto(site.address)
        page.evaluate("document.querySelector('label').remove()")
        page.evaluate("document.querySelector('.welcome p').style.color = '#999'")

        found = {rule.partition(":")[0] for rule in violations(page)}

    assert {"label", "color-contrast"} <= found


@pytest.mark.parametrize("look", ["", "elder"])
def test_nothing_runs_off_the_side(chromium: Browser, site: Site, look: str) -> None:
    """With every state on the page, everything open, and at 200 % of the letters."""
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    with opened(chromium) as page:
        show_every_state(page, site, look)
        for letters, width in product(("", "225%"), WIDTHS):
            page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("window.innerWidth") == width
            assert page.evaluate(fits), (width, letters)


@pytest.mark.parametrize(("look", "least"), [("", SMALLEST_TARGET), ("elder", SMALLEST_ELDER_TARGET)])
def test_fingers_hit(chromium: Browser, site: Site, look: str, least: int) -> None:
    """Whatever can be tapped is high and wide enough; so are numbers to call and links in our own words.

    Links within the policy's words are as high as their lines: higher, they would overlap (WCAG 2.5.8).
    """
    with opened(chromium) as page:
        show_every_state(page, site, look)
        boxes = page.locator(
            "button:visible, summary:visible, textarea:visible, input:visible, .button:visible, .pill:visible"
        ).evaluate_all(
            "all => all.map(function (one) { var box = one.getBoundingClientRect();"
            " return [one.innerText, box.width, box.height]; })"
        )
        links = page.locator("a:not(.skip, blockquote a):visible").evaluate_all(
            "all => all.map(function (one) { var box = one.getBoundingClientRect();"
            " return [one.innerText, box.height]; })"
        )

    assert [box for box in boxes if min(box[1:]) < least] == []
    assert [link for link in links if link[1] < SMALLEST_TARGET] == []


@pytest.mark.parametrize("path", ["/", "/about", "/algorithm", f"/ask?q={ANSWERED.question}"])
def test_lines_are_short(chromium: Browser, site: Site, path: str) -> None:
    """Not more than 28 characters to read in a line, however wide the window."""
    with opened(chromium, 1920, 1080) as page:
        page.goto(site.address + path)
        lines = page.locator("main p:visible, main li:visible, main blockquote:visible").evaluate_all(
            "all => all.map(function (one) { return [one.innerText,"
            " one.clientWidth / parseFloat(getComputedStyle(one).fontSize), one.querySelector('button')]; })"
        )

    assert lines
    assert [line for line in lines if line[1] > LONGEST_LINE + 0.1 and not line[2]] == []


def test_the_keyboard_goes_from_the_answer_to_what_can_be_done_with_it(chromium: Browser, site: Site) -> None:
    """After an answer the next stops are its clause, its source, copying, printing and judging."""
    with opened(chromium) as page:
        page.goto(site.address)
        page.locator("#q").fill(ANSWERED.question)
        page.locator("#q").press("Enter")
        page.locator(".answer").wait_for()
        stops = []
        for _ in range(6):
            page.keyboard.press("Tab")
            stops.append(page.evaluate("document.activeElement.innerText").strip())
            shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert shown == "solid"

    assert stops == ["看第五条全文", "打开原文", "复制带出处", "打印", "有用", "没用"]


def test_what_has_the_focus_is_not_below_the_field(chromium: Browser, site: Site) -> None:
    """The field at the bottom covers nothing that the keyboard reaches."""
    with opened(chromium, 390, 600) as page:
        show_every_state(page, site, "")
        page.locator(".answer").first.focus()
        for _ in range(40):
            page.keyboard.press("Tab")
            inside, bottom, top = page.evaluate(
                "[!!document.activeElement.closest('#ask, .foot'),"
                " document.activeElement.getBoundingClientRect().bottom,"
                " document.getElementById('ask').getBoundingClientRect().top]"
            )
            assert inside or bottom <= top + 1
