"""The sentences of a text."""

import re
from collections.abc import Iterator

_CLOSING = "”’」』）)》"
_SENTENCE = re.compile(rf"[^\s。！？；][^。！？；\n]*[。！？；]*[{_CLOSING}]*|[。！？；]+")
_FULL_SENTENCE = re.compile(rf"[^\s。！？][^。！？\n]*[。！？]*[{_CLOSING}]*|[。！？]+")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of a text, in order. The blanks between them belong to no sentence.

    A sentence ends behind 。！？；or a line end, with the closing quotes and brackets that follow.

    >>> text = "他说：“行。”\\n好；再见"
    >>> [text[start:end] for start, end in sentences(text)]
    ['他说：“行。”', '好；', '再见']
    """
    for found in _SENTENCE.finditer(text):
        yield found.span()


def full_sentences(text: str) -> Iterator[tuple[int, int]]:
    """The same, but a semicolon does not end a sentence.

    >>> text = "好；再见。走了"
    >>> [text[start:end] for start, end in full_sentences(text)]
    ['好；再见。', '走了']
    """
    for found in _FULL_SENTENCE.finditer(text):
        yield found.span()
