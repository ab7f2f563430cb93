"""Size and colours travel in addresses: no script, no cookie, nothing stored."""

from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.channels.web.look import COLOURS, Look
from tests.channels.conftest import client_of
from tests.channels.html_page import Page, page_of
from tests.channels.web.states import ANSWERED


@pytest.fixture(scope="module")
def client(written_desk: Desk) -> FlaskClient:
    """A client of the written answers."""
    return client_of(written_desk)


def links(page: Page) -> list[str]:
    """The addresses of ours that a page leads to."""
    found = [link["href"] for link in page.all("a")] + [form["action"] for form in page.all("form")]
    return [address for address in found if address.startswith("/")]


@pytest.mark.parametrize("look", ["elder", "dark", "light", "contrast", "elder-contrast"])
def test_a_look_goes_along_with_every_link_and_form(client: FlaskClient, look: str) -> None:
    """Of the first page, an answer, a document, a page about the service and an error."""
    posted = client.post(f"/ask?look={look}", data={"q": ANSWERED.question})
    answer = posted.headers["Location"]
    assert f"look={look}" in answer

    for path in (f"/?look={look}", answer, f"/policy/旧办法?look={look}", f"/about?look={look}"):
        page = page_of(client.get(path))
        assert page.one("html")["class"] == look.replace("-", " ")
        switches = page.all("nav")
        assert len(switches) >= 3
        here = Look.of(look)
        changed = {str(here.resized()), *(str(here.coloured(colours)) for colours in ("", *COLOURS))}
        for address in links(page):
            found = address.partition("look=")[2].partition("#")[0].partition("&")[0]
            is_switch = unquote(address.partition("?")[0]) == unquote(path.partition("?")[0])
            assert found == look or (is_switch and found in changed), address


def test_the_usual_look_leaves_addresses_alone(client: FlaskClient) -> None:
    """Nobody sees a parameter who did not choose one."""
    page = page_of(client.get("/"))

    assert not page.one("html")["class"]
    chosen = [address for address in links(page) if "look=" in address]
    assert chosen == ["/?look=elder", *(f"/?look={colours}" for colours in COLOURS)]


def test_a_look_that_does_not_exist_is_the_usual_one(client: FlaskClient) -> None:
    """Whatever stands in the address."""
    page = page_of(client.get('/?look="><script>'))

    assert not page.one("html")["class"]


def test_an_answer_can_be_looked_at_in_another_look(client: FlaskClient) -> None:
    """At its own address, with links that keep the look."""
    address = client.post("/ask", data={"q": ANSWERED.question}).headers["Location"].partition("#")[0]

    page = page_of(client.get(f"{address}?look=elder"))

    (opened,) = [link["href"] for link in page.all("a") if link.text == "打开原文"]
    assert opened.endswith("?look=elder#t5")
    assert page.one("a", class_="pill").text == "标准版"
    assert page.one("a", class_="pill")["href"] == address
