"""A document as Akoma Ntoso 3.0, the XML of parliaments and gazettes.

Source: OASIS LegalDocML, Akoma Ntoso Version 1.0 (2018); its Naming Convention for eId and IRI.
"""

from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element  # the type alone

from bot.export.filling import Node
from bot.export.form import Exhibit
from bot.export.hierarchy import hierarchy_of
from bot.markup import element, written_xml
from bot.policy.citation import page_url

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_NEEDS_NAME = "hcontainer"


def akoma_ntoso_of(exhibit: Exhibit) -> str:
    """The XML. It holds each non-blank character of the text once, in text order.

    A news report is no act: it is a `doc`, and who published it is its author.

    Raises:
        ExportError: the text has a character that XML cannot hold.
    """
    exhibit.must_fit_xml()
    hierarchy = hierarchy_of(exhibit)
    kind, body = ("doc", "mainBody") if exhibit.document.is_news else ("act", "body")
    parts = [_meta(exhibit, kind)]
    if hierarchy.preface:
        parts.append(element("preface", below=_paragraphs(hierarchy.preface)))
    parts.append(element(body, below=map(_hierarchical, hierarchy.body or [_EMPTY])))
    if hierarchy.conclusions:
        parts.append(element("conclusions", below=_paragraphs(hierarchy.conclusions)))
    whole = element(kind, {"name": exhibit.document.genre or kind}, parts)
    return written_xml(element("akomaNtoso", {"xmlns": _NAMESPACE}, [whole]))


_EMPTY = Node("hcontainer", "empty", "empty_1")


def _hierarchical(node: Node) -> Element:
    """An element of the hierarchy: number, heading, then its words, or its introduction and its parts."""
    parts = [element(tag, text=text) for tag, text in (("num", node.num), ("heading", node.heading)) if text]
    if not node.below:
        parts.append(element("content", below=_paragraphs(node.lines or [""])))
    else:
        if node.lines:
            parts.append(element("intro", below=_paragraphs(node.lines)))
        parts += map(_hierarchical, node.below)
    attributes = {"eId": node.eid} | ({"name": node.name} if node.tag == _NEEDS_NAME else {})
    return element(node.tag, attributes, parts)


def _paragraphs(lines: Iterable[str]) -> list[Element]:
    return [element("p", text=line) for line in lines]


def _meta(exhibit: Exhibit, kind: str) -> Element:
    """The metadata of the document: as a work, as its Chinese text, and as this file."""
    document = exhibit.document
    named_by = document.signed_on or document.published_on or document.effective_on
    work = f"/akn/cn/{kind}/{named_by or 'nd'}/{page_url(document.document_id).rpartition('/')[2]}"
    made = ("generation", exhibit.on)
    day = ("document", named_by) if named_by else made
    issuers = () if document.is_news else document.issuers
    authors = {f"issuer_{number}": name for number, name in enumerate(issuers, start=1)}
    editor = {"editor": document.source or "政策问答"}
    names = [_value("FRBRcountry", "cn"), _value("FRBRname", document.title)]
    if document.document_number:
        names.insert(1, _value("FRBRnumber", document.document_number))
    language = element("FRBRlanguage", {"language": "zho"})
    levels = [
        _level("FRBRWork", work, day, authors or editor, names),
        _level("FRBRExpression", f"{work}/zho@", day, authors or editor, [language]),
        _level("FRBRManifestation", f"{work}/zho@.xml", made, editor, [_value("FRBRformat", "xml")]),
    ]
    references = [_organization(eid, name) for eid, name in (authors | editor).items()]
    return element(
        "meta",
        below=[
            element("identification", {"source": "#editor"}, levels),
            element("references", {"source": "#editor"}, references),
        ],
    )


def _organization(eid: str, name: str) -> Element:
    address = f"/akn/ontology/organization/cn/{eid}"
    return element("TLCOrganization", {"eId": eid, "href": address, "showAs": name})


def _level(
    tag: str, iri: str, day: tuple[str, date], authors: Iterable[str], further: Iterable[Element]
) -> Element:
    what, on = day
    common = [
        _value("FRBRthis", f"{iri}/!main"),
        _value("FRBRuri", iri),
        element("FRBRdate", {"date": on.isoformat(), "name": what}),
        *(element("FRBRauthor", {"href": f"#{author}"}) for author in authors),
    ]
    return element(tag, below=[*common, *further])


def _value(tag: str, value: str) -> Element:
    return element(tag, {"value": value})
