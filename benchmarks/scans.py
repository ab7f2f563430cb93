"""Prints how exactly scans are read: pages of real policies, set here, held askew, noisy, under a red seal.

Needs requirements-ocr.txt. The policies are those of the `report` half; the score below which a line is
flagged was chosen on the other.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from zlib import crc32

from PIL import Image, ImageFilter

from benchmarks.questions import SHARED
from bot.intake.reading.sandbox import read_file
from tests.intake.test_scans import sheet, squeezed

POLICIES = SHARED / "data" / "policies"
_WIDTH, _LINES = 28, 18


def pages(half: int) -> Iterator[tuple[str, ...]]:
    """A page of each policy of a half: lines of 28 characters."""
    for path in sorted(POLICIES.glob("*.txt")):
        if crc32(path.stem.encode()) % 2 == half:
            paragraphs = path.read_text("utf-8").split("\n")[1:40]
            rows = ("\u3000\u3000" + each.strip() for each in paragraphs if len(each.strip()) > 20)
            lines = (row[at : at + _WIDTH] for row in rows for at in range(0, len(row), _WIDTH))
            yield tuple(lines)[:_LINES]


def noisy(page: Image.Image) -> Image.Image:
    """Askew, grainy, a little out of focus."""
    angle = random.uniform(-0.8, 0.8)  # noqa: S311  # no secret
    turned = page.rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)
    grain = Image.effect_noise(page.size, 30).convert("RGB")
    return Image.blend(turned, grain, 0.12).filter(ImageFilter.GaussianBlur(0.5))


def _signed(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Two short lines, where issuer and day would stand."""
    return tuple(line[2:10] for line in lines[9:11])


KINDS: dict[str, Callable[[tuple[str, ...]], Image.Image]] = {
    "clean": sheet,
    "askew, grainy": lambda lines: noisy(sheet(lines)),
    "under a seal": lambda lines: sheet(lines[:9], _signed(lines), "业务专用章"),
}


def main() -> None:
    """Prints a line for each kind of page."""
    random.seed(1)
    half = 0 if sys.argv[1:] == ["choose"] else 1
    held = list(pages(half))[:20]
    for name, made in KINDS.items():
        start, right, total, wrong, flagged, alarms = time.perf_counter(), 0.0, 0, 0, 0, 0
        for lines in held:
            shown = (*lines[:9], *_signed(lines)) if name == "under a seal" else lines
            wanted = "".join("".join(shown).split())
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "页.png"
                made(lines).save(path)
                source = read_file(path)
            read = squeezed(source)
            blocks = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
            right += sum(block.size for block in blocks)
            total += max(len(wanted), len(read))
            for each in source.unsure:
                is_right = "".join(each.text.split()) in wanted
                flagged, alarms = flagged + (not is_right), alarms + is_right
            wrong += sum("".join(line.split()) not in read for line in shown)
        seconds = (time.perf_counter() - start) / max(len(held), 1)
        print(
            f"{name:<16} {len(held)} pages  characters right {right / max(total, 1):.4f}"
            f"  lines broken {wrong}"
            f"  flagged {flagged} of them, {alarms} right ones  {seconds:.1f} s a page"
        )


if __name__ == "__main__":
    main()
