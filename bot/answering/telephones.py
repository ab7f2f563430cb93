"""Finds telephone numbers in our sentences, so that they can be tapped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?<![\d\-〔])(?:\d{3,4}-\d{7,8}|1[12]0|119|12\d{3}|400-?\d{3}-?\d{4})(?![\d\-年月日元号])"
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a sentence, and whether it is a telephone number."""

    text: str
    is_number: bool


def stretches(sentence: str) -> Iterator[Stretch]:
    """One of our sentences in stretches; joined, they are the sentence.

    >>> [stretch.text for stretch in stretches("请打 0592-1234567 或 12345。")]
    ['请打 ', '0592-1234567', ' 或 ', '12345', '。']
    """
    end = 0
    for found in _NUMBER.finditer(sentence):
        if found.start() > end:
            yield Stretch(sentence[end : found.start()], is_number=False)
        yield Stretch(found[0], is_number=True)
        end = found.end()
    if end < len(sentence):
        yield Stretch(sentence[end:], is_number=False)
