"""Words of laws and how surely each names a matter."""

from pathlib import Path

import pytest

from bot.content.official_words import OfficialWords, read_official_words
from bot.content.table import OFFICIAL_WORDS
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> OfficialWords:
    """The words of a file with a text."""
    path = tmp_path / "official-words.txt"
    path.write_text(text, "utf-8")
    return read_official_words(path)


def test_words_stand_behind_their_weight(tmp_path: Path) -> None:
    """Remarks and full-width signs are fine; words are folded; of two weights the later counts."""
    words = read(tmp_path, "# 说明\n2.5: 信访, 期貨   # 说明\n\n１：登记，信访\n")

    assert words.weights == {"信访": 1.0, "期货": 2.5, "登记": 1.0}


def test_without_the_file_no_word_is_missed(tmp_path: Path) -> None:
    """The list helps, and is not needed."""
    assert OFFICIAL_WORDS.load(tmp_path).value == OfficialWords()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("期货, 信访", "先写 0 到 5 的分量"),
        ("重: 期货", "先写 0 到 5 的分量"),
        ("9: 期货", "先写 0 到 5 的分量"),
        ("nan: 期货", "先写 0 到 5 的分量"),
        ("2:", "再写词"),
        ("2: 期货, 税", "“税”：每个词至少 2 个字"),
    ],
)
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str, words: str) -> None:
    """The message names the line, what is wrong, and how to write it."""
    with pytest.raises(DocumentError, match=words) as raised:
        read(tmp_path, f"1: 登记\n{line}\n")

    assert raised.value.line == 2


def test_what_is_shipped_weighs_technical_words_more_than_common_ones() -> None:
    """As the remarks of the file say."""
    weights = OFFICIAL_WORDS.load(KNOWLEDGE).value.weights

    assert len(weights) > 10_000
    assert min(weights[word] for word in ("期货", "专利", "检疫")) > max(
        weights.get(word, 0) for word in ("费用", "老板", "开店")
    )
