"""Text recognition: a picture of a page → its lines with their places. The only door to rapidocr.

rapidocr carries its models (PP-OCR, Apache-2.0), so nothing is fetched.
"""

import contextlib
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from math import atan2, cos, sin
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.errors import SourceError
from bot.intake.reading.layout import Glyph

if TYPE_CHECKING:
    from rapidocr import RapidOCR

PACKAGE = "rapidocr"
Picture: TypeAlias = NDArray[np.uint8]
"""Rows of pixels, each blue, green, red."""

_RED, _FEWEST_RED = 40, 0.0004
"""How much redder than anything else a pixel of a seal is; which share of a page a seal takes at least."""
_COVERED = 0.02
"""Share of red pixels from which on a line is under a seal, or red itself."""
_SAME_PLACE = 0.4
_HEAD, _WIDE = 0.5, 0.2
"""Red words are a red head where they stand in so much of a page from the top and take so much of its width.
Those of a seal are short."""
_PADDING = 0.12
"""Em by which the box of a line is wider than its words, on each side."""


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line that was recognized: its words, how sure that is, and its box in pixels, from the upper left.

    `tilt` is the angle of its base line.
    """

    text: str
    score: float
    left: float
    top: float
    right: float
    bottom: float
    tilt: float = 0.0

    @property
    def middle(self) -> tuple[float, float]:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def covers(self, other: "PictureLine") -> bool:
        """Whether two lines stand at the same place."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(_area(self), _area(other))
        return width > 0 and height > 0 and width * height > _SAME_PLACE * smaller


def is_installed() -> bool:
    """Whether text recognition is installed: requirements-ocr.txt."""
    return find_spec(PACKAGE) is not None


def decoded_picture(data: bytes) -> Picture:
    """The picture in a file.

    Raises:
        SourceError: it is broken, or too large.
    """
    from PIL import Image  # noqa: PLC0415  # only where text recognition is installed

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # it refuses twice as much
    try:
        with Image.open(io.BytesIO(data)) as image:
            image.thumbnail((_LARGEST, _LARGEST))
            return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise SourceError("图片损坏或太大，打不开；请对方重发，或者另存一份") from None


_MOST_PIXELS = 50_000_000
"""A4 at 600 dpi has 35 million."""
_LARGEST = 3_000
"""Pixels of the longer side; what is larger is made smaller."""


def lines_in(picture: Picture) -> tuple[list[PictureLine], list[PictureLine]]:
    """The lines of a page, and the words of its seals.

    Where something is red, the page is read again without it: below a seal stand issuer and day.
    """
    lines = list(_read(picture))
    red = _red_of(picture)
    if red.mean() < _FEWEST_RED:
        return lines, []
    without = picture[:, :, 2].copy()  # in red light, red is white
    without[red] = 255
    again = list(_read(np.stack([without] * 3, axis=2)))
    kept = [line for line in lines if _share(red, line) < _COVERED]
    sealed: list[PictureLine] = []
    for line in lines:
        if line in kept or any(line.covers(other) for other in again):
            continue
        is_head = (
            line.middle[1] < _HEAD * picture.shape[0] and line.right - line.left > _WIDE * picture.shape[1]
        )
        (kept if is_head else sealed).append(line)
    kept += [other for other in again if not any(other.covers(line) for line in kept)]
    return kept, sealed


def glyphs_of(lines: Sequence[PictureLine], height: float, scale: float) -> list[Glyph]:
    """The characters of lines as they stand on a page that is held straight.

    Args:
        height: pixels of the page.
        scale: pixels a point.
    """
    long = [line.tilt for line in lines if len(line.text) > 5]
    tilt = median(long) if long else 0.0
    glyphs: list[Glyph] = []
    for line in lines:
        glyphs += _glyphs(line, tilt, height, scale)
    return glyphs


def _glyphs(line: PictureLine, tilt: float, height: float, scale: float) -> Iterator[Glyph]:
    widths = [1.0 if unicodedata.east_asian_width(each) in "WFA" else 0.5 for each in line.text]
    x, y = line.middle
    x, y = x * cos(tilt) + y * sin(tilt), y * cos(tilt) - x * sin(tilt)
    length = (line.right - line.left) / max(cos(line.tilt), 0.5)
    em = length / (sum(widths) + 2 * _PADDING)
    at = x - length / 2 + _PADDING * em
    size = min(em, line.bottom - line.top)
    for character, width in zip(line.text, widths, strict=True):
        box = (at, height - y - size / 2, at + width * em, height - y + size / 2)
        yield Glyph(character, *(each / scale for each in box))
        at += width * em


def _read(picture: Picture) -> Iterator[PictureLine]:
    with contextlib.redirect_stdout(io.StringIO()):  # our own says what was read
        found = _engine()(picture)
    boxes, texts, scores = found.boxes, found.txts, found.scores
    if boxes is None or texts is None or scores is None:
        return
    for box, text, score in zip(boxes, texts, scores, strict=True):
        (left, top), (right, top2) = box[0], box[1]
        (_, bottom2), (_, bottom) = box[2], box[3]
        half = (float(bottom - top) + float(bottom2 - top2)) / 4
        middle = float(box[:, 1].mean())
        tilt = atan2(float(top2 - top), float(right - left))
        if text.strip():
            yield PictureLine(
                text, float(score), float(left), middle - half, float(right), middle + half, tilt
            )


@cache
def _engine() -> "RapidOCR":
    from rapidocr import RapidOCR  # noqa: PLC0415  # loads for seconds

    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False})


def _red_of(picture: Picture) -> NDArray[np.bool_]:
    others = np.maximum(picture[:, :, 0], picture[:, :, 1]).astype(np.int16)
    return picture[:, :, 2].astype(np.int16) - others > _RED


def _share(red: NDArray[np.bool_], line: PictureLine) -> float:
    box = red[max(int(line.top), 0) : int(line.bottom) + 1, max(int(line.left), 0) : int(line.right) + 1]
    return float(box.mean()) if box.size else 0.0


def _area(line: PictureLine) -> float:
    return max((line.right - line.left) * (line.bottom - line.top), 1.0)
