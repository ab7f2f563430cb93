"""A page as a browser without JavaScript takes it in: its elements, their attributes and their text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

VOID = {"base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
"""Elements without an end tag."""


@dataclass(frozen=True)
class Element:
    """An element with its attributes; `text` is all that stands in it."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def __getitem__(self, name: str) -> str:
        """Value of an attribute; empty where the element has none."""
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """The elements of a page in the order in which they open.

    Raises:
        ValueError: an end tag closes what is not open: the page is no well-formed HTML.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        if self._open:
            raise ValueError(f"<{self._open[-1].tag}>: is never closed")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if self._open.pop().tag != tag:
            raise ValueError(f"</{tag}>: closes what is not open")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag that have these attributes; `class_` stands for class."""
        wanted = {name.rstrip("_").replace("aria_", "aria-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element[name] == value for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """The only such element.

        Raises:
            ValueError: there is none, or more than one.
        """
        (element,) = self.all(tag, **attributes)
        return element


def page_of(response: TestResponse, status: int = 200) -> Page:
    """The page of a response, with a status."""
    assert (response.status_code, response.content_type) == (status, "text/html; charset=utf-8")
    return Page(response.get_data(as_text=True))


def assert_plain(page: Page) -> None:
    """A page is complete, has no script and no style inline, and loads nothing from elsewhere."""
    assert page.one("html")["lang"] == "zh-CN"
    assert page.one("meta", charset="utf-8")
    assert "width=device-width" in page.one("meta", name="viewport")["content"]
    assert page.one("title").text.strip()
    assert page.one("h1").text.strip()
    assert page.one("main")
    for element in page.elements:
        if element["type"] != "application/ld+json":  # data, which no browser runs
            assert element.tag != "script" or (element["src"].startswith("/static/") and not element.text)
        assert element.tag not in {"style", "iframe", "object", "embed", "img", "base"}
        assert not [name for name in element.attributes if name.startswith("on") or name == "style"]
        for name in ("src", "action", "formaction", "srcset", "poster") + ("href",) * (element.tag != "a"):
            address = urlsplit(element[name])
            assert (address.scheme, address.netloc) == ("", "")
        assert urlsplit(element["href"]).scheme in {"", "tel", "https"}
