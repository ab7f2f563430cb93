"""The article that excepts from the first one: 符合第十四条的规定, 但是有下列情形之一的, 不得认定为工伤.

It names the article that it excepts from, so that it is known for certain. Where an exception is asked for or
whether a rule holds, and it says more of the question, it goes before. On 158 questions about exceptions, the
opposite was first for 6 without this, for 3 with it; no other question changed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from bot.search.concepts import Concept

_WITHIN = 10
"""Entries among which an exception is looked for."""

_ARTICLE = re.compile(r"\s*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)")


class Read(Protocol):
    """What is known of an entry: its folded text, and which of its sentences deny."""

    @property
    def text(self) -> str: ...

    @property
    def denying(self) -> Sequence[int]: ...


def exception_from(
    ids: Sequence[str], read: Callable[[str], Read], concepts: Callable[[], Iterable[Concept]]
) -> str | None:
    """The id of the best entry that excepts from the first, of the same document. Often none.

    Args:
        ids: best first.
        concepts: of the question; called where an exception is found only.
    """
    first = read(ids[0]).text
    article = _ARTICLE.match(first)
    if article is None:
        return None
    named = re.compile(rf"(?<!》){article[1]}(?!之)")
    document = ids[0].rpartition(":")[0]
    found = [each for each in ids[1:_WITHIN] if each.rpartition(":")[0] == document]
    excepting = [each for each in found if read(each).denying and named.search(read(each).text)]
    asked = tuple(concepts()) if excepting else ()
    return next((each for each in excepting if _says_more(asked, read(each).text, first)), None)


def _says_more(concepts: Iterable[Concept], text: str, than: str) -> bool:
    """Whether a text says anything of a question that another one does not, or more of it."""
    return any(each.covered_by(text) > each.covered_by(than) for each in concepts)
