"""Names of WordprocessingML, transitional and strict, and attributes. Source: ISO/IEC 29500-1."""

from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")


def local(element: Element) -> str:
    """The name of an element without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a name."""
    if element is None:
        return None
    return next((found for found in element if local(found) == name), None)


def children(element: Element | None, name: str) -> list[Element]:
    """All children of a name."""
    return [] if element is None else [found for found in element if local(found) == name]


def attribute(element: Element | None, name: str = "val") -> str | None:
    """An attribute in Word's namespace, or in none."""
    if element is None:
        return None
    for space in (MAIN, _STRICT):
        if (value := element.get(f"{{{space}}}{name}")) is not None:
            return value
    return element.get(name)


def value_of(element: Element | None, name: str) -> str | None:
    """The value of a child such as <w:jc w:val="center"/>."""
    return attribute(child(element, name))


def number_of(element: Element | None, name: str) -> int | None:
    """The value of a child that is a number; None: absent, or no number."""
    return integer(value_of(element, name))


def integer(value: str | None) -> int | None:
    """A number as Word writes it."""
    try:
        return int(value) if value is not None else None
    except ValueError:
        return None


def is_on(element: Element | None, name: str) -> bool | None:
    """Whether a switch such as <w:vanish/> is on; None: it is not there."""
    found = child(element, name)
    if found is None:
        return None
    return (attribute(found) or "true").lower() not in _OFF
