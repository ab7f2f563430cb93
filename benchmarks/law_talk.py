"""Dialogues and questions on 150 laws that the lists of `knowledge/` were not made by, and those laws.

`law-talk.choose.txt` and `law-talk.report.txt` hold them, of each law in turn. They name clauses by title and
number, and the words that answer by where they begin in the clause; the laws are those beside the project.
Whoever wrote them knew nothing of the service.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from benchmarks.laws import LAWS, LOCAL_CLAUSES, local_clauses, national_laws
from benchmarks.questions import ROOT, is_named
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.library import Library

Row = dict[str, Any]
Clauses = Mapping[str, Sequence[Clause]]
"""Title of a law → its clauses."""

FOLDER = ROOT / "benchmarks" / "conversation"
TITLES = FOLDER / "law-talk.titles.txt"
SPLITS = ("choose", "report")

ARTICLE = re.compile("(.*)(第[一二三四五六七八九十百零]+条)")
"""What a clause of a local regulation is called: the regulation and the article."""

TELLING = 12
"""Characters by which the words that answer are known, or fewer to the end of their sentence."""


def lacking() -> str | None:
    """Why nothing can be measured on the laws; None: they are there."""
    absent = [str(path) for path in (LAWS, LOCAL_CLAUSES) if not path.is_file()]
    return f"{', '.join(absent)}: not there, and no part of this repository" if absent else None


def laws() -> list[Document]:
    """The laws that the questions are on. Of a title with several texts it is the last, if not said which."""
    lines = [line.partition("|") for line in TITLES.read_text("utf-8").splitlines()]
    titles = {title for title, _, _ in lines}
    texts: defaultdict[str, list[Sequence[str]]] = defaultdict(list)
    for law in national_laws():
        if law["title"] in titles:
            texts[law["title"]].append(law["paragraphs"])
    local: defaultdict[str, list[str]] = defaultdict(list)
    for clause in local_clauses():
        called = ARTICLE.fullmatch(clause["title"])
        if called and called[1] in titles:
            local[called[1]].append(f"{called[2]}　{clause['text'].strip()}")
    for title, clauses in local.items():
        texts[title].append(clauses)
    chosen = ((title, texts[title][int(number or 0) - 1]) for title, _, number in lines)
    return [Document(title, title, _plain([title, *text])) for title, text in chosen]


def _plain(pieces: Iterable[str]) -> str:
    lines = (line.rstrip() for piece in pieces for line in piece.strip().splitlines())
    return "\n".join(line for line in lines if line.strip())


def rows_on_laws(name: str, library: Library) -> list[Row]:
    """The rows of a set on the laws, each marked as `on_laws`. Rows that name a clause amiss are left out."""
    letter, row_of = SETS_ON_LAWS[name]
    by_title: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in library.clauses_by_id.values():
        by_title[clause.document_id].append(clause)
    return [
        row | {"split": split, "on_laws": True}
        for split in SPLITS
        for title, fields in _written(split)
        if fields[0] == letter and (row := row_of(title, fields[1:], by_title))
    ]


@cache
def _written(split: str) -> list[tuple[str, list[str]]]:
    """The title and the fields of each line."""
    lines, title, written = (FOLDER / f"law-talk.{split}.txt").read_text("utf-8").splitlines(), "", []
    for line in lines:
        if line.startswith("## "):
            title = line[3:]
        else:
            written.append((title, line.split("|")))
    return written


def _dialogue(title: str, fields: Sequence[str], clauses: Clauses) -> Row | None:
    kind, articles, _, complete, *turns = fields
    right = _right(title, articles, clauses)
    return {"kind": kind, "right": right, "complete": complete, "turns": turns} if right else None


def _unanswerable(title: str, fields: Sequence[str], clauses: Clauses) -> Row:
    kind, articles, missing, asked = fields
    return {"kind": kind, "helpful": _right(title, articles, clauses), "missing": missing, "q": asked}


def _two_part(title: str, fields: Sequence[str], clauses: Clauses) -> Row | None:
    *articles, one, other, asked = fields
    right = [_right(title, article, clauses) for article in articles]
    return {"parts": [one, other], "right": right, "q": asked} if all(right) else None


def _question(title: str, fields: Sequence[str], clauses: Clauses) -> Row | None:
    articles, _, asked = fields
    right = _right(title, articles, clauses)
    return {"kind": "one", "right": right, "q": asked} if right else None


def _sentence(title: str, fields: Sequence[str], clauses: Clauses) -> Row | None:
    begin, row = fields[1], _question(title, fields, clauses)
    if row is None or not begin:
        return None
    named = "".join(squeezed(clause.text) for clause in clauses[title] if is_named(clause, row["right"]))
    return row | {"sentence": [re.split("[。；]", named[int(begin) : int(begin) + TELLING])[0]]}


def _right(title: str, articles: str, clauses: Clauses) -> list[tuple[str, str]]:
    """The clauses by title and number, of which every one must be there."""
    named = [(title, article) for article in articles.split(",") if article != "-"]
    known = all(any(is_named(clause, [each]) for clause in clauses[title]) for each in named)
    return named if known else []


def squeezed(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s", "", text)


SETS_ON_LAWS: dict[str, tuple[str, Callable[[str, Sequence[str], Clauses], Row | None]]] = {
    "law-dialogues": ("D", _dialogue),
    "law-unanswerable": ("N", _unanswerable),
    "law-two-part": ("T", _two_part),
    "law-questions": ("Q", _question),
    "law-sentences": ("Q", _sentence),
}
"""Set → the letter of its lines, and how a line is read."""
