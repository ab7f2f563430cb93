"""Known questions: what residents asked before, each with the clause that answers it, `questions/*.yaml`.

questions:
  - clause: 高龄津贴办法:t3
    digest: 1a2b3c4d                     # the first 8 hex digits of the digest of its text
    similar: [过了八十岁一个月有多少钱]
    negative: [住养老院一个月要多少钱]   # sounds alike, and this clause does not answer it
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.finding import Finding, broken_file
from bot.content.lines import read_lines
from bot.content.yaml_lines import items_of, read_yaml
from bot.errors import DocumentError
from bot.policy.clause import Clause
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library
from bot.policy.link import Fate, Target, resolve, version_of
from bot.policy.lint.inspection import Severity

_Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid")

    clause: _Words
    digest: str = Field(pattern="^[0-9a-f]{8}$")
    similar: tuple[_Words, ...] = ()
    negative: tuple[_Words, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    questions: tuple[_Row, ...] = Field(
        description="a list of clause, digest (8 hex digits), similar: […], negative: […]"
    )


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A row of a file, and where its clause is now."""

    path: Path
    line: int
    row: _Row
    target: Target


def load_known_questions(
    knowledge: Path, library: Library
) -> tuple[list[KnownQuestion], list[DocumentError]]:
    """The known questions of a knowledge folder, and what is wrong with the others.

    A file that is no such list is left out whole. A row is left out if the words of its clause have changed.
    If they stand at another anchor of the document now, the questions point there.
    """
    questions: list[KnownQuestion] = []
    broken: list[DocumentError] = []
    for found in _pointers(knowledge, library):
        if isinstance(found, DocumentError):
            broken.append(found)
        elif found.target.fate is Fate.CHANGED or found.target.clause is None:
            broken.append(DocumentError(found.path, found.line, _problem(found.row, found.target.clause)))
        else:
            questions.extend(_questions(found.row, found.target.clause.clause_id))
    return questions, broken


def check_known_questions(knowledge: Path, library: Library) -> Iterator[Finding]:
    """The files and rows that are left out, and the rows whose clause has another id now."""
    yield from map(broken_file, load_known_questions(knowledge, library)[1])
    for found in _pointers(knowledge, library):
        if isinstance(found, _Pointer) and found.target.fate is Fate.MOVED and found.target.clause:
            now = found.target.clause.clause_id
            said = f"“{found.row.clause}”的文字现在在“{now}”，问法照常使用"
            yield Finding(found.path, found.line, Severity.WARNING, "moved-clause", said, f"写 clause: {now}")


def _pointers(knowledge: Path, library: Library) -> Iterator[_Pointer | DocumentError]:
    """The rows of all files, and the files that cannot be read."""
    for path in sorted((knowledge / "questions").glob("*.yaml")):
        try:
            lines = read_lines(path)
            rows = read_yaml(lines, _File).questions
        except DocumentError as error:
            yield error
            continue
        for line, row in zip(items_of(lines, "questions"), rows, strict=True):
            yield _Pointer(path, line, row, resolve(library, row.clause, row.digest))


def clauses_in(path: Path) -> set[tuple[str, str]]:
    """The clause id and digest of each row of a file, whether or not there is such a clause.

    Raises:
        DocumentError: the file is no list of known questions.
    """
    return {(row.clause, row.digest) for row in read_yaml(read_lines(path), _File).questions}


def _problem(row: _Row, clause: Clause | None) -> str:
    """What is wrong with the clause of a row; `clause` is what stands in its place."""
    if clause is None or clause.clause_id != row.clause:
        return f"clause '{row.clause}': does not exist; see `python -m bot check --json` for those that do"
    return (
        f"clause '{row.clause}': its text has changed; read it, and write digest: {version_of(clause)} "
        "if it still answers"
    )


def _questions(row: _Row, clause_id: str) -> Iterator[KnownQuestion]:
    for text in row.similar:
        yield KnownQuestion(text, clause_id)
    for text in row.negative:
        yield KnownQuestion(text, clause_id, is_negative=True)
