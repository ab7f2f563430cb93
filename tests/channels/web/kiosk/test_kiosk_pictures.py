"""How the kiosk looks: each picture in docs/design is what its screen shows now, at half its size.

After a wanted change: look at the new pictures (`APPROVE_PICTURES=1` writes them), then keep them.
"""

import os
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.channels.web.kiosk.test_touching import LANDSCAPE, PORTRAIT, Kiosk
from tests.channels.web.states import ANSWERED, CLARIFY, NOT_FOUND, RELATED
from tests.channels.web.test_pictures import APPROVED, MOST_DIFFERENT, difference, pytestmark

__all__ = ["pytestmark"]


def _asked(question: str) -> Callable[[Kiosk], None]:
    """The screen of an answer."""

    def go(kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.ask(question)

    return go


def _left_alone(kiosk: Kiosk) -> None:
    """Nobody has touched the screen for 41 seconds."""
    kiosk.page.clock.install()
    _asked(ANSWERED.question)(kiosk)
    kiosk.page.clock.run_for(41_000)


def _without_line(kiosk: Kiosk) -> None:
    """A question that finds no line."""
    kiosk.begin()
    kiosk.page.context.set_offline(True)
    kiosk.page.locator("#q").fill("高龄津贴")
    kiosk.page.locator(".go").click()  # a touch would leave its shade for a moment
    kiosk.page.locator("#offline").wait_for()


SCREENS: dict[str, tuple[tuple[int, int], Callable[[Kiosk], None]]] = {
    "kiosk-attract": (PORTRAIT, Kiosk.arrive),
    "kiosk-attract-landscape": (LANDSCAPE, Kiosk.arrive),
    "kiosk-home": (PORTRAIT, Kiosk.begin),
    "kiosk-home-landscape": (LANDSCAPE, Kiosk.begin),
    "kiosk-answered": (PORTRAIT, _asked(ANSWERED.question)),
    "kiosk-answered-landscape": (LANDSCAPE, _asked(ANSWERED.question)),
    "kiosk-clarify": (PORTRAIT, _asked(CLARIFY.question)),
    "kiosk-related": (PORTRAIT, _asked(RELATED.question)),
    "kiosk-not-found": (PORTRAIT, _asked(NOT_FOUND.question)),
    "kiosk-warning": (PORTRAIT, _left_alone),
    "kiosk-offline": (PORTRAIT, _without_line),
}
"""Name → size of the screen, and what is done before."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A screen on which nothing moves; two of its pixels are one of the picture."""
    context = chromium.new_context(
        locale="zh-CN", has_touch=True, reduced_motion="reduce", device_scale_factor=0.5
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_approved(page: Page, kiosk_address: str, name: str) -> None:
    """Within a tolerance for how letters are drawn; all of a first screen is in sight."""
    (width, height), do = SCREENS[name]
    page.set_viewport_size({"width": width, "height": height})
    do(Kiosk(page, kiosk_address))
    page.evaluate("document.activeElement.blur()")
    now, approved = Image.open(BytesIO(page.screenshot())).convert("RGB"), APPROVED / f"{name}.png"
    if os.environ.get("APPROVE_PICTURES") == "1":
        now.quantize(64).save(approved, optimize=True)

    with Image.open(approved) as before:
        different = difference(now, before.convert("RGB"))

    assert different <= MOST_DIFFERENT, f"{approved.name}: {different:.1%} of it looks different"
    if do in (Kiosk.arrive, Kiosk.begin):
        assert page.evaluate("document.documentElement.scrollHeight") <= height
