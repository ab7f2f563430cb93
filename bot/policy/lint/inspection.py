"""What a rule looks at: one document at a time, with the whole library and the day."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from bot.policy.clause import Clause
from bot.policy.holding import Holding
from bot.policy.library import Library

_NOT_WORDS = re.compile(r"[\W_]+")


class Severity(StrEnum):
    """How much a remark matters."""

    ERROR = "error"  # the file is not used, or says what cannot be
    WARNING = "warning"  # residents may be told something wrong, or not find it
    NOTE = "note"  # worth a look


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that a rule found in a document, at an offset of its text or at a key of its front matter.

    `severity` is set if it differs from the rule's.
    """

    at: int | str
    message: str
    advice: str
    severity: Severity | None = None


@dataclass(frozen=True)
class Inspection:
    """The library that the rules look through, and the day."""

    library: Library
    on: date

    @cached_property
    def alike(self) -> Mapping[str, list[Clause]]:
        """Folded text → the clauses with this text."""
        alike = defaultdict(list)
        for _, clause in self.library.clauses():
            alike[folded(clause.text)].append(clause)
        return alike


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule with its name: what it finds in a document, and how much that matters."""

    name: str
    severity: Severity
    find: Callable[[Holding, Inspection], Iterable[Remark]]


def folded(text: str) -> str:
    """A text without blanks, punctuation and its article number, for comparison with others."""
    return _NOT_WORDS.sub("", re.sub(r"^\s*第\S{1,8}条(?:之[一二三四五六七八九十])?\s*", "", text))


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a document's text, each with its offset."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1
