"""Known questions: what residents asked before, each with the clause that answers it, `questions/*.yaml`.

questions:
  - clause: 高龄津贴办法:t3
    digest: 1a2b3c4d                     # the first 8 hex digits of the digest of its text
    similar: [过了八十岁一个月有多少钱]
    negative: [住养老院一个月要多少钱]   # sounds alike, and this clause does not answer it
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.lines import read_lines
from bot.content.yaml_lines import items_of, read_yaml
from bot.errors import DocumentError
from bot.policy.known_question import KnownQuestion
from bot.policy.library import Library

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


def load_known_questions(
    knowledge: Path, library: Library
) -> tuple[list[KnownQuestion], list[DocumentError]]:
    """The known questions of a knowledge folder, and what is wrong with the others.

    A file that is no such list is left out whole; a row whose clause is gone or has changed, alone.
    """
    questions: list[KnownQuestion] = []
    broken: list[DocumentError] = []
    for path in sorted((knowledge / "questions").glob("*.yaml")):
        try:
            lines = read_lines(path)
            rows = read_yaml(lines, _File).questions
        except DocumentError as error:
            broken.append(error)
            continue
        for line, row in zip(items_of(lines, "questions"), rows, strict=True):
            problem = _problem(row, library)
            if problem:
                broken.append(DocumentError(path, line, problem))
            else:
                questions.extend(_questions(row))
    return questions, broken


def clauses_in(path: Path) -> set[tuple[str, str]]:
    """The clause id and digest of each row of a file, whether or not there is such a clause.

    Raises:
        DocumentError: the file is no list of known questions.
    """
    return {(row.clause, row.digest) for row in read_yaml(read_lines(path), _File).questions}


def _problem(row: _Row, library: Library) -> str | None:
    """What is wrong with the clause a row points at; None where it stands as it did."""
    clause = library.clauses_by_id.get(row.clause)
    if clause is None:
        return f"clause '{row.clause}': does not exist; see `python -m bot check --json` for those that do"
    if not clause.digest.startswith(row.digest):
        return (
            f"clause '{row.clause}': its text has changed; read it, and write digest: {clause.digest[:8]} "
            "if it still answers"
        )
    return None


def _questions(row: _Row) -> Iterator[KnownQuestion]:
    for text in row.similar:
        yield KnownQuestion(text, row.clause)
    for text in row.negative:
        yield KnownQuestion(text, row.clause, is_negative=True)
