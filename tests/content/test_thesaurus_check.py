"""What check says of the thesaurus."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.thesaurus import load_thesaurus
from bot.content.thesaurus_check import check_thesaurus
from bot.policy.document import Document
from bot.policy.library import Library
from tests.conftest import KNOWLEDGE


def rules_found(tmp_path: Path, library: Library, *lines: str) -> list[tuple[int, str]]:
    """Line and rule of each finding in a thesaurus of some lines."""
    folder = tmp_path / "lexicon" / "thesaurus"
    folder.mkdir(parents=True)
    (folder / "工作.txt").write_text("\n".join(lines), "utf-8")
    return [(finding.line, finding.rule) for finding in checked(tmp_path, library)]


def checked(knowledge: Path, library: Library) -> list[Finding]:
    """What is found in the thesaurus of a knowledge folder."""
    around = Surroundings(knowledge, library, date(2026, 11, 23), lambda holdings, _: holdings)
    return list(check_thesaurus(load_thesaurus(knowledge).value, around))


@pytest.fixture
def library(document: Callable[..., Document]) -> Library:
    """One document about wages."""
    return Library.of([document("第一条 用人单位应当按月支付劳动报酬。")])


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("用人单位 → 劳动报酬, 用人单位", "rule-circle"),
        ("工龄 → 用人单位 ；若 养老 ；除非 养老", "rule-never-met"),
        ("养老钱 → 劳动报酬 ；除非 养老", "rule-never-met"),
        ("东家 → 用人单位", "rule-repeated"),
        ("掌柜 → 经营场所", "rule-leads-nowhere"),
    ],
)
def test_a_rule_that_cannot_work_is_found(tmp_path: Path, library: Library, line: str, rule: str) -> None:
    """With its line; the sound rules around it are not."""
    sound = ("东家 → 用人单位", *(f"工钱{number} → 劳动报酬" for number in range(10)))

    assert rules_found(tmp_path, library, *sound, line) == [(12, rule)]


def test_a_file_about_something_else_is_no_fault(tmp_path: Path, library: Library) -> None:
    """A community that holds nothing about housing keeps the file all the same."""
    assert rules_found(tmp_path, library, "房东 → 出租人", "租客 → 承租人", "工钱 → 劳动报酬") == []


def test_the_shipped_thesaurus_has_no_warning(library: Library) -> None:
    """Whoever starts anew is not greeted by our mistakes."""
    assert checked(KNOWLEDGE, library) == []
