"""Drafts of known questions, `drafts/questions/<document_id>.yaml`: the format of `knowledge/questions`.

The text of each clause stands above its row as a comment, so that the person who accepts it can judge.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from bot.content.known_questions import clauses_in
from bot.errors import DocumentError
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library

_HEAD = """\
# 草稿：由模型建议，未经审阅。逐句看过，把好的移到 knowledge/questions/ 里。
# 一句都不要的，留下 similar: []，就不会再问。
questions:
"""


@dataclass(frozen=True, slots=True)
class QuestionDrafts:
    """The drafts in a folder: one file for each document."""

    folder: Path

    def held(self, document_id: str) -> set[tuple[str, str]]:
        """The rows of a document's draft: clause id and 8 digits of the digest of each.

        Raises:
            DocumentError: the draft cannot be read.
        """
        path = self._path(document_id)
        return clauses_in(path) if path.exists() else set()

    def add(self, document: Document, clause: Clause, questions: tuple[str, ...]) -> None:
        """Adds a row to the draft of a document. The file is replaced whole: no reader finds half of it.

        Raises:
            DocumentError: with the row, the draft cannot be read; it stays as it was.
        """
        path = self._path(document.document_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text("utf-8") if path.exists() else _HEAD
        making = path.with_suffix(".making")
        making.write_text("\n".join([before.rstrip("\n"), *_row(document, clause, questions), ""]), "utf-8")
        clauses_in(making)
        making.replace(path)

    def _path(self, document_id: str) -> Path:
        return self.folder / f"{document_id}.yaml"


def waiting(
    library: Library, known: Iterable[KnownQuestion], drafts: QuestionDrafts
) -> tuple[list[tuple[Document, Clause]], list[DocumentError]]:
    """The clauses without a known question, neither drafted nor accepted; and the unreadable drafts.

    If the draft of a document cannot be read, its clauses do not wait: some of them would be asked twice.
    """
    asked = {question.clause_id for question in known}
    clauses: list[tuple[Document, Clause]] = []
    broken: list[DocumentError] = []
    for document, held_clauses in groupby(library.clauses(), key=itemgetter(0)):
        try:
            held = drafts.held(document.document_id)
        except DocumentError as error:
            broken.append(error)
            continue
        clauses += [
            (document, clause)
            for _, clause in held_clauses
            if clause.clause_id not in asked and (clause.clause_id, clause.digest[:8]) not in held
        ]
    return clauses, broken


def _row(document: Document, clause: Clause, questions: tuple[str, ...]) -> Iterator[str]:
    yield ""
    context = (line for piece in clause.context for line in piece.text.splitlines())
    for line in (f"《{document.title}》{clause.label}", *context, *clause.text.splitlines()):
        yield f"  # {line}"
    yield f"  - clause: {_quoted(clause.clause_id)}"
    yield f"    digest: {_quoted(clause.digest[:8])}"
    yield "    similar:"
    for question in questions:
        yield f"      - {_quoted(question)}"


def _quoted(text: str) -> str:
    """A text as a JSON string. YAML reads it as the same text, whatever characters it holds."""
    return json.dumps(text, ensure_ascii=False)
