"""Figures and details: how residents ask for them, and how texts write them."""

from pathlib import Path

import pytest

from bot.content.particulars import Particulars, read_particulars
from bot.content.table import PARTICULARS
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TEXT = """words:
  多少: [多少, 几何]
told: [（好/那）多少]
particulars:
  - name: 电话号码
    asked: [电话…（多少/几号）]
    unless: [打电话]
    stated: [电话…<号码>]
    also: 公布电话
  - name: 金额
    asked: [（补/给）<多少>。, <多少>]
    stated: [<数>元, '%']
    varies: yes
    apart: [罚款]
"""


def read(tmp_path: Path, text: str = TEXT) -> Particulars:
    """The particulars of a file with a text."""
    path = tmp_path / "particulars.yaml"
    path.write_text(text, "utf-8")
    return read_particulars(path)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("一个月给多少", ["金额"]),
        ("电话号码是多少", ["电话号码"]),  # what it has taken asks for no amount
        ("电话是多少,补多少", ["电话号码", "金额"]),
        ("一个月给几何", ["金额"]),  # another word of the list
        ("打电话要多少钱", ["金额"]),  # unless
        ("那多少都给了", []),  # it is told
        ("那多少都给了,一个月给多少", ["金额"]),
        ("怎么申请", []),
    ],
)
def test_a_question_asks_for_particulars(tmp_path: Path, question: str, names: list[str]) -> None:
    """In the order of the file."""
    assert [row.name for row in read(tmp_path).asked_for(question)] == names


@pytest.mark.parametrize(
    ("name", "text", "is_stated"),
    [
        ("金额", "每人发给八百余元", True),
        ("金额", "每人发给1,000元", True),
        ("金额", "标准由省级人民政府确定", False),
        ("电话号码", "咨询电话为12349", True),
        ("电话号码", "公布统一的电话", False),
    ],
)
def test_a_text_writes_it(tmp_path: Path, name: str, text: str, is_stated: bool) -> None:
    """A number beside its unit, not a word for it."""
    (row,) = [row for row in read(tmp_path).rows if row.name == name]

    assert row.is_stated(text) is is_stated


def test_absent_is_empty(tmp_path: Path) -> None:
    """Then no question asks for anything particular."""
    assert PARTICULARS.load(tmp_path).value == Particulars()
    assert Particulars().asked_for("多少钱") == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("多少/几号）]", "多少/几号]", 6, "括号没有成对"),
        ("[打电话]", "[打/接]", 7, "“/”只能写在括号里"),
        ("name: 金额", "nam: 金额", 10, "name"),
        ("<多少>。", "<几>。", 11, "没有这张词表"),
        ("[（好/那）多少]", "[（好多少]", 3, "told"),
        ("    asked: [电话…（多少/几号）]\n", "", 5, "asked"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    """Staff read which line to mend, and how."""
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path, TEXT.replace(old, new))

    assert caught.value.line == line


def test_the_shipped_file_has_words_that_look_for_more() -> None:
    """Whatever varies is left to somebody in some text, in words by which a related clause is found."""
    assert all(row.also for row in PARTICULARS.load(KNOWLEDGE).value.rows if row.varies)


@pytest.mark.parametrize("text", ["须有2/3以上理事出席", "不得少于三分之二", "经半数以上委员通过"])
def test_a_ratio_is_written_in_many_ways(text: str) -> None:
    """In the shipped file: as a fraction in digits, too."""
    (ratio,) = (row for row in PARTICULARS.load(KNOWLEDGE).value.rows if row.name == "比例")

    assert ratio.is_stated(text)


def test_a_sentence_about_fines_states_no_other_amount(tmp_path: Path) -> None:
    """油费补多少 is not answered by 处五百元罚款, though 罚款是多少 is."""
    row = read(tmp_path).rows[1]
    clause = "志愿者免费乘车。违反的,处五百元罚款。"
    assert not row.is_stated(clause, "油费补多少")
    assert row.is_stated(clause, "罚款是多少")
    assert row.is_stated(clause + "补五十元。", "油费补多少")
