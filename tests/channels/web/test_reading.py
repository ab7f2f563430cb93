"""The reader in a real browser: anybody can use it, in every look, at every width, without a script."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from urllib.parse import unquote, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from bot.policy.library import Library
from bot.policy.link import version_of
from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.axe import violations
from tests.channels.web.conftest import Site
from tests.channels.web.documents import HOSTILE, READ, RULES

pytestmark = NEEDS_BROWSER

LIBRARY = Library.of(READ)
SMALLEST_TARGET = 44
"""CSS pixels. Source: WCAG 2.5.5 (AAA); MIIT 适老化通用设计规范."""

LONGEST_LINE = 28
"""Chinese characters in a line of text to read."""

SMALLEST_LETTER = 18
"""CSS pixels. Source: MIIT 适老化通用设计规范."""

RULES_PAGE = "/policy/津贴办法"
PAGES = {
    "a document, a clause of it marked": f"{RULES_PAGE}#t4",
    "a row of a table marked": f"{RULES_PAGE}#f1.p2r3",
    "a document without headings, replaced by another": "/policy/老办法",
    "a news report": "/policy/报道",
    "a clause that has changed": f"{RULES_PAGE}?changed=t4#t4",
    "a clause that is gone": f"{RULES_PAGE}?changed=",
    "a clause to take along": "/cite/津贴办法:t4",
    "the list": "/documents",
    "the list, narrowed": "/documents?q=津贴&genre=measures",
    "nothing found": "/documents?q=红烧肉",
    "a document that is gone": "/c/没有:t1?v=00000000",
    "hostile text": "/policy/怪文件",
    "the manual of the interface": "/docs",
}


@pytest.fixture(scope="module")
def address(library: Site) -> str:
    """The service over the documents, at an address of loopback."""
    return library.address


@contextmanager
def opened(chromium: Browser, width: int = 390, *, scripted: bool = True) -> Iterator[Page]:
    """A page in a window of its own. What it complains about, or asks others for, fails the test."""
    context = chromium.new_context(
        locale="zh-CN", viewport={"width": width, "height": 844}, java_script_enabled=scripted
    )
    context.set_default_timeout(20_000)
    page, complaints = context.new_page(), []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.on("console", lambda told: complaints.append(told.text))
    page.on("request", lambda asked: complaints.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield page
    context.close()
    assert [said for said in complaints if "status of 404" not in said] == []


def in_look(path: str, look: str) -> str:
    """A path with a look."""
    head, hash_sign, anchor = path.partition("#")
    return f"{head}{'&' if '?' in head else '?'}look={look}{hash_sign}{anchor}" if look else path


def open_everything(page: Page) -> None:
    """Opens contents and menus."""
    page.evaluate("document.querySelectorAll('details').forEach(function (box) { box.open = true; })")


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_is_accessible(chromium: Browser, address: str, path: str) -> None:
    """As a phone and as a desk see it; axe-core finds nothing."""
    for width in (390, 1280):
        with opened(chromium, width) as page:
            page.goto(address + path)

            assert violations(page) == []


@pytest.mark.parametrize("look", ["dark", "contrast", "elder", "elder-dark"])
def test_every_look_is_accessible(chromium: Browser, address: str, look: str) -> None:
    """Of a document with a mark, a notice and something opened; of a marked row; of the list."""
    with opened(chromium) as page:
        page.goto(address + in_look(f"{RULES_PAGE}?changed=t4#t4", look))
        page.locator(".toc summary").click()
        page.locator("#t1 ~ .cite summary").click()
        assert violations(page) == []

        for path in (f"{RULES_PAGE}#f1.p2r3", "/policy/老办法", "/documents?q=津贴&genre=measures"):
            page.goto(address + in_look(path, look))
            assert violations(page) == []


@pytest.mark.parametrize("look", ["", "elder"])
def test_nothing_runs_off_the_side(chromium: Browser, address: str, look: str) -> None:
    """With everything open, and at 200 % of the letters. A wide table scrolls in a frame of its own."""
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    with opened(chromium) as page:
        for path in PAGES.values():
            page.goto(address + in_look(path, look))
            open_everything(page)
            for letters, width in product(("", "225%"), (320, 390, 768, 1280)):
                page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
                page.set_viewport_size({"width": width, "height": 844})
                assert page.evaluate("window.innerWidth") == width
                assert page.evaluate(fits), (path, width, letters)


def measured(page: Page, selector: str, what: str) -> list[tuple[str, float]]:
    """The words of each element, and a figure of it."""
    return [
        (words, figure)
        for words, figure in page.locator(selector).evaluate_all(
            f"all => all.map(function (one) {{ return [one.innerText, {what}]; }})"
        )
    ]


TAPPED = "button:visible, summary:visible, input:visible, select:visible"
LINKS = "a:not(.skip, .clause p a, .grid td a):visible"
TEXT = ".text p:visible, .note:visible, blockquote:visible"


def test_fingers_hit(chromium: Browser, address: str) -> None:
    """Whatever can be tapped is large enough; links in the policy's own words are as high as their lines."""
    with opened(chromium) as page:
        for path in PAGES.values():
            page.goto(address + path)
            open_everything(page)
            heights = measured(page, TAPPED, "one.getBoundingClientRect().height")
            widths = measured(page, TAPPED, "one.getBoundingClientRect().width")
            links = measured(page, LINKS, "one.getBoundingClientRect().height")

            assert [box for box in (*heights, *widths, *links) if box[1] < SMALLEST_TARGET] == [], path


