"""A finding of a check: severity, rule, file and line, what is wrong and what to do."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import FOLDER
from bot.errors import DocumentError
from bot.policy.lint.inspection import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on a line of a file, counted from 1. `message` and `advice` are Chinese."""

    path: Path
    line: int
    severity: Severity
    rule: str
    message: str
    advice: str = ""

    @property
    def document_id(self) -> str | None:
        """The id of the document in the file; None: the file holds no document."""
        is_document = self.path.parent.name == FOLDER and self.path.suffix == ".md"
        return unicodedata.normalize("NFC", self.path.stem) if is_document else None

    @property
    def sentence(self) -> str:
        """What is wrong, what to do, and the name of the rule."""
        advised = f"{self.message}；{self.advice}" if self.advice else self.message
        return f"{advised} [{self.rule}]"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}"


def broken_file(error: DocumentError) -> Finding:
    """The error of a file or line that cannot be used, as a finding."""
    return Finding(error.path, error.line, Severity.ERROR, "broken-file", error.problem)
