"""XML: read so that no document can harm us (no DTD, no entity), and written. The only door to defusedxml."""

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, indent, tostring  # to write; defusedxml reads

from defusedxml import ElementTree

from bot.errors import MarkupError

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read_xml(data: str | bytes) -> Element:
    """The root element.

    Raises:
        MarkupError: it is no XML, or has a DTD or an entity. What it says is never repeated in the message.
    """
    try:
        root: Element = ElementTree.fromstring(
            data, forbid_dtd=True, forbid_entities=True, forbid_external=True
        )
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise MarkupError(type(error).__name__) from None
    return root


def element(
    tag: str, attributes: Mapping[str, str] | None = None, below: Iterable[Element] = (), text: str = ""
) -> Element:
    """An element to be written."""
    made = Element(tag, dict(attributes or {}))
    made.text = text or None
    made.extend(below)
    return made


def unwritable(text: str) -> str:
    """The first character that XML 1.0 cannot hold, as U+FFFE; empty: there is none."""
    found = _NOT_XML.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def written_xml(root: Element) -> str:
    """A whole XML 1.0 document in UTF-8, indented. Text within an element is not touched.

    Raises:
        MarkupError: there is a character that XML cannot hold; the message is that character, as U+FFFE.
    """
    indent(root)
    text = tostring(root, encoding="unicode")
    if found := unwritable(text):
        raise MarkupError(found)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
