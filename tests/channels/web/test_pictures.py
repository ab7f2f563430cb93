"""How the states look: each picture in docs/design is what a browser shows now.

After a wanted change: look at the new pictures (`APPROVE_PICTURES=1` writes them), then keep them.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import which

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.channels.browsing import NEEDS_BROWSER
from tests.channels.web.conftest import Site
from tests.channels.web.states import STATES
from tests.conftest import ROOT

APPROVED = ROOT / "docs" / "design"
FONT = "WenQuanYi Zen Hei"
"""The one Chinese font of continuous integration, fonts-wqy-zenhei."""

MOST_DIFFERENT = 0.01
"""Share of the pixels that may differ: letters are drawn a little differently by another Chromium."""

TOLERANCE = 48
"""Steps of 256 by which a pixel may differ, after each four pixels have been made one."""


def _has_only_the_font() -> bool:
    """Whether pictures made here can be compared: with another Chinese font all would differ."""
    if which("fc-match") is None:
        return False
    found = subprocess.run(
        ["fc-match", "sans-serif:lang=zh-cn", "family"], capture_output=True, text=True, check=False
    )
    return FONT in found.stdout


pytestmark = [
    *NEEDS_BROWSER,
    pytest.mark.skipif(
        not _has_only_the_font() and os.environ.get("REQUIRE_BROWSER") != "1",
        reason=f"pictures are compared where {FONT} is the Chinese font; apt-get install fonts-wqy-zenhei",
    ),
]


@dataclass(frozen=True)
class Picture:
    """What is photographed: a page in a window, after questions, in a look."""

    name: str
    questions: tuple[str, ...] = ()
    look: str = ""
    width: int = 390
    height: int = 844
    path: str = "/"
    anchor: str = ""

    def __str__(self) -> str:
        return self.name


def _after(name: str, look: str = "", width: int = 390, height: int = 844) -> Picture:
    """The state of that name."""
    shown = f"{name}-{look}" if look else name
    return Picture(shown, (STATES[name].question,), look, width, height)


PICTURES = [
    Picture("home"),
    Picture("home-desk", width=1280, height=800),
    Picture("home-elder-dark", look="elder-dark"),
    _after("answered"),
    _after("several", "dark"),
    _after("completed", "elder"),
    _after("related"),
    _after("clarify"),
    _after("not-found"),
    _after("not-in-force"),
    _after("urgent"),
    _after("maintenance"),
    _after("failed"),
    _after("answered", "contrast", 768, 700),
    Picture("privacy", path="/privacy"),
]


@pytest.fixture(scope="module")
def pages(chromium: Browser) -> Iterator[Page]:
    """A page to photograph, without anything that moves."""
    context = chromium.new_context(locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def taken(page: Page, site: Site, picture: Picture) -> Image.Image:
    """The picture as a browser shows it now."""
    page.set_viewport_size({"width": picture.width, "height": picture.height})
    page.goto("about:blank")  # an address that differs by its anchor alone would not be loaded again
    page.goto(f"{site.address}{picture.path}?look={picture.look}#{picture.anchor}")
    for question in picture.questions:
        page.locator("#q").fill(question)
        page.get_by_role("button", name="发送").click()
        page.locator(".answer").last.wait_for()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the pixels that differ; 1 where the sizes do."""
    if one.size != other.size:
        return 1.0
    small = [image.reduce(2) for image in (one, other)]
    per_pixel = ImageChops.difference(*small).convert("L").point(lambda value: 255 * (value > TOLERANCE))
    return per_pixel.histogram()[255] / (per_pixel.width * per_pixel.height)


@pytest.mark.parametrize("picture", PICTURES, ids=str)
def test_a_state_looks_as_approved(pages: Page, site: Site, picture: Picture) -> None:
    """Within a tolerance for how letters are drawn."""
    now, approved = taken(pages, site, picture), APPROVED / f"{picture.name}.png"
    if os.environ.get("APPROVE_PICTURES") == "1":
        now.quantize(64).save(approved, optimize=True)

    with Image.open(approved) as before:
        different = difference(now, before.convert("RGB"))

    assert different <= MOST_DIFFERENT, f"{approved.name}: {different:.1%} of it looks different"


def test_the_comparison_is_live(pages: Page, site: Site) -> None:
    """Another accent colour, or a line that moves down by a letter, is seen."""
    home = Picture("home")
    usual = taken(pages, site, home)

    pages.evaluate("document.documentElement.style.setProperty('--accent', '#b00')")
    coloured = Image.open(BytesIO(pages.screenshot())).convert("RGB")
    pages.evaluate("document.querySelector('.welcome').style.paddingTop = '3rem'")
    moved = Image.open(BytesIO(pages.screenshot())).convert("RGB")

    assert difference(usual, taken(pages, site, home)) == 0
    assert difference(usual, coloured) > MOST_DIFFERENT
    assert difference(usual, moved) > MOST_DIFFERENT


def test_every_picture_is_shown_in_the_documentation() -> None:
    """And none stands there that is not compared."""
    text = (ROOT / "docs" / "design.md").read_text("utf-8")

    names = {picture.name for picture in PICTURES}
    kept = {path.stem for path in APPROVED.glob("*.png")}
    assert names <= kept
    assert [name for name in sorted(kept) if f"design/{name}.png" not in text] == []
    assert sum(Path(path).stat().st_size for path in APPROVED.glob("*.png")) < 900_000
