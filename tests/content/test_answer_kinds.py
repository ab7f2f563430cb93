"""How residents ask for each kind of answer: the notation that staff write."""

from pathlib import Path

import pytest

from bot.content.answer_kinds import read_answer_kinds
from bot.content.table import ANSWER_KINDS
from bot.errors import DocumentError
from bot.search.meaning.answer_kind import AnswerKind, AnswerKinds, Cue
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> AnswerKinds:
    """The cues of a file with a text."""
    path = tmp_path / "answer-kinds.yaml"
    path.write_text(text, "utf-8")
    return read_answer_kinds(path)


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        # as it stands
        ("几块", ["几块"]),
        # one of several, at the end, at the beginning, in the middle, twice
        ("多少（钱/元）", ["多少钱", "多少元"]),
        ("（怎么/咋）算", ["怎么算", "咋算"]),
        ("几（天/个月）内", ["几天内", "几个月内"]),
        ("（带/交）（什么/啥）", ["带什么", "带啥", "交什么", "交啥"]),
        # half-width brackets, blanks around the choices
        ("多少( 钱 / 元 )", ["多少钱", "多少元"]),
        # traditional characters and capitals are folded, as questions are
        ("幾個Ｗ", ["几个w"]),
    ],
)
def test_a_line_stands_for_cues(tmp_path: Path, written: str, texts: list[str]) -> None:
    """All of them count anywhere in a question."""
    kinds = read(tmp_path, f"amount:\n  - {written}\n")

    assert kinds == AnswerKinds({AnswerKind.AMOUNT: tuple(Cue(text) for text in texts)})


def test_a_full_stop_marks_the_end_of_the_question(tmp_path: Path) -> None:
    """Every choice of the line counts only there."""
    kinds = read(tmp_path, "amount: [多少。, 是（几/多少）。]\n")

    assert kinds.cues[AnswerKind.AMOUNT] == tuple(
        Cue(text, at_end=True) for text in ("多少", "是几", "是多少")
    )


def test_an_absent_or_empty_file_knows_no_cue(tmp_path: Path) -> None:
    """A community may do without."""
    assert ANSWER_KINDS.load(tmp_path).value == AnswerKinds()
    assert read(tmp_path, "# 只有说明\n") == AnswerKinds()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # a bracket is left open, or closed twice
        ("amount:\n  - 几块\n  - 多少（钱/元\n", 3, "问法“多少（钱/元”：括号没有成对；写成“多少（钱/元）”"),
        ("amount:\n  - 多少钱）\n", 2, "括号没有成对"),
        # brackets within brackets
        ("amount:\n  - 多少（钱（元）/块）\n", 2, "括号没有成对"),
        # a slash that chooses between nothing
        ("amount:\n  - 多少钱/多少元\n", 2, "“/”只能写在括号里"),
        # a full stop that is not at the end
        ("amount:\n  - 多少。钱\n", 2, "“。”只能写在最后"),
        # an empty choice, and a cue of a single character
        ("amount:\n  - 多少（钱/）\n", 2, "有一种写法是空的；每种写法至少写 2 个字"),
        ("amount:\n  - 几（天/）\n", 2, "太短，或者有一种写法是空的"),
        ("amount:\n  - 几\n", 2, "问法“几”：太短"),
        ("amount:\n  - 。\n", 2, "太短"),
        # a kind that there is not, and one that stands twice
        ("place: [去哪]\nprice: [多少钱]\n", 2, "键“price”：没有这一组；可以写的有 amount、age、"),
        ("age: [几岁]\nage: [多大]\n", 2, "键“age”：写了两次；留一个"),
        # no list, and no words in it
        ("age: 几岁\n", 1, "age：不是清单；写成“age: [词, 词]”"),
        ("age:\n", 1, "age：不是清单"),
        ("age:\n  - 几岁\n  -\n", 3, "age：有一项不是词"),
        ("age:\n  - 几岁: 多大\n", 2, "age：有一项不是词"),
        ("- 几岁\n", 1, "内容：不是一组一组的词；写成“amount: [词, 词]”"),
        ("age：[几岁]\n", 1, "键“age”：冒号是全角的"),
        # a square bracket is left open
        ("age: [几岁\n", 2, "内容："),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)

    assert (caught.value.path.name, caught.value.line) == ("answer-kinds.yaml", line)
    assert words in caught.value.problem


def test_the_shipped_file_knows_every_kind() -> None:
    """Each with cues, none of them twice."""
    cues = ANSWER_KINDS.load(KNOWLEDGE).value.cues

    assert list(cues) == list(AnswerKind)
    assert all(len(set(found)) == len(found) > 1 for found in cues.values())
