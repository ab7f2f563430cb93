"""What a page weighs, and what its scripts ask of a browser."""

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.channels.web.assets import STATIC
from tests.channels.conftest import client_of
from tests.channels.html_page import page_of
from tests.channels.web.es5 import newer_syntax
from tests.channels.web.states import SEVERAL

HEAVIEST = 40 * 1024
"""Bytes of the resident page with style and scripts, compressed as a proxy does."""

SCRIPTS = sorted(STATIC.glob("*.js"))


@pytest.fixture(scope="module")
def client(written_desk: Desk) -> FlaskClient:
    """A client of the written answers."""
    return client_of(written_desk)


def weight(client: FlaskClient, path: str) -> int:
    """Bytes of a page and all that it loads, each compressed."""
    response = client.get(path)
    page = page_of(response)
    parts = [link["href"] for link in page.all("link")] + [script["src"] for script in page.all("script")]
    total = len(gzip.compress(response.data))
    for part in parts:
        with client.get(part) as loaded:
            total += len(gzip.compress(loaded.data))
    return total


def test_the_resident_page_is_light(client: FlaskClient) -> None:
    """Empty, and with three quotes on it: half a second on a slow line, with room to grow."""
    answer = client.post("/ask", data={"q": SEVERAL.question}).headers["Location"].partition("#")[0]

    assert weight(client, "/") < HEAVIEST / 2
    assert weight(client, answer) < HEAVIEST / 2


def test_style_and_scripts_are_loaded_once(client: FlaskClient) -> None:
    """Their addresses name what is in them, so browsers keep them; a bare address is asked for again."""
    page = page_of(client.get("/"))

    for address in [page.one("link", rel="stylesheet")["href"], page.all("script")[0]["src"]]:
        with client.get(address) as versioned, client.get(address.partition("?")[0]) as bare:
            assert versioned.headers["Cache-Control"] == "public, max-age=31536000, immutable"
            assert "max-age=31536000" not in bare.headers["Cache-Control"]
            assert versioned.data == bare.data


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_es5(path: Path) -> None:
    """A single newer word, and an old browser reads none of the script."""
    assert newer_syntax(path.read_text("utf-8")) == []


STYLE_AND_SCRIPT = ("/static/style.css", "/static/chat.js")

NEWER = [
    "let a = 1;",
    "var f = () => 1;",
    "var s = `a`;",
    "var o = {a};",
    "var o = {a() {}};",
    "for (var x of []) {}",
    "class A {}",
    "function f(a = 1) {}",
    "f(...a);",
    "var [a] = b;",
    "async function f() {}",
    "function* g() {}",
]


@pytest.mark.parametrize("source", NEWER)
def test_newer_syntax_is_found(source: str) -> None:
    """The check can fail."""
    assert newer_syntax(source)
    assert not newer_syntax("var o = {a: function () { return [1].length; }};")


@pytest.mark.parametrize("encoding", ["gzip", "br"])
@pytest.mark.parametrize(
    "path", ["/", "/kiosk/home", "/static/style.css", "/static/chat.js", "/openapi.json"]
)
def test_what_is_large_travels_compressed(client: FlaskClient, path: str, encoding: str) -> None:
    """For who asks for it; caches keep the two apart."""
    with client.get(path, headers={"Accept-Encoding": encoding}) as packed, client.get(path) as plain:
        assert packed.headers["Content-Encoding"] == encoding
        assert len(packed.data) < len(plain.data) / 2
        assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
        assert "Content-Encoding" not in plain.headers


def test_what_fits_into_a_packet_is_sent_as_it_is(client: FlaskClient) -> None:
    """Compressing costs time and would gain none."""
    assert "Content-Encoding" not in client.get("/healthz", headers={"Accept-Encoding": "gzip"}).headers
