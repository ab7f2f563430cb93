"""PDF files for tests, made from pieces of text at places, in a font that is not embedded."""

from collections.abc import Sequence

Piece = tuple[float, float, str]
"""x and y from the lower left corner of an A4 page, and a text."""

Rule = tuple[float, float, float, float]
"""A line from x, y to x, y."""

_FONT = (
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 5 0 R"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
    "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)


def pdf(*pages: Sequence[Piece], size: float = 16, rules: Sequence[Sequence[Rule]] = ()) -> bytes:
    """A document of pages. `rules` are the lines on each of them."""
    first = 3 + len(_FONT)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        *_FONT,
    ]
    for number, page in enumerate(pages):
        content = "".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in page
        )
        for x, y, x2, y2 in rules[number] if rules else ():
            content += f"{x} {y} m {x2} {y2} l S\n"
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {first + 2 * number + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}endstream")
    return _file(objects)


def _file(objects: Sequence[str]) -> bytes:
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF"
    return bytes(written) + end.encode()


def column(lines: Sequence[str], x: float = 80, top: float = 760, leading: float = 28) -> list[Piece]:
    """Lines below each other."""
    return [(x, top - leading * number, line) for number, line in enumerate(lines)]


def table(
    rows: Sequence[Sequence[str]],
    left: float = 80,
    top: float = 700,
    widths: Sequence[float] = (140, 140, 140),
) -> tuple[list[Piece], list[Rule]]:
    """A table of rows that are 28 high, ruled all around. A cell may have several lines, with \n between."""
    heights = [28 * max(cell.count("\n") + 1 for cell in row) for row in rows]
    xs = [left + sum(widths[:number]) for number in range(len(widths) + 1)]
    ys = [top - sum(heights[:number]) for number in range(len(heights) + 1)]
    pieces = [
        (xs[column] + 4, ys[number] - 20 - 28 * at, line)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        for at, line in enumerate(cell.split("\n"))
        if line
    ]
    level = [(xs[0], y, xs[-1], y) for y in ys]
    return pieces, [*level, *((x, ys[-1], x, ys[0]) for x in xs)]
