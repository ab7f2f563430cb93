"""The elements of a web page. The only door to selectolax."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node = LexborNode

TEXT = "-text"
"""The tag of a piece of text."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTERED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "button",
        "input",
        "select",
        "textarea",
        "template",
        "head",
        "audio",
        "video",
        "nav",
        "footer",
        "aside",
        "dialog",
    )
)


def parse(page: str) -> Node:
    """The root of a page. Any text is a page: browsers refuse none."""
    root = LexborHTMLParser(page).root
    assert root is not None  # noqa: S101  # the parser makes <html> of anything
    return root


def tag(node: Node) -> str:
    """The name of an element in lower case; TEXT for text."""
    return (node.tag or "").lower()


def inside(node: Node) -> Iterator[Node]:
    """The children that a browser shows, text included."""
    child = node.first_child
    while child is not None:
        if is_shown(child):
            yield child
        child = child.next


def is_shown(node: Node) -> bool:
    """Whether a browser shows it, and it may be part of a document."""
    name = tag(node)
    if name == TEXT:
        return True
    if name in _SILENT or name.startswith(("!", "-", "?")):
        return False
    given = node.attributes
    return "hidden" not in given and not _HIDDEN.search(given.get("style") or "")


def is_centered(node: Node) -> bool:
    """Whether its text is centered by itself."""
    given = node.attributes
    return (
        tag(node) == "center"
        or given.get("align") == "center"
        or bool(_CENTERED.search(given.get("style") or ""))
    )


def text_of(node: Node) -> str:
    """The text that a browser shows of an element."""
    words: list[str] = []
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if tag(each) == TEXT:
            words.append(each.text_content or "")
        else:
            waiting += reversed(list(inside(each)))
    return "".join(words)
