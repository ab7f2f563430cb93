"""The pages in a real browser with JavaScript switched off: ask, read the quote, open the document."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.server_process import ServerProcess, serving
from tests.channels.wire import BONUS, COOKING

pytestmark = NEEDS_BROWSER

PHONES = [(320, 568), (390, 844)]
"""The narrowest phones in use, and today's usual one."""

SMALLEST_TARGET = 44
"""CSS pixels: what a finger hits. Source: MIIT 适老化通用设计规范 (44×44 dp); WCAG 2.5.5."""


@dataclass(frozen=True)
class Visit:
    """A page, and what it requested and complained about since it was opened."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Goes to a path of the service."""
        self.page.goto(self.address + path)

    def ask(self, question: str) -> None:
        """Types a question into the first page's form and sends it."""
        self.open("/")
        self.page.get_by_label("写下问题").fill(question)
        self.tap(self.page.get_by_role("button", name="发送"))

    def tap(self, target: Locator) -> None:
        """Taps what leads to another page, and waits for it."""
        with self.page.expect_navigation():
            target.tap()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, data_dir: Path) -> Iterator[ServerProcess]:
    """The service over the shipped knowledge."""
    with serving(tmp_path_factory.mktemp("browsed"), data_dir=data_dir, workers=1) as running:
        yield running


@pytest.fixture(scope="module", params=PHONES, ids=lambda size: f"{size[0]} px")
def phone(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[BrowserContext]:
    """A phone without JavaScript."""
    width, height = request.param
    context = chromium.new_context(
        java_script_enabled=False,
        locale="zh-CN",
        viewport={"width": width, "height": height},
        has_touch=True,
        is_mobile=True,
    )
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def visit(server: ServerProcess, phone: BrowserContext) -> Iterator[Visit]:
    """A visit whose requests and complaints are written down."""
    page = phone.new_page()
    visit = Visit(page, server.address)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("requestfailed", lambda request: visit.complaints.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    yield visit
    page.close()


def test_a_resident_asks_reads_the_quote_and_opens_the_document(visit: Visit) -> None:
    """The exchange the README opens with: 8万元, from a news report, and the clause in its document."""
    page = visit.page

    visit.ask(BONUS)

    assert page.locator("blockquote mark", has_text="8万元").count() >= 1
    assert page.locator(".source").first.inner_text().startswith("据报道：")
    quoted = (page.locator("blockquote").first.text_content() or "").strip()  # perhaps one tap behind

    visit.tap(page.get_by_role("link", name="打开原文").first)

    anchor = urlsplit(page.url).fragment
    clause = page.locator(f"#{anchor}")
    assert clause.inner_text().strip() == quoted
    assert visible_part(page, f"#{anchor}") > 0
    background = "element => getComputedStyle(element).backgroundColor"
    others = page.locator(f".clause:not(#{anchor})").evaluate_all(f"all => all.map({background})")
    assert others
    assert clause.evaluate(background) not in others

    visit.tap(page.get_by_role("link", name="再问一个问题"))

    assert urlsplit(page.url).path == "/"
    assert visit.complaints == []
    assert {urlsplit(url).netloc for url in visit.requests} == {urlsplit(visit.address).netloc}


def visible_part(page: Page, selector: str) -> float:
    """How many pixels of an element's height are on the screen."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    assert page.viewport_size is not None
    top, bottom = max(box["y"], 0), min(box["y"] + box["height"], page.viewport_size["height"])
    return bottom - top


def test_a_suggestion_can_be_tapped_where_nothing_was_found(visit: Visit) -> None:
    """A refusal is no dead end."""
    visit.ask(COOKING)
    assert visit.page.locator("blockquote").count() == 0

    visit.tap(visit.page.locator(".offered :is(a, button)").first)

    assert visit.page.locator("blockquote").count() > 0
    assert visit.complaints == []


STOPS = [
    "/",  # the first page
    f"/ask?q={BONUS}",  # an answer
    f"/ask?q={COOKING}",  # a refusal
    "/ask?q=" + "a" * 300,  # a question without a place to break
    "/ask?q=%20",  # a question that cannot be asked
    "/policy/厦门社工人才奖金#p2",  # a document
    "/nothing",  # an error
    "/about",  # text to read
    "/privacy",
    "/accessibility",
    "/algorithm",
    "/?look=elder-dark",  # 长辈版
    f"/ask?q={BONUS}&look=elder",
]


@pytest.mark.parametrize("path", STOPS)
def test_a_page_fits_a_phone_and_a_finger(visit: Visit, path: str) -> None:
    """Nothing to scroll sideways; whatever can be tapped is high enough; the letters are large enough."""
    visit.open(path)

    root = "document.documentElement"
    assert visit.page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    for target in visit.page.locator("a:not(.skip):visible, button:visible, input:visible").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST_TARGET, target.inner_text()
    sizes = "all => all.map(element => parseFloat(getComputedStyle(element).fontSize))"
    assert (
        min(
            visit.page.locator(
                "p:visible, a:visible, button:visible, input:visible, li:visible, dd:visible"
            ).evaluate_all(sizes)
        )
        >= 18
    )


def test_the_keyboard_reaches_the_form_past_a_skip_link(visit: Visit) -> None:
    """The first stop jumps to the text; what has the focus is seen."""
    visit.open("/")

    visit.page.keyboard.press("Tab")

    assert visit.page.locator(":focus").inner_text() == "跳到正文"
    assert visible_part(visit.page, ":focus") >= SMALLEST_TARGET
    assert (
        visit.page.locator(":focus").evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    )
