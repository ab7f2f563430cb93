"""The widget: a button on listed sites, and nowhere else; the keyboard reaches it, and styles do not."""

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import BaseWSGIServer, make_server

from bot.channels.app import build_app
from bot.channels.desk import Desk
from bot.channels.web.assets import STATIC
from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.conftest import client_of
from tests.channels.html_page import page_of
from tests.channels.web.axe import violations
from tests.channels.web.states import ANSWERED

LISTED = "https://shequ.example.cn https://www.example.cn:8443"

LOUD = """<!doctype html><html lang="zh-CN"><head><title>社区</title>
<style>* { color: red !important; font-size: 40px !important; }
button, div, iframe { display: inline !important; }</style>
</head><body><main><h1>社区网站</h1><a href="#a">一个链接</a></main>
<script src="%s/widget.js" defer></script></body></html>"""
"""A site whose style shouts at everything."""


def with_origins(desk: Desk, origins: str) -> Desk:
    """The same desk where some sites may frame the conversation."""
    return replace(desk, settings=desk.settings.model_copy(update={"embed_origins": origins}))


def ancestors(desk: Desk, path: str) -> str:
    """Who may frame a page."""
    policies = client_of(desk).get(path).headers.getlist("Content-Security-Policy")
    (policy,) = policies
    return re.search(r"frame-ancestors ([^;]*)", policy)[1]  # type: ignore[index]


@pytest.mark.parametrize(("origins", "framed_by"), [(LISTED, LISTED), ("", "'none'")])
def test_only_listed_sites_may_frame_and_only_the_frame(
    written_desk: Desk, origins: str, framed_by: str
) -> None:
    """Exactly the listed ones; without any, nobody. Every other page is framed by nobody."""
    desk = with_origins(written_desk, origins)

    assert ancestors(desk, "/embed") == framed_by
    for path in ("/", "/widget", "/about", "/kiosk", "/embed/", "/ask", "/widget.js"):
        assert ancestors(desk, path) == "'none'", path


def test_the_script_is_small_and_knows_the_listed_sites(written_desk: Desk) -> None:
    """At most 10 KB; sites keep it for an hour."""
    response = client_of(with_origins(written_desk, LISTED)).get("/widget.js")

    assert response.content_type == "text/javascript; charset=utf-8"
    assert len(response.data) <= 10 * 1024
    assert '["https://shequ.example.cn", "https://www.example.cn:8443"]' in response.get_data(as_text=True)
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert "var ORIGINS = [];" in (STATIC / "widget.js").read_text("utf-8")


def test_the_page_for_webmasters_says_what_to_do(written_desk: Desk) -> None:
    """Which sites are listed, or that none is."""
    listed = page_of(client_of(with_origins(written_desk, LISTED)).get("/widget"))
    empty = page_of(client_of(with_origins(written_desk, "")).get("/widget"))

    assert "https://shequ.example.cn" in listed.one("main").text
    assert "现在哪个网站也不能放" in empty.one("main").text


@pytest.fixture(scope="module")
def serving() -> Iterator[Callable[[Flask], str]]:
    """Serves an application on loopback until the module's tests are done."""
    running: list[tuple[BaseWSGIServer, threading.Thread]] = []

    def serve(app: Flask) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def neighbours(written_desk: Desk, serving: Callable[[Flask], str]) -> tuple[str, str, str]:
    """Our service, a site that it lists, and one that it does not."""
    pages: list[str] = []

    def site() -> str:
        app = Flask(__name__)
        app.add_url_rule("/", view_func=lambda: LOUD % pages[0], endpoint="home")
        app.add_url_rule(
            "/framing",
            view_func=lambda: f"<iframe title=a src='{pages[0]}/embed'></iframe>",
            endpoint="frame",
        )
        return serving(app)

    listed, stranger = site(), site()
    pages.append(serving(build_app(with_origins(written_desk, listed))))
    return pages[0], listed, stranger


@pytest.fixture(params=[(360, 740), (1280, 800)], ids=["phone", "desk"])
def page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A browser of either size."""
    width, height = request.param
    context = chromium.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def focused(page: Page) -> str:
    """The tag that has the focus, within the widget or outside of it."""
    return str(page.evaluate("(document.activeElement.shadowRoot || document).activeElement.tagName"))


@pytest.mark.browser
class TestInABrowser:
    """On a site of somebody else."""

    pytestmark = NEEDS_BROWSER

    def test_a_question_is_asked_on_a_listed_site(self, page: Page, neighbours: tuple[str, str, str]) -> None:
        """With the keyboard alone; Esc in the frame closes it, and the focus returns to the button."""
        ours, listed, _ = neighbours
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(listed)
        button = page.get_by_role("button", name="问政策")
        button.wait_for()
        assert [url for url in asked if url.startswith(ours)] == [f"{ours}/widget.js"]

        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert focused(page) == "BUTTON"
        page.keyboard.press("Enter")
        assert page.get_by_role("button", name="关闭").get_attribute("aria-expanded") == "true"
        assert focused(page) == "IFRAME"
        frame = page.frame_locator("iframe[title=政策问答]")
        frame.locator("html.scripted").wait_for()  # before that, Enter is a new line in the field
        frame.locator("#q").fill(ANSWERED.question)
        frame.locator("#q").press("Enter")
        frame.locator(".answered").wait_for()
        assert frame.locator("base").get_attribute("target") == "_blank"

        frame.locator("#q").press("Escape")
        page.get_by_role("button", name="问政策").wait_for()
        assert focused(page) == "BUTTON"
        assert button.get_attribute("aria-expanded") == "false"
        assert not page.locator("iframe").is_visible()
        assert page.context.cookies() == []
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0

    def test_styles_leak_neither_way(self, page: Page, neighbours: tuple[str, str, str]) -> None:
        """The site shouts; the button keeps its letters, and the site's own keep theirs."""
        _, listed, _ = neighbours
        page.goto(listed)
        button = page.get_by_role("button", name="问政策")
        button.click()
        page.locator("iframe").wait_for()

        looks = button.page.locator("button").evaluate(
            "at => [getComputedStyle(at).color, getComputedStyle(at).fontSize, at.offsetHeight]"
        )
        assert looks == ["rgb(255, 255, 255)", "19px", 56]
        assert page.locator("h1").evaluate("at => getComputedStyle(at).color") == "rgb(255, 0, 0)"
        box = page.locator("iframe").bounding_box()
        assert box
        assert page.viewport_size
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= page.viewport_size["width"]
        assert box["height"] > 300

    def test_a_stranger_gets_no_button_and_is_told_why(
        self, page: Page, neighbours: tuple[str, str, str]
    ) -> None:
        """In the console; and a frame of its own stays empty."""
        ours, _, stranger = neighbours
        said: list[str] = []
        page.on("console", lambda told: said.append(told.text))
        page.goto(stranger)
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-policy-qa]").count() == 0
        assert any("EMBED_ORIGINS" in line and stranger in line for line in said)

        page.goto(f"{stranger}/framing")
        page.wait_for_load_state("networkidle")
        assert any("frame-ancestors" in line for line in said)
        assert not [frame for frame in page.frames if frame.url.startswith(ours)]

    def test_the_frame_and_the_page_about_it_are_accessible(
        self, page: Page, neighbours: tuple[str, str, str]
    ) -> None:
        """axe finds nothing."""
        ours, _, _ = neighbours
        for path in ("/embed", "/widget"):
            page.goto(f"{ours}{path}")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
