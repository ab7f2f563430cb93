"""Known questions: what residents asked before, each with the clause that answers it, `questions/*.yaml`.

questions:
  - clause: 高龄津贴办法:t3
    digest: 1a2b3c4d                     # the first 8 hex digits of the digest of its text
    similar: [过了八十岁一个月有多少钱]
    negative: [住养老院一个月要多少钱]   # sounds alike, and this clause does not answer it

Files give rows. Only a library tells whether the clause of a row still stands as it did.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.finding import Finding, broken_file
from bot.content.kind import LoadResult, Surroundings
from bot.content.lines import files_in, read_lines
from bot.content.yaml_lines import read_numbered_yaml
from bot.errors import DocumentError
from bot.policy.clause import Clause, document_of
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.policy.link import Fate, resolve, version_of
from bot.policy.lint.inspection import Severity

QUESTIONS = "questions/*.yaml"

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
_WAITING = "等它收录，或者删去这些问法；文件改了名，就在 clause 里写新的编号"
_SENTENCES = "一个清单，每句 2 到 300 个字"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clause: _Words = Field(description="条款编号，如 高龄津贴办法:t3")
    digest: str = Field(pattern="^[0-9a-f]{8}$", description="条款原文 SHA-256 的前 8 位，如 1a2b3c4d")
    similar: tuple[_Words, ...] = Field((), description=_SENTENCES)
    negative: tuple[_Words, ...] = Field((), description=_SENTENCES)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    questions: tuple[_Row, ...] = Field(
        description="一个清单，每项有 clause、digest、similar: […]、negative: […]"
    )


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A row of a file: questions, and the clause that answers them."""

    path: Path
    line: int
    clause_id: str
    digest: str
    similar: tuple[str, ...]
    negative: tuple[str, ...]

    @property
    def document_id(self) -> str:
        """The document of its clause."""
        return document_of(self.clause_id)


def load_question_rows(knowledge: Path) -> LoadResult[tuple[QuestionRow, ...]]:
    """The rows of all files, in order. A file that is no such list is left out whole."""
    rows: list[QuestionRow] = []
    left_out: list[DocumentError] = []
    questions = knowledge / QUESTIONS
    try:
        paths = files_in(questions.parent, questions.name)
    except DocumentError as error:
        return LoadResult((), (error,))
    for path in paths:
        try:
            rows += read_question_rows(path)
        except DocumentError as error:
            left_out.append(error)
    return LoadResult(tuple(rows), tuple(left_out))


def read_question_rows(path: Path) -> list[QuestionRow]:
    """The rows of a file, in order.

    Raises:
        DocumentError: the file is no list of known questions.
    """
    file, line_of = read_numbered_yaml(read_lines(path), _File)
    return [
        QuestionRow(path, line_of["questions", number], row.clause, row.digest, row.similar, row.negative)
        for number, row in enumerate(file.questions)
    ]


def clauses_in(path: Path) -> set[tuple[str, str]]:
    """The clause id and digest of each row of a file, even if there is no such clause.

    Raises:
        DocumentError: the file is no list of known questions.
    """
    return {(row.clause_id, row.digest) for row in read_question_rows(path)}


def known_questions(rows: Iterable[QuestionRow], library: Library) -> LoadResult[tuple[KnownQuestion, ...]]:
    """The known questions of rows.

    A row is left out if the words of its clause have changed. If they stand at another anchor of the document
    now, the questions point there. Rows of a document that is not held wait for it; this is no fault.
    """
    questions: list[KnownQuestion] = []
    left_out: list[DocumentError] = []
    for row in rows:
        if row.document_id not in library.by_id:
            continue
        target = resolve(library, row.clause_id, row.digest)
        if target.fate is Fate.CHANGED or target.clause is None:
            left_out.append(DocumentError(row.path, row.line, _problem(row, target.clause)))
        else:
            questions += _questions(row, target.clause.clause_id)
    return LoadResult(tuple(questions), tuple(left_out))


def check_question_rows(rows: Iterable[QuestionRow], around: Surroundings) -> Iterator[Finding]:
    """Findings on rows that are left out, and on rows whose clause has another id now.

    Questions of a broken document are not told of: it is broken, they are not. Those of a document
    that is not held are told of once.
    """
    broken = {unicodedata.normalize("NFC", error.path.stem) for error in around.library.broken}
    rows = tuple(row for row in rows if row.document_id not in broken)
    yield from _waiting(rows, around.library)
    yield from map(broken_file, known_questions(rows, around.library).left_out)
    for row in rows:
        target = resolve(around.library, row.clause_id, row.digest)
        if target.fate is Fate.MOVED and target.clause:
            now = target.clause.clause_id
            said = f"“{row.clause_id}”的文字现在在“{now}”，问法照常使用"
            yield Finding(row.path, row.line, Severity.WARNING, "moved-clause", said, f"写 clause: {now}")


def _waiting(rows: Iterable[QuestionRow], library: Library) -> Iterator[Finding]:
    """One finding for each document that is not held, and each file with questions of it."""
    lost = [row for row in rows if row.document_id not in library.by_id]
    for (path, document_id), group in groupby(lost, key=lambda row: (row.path, row.document_id)):
        held = list(group)
        said = f"文件“{document_id}”没有收录，它的 {len(held)} 项问法用不上"
        yield Finding(path, held[0].line, Severity.WARNING, "waiting-questions", said, _WAITING)


def _problem(row: QuestionRow, clause: Clause | None) -> str:
    """What is wrong with the clause of a row. `clause` is the one that stands in its place."""
    if clause is None or clause.clause_id != row.clause_id:
        return f"条款“{row.clause_id}”：没有这一条；有哪些条款，看 python -m bot check --json"
    return f"条款“{row.clause_id}”：原文改过；重读一遍，还答得上就写成 digest: {version_of(clause)}"


def _questions(row: QuestionRow, clause_id: str) -> Iterator[KnownQuestion]:
    for text in row.similar:
        yield KnownQuestion(text, clause_id)
    for text in row.negative:
        yield KnownQuestion(text, clause_id, is_negative=True)
