"""Matters that questions name."""

import re
from pathlib import Path

import pytest

from bot.content.subjects import SUBJECTS_FILE, Subjects, read_subjects
from bot.content.table import EVERYDAY, SUBJECTS
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TEXT = """# 说明
驾驶证, 驾照           # 说明
身份证办理：身份证…（丢/补）, 补身份证 = 居民身份证申领
"""


def read(tmp_path: Path, text: str = TEXT) -> Subjects:
    """The subjects of a file with a text."""
    path = tmp_path / "subjects.txt"
    path.write_text(text, "utf-8")
    return read_subjects(path)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("我的驾照呢", ["驾照"]),  # without a name: as the question calls it
        ("身份证昨天丢了", ["身份证办理"]),
        ("带身份证去", []),  # in passing
    ],
)
def test_a_question_names_matters(tmp_path: Path, question: str, names: list[str]) -> None:
    """In the order of the file."""
    assert [name for name, _ in read(tmp_path).named_in(question)] == names


@pytest.mark.parametrize(
    ("written", "question", "name"),
    [
        (
            "公积金\n住房公积金\n",
            "住房公积金怎么取",
            ["住房公积金"],
        ),  # a name within a longer one is none
        ("三包\n门前三包\n", "门前三包归谁，手机三包呢", ["门前三包"]),
        ("公积金, 住房公积金\n", "住房公积金怎么取", ["住房公积金"]),  # of one matter, the longest name
        ("狗证, 遛狗\n", "遛狗要不要狗证", ["遛狗"]),  # and the first
        ("护照：（办/补）护照, （丢/没）…护照\n", "我想补护照", ["护照"]),
        ("护照：（办/补）护照, （丢/没）…护照\n", "丢了护照", ["护照"]),
        ("护照：（办/）护照\n", "护照", ["护照"]),  # a choice may be nothing
        ("护照：…护照…丢\n", "我的护照丢了", ["护照"]),  # it may begin with anything
        ("护照：<数>本护照\n", "两本护照", ["护照"]),
        ("护照：（旧…本/老）护照\n", "旧的那本护照", ["护照"]),
        ("护照：（办/补）护照\n", "护照呢", []),
    ],
)
def test_a_matter_is_found_however_its_names_begin(
    tmp_path: Path, written: str, question: str, name: list[str]
) -> None:
    """Only matters whose names begin as something in the question are looked at, and none is passed over."""
    assert [called for called, _ in read(tmp_path, written).named_in(question)] == name


def test_words_of_texts_are_what_has_no_marks(tmp_path: Path) -> None:
    """A way to ask that is plain, what stands behind =, and the name."""
    licence, card = read(tmp_path).rows

    assert licence.words == ("驾驶证", "驾照")
    assert card.words == ("补身份证", "居民身份证申领", "身份证办理")


def test_absent_is_empty(tmp_path: Path) -> None:
    """Then no question names anything."""
    assert SUBJECTS.load(tmp_path).value == EVERYDAY.load(tmp_path).value == Subjects()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("驾照\n证\n", 2, "至少写 2 个字"),
        ("身份证…丢\n", 1, "前面要有名字"),
        ("证：身份证（丢\n", 1, "括号没有成对"),
        ("高龄津贴：敬老金, 补贴：粮食补贴\n", 1, "一行只写一件事"),  # two matters
        ("肉贴, 补贴：粮食补贴\n", 1, "一行只写一件事"),  # its name would be 肉贴, 补贴
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """Staff read which line to mend, and how."""
    with pytest.raises(DocumentError, match=words) as caught:
        read(tmp_path, text)

    assert caught.value.line == line


def test_no_shipped_matter_is_called_as_one_asks() -> None:
    """没有收录怎么定罪的规定 is no Chinese."""
    asking = re.compile("怎么|什么|多少|几|咋|吗$|能不能|如何|哪|有没有")
    rows = read_subjects(KNOWLEDGE / SUBJECTS_FILE).rows
    called = [name for row in rows for name in ([row.name] if row.name else row.ways)]

    assert called
    assert not [name for name in called if asking.search(name)]
