"""National laws and local regulations beside the project, and what of them the policies hold."""

import gzip
import json
import lzma
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.questions import SHARED

LAWS = SHARED / "data" / "laws.jsonl.xz"
LOCAL_CLAUSES = SHARED / "data" / "clauses-local.jsonl.gz"

SENTENCE = re.compile(r"(?<=[。；;！？!?\n])")
"""The border behind a sentence."""

PAUSE = re.compile("[，,：:。；]")
"""What ends a phrase."""

HAN = re.compile("[\u3400-\u9fff]+")
_TELLING_LENGTH = 14
"""Characters from which a phrase of a policy is known again."""


def national_laws() -> Iterator[dict[str, Any]]:
    """The laws with their `title` and `paragraphs`."""
    with lzma.open(LAWS, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def local_clauses() -> Iterator[dict[str, str]]:
    """The clauses of local regulations with their `_id`, `title` (the regulation's and 第…条) and `text`."""
    with gzip.open(LOCAL_CLAUSES, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def han(text: str) -> str:
    """The Chinese characters of a text."""
    return "".join(HAN.findall(text))


class Held:
    """What the search is measured by: titles and phrases of the policies."""

    def __init__(self, folder: Path) -> None:
        self.titles: set[str] = set()
        self._phrases: set[str] = set()
        for path in sorted(folder.glob("*.txt")):
            lines = path.read_text("utf-8-sig").split("\n")
            self.titles |= {title_of(lines[0]), title_of(path.stem)}
            self._phrases |= {han(each) for line in lines for each in (line, *SENTENCE.split(line))}
            self._phrases |= set(chain.from_iterable(map(_phrases, lines)))

    def has_title(self, title: str) -> bool:
        """Whether a title is one of theirs, or holds one, or stands in one."""
        plain = title_of(title)
        return any(
            len(min(plain, each, key=len)) > 5 and (plain in each or each in plain) for each in self.titles
        )

    def has(self, text: str) -> bool:
        """Whether a text, or a long phrase of it, stands in them."""
        return han(text) in self._phrases or any(phrase in self._phrases for phrase in _phrases(text))


def title_of(title: str) -> str:
    """A title without what all have."""
    return han(title).replace("中华人民共和国", "")


def _phrases(text: str) -> Iterator[str]:
    return (phrase for each in PAUSE.split(text) if len(phrase := han(each)) >= _TELLING_LENGTH)
