"""How the reader looks: each picture in docs/design is what a browser shows now."""

import os
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.channels.web.conftest import Site
from tests.channels.web.test_pictures import APPROVED, MOST_DIFFERENT, Picture, difference, pytestmark, taken

__all__ = ["pytestmark"]

RULES = "/policy/津贴办法"

PICTURES = [
    Picture("policy", path=RULES),
    Picture("policy-clause-elder", path=RULES, look="elder", anchor="t4"),
    Picture("policy-desk", path=RULES, width=1280, height=800, anchor="t3"),
    Picture("policy-desk-dark", path=RULES, look="dark", width=1280, height=800, anchor="f1.p2r3"),
    Picture("cite", path="/cite/津贴办法:t4"),
    Picture("documents", path="/documents"),
    Picture("documents-desk", path="/documents", width=1280, height=800),
]


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page to photograph, without anything that moves."""
    context = chromium.new_context(locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("picture", PICTURES, ids=str)
def test_a_page_looks_as_approved(page: Page, library: Site, picture: Picture) -> None:
    """Within a tolerance for how letters are drawn."""
    now, approved = taken(page, library, picture), APPROVED / f"{picture.name}.png"
    if os.environ.get("APPROVE_PICTURES") == "1":
        now.quantize(64).save(approved, optimize=True)

    with Image.open(approved) as before:
        different = difference(now, before.convert("RGB"))

    assert different <= MOST_DIFFERENT, f"{approved.name}: {different:.1%} of it looks different"
