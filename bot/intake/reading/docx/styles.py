"""Styles: what a paragraph or a run inherits. In a hostile file, a chain of styles may be a circle."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.intake.reading.docx.names import attribute, child, children, is_on, number_of, value_of

_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """The properties of one style. None: the style does not set it."""

    name: str
    based_on: str | None
    number_id: int | None
    level: int | None
    alignment: str | None
    is_hidden: bool | None


@dataclass(frozen=True)
class Styles:
    """The styles of a document."""

    by_id: dict[str, Style] = field(default_factory=dict)
    default: str | None = None

    def chain(self, style_id: str | None) -> list[tuple[str, Style]]:
        """A style and the styles it is based on, nearest first.

        If there are none, the default of paragraphs.
        """
        found: list[tuple[str, Style]] = []
        at = style_id if style_id in self.by_id else self.default
        while at is not None and (style := self.by_id.get(at)) and len(found) < _LONGEST_CHAIN:
            found.append((at, style))
            at = style.based_on
        return found

    def is_hidden(self, style_id: str | None) -> bool:
        """Whether text of a character style is hidden."""
        if style_id not in self.by_id:
            return False
        said = (style.is_hidden for _, style in self.chain(style_id))
        return next((value for value in said if value is not None), False)

    def is_centered(self, style_id: str | None) -> bool:
        """Whether paragraphs of a style are centered."""
        said = (style.alignment for _, style in self.chain(style_id))
        return next((value for value in said if value is not None), None) == "center"

    def is_contents(self, style_id: str | None) -> bool:
        """Whether it is a style of tables of contents, TOC 1."""
        return any(style.name.lower().startswith("toc ") for _, style in self.chain(style_id)[:1])


def read_styles(root: Element | None) -> Styles:
    """The styles of `word/styles.xml`; None: it is not there."""
    by_id: dict[str, Style] = {}
    default = None
    for element in children(root, "style"):
        style_id = attribute(element, "styleId")
        if style_id is None:
            continue
        paragraph = child(element, "pPr")
        numbering = child(paragraph, "numPr")
        by_id[style_id] = Style(
            name=value_of(element, "name") or "",
            based_on=value_of(element, "basedOn"),
            number_id=number_of(numbering, "numId"),
            level=number_of(numbering, "ilvl"),
            alignment=value_of(paragraph, "jc"),
            is_hidden=is_on(child(element, "rPr"), "vanish"),
        )
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true"):
            default = style_id
    return Styles(by_id, default)
