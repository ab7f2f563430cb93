"""XML, read so that no document can harm us: no DTD, no entity. The only door to defusedxml."""

from xml.etree.ElementTree import Element  # the type alone; defusedxml reads

from defusedxml import ElementTree

from bot.errors import MarkupError


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
