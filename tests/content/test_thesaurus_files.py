"""The thesaurus from files: what was read once is the same when it is opened, and never out of date."""

import logging
from pathlib import Path

import pytest

from bot.content.thesaurus import OFF, load_thesaurus
from bot.content.thesaurus_files import load_kept_thesaurus
from bot.search.meaning.thesaurus import Thesaurus
from tests.conftest import KNOWLEDGE

RULES = "lexicon/thesaurus/词.txt"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with two rules, and a line that is none."""
    folder = tmp_path / "knowledge"
    (folder / RULES).parent.mkdir(parents=True)
    (folder / RULES).write_text("老板, 东家 → 用人单位, 雇主*0.7\n<80-120>岁 → 高龄\n这行不对\n", "utf-8")
    return folder


def terms(thesaurus: Thesaurus, question: str) -> list[str]:
    """The terms that a question's expressions stand for."""
    return [term for meaning in thesaurus.meanings(question) for term in meaning.rule.terms]


def read_again(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Why rules were read from their lines, since this was asked last."""
    lines = [record.getMessage() for record in caplog.records if record.name.endswith("sealing")]
    caplog.clear()
    return lines


def test_what_is_opened_is_what_was_read(tmp_path: Path) -> None:
    """The shipped rules, all of them, each as it stands in its line."""
    load_kept_thesaurus(KNOWLEDGE, tmp_path)

    opened = load_kept_thesaurus(KNOWLEDGE, tmp_path).value

    read = load_thesaurus(KNOWLEDGE).value
    assert list(opened.rules) == list(read.rules)
    assert opened.ways == read.ways


def test_rules_are_read_once(knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Lines that are left out are told of each time: the operator may not have seen the first."""
    caplog.set_level(logging.INFO)

    results = [load_kept_thesaurus(knowledge, tmp_path / "kept") for _ in range(2)]

    assert read_again(caplog) == ["thesaurus=made reason=missing"]
    assert [terms(result.value, "82岁的东家") for result in results] == [["高龄", "用人单位", "雇主"]] * 2
    assert [list(map(str, result.left_out)) for result in results] == [
        list(map(str, load_thesaurus(knowledge).left_out))
    ] * 2


def test_a_change_counts_at_once(knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A rule that is added, and one that is switched off."""
    caplog.set_level(logging.INFO)
    load_kept_thesaurus(knowledge, tmp_path / "kept")
    read_again(caplog)

    (knowledge / RULES).write_text("掌柜 → 用人单位\n东家 → 雇主\n", "utf-8")
    assert terms(load_kept_thesaurus(knowledge, tmp_path / "kept").value, "掌柜和东家") == [
        "用人单位",
        "雇主",
    ]
    (knowledge / OFF).write_text("东家\n", "utf-8")
    assert terms(load_kept_thesaurus(knowledge, tmp_path / "kept").value, "掌柜和东家") == ["用人单位"]

    assert read_again(caplog) == ["thesaurus=made reason=outdated"] * 2


def test_damaged_files_are_read_again(
    knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the disk did to them."""
    load_kept_thesaurus(knowledge, tmp_path / "kept")
    (rows,) = (tmp_path / "kept").glob("*/rows")
    rows.write_bytes(rows.read_bytes()[:-3])

    assert terms(load_kept_thesaurus(knowledge, tmp_path / "kept").value, "东家") == ["用人单位", "雇主"]

    assert read_again(caplog) == ["thesaurus=made reason=corrupt"]


def test_where_nothing_can_be_kept_rules_are_read(
    knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that is a file stops no answer."""
    (tmp_path / "kept").write_text("")

    assert terms(load_kept_thesaurus(knowledge, tmp_path / "kept").value, "东家") == ["用人单位", "雇主"]

    assert "thesaurus=not_kept" in read_again(caplog)[-1]
