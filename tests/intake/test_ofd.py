"""OFD files, made by hand after GB/T 33190: where objects stand counts, not how they are stored."""

import io
import zipfile

import pytest

from bot.errors import SourceError
from bot.intake.reading.formats import read_bytes
from tests.intake.test_text import LAW

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6


def text_object(x: float, y: float, text: str, more: str = "") -> str:
    """A line of text: the box begins at x and y, the baseline stands below its upper edge."""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 160 8" Size="{SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="5" DeltaX="g {max(len(text) - 1, 1)} {SIZE}">{text}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def page(*objects: str, template: str = "") -> str:
    """The content of a page."""
    layer = f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content>"
    return f"<ofd:Page {NS}>{template}{layer}</ofd:Page>"


def ofd(*pages: str, folder: str = "Doc_0", resources: str = "", templates: str = "") -> bytes:
    """A file of pages."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    box = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    common = (
        f"<ofd:CommonData>{box}<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{templates}</ofd:CommonData>"
    )
    document = f"<ofd:Document {NS}>{common}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        root = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        archive.writestr("OFD.xml", f"<ofd:OFD {NS}>{root}</ofd:OFD>")
        archive.writestr(f"{folder}/Document.xml", document)
        archive.writestr(f"{folder}/DocumentRes.xml", f"<ofd:Res {NS}>{resources}</ofd:Res>")
        archive.writestr(f"{folder}/Tpl.xml", page(text_object(90, 10, "青石市民政局文件")))
        for number, content in enumerate(pages):
            archive.writestr(f"{folder}/Pages/Page_{number}/Content.xml", content)
    return held.getvalue()


def rows() -> list[str]:
    """The lines of the law, as a page of 28 characters a line sets them."""
    indented = ["\u3000\u3000" + paragraph for paragraph in LAW]
    return [row[at : at + 28] for row in indented for at in range(0, len(row), 28)]


def objects() -> list[str]:
    """Its lines as text objects."""
    return [text_object(25, 40 + 10 * number, row) for number, row in enumerate(rows())]


def texts(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [line.text for line in read_bytes(data, "a.ofd").lines]


@pytest.mark.parametrize("folder", ["Doc_0", "DOC_0"])
def test_lines_are_read_by_their_places(folder: str) -> None:
    """Stored in reverse; the folder written otherwise than it is called."""
    assert texts(ofd(page(*reversed(objects())), folder=folder)) == LAW


def test_text_in_a_composite_unit_is_read() -> None:
    """Some printers put all of it there; the object may be scaled."""
    drawn = f'<ofd:CompositeGraphicUnit ID="9">{page_content()}</ofd:CompositeGraphicUnit>'
    unit = f"<ofd:CompositeGraphicUnits>{drawn}</ofd:CompositeGraphicUnits>"
    used = '<ofd:CompositeObject Boundary="0 0 210 297" CTM="0.5 0 0 0.5 0 0" ResourceID="9"/>'

    assert texts(ofd(page(used), resources=unit)) == LAW


def page_content() -> str:
    """The content of a unit."""
    return f"<ofd:Content>{''.join(objects())}</ofd:Content>"


def test_a_line_in_pieces_off_the_line_is_one() -> None:
    """Six objects, each a little higher or lower than the one before."""
    text = "第一条　居民有困难的，可以申请救助。"
    pieces = [
        text_object(25 + SIZE * at, 40 + (0.6 if at % 2 else 0), text[at : at + 3])
        for at in range(0, len(text), 3)
    ]

    assert texts(ofd(page(*pieces, *[text_object(25, 60, "第二条　完了。")])))[0] == text


def test_a_template_stands_behind_its_page() -> None:
    """The red head of a form."""
    listed = '<ofd:TemplatePage ID="3" BaseLoc="Tpl.xml"/>'
    content = page(*objects(), template='<ofd:Template TemplateID="3"/>')

    assert texts(ofd(content, templates=listed))[0] == "青石市民政局文件"


def test_a_unit_within_itself_is_refused() -> None:
    """Not followed for ever."""
    inner = '<ofd:CompositeObject Boundary="0 0 1 1" ResourceID="9"/>'
    unit = f'<ofd:CompositeGraphicUnit ID="9"><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>'

    with pytest.raises(SourceError):
        texts(ofd(page(inner), resources=unit))


def test_a_file_without_pages_says_what_to_do() -> None:
    """A stamp, or a scan."""
    with pytest.raises(SourceError, match="是扫描件"):
        texts(ofd())
