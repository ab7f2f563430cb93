"""How residents ask: the file, and what it tells."""

from pathlib import Path

import pytest

from bot.content.asking import AskingGroup, AskingWords, read_asking
from bot.content.table import ASKING
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> AskingWords:
    """The cues of a file with a text."""
    path = tmp_path / "asking.yaml"
    path.write_text(text, "utf-8")
    return read_asking(path)


def test_a_cue_may_be_one_character(tmp_path: Path) -> None:
    """谁 asks, wherever it stands; 吗 only at the end."""
    asking = read(tmp_path, "who: [谁]\nmay: [吗。]\n")

    assert [cue.text for cue in asking.cues[AskingGroup.WHO]] == ["谁"]
    assert [asking.asks(text) for text in ("谁来批", "可以吗", "吗啡")] == [True, True, False]


def test_an_absent_file_knows_only_the_grammar(tmp_path: Path) -> None:
    """能不能 is heard without any word list."""
    asking = ASKING.load(tmp_path).value

    assert asking == AskingWords()
    assert asking.asks("试用期能不能延长")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # a group that there is not, a cue without its bracket
        ("whom: [谁]\n", 1, "键“whom”：没有这一组"),
        ("who:\n  - 哪个（部门\n", 2, "括号没有成对"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)

    assert caught.value.line == line
    assert words in caught.value.problem


def test_the_shipped_file_knows_every_group() -> None:
    """Each with cues, none of them twice."""
    cues = ASKING.load(KNOWLEDGE).value.cues

    assert set(cues) == set(AskingGroup)
    assert all(len(set(found)) == len(found) > 1 for found in cues.values())
