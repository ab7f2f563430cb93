"""A long reply in portions, each as long as a message of the platform may be."""

import re
from collections.abc import Sequence

from bot.chat.manner import Portion

ELLIPSIS = "…"

_SMALLEST_BUDGET = len(ELLIPSIS.encode()) + 4
_UNSAYABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no app shows and XML cannot hold."""

_LINE_END = re.compile(r"\r\n?")


def portion(pieces: Sequence[str], budget: int) -> Portion:
    """As many pieces as fit, joined as they are, and those that do not.

    A piece is not divided. One exception: a first piece that is over the budget alone is cut between two
    characters and gets …; what was cut off leads the remainder. Nothing is lost or reordered.

    Args:
        pieces: sentences with whatever blank or line end follows them; cleaned as `clean` does.
        budget: bytes of UTF-8 that the text may have, at least 7.

    Raises:
        ValueError: the budget is smaller: not one character would fit.

    >>> portion(["应当申请。", "可以补正。"], budget=20)
    Portion(text='应当申请。', remainder=('可以补正。',))
    >>> portion(["应当申请。"], budget=12)
    Portion(text='应当申…', remainder=('请。',))
    """
    if budget < _SMALLEST_BUDGET:
        raise ValueError(f"budget {budget}: is below {_SMALLEST_BUDGET} bytes; give room for a character")
    cleaned = [kept for piece in pieces if (kept := clean(piece))]
    room = budget
    for index, piece in enumerate(cleaned):
        room -= len(piece.encode())
        if room < 0 and index == 0:
            begin = head(piece, budget)
            return Portion(begin + ELLIPSIS, (piece[len(begin) :], *cleaned[1:]))
        if room < 0:
            return Portion("".join(cleaned[:index]), tuple(cleaned[index:]))
    return Portion("".join(cleaned), ())


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, line ends as \\n; emoji and tabs stay.

    >>> clean("一\\x00\\r\\n二\\ud83d👵")
    '一\\n二👵'
    """
    return _UNSAYABLE.sub("", _LINE_END.sub("\n", text))


def head(text: str, budget: int) -> str:
    """The longest beginning that leaves room for … within a budget of bytes."""
    return text.encode()[: budget - len(ELLIPSIS.encode())].decode(errors="ignore")
