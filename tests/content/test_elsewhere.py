"""Matters that a library of policies need not hold, and how residents ask of them."""

from pathlib import Path

import pytest

from bot.content.elsewhere import MattersElsewhere, read_elsewhere
from bot.content.table import ELSEWHERE
from bot.errors import DocumentError
from bot.search.dense.elsewhere import Matter
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> MattersElsewhere:
    """The matters of a file with a text."""
    path = tmp_path / "elsewhere.tsv"
    path.write_text(text, "utf-8")
    return read_elsewhere(path)


def test_a_line_is_a_matter_and_questions_about_it(tmp_path: Path) -> None:
    """What no document would rule has no name."""
    found = read(tmp_path, "# 说明\n\n婚假\t结婚放几天假\t领证歇吗\n-\t红烧肉咋做\n")

    assert found.matters == (Matter("婚假", ("结婚放几天假", "领证歇吗")), Matter(None, ("红烧肉咋做",)))


def test_without_the_file_nothing_is_elsewhere(tmp_path: Path) -> None:
    """The list helps, and is not needed."""
    assert ELSEWHERE.load(tmp_path).value == MattersElsewhere()


@pytest.mark.parametrize("line", ["婚假", "\t结婚放几天假", "婚假\t结婚放几天假\t "])
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    """The message names the line, what is wrong, and how to write it."""
    with pytest.raises(DocumentError, match="一行写一件事：先写它叫什么") as raised:
        read(tmp_path, f"# 说明\n{line}\n")

    assert raised.value.line == 2


def test_no_matter_is_shipped_twice() -> None:
    """Its questions stand in one line, so that they count together."""
    names = [matter.name for matter in ELSEWHERE.load(KNOWLEDGE).value.matters if matter.name]

    assert len(names) > 1_000
    assert len(set(names)) == len(names)
