"""The newspaper page that the service starts from, imported raw: the three reviewed documents come out."""

import re
from collections.abc import Sequence

import pytest

from bot.content.library import load_library
from bot.intake.draft import Draft
from bot.intake.importing import drafts_of
from bot.intake.reading.formats import read_bytes
from tests.conftest import KNOWLEDGE, SHARED
from tests.intake.test_drafts import GAZETTEER

SEED = SHARED / "seeds" / "000_bcdd2b9e74aeebaf.txt"

PAGE = """\
为方便居民，近日，青石市民政局印发《青石市养老服务规划》（以下简称《规划》），明确了目标。
■ 本报记者 张三
为帮助困难家庭，白河县民政局日前制定出台《白河县救助办法》（以下简称《办法》）。
《办法》规定，每人每月100元。
（据白河县民政局）
《规划》提出，三年内建成一百个站点。

白河县出台新办法
每月发放救助金

青石市：养老服务有规划
三年建成一百站
"""


@pytest.fixture(scope="module")
def drafts() -> Sequence[Draft]:
    """The drafts of the seed page."""
    if not SEED.exists():
        pytest.skip("needs the newspaper page")
    return drafts_of(read_bytes(SEED.read_bytes(), "page.txt"), GAZETTEER)


def test_the_seed_page_gives_the_three_reviewed_documents(drafts: Sequence[Draft]) -> None:
    """Title, text, reported document, issuer, place and source, word for word."""
    reviewed = {holding.document.title: holding.document for holding in load_library(KNOWLEDGE).holdings}

    assert {draft.document.title for draft in drafts} == reviewed.keys()
    for draft in drafts:
        document, truth = draft.document, reviewed[draft.document.title]
        assert document.text == truth.text
        for key in ("genre", "reports_on", "issuers", "jurisdiction"):
            assert getattr(document, key) == getattr(truth, key), key
        assert re.sub(r"\s", "", document.source or "") == re.sub(r"\s", "", truth.source or "")


def test_what_a_person_must_decide_is_flagged(drafts: Sequence[Draft]) -> None:
    """Headlines behind bodies, and a lead that stands far from the rest."""
    said = {draft.document.title: [each.what for each in draft.warnings] for draft in drafts}

    assert all(any("标题排在正文后面" in what for what in each) for each in said.values())
    (planning,) = [each for title, each in said.items() if title.startswith("江苏")]
    assert any("在页面上离开头很远" in what for what in planning)


def test_another_page_is_taken_apart_alike() -> None:
    """Whose places no table knows: headlines go by order, and say so."""
    drafts = drafts_of(read_bytes(PAGE.encode(), "page.txt"), GAZETTEER)

    assert [draft.document.reports_on for draft in drafts] == ["青石市养老服务规划", "白河县救助办法"]
    assert drafts[0].document.text.endswith("《规划》提出，三年内建成一百个站点。")
    assert drafts[1].document.source == "据白河县民政局"
    assert all(draft.warnings for draft in drafts)
