"""Everyday questions, `lexicon/questions.tsv`: how residents ask for what a clause says.

工伤保险条例	第十四条	1f0c9a7be2d34f56	上班路上被车撞了算不算	…下班路上呢

A line is a clause: its document, its label, the first 16 hex digits of the digest of its text, then questions
that it answers, with tabs between. Only the digest counts: where a held clause has this text, its questions
help to find it. What begins with … goes on where its document is spoken of. A # begins a remark.

`lexicon/unanswered.tsv` has the same form: what residents ask about a clause, and what no clause says.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from bot.content.lines import read_lines, rows_in
from bot.search.dense.asked import DIGEST_LENGTH

EVERYDAY_QUESTIONS_FILE = "lexicon/questions.tsv"
UNANSWERED_FILE = "lexicon/unanswered.tsv"

GOES_ON = "…"
"""Begins a question that is asked where its document is spoken of."""

_DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}")
_FORM = "文件、条、条文原文 SHA-256 的前 16 位、几句问法，中间用制表符隔开"


class ClauseQuestions(NamedTuple):
    """The questions on a clause. `digest`: the first digits of that of its text."""

    document: str
    digest: str
    questions: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions alone, without the mark of those that go on."""
        return tuple(each.removeprefix(GOES_ON) for each in self.questions)


@dataclass(frozen=True)
class EverydayQuestions:
    """The lines of the file."""

    rows: tuple[ClauseQuestions, ...] = ()

    @cached_property
    def of_text(self) -> Mapping[str, tuple[str, ...]]:
        """The first digits of a text's digest → the questions on it."""
        found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for row in self.rows:
            found[row.digest] += row.asked
        return dict(found)


def read_everyday_questions(path: Path) -> EverydayQuestions:
    """The questions of a file.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines = read_lines(path)
    rows: list[ClauseQuestions] = []
    for index, (document, *rest) in rows_in(lines):
        _, digest, *questions = rest if len(rest) > 1 else ("", "")
        if not _DIGEST.fullmatch(digest) or not questions or not all(questions):
            raise lines.error(index, f"“{document[:20]}”：一行写一条条文：{_FORM}")
        rows.append(ClauseQuestions(document, digest, tuple(questions)))
    return EverydayQuestions(tuple(rows))
