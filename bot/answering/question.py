"""A question, and the conditions that a text must meet to be one."""

import re
from dataclasses import dataclass
from datetime import date

from bot.answering import wording
from bot.content.sites import Site
from bot.errors import QuestionError
from bot.policy.jurisdiction import Jurisdiction

LONGEST_QUESTION = 300
"""Code points after stripping."""

MOST_PASSAGES = 10
DEFAULT_PASSAGES = 3

FURTHER = 2
"""Clauses that are shown beyond these where nothing answers, and nobody says how many: each helps less than
an answer would. Of 208 questions of the `choose` halves, a helpful clause is among the first three for 148,
among five for 166."""

_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
# Unicode's Default_Ignorable_Code_Point: joiners, marks of direction, variants, tags. Nobody sees them, but
# in emoji, which they join (U+200D) and colour (U+FE0F).
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    f"|(?<!{_PICTURE})\ufe0f|(?<!{_PICTURE})(?<!{_PICTURE}\ufe0f)\u200d"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its settings.

    Args:
        k: how many passages may answer it, 1-10.
        jurisdiction: where the asker lives, as the request or the site says; None: unknown.
        as_of: the day for which the answer is wanted; None: today.
        site: where the question is asked; its hotline is the one to call. None: not at a site.
        further: how many clauses may be shown beyond k where nothing answers.
    """

    text: str
    k: int = DEFAULT_PASSAGES
    jurisdiction: Jurisdiction | None = None
    as_of: date | None = None
    site: Site | None = None
    further: int = FURTHER

    @classmethod
    def of(cls, text: str, k: int = DEFAULT_PASSAGES) -> "Question":
        """A question from the typed text, without outer blanks.

        Raises:
            QuestionError: the text is empty, longer than 300 code points or no text; or k is not 1-10.
        """
        if not 1 <= k <= MOST_PASSAGES:
            raise QuestionError(wording.passages_out_of_range(MOST_PASSAGES))
        return cls(question_text(text), k)


def visible(typed: str) -> str:
    """A text without characters that nobody sees: they mean nothing, and would change the ranking.

    >>> visible("低\\u200b保\\U000e0061")
    '低保'
    """
    return _INVISIBLE.sub("", typed)


def question_text(typed: str) -> str:
    """The typed text without invisible characters and outer blanks.

    Raises:
        QuestionError: nothing is left, or more than 300 code points, or NUL or a lone surrogate is in it.
    """
    text = visible(typed).strip()
    if not text:
        raise QuestionError(wording.EMPTY_QUESTION)
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(wording.too_long(len(text), LONGEST_QUESTION))
    if _NOT_TEXT.search(text):
        raise QuestionError(wording.NOT_TEXT)
    return text
