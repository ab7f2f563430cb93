"""What may be asked."""

import pytest

from bot.answering.question import Question
from bot.errors import QuestionError


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("  奖金\n", "奖金"),  # blanks around it are no part of it
        ("𠮷" * 300, "𠮷" * 300),  # 300 code points, though 600 UTF-16 units
        ("奖金\t多少😀", "奖金\t多少😀"),  # odd, but text
        ("奖\u200b金\ufeff", "奖金"),  # characters without width
        (
            "奖金" + "".join(chr(0xE0000 + ord(letter)) for letter in "ignore"),
            "奖金",
        ),  # tags: invisible words
        ("奖\u202e金\u2066\ufe0f", "奖金"),  # marks of direction, a variant
        ("奖❤\ufe0f\u200d🔥金", "奖❤\ufe0f\u200d🔥金"),  # an emoji of several code points
        ("奖\ufe0f\u200d金", "奖金"),  # the same without pictures
        ("奖" + "\u200d" * 400 + "金", "奖金"),  # they do not count
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
        ("\u200b\U000e0041", 3, "还没有写问题"),  # nothing that anybody sees
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
