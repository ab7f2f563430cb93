"""What may be asked."""

import pytest

from bot.answering.question import Question
from bot.errors import QuestionError


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  奖金\n", "奖金"),  # blanks around it are no part of it
        ("𠮷" * 300, "𠮷" * 300),  # 300 code points, though 600 UTF-16 units
        ("奖金\t多少\u200b😀", "奖金\t多少\u200b😀"),  # odd, but text
    ],
)
def test_text_is_a_question(typed: str, asked: str) -> None:
    """At most 300 code points after stripping."""
    assert Question.of(typed).text == asked


@pytest.mark.parametrize(
    ("typed", "k", "said"),
    [
        ("", 3, "还没有写问题"),  # nothing
        (" \u3000\n", 3, "还没有写问题"),  # nothing but blanks of all widths
        ("奖" * 301, 3, "301个字"),  # one too many
        ("奖\x00金", 3, "不是文字"),  # NUL
        ("奖\ud800金", 3, "不是文字"),  # half a surrogate pair
        ("奖金", 0, "1到10处"),  # no passages
        ("奖金", 11, "1到10处"),  # too many passages
    ],
)
def test_what_cannot_be_asked_is_refused_with_advice(typed: str, k: int, said: str) -> None:
    """In words for residents."""
    with pytest.raises(QuestionError, match=said):
        Question.of(typed, k)
