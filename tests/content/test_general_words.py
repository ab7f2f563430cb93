"""Words that any matter is spoken of with."""

from pathlib import Path

import pytest

from bot.content.general_words import GeneralWords, read_general_words
from bot.content.table import GENERAL_WORDS, LEXICON
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TEXT = """# 说明
多少, 天, 办下来      # 说明
登记，结婚
不算：结婚登记
"""


def read(tmp_path: Path, text: str = TEXT) -> GeneralWords:
    """The words of a file with a text."""
    path = tmp_path / "general-words.txt"
    path.write_text(text, "utf-8")
    return read_general_words(path)


@pytest.mark.parametrize(
    ("question", "is_vague"),
    [
        ("多少天办下来?", True),
        ("登记30天", True),  # a number names nothing
        ("低保多少天办下来", False),  # 低保 does
        ("结婚登记多少天", False),  # and so does what only together names a matter
        ("?!", True),  # nothing at all is said
    ],
)
def test_a_question_of_general_words_alone_is_vague(tmp_path: Path, question: str, *, is_vague: bool) -> None:
    """Whatever is left over names the matter."""
    assert read(tmp_path).make_up(question) is is_vague


@pytest.mark.parametrize(
    ("question", "is_open"),
    [
        ("多少天办下来", True),
        ("弄坏多少", True),  # an everyday word says as little
        ("弄坏停车场多少", False),  # what else is said names the matter
        ("停车多少天", False),  # and so does an official word, though made of such words
    ],
)
def test_everyday_words_leave_a_question_open(tmp_path: Path, question: str, *, is_open: bool) -> None:
    """They count where it is asked back, and nowhere else."""
    words = read(tmp_path, f"{TEXT}平常：弄坏, 停, 车\n").with_matters(["停车", "登记"])

    assert words.leave_open(question) is is_open
    assert not words.make_up("弄坏多少")


def test_without_words_no_question_is_vague(tmp_path: Path) -> None:
    """Stop words alone do not make it so."""
    absent = GENERAL_WORDS.load(tmp_path).value

    assert absent == GeneralWords()
    assert not absent.with_stop_words(["怎么办"]).make_up("怎么办")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("多少\n怎么样才能够申请下来\n", 2, "最多 8 个字"),
        ("不是：结婚登记\n", 1, "冒号前面只能写“不算”或“平常”"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """Staff read which line to mend, and how."""
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path, text)

    assert caught.value.line == line


def test_the_shipped_words_name_no_benefit() -> None:
    """A question that names what it is about is never vague."""
    words = GENERAL_WORDS.load(KNOWLEDGE).value.with_stop_words(LEXICON.load(KNOWLEDGE).value.stop_words)

    assert all(map(words.make_up, ("要交哪些材料", "不服怎么办", "一个月能领多少钱")))
    assert not any(map(words.make_up, ("低保要交哪些材料", "年假几天", "失业金领多久", "加班费怎么算")))
    assert not any(map(words.make_up, ("国家赔偿受理要通知吗", "工资支付包括哪些内容", "许可决定能起诉吗")))