def test_lines_are_short_and_letters_large(chromium: Browser, address: str) -> None:
    """Not more than 28 characters of text in a line, however wide the window; nothing below 18 px."""
    size = "parseFloat(getComputedStyle(one).fontSize)"
    with opened(chromium, 1920) as page:
        for path in PAGES.values():
            page.goto(address + path)
            open_everything(page)
            lines = measured(page, TEXT, f"one.clientWidth / {size}")
            letters = measured(page, "main :visible", size)

            assert [line for line in lines if line[1] > LONGEST_LINE + 0.1] == [], path
            assert [letter for letter in letters if letter[0] and letter[1] < SMALLEST_LETTER] == [], path


SHIFTS = """
  window.shifted = [];
  new PerformanceObserver(function (list) {
    list.getEntries().filter(function (one) { return one.value > 0.0001; }).forEach(function (one) {
      one.sources.forEach(function (moved) {
        window.shifted.push([moved.node && moved.node.textContent, moved.previousRect, moved.currentRect]);
      });
    });
  }).observe({type: 'layout-shift', buffered: true});
"""


@pytest.mark.parametrize("path", [f"{RULES_PAGE}#t4", "/documents", "/cite/津贴办法:t4"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(chromium: Browser, address: str, path: str, width: int) -> None:
    """No layout shift, with the script running.

    One button may, 0.00006 of it: one in twelve loads of a slow machine shows a 引用 of another width.
    """
    with opened(chromium, width) as page:
        page.add_init_script(SHIFTS)
        page.goto(address + path, wait_until="networkidle")

        assert page.evaluate("window.shifted") == []


# Without a script


def is_in_sight(target: Locator) -> bool:
    """Whether the beginning of an element is in the window."""
    box, size = target.bounding_box(), target.page.viewport_size
    assert box is not None
    assert size is not None
    return 0 <= box["y"] < size["height"] - 100


@pytest.mark.parametrize("scripted", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_scrolls_to_its_clause_and_marks_it(
    chromium: Browser, address: str, width: int, scripted: bool
) -> None:
    """Another colour than its neighbours; it also says where the words have changed."""
    changed = f"{address}/c/津贴办法:t4?v=00000000"
    with opened(chromium, width, scripted=scripted) as page:
        page.goto(changed)

        assert unquote(urlsplit(page.url).fragment) == "t4"
        assert is_in_sight(page.locator("#t4 .notice"))
        assert "文字已经改过" in page.locator("#t4 .notice").inner_text()
        background = "one => getComputedStyle(one).backgroundColor"
        clause, other = page.locator("#t4 .clause"), page.locator("#t3")
        assert is_in_sight(clause)
        assert clause.evaluate(background) != other.evaluate(background)


def test_everything_can_be_done_without_a_script(chromium: Browser, address: str) -> None:
    """Find a document, read its contents, go to a clause, take it along, follow its link back."""
    with opened(chromium, scripted=False) as page:
        page.goto(f"{address}/documents")
        page.get_by_label("标题、文号或发文机关").fill("高龄津贴")
        page.get_by_label("效力").select_option("in_force")
        page.get_by_role("button", name="查找").click()
        page.get_by_role("link", name=RULES.title).click()
        page.get_by_text("目录", exact=True).first.click()
        page.get_by_role("link", name="第二节 申请").click()
        assert is_in_sight(page.get_by_role("heading", name="第二节 申请"))

        page.locator("#t4 ~ .cite summary").click()
        page.locator("#t4 ~ .cite").get_by_text("复制带出处").click()
        taken = page.get_by_label("原文、出处和永久链接").input_value()
        assert taken.startswith("第四条 申请人应当依照第三条提交下列材料：\n（一）居民身份证；\n")
        assert "《青石市高龄津贴发放办法》第四条（青民发〔2025〕12号）" in taken

        page.locator(".address a").click()

        assert unquote(urlsplit(page.url).path + "#" + urlsplit(page.url).fragment) == f"{RULES_PAGE}#t4"
        page.get_by_role("link", name="第三条", exact=True).click()
        assert is_in_sight(page.locator("#t3"))


def test_the_list_is_turned_without_a_script(chromium: Browser, address: str) -> None:
    """Forward and back; a condition is taken away by a tap."""
    with opened(chromium, scripted=False) as page:
        page.goto(f"{address}/documents?force=unknown")
        page.get_by_role("link", name="下一页").click()
        assert "第 2 页，共 2 页" in page.get_by_role("status").inner_text()
        page.get_by_role("link", name="上一页").click()
        page.get_by_role("link", name="效力未注明").click()

        assert f"共 {len(READ)} 份" in page.get_by_role("status").inner_text()


def test_the_contents_stay_at_hand(chromium: Browser, address: str) -> None:
    """On a desk they are beside the text wherever one reads, on a phone one tap away; no script is needed."""
    with opened(chromium, 1280, scripted=False) as desk:
        desk.goto(f"{address}{RULES_PAGE}#f1.p2r9")
        assert is_in_sight(desk.get_by_role("link", name="第一章 总则"))

    with opened(chromium, scripted=False) as phone:
        phone.goto(f"{address}{RULES_PAGE}#f1.p2r3")
        phone.locator(".to-contents a").click()
        assert is_in_sight(phone.locator(".toc summary"))


# With a script


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that may write and read the clipboard."""
    context = chromium.new_context(locale="zh-CN", viewport={"width": 390, "height": 844})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(20_000)
    yield context
    context.close()


CLIPBOARD = "navigator.clipboard.readText()"


@pytest.mark.parametrize("look", ["", "elder"])
def test_one_tap_copies_a_clause_with_its_citation(reader: BrowserContext, address: str, look: str) -> None:
    """Its words, where they stand, and the permanent link; a screen reader hears that it is done."""
    page = reader.new_page()
    page.goto(address + in_look(RULES_PAGE, look))

    page.locator("#t4 ~ .cite summary").click()
    page.locator("#t4 ~ .cite").get_by_text("复制带出处").click()

    page.get_by_role("status").filter(has_text="已复制第四条").wait_for()
    clause = LIBRARY.clauses_by_id["津贴办法:t4"]
    copied = page.evaluate(CLIPBOARD).split("\n——")
    assert copied[0] == clause.text
    source, link = copied[1].split("\n")
    assert source.startswith(
        "《青石市高龄津贴发放办法》第四条（青民发〔2025〕12号），青石市民政局、青石市财政局，来源"
    )
    assert unquote(link) == f"{address}/c/津贴办法:t4?v={version_of(clause)}"
    assert page.locator(".cite[open]").count() == 0


def test_a_row_is_copied_as_its_cells(reader: BrowserContext, address: str) -> None:
    """Between | as the text has them."""
    page = reader.new_page()
    page.goto(address + RULES_PAGE)
    row = page.locator("tbody.clause").first

    row.locator("summary").click()
    row.get_by_text("复制带出处").click()

    page.get_by_role("status").filter(has_text="已复制").wait_for()
    assert page.evaluate(CLIPBOARD).startswith("| 甲街道 | 甲路1号，近菜场")


def test_the_page_of_a_citation_copies_whole_addresses(reader: BrowserContext, address: str) -> None:
    """Also where the service does not know its own address."""
    page = reader.new_page()
    page.goto(f"{address}/cite/津贴办法:t4")

    page.get_by_role("button", name="复制").click()

    page.get_by_role("status").filter(has_text="已复制").wait_for()
    assert page.evaluate(CLIPBOARD).splitlines()[-1].startswith(f"{address}/c/")


def test_a_menu_closes_by_the_keyboard_and_by_a_tap_elsewhere(chromium: Browser, address: str) -> None:
    """Escape gives the focus back; another menu takes the place of the first."""
    with opened(chromium) as page:
        page.goto(address + RULES_PAGE)
        page.locator("#t4 ~ .cite summary").click()
        page.keyboard.press("Escape")
        assert page.locator(".cite[open]").count() == 0
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "引用第四条"

        page.locator("#t4 ~ .cite summary").click()
        page.locator("#t5 ~ .cite summary").click()
        assert page.locator(".cite[open]").count() == 1
        page.locator("h1").click()
        assert page.locator(".cite[open]").count() == 0


def test_the_contents_follow_the_reader(chromium: Browser, address: str) -> None:
    """The entry of what is read is marked."""
    with opened(chromium, 1280) as page:
        page.goto(f"{address}{RULES_PAGE}#t5")

        page.locator(".toc [aria-current]").filter(has_text="第三章 附则").wait_for()


def test_the_contents_close_behind_a_tap_on_a_phone(chromium: Browser, address: str) -> None:
    """So that they do not stand before the text again on the way back up."""
    with opened(chromium) as page:
        page.goto(address + RULES_PAGE)
        page.locator(".toc summary").click()
        page.get_by_role("link", name="第二节 申请").click()

        assert page.locator(".toc details[open]").count() == 0
        assert is_in_sight(page.get_by_role("heading", name="第二节 申请"))


def test_hostile_text_makes_nothing_happen(chromium: Browser, address: str) -> None:
    """No dialog, no error, no request elsewhere; every word is there to read."""
    with opened(chromium) as page:
        for path in (
            "/policy/怪文件",
            "/cite/怪文件:t1",
            "/documents?q=津贴",
            "/documents?region=%3Cscript%3E",
        ):
            page.goto(address + path)
            open_everything(page)
        page.goto(f"{address}/policy/怪文件")

        assert page.locator("h1").inner_text() == HOSTILE.title
        assert (
            '津贴"><img src=x onerror=alert(1)>每月</div></section>一百元&amp;'
            in page.locator("#t1").inner_text()
        )


def test_paper_has_the_text_and_nothing_to_tap(chromium: Browser, address: str) -> None:
    """Title, number, force, every clause; no contents, no buttons; the day of printing."""
    with opened(chromium) as page:
        page.goto(address + RULES_PAGE)
        document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    printed = "".join(page.get_textpage().get_text_range() for page in document)
    words = "".join(printed.split())

    assert RULES.title in words
    for clause in LIBRARY.by_id["津贴办法"].outline.clauses[:5]:
        assert "".join(clause.text.split("\n")[0].split()) in words
    assert "打印于2026年11月23日" in words
    assert "引用" not in words
    assert "长辈版" not in words
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
