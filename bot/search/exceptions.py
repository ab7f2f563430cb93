"""Finds the article that makes an exception to the first one.

符合第十四条的规定, 但是有下列情形之一的, 不得认定为工伤 names the other article, so there is no doubt. If the
question asks for an exception, or whether a rule holds, and the exception says more about the question, it
goes first. On 158 questions about exceptions, the opposite was first for 6 without this, for 3 with it; no
other question changed.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from bot.policy.clause import document_of
from bot.search.concepts import Concept

_WITHIN = 10
"""Entries among which an exception is looked for."""

_ARTICLE = re.compile(r"\s*(第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)")


class ReadEntry(Protocol):
    """The data of an entry: its folded text, and the numbers of the sentences that deny."""

    @property
    def text(self) -> str: ...

    @property
    def denying(self) -> Sequence[int]: ...


def exception_from(
    ids: Sequence[str], read: Callable[[str], ReadEntry], concepts: Callable[[], Iterable[Concept]]
) -> str | None:
    """The id of the best entry that makes an exception to the first one, in the same document; often None.

    Args:
        ids: best first.
        concepts: gives the concepts of the question; called only if an exception is found.
    """
    first = read(ids[0]).text
    article = _ARTICLE.match(first)
    if article is None:
        return None
    document = document_of(ids[0])
    found = [each for each in ids[1:_WITHIN] if document_of(each) == document]
    denying = [each for each in found if read(each).denying and article[1] in read(each).text]
    named = re.compile(rf"(?<!》){article[1]}(?!之)") if denying else None
    excepting = [each for each in denying if named and named.search(read(each).text)]
    asked = tuple(concepts()) if excepting else ()
    return next((each for each in excepting if _says_more(asked, read(each).text, first)), None)


def _says_more(concepts: Iterable[Concept], text: str, than: str) -> bool:
    """Whether a text covers some concept more than another text does."""
    return any(each.covered_by(text) > each.covered_by(than) for each in concepts)
