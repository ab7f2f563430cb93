"""How residents ask for each aspect of a matter: the notation that staff write."""

from pathlib import Path

import pytest

from bot.content.aspects import read_aspects
from bot.content.table import ASPECTS
from bot.errors import DocumentError
from bot.search.meaning.aspect import Aspect, Aspects
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> Aspects:
    """The aspects of a file with a text."""
    path = tmp_path / "aspects.yaml"
    path.write_text(text, "utf-8")
    return read_aspects(path)


def asked(aspects: Aspects, question: str) -> list[Aspect]:
    """What a folded question asks for."""
    return list(aspects.asked_for(question))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("低保谁来批", [Aspect.WHO]),  # an agent
        ("职业病的钱谁出", [Aspect.WHO, Aspect.PAYER]),  # both: who acts, and who pays
        ("怀孕能不能辞退", [Aspect.MAY, Aspect.WHETHER]),
        ("能让邻居代领吗", [Aspect.MAY, Aspect.WHETHER]),  # with words between
        ("员工要不要培训", [Aspect.MUST, Aspect.WHETHER]),
        ("失业金怎么申请", [Aspect.PROCEDURE]),
        ("啥条件能认定孤儿", [Aspect.CONDITION]),
        ("没交社保会咋样", [Aspect.CONSEQUENCE]),
        ("刚性支出是什么", [Aspect.DEFINITION]),
        ("坐牢了低保还给吗", [Aspect.EXCEPTION, Aspect.WHETHER]),  # asked by one who falls out of the rule
        ("哪些人不能当理事", [Aspect.CONDITION, Aspect.EXCEPTION]),
        ("高龄津贴", []),  # a matter alone asks for nothing
    ],
)
def test_the_shipped_words_tell_what_is_asked(question: str, expected: list[Aspect]) -> None:
    """One question a group."""
    assert asked(ASPECTS.load(KNOWLEDGE).value, question) == expected


def test_a_full_stop_is_the_end_of_what_is_asked(tmp_path: Path) -> None:
    """Before a comma, or at the very end; nowhere else."""
    aspects = read(tmp_path, "may: [行不。]\n")

    assert [asked(aspects, q) for q in ("这样行不", "这样行不,急", "行不行得通")] == [
        [Aspect.MAY],
        [Aspect.MAY],
        [],
    ]


@pytest.mark.parametrize(
    "question",
    ["帮我查低保", "麻烦帮我看下低保", "想问下低保的事情", "跪求低保,谢谢", "低保哈", "我想咨询一下低保"],
)
def test_politeness_around_a_question_is_no_part_of_it(question: str) -> None:
    """What is searched for is the matter alone."""
    assert ASPECTS.load(KNOWLEDGE).value.unwrapped(question) == "低保"


@pytest.mark.parametrize("question", ["谢谢", "咨询服务机构怎么申请", "帮扶对象有哪些", "社区帮忙照看老人"])
def test_words_that_only_look_polite_stay(question: str) -> None:
    """And politeness alone stays, as nothing else is said."""
    assert ASPECTS.load(KNOWLEDGE).value.unwrapped(question) == question


def test_an_absent_or_empty_file_knows_nothing(tmp_path: Path) -> None:
    """A community may do without."""
    assert ASPECTS.load(tmp_path).value == Aspects()
    assert read(tmp_path, "# 只有说明\n") == Aspects()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("whom: [谁]\n", "whom"),  # no such group
        ("who: [谁（来]\n", "谁（来"),  # a bracket is open
        ("empty: [什么]\n", "不是一个字"),  # two characters
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    """The message says what is wrong."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, f"# 说明\n{text}")

    assert words in str(caught.value)
    assert "aspects.yaml:2" in str(caught.value)
