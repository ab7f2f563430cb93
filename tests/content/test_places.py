"""Names of places: what residents call a division, and words that only look like one."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.kind import Surroundings
from bot.content.places import PlaceWords, check_places, read_places
from bot.content.table import PLACES
from bot.errors import DocumentError
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> PlaceWords:
    """The names of a file with a text."""
    path = tmp_path / "places.txt"
    path.write_text(text, "utf-8")
    return read_places(path)


def test_aliases_and_ordinary_words_are_told_apart(tmp_path: Path) -> None:
    """Commas and colons may be full-width; what follows a # is a remark."""
    words = read(tmp_path, "# 旧名\n穗，羊城 = 广东省广州市 # 简称\n普通词：安康 申请\n普通词: 公安\n")

    assert [(alias.name, alias.division, alias.line) for alias in words.aliases] == [
        ("穗", "广东省广州市", 2),
        ("羊城", "广东省广州市", 2),
    ]
    assert words.ordinary == {"安康", "申请", "公安"}


def test_the_names_are_found_in_texts(tmp_path: Path) -> None:
    """An alias leads to its division; an ordinary word leads nowhere."""
    gazetteer = read(tmp_path, "羊城 = 广东省广州市\n普通词：安康\n").gazetteer()

    assert [str(name.candidates[0]) for name in gazetteer.names_in("羊城的人都安康")] == ["广东省广州市"]


def test_no_file_is_no_error(tmp_path: Path) -> None:
    """Then the table of divisions is all that is known."""
    assert PLACES.load(tmp_path).value == PlaceWords()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("襄樊\n", 1, "“襄樊”：没有 = 或者右边是空的"),  # no division
        ("襄樊 =\n", 1, "没有 = 或者右边是空的"),
        ("穗, = 广东省广州市\n", 1, "左边有一个别名是空的"),
        ("穗 = 广东省广州市\n\n穗 = 河北省\n", 3, "“穗”：第 1 行已经有了；留一处"),  # two meanings
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)

    assert caught.value.line == line
    assert words in caught.value.problem


def test_a_check_finds_divisions_that_nobody_knows(tmp_path: Path) -> None:
    """Such an alias is left out when texts are read, so staff must hear of it."""
    words = read(tmp_path, "甲 = 火星市\n乙 = 鼓楼区\n丙 = 福建省厦门市\n")

    around = Surroundings(tmp_path, Library.of([]), date(2026, 11, 23), lambda holdings, _: holdings)

    found = list(check_places(words, around))

    assert [(finding.line, finding.rule) for finding in found] == [(1, "unknown-place"), (2, "unknown-place")]
    assert "没有这个地方" in found[0].message
    assert "不止一个" in found[1].message


def test_every_shipped_alias_leads_to_one_division() -> None:
    """And hides none that the table knows by that name, but for prefectures, which go before their towns."""
    table, shipped = Gazetteer(), PLACES.load(KNOWLEDGE).value

    for alias in shipped.aliases:
        division = table.named(alias.division)
        assert len(division) == 1, alias
        assert all(division[0].covers(other) for other in table.named(alias.name)) or alias.name == "甘南"
