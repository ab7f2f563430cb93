"""The text of one paragraph as Word shows it: fields by their results, without deleted and hidden words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # the type alone; bot.markup reads

from bot.intake.reading.docx.names import attribute, child, is_on, local, value_of
from bot.intake.reading.docx.styles import Styles

_SYMBOLS = {"F0A3": "□", "F0A8": "□", "F06F": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√"}
_SIGNS = {"tab": " ", "ptab": " ", "noBreakHyphen": "-", "cr": "\n"}
_GONE = {"del", "moveFrom"}
_NO_TEXT = {"pPr", "rPr", "instrText", "delText", "delInstrText", "rt", "sdtPr", "sdtEndPr", "softHyphen"}
_NOTES = {"footnoteReference", "endnoteReference"}
_PICTURES = {"blip", "imagedata", "object"}


@dataclass(slots=True)
class Runs:
    """The findings in the runs of a paragraph."""

    text: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    pictures: int = 0


@dataclass(slots=True)
class OpenFields:
    """The fields that are open. One may begin in a paragraph and end in another: a table of contents."""

    in_code: list[bool] = field(default_factory=list)

    def see(self, kind: str | None) -> None:
        """A sign of a field: begin, separate or end."""
        if kind == "begin":
            self.in_code.append(True)
        elif kind == "separate" and self.in_code:
            self.in_code[-1] = False
        elif kind == "end" and self.in_code:
            self.in_code.pop()

    def end_paragraph(self) -> None:
        """No code goes beyond its paragraph. Without this a lost sign would hide the rest of a text."""
        self.in_code = [False for is_code in self.in_code if not is_code]


class RunReader:
    """Reads the runs of paragraphs, in text order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields = OpenFields()

    def read(self, paragraph: Element, style_id: str | None) -> Runs:
        """The text of a paragraph."""
        runs = Runs()
        self._inside(paragraph, runs, hidden=self._styles.is_hidden(style_id))
        self._fields.end_paragraph()
        return runs

    def _inside(self, element: Element, runs: Runs, *, hidden: bool) -> None:
        for each in _shown(element):
            name = local(each)
            if name in _NO_TEXT:
                continue
            if name in _GONE:
                if gone := _deleted(each):
                    runs.left_out.append((gone, "修订中删去的文字"))
            elif name == "txbxContent":
                runs.boxes.append(each)
            elif name == "r":
                self._inside(each, runs, hidden=self._is_hidden(each, hidden))
            elif name == "fldChar":
                self._fields.see(attribute(each, "fldCharType"))
            elif name in _NOTES:
                runs.notes.append((name.removesuffix("Reference"), attribute(each, "id") or ""))
            else:
                runs.pictures += name in _PICTURES
                self._sign(each, name, runs, hidden=hidden)

    def _sign(self, each: Element, name: str, runs: Runs, *, hidden: bool) -> None:
        """A piece of text, a sign, or what holds further pieces."""
        if name == "t":
            written = each.text or ""
        elif name == "br":
            written = "" if attribute(each, "type") in ("page", "column") else "\n"
        elif name == "sym":
            code = (attribute(each, "char") or "").upper()
            written = _SYMBOLS.get(code, "")
            if not written:
                runs.left_out.append((f"U+{code}", "符号字体里的符号"))
        elif name in _SIGNS:
            written = _SIGNS[name]
        else:
            self._inside(each, runs, hidden=hidden)
            return
        if any(self._fields.in_code):
            return
        if hidden:
            if written.strip():
                runs.left_out.append((written, "隐藏的文字"))
            return
        runs.text.append(written)

    def _is_hidden(self, run: Element, hidden: bool) -> bool:
        properties = child(run, "rPr")
        own = is_on(properties, "vanish")
        if own is not None:
            return own
        return hidden or self._styles.is_hidden(value_of(properties, "rStyle"))


def _shown(element: Element) -> Iterator[Element]:
    """The children that Word shows. Of AlternateContent only one is shown: text boxes stand in both."""
    for each in element:
        if local(each) != "AlternateContent":
            yield each
            continue
        choices = [found for found in each if local(found) in ("Choice", "Fallback")]
        if choices:
            with_text = (found for found in choices if any(local(inner) == "t" for inner in found.iter()))
            yield from next(with_text, choices[0])


def _deleted(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter() if local(each) in ("delText", "t"))
