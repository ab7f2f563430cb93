"""What a check finds: severity, rule, file and line, what is wrong and what to do."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import FOLDER
from bot.errors import DocumentError
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the line of a file, counted from 1."""

    path: Path
    line: int
    severity: Severity
    rule: str
    message: str
    advice: str = ""

    @property
    def document_id(self) -> str | None:
        """The document whose file it is, None where it is another file."""
        is_document = self.path.parent.name == FOLDER and self.path.suffix == ".md"
        return unicodedata.normalize("NFC", self.path.stem) if is_document else None

    @property
    def sentence(self) -> str:
        """What is wrong, what to do, and the rule that says so."""
        advised = f"{self.message}；{self.advice}" if self.advice else self.message
        return f"{advised} [{self.rule}]"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


Check = Callable[[Path, Library], Iterable[Finding]]
"""Looks through a knowledge folder and its library. Rooms above bring their own; assembly lists them."""


def broken_file(error: DocumentError) -> Finding:
    """What a file that cannot be used says itself."""
    return Finding(error.path, error.line, Severity.ERROR, "broken-file", error.problem)
