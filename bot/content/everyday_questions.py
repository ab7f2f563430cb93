"""Everyday questions, `lexicon/questions.tsv`: how residents ask for what a clause says.

工伤保险条例	第十四条	1f0c9a7be2d34f56	上班路上被车撞了算不算	…下班路上呢

A line is a clause: its document, its label, the first 16 hex digits of the digest of its text, then questions
that it answers, with tabs between. Only the digest counts: where a held clause has this text, its questions
help to find it. What begins with … goes on where its document is spoken of. A # begins a remark.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.lines import read_lines
from bot.search.dense.asked import DIGEST_LENGTH

EVERYDAY_QUESTIONS_FILE = "lexicon/questions.tsv"

GOES_ON = "…"
"""Begins a question that is asked where its document is spoken of."""

_DIGEST = re.compile(f"[0-9a-f]{{{DIGEST_LENGTH}}}")
_FORM = "文件、条、条文原文 SHA-256 的前 16 位、几句问法，中间用制表符隔开"


@dataclass(frozen=True, slots=True)
class EverydayQuestions:
    """The first digits of a clause's digest → the questions that it answers."""

    of_text: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def read_everyday_questions(path: Path) -> EverydayQuestions:
    """The questions of a file; those of a clause that stands in several lines are put together.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines = read_lines(path)
    found: dict[str, tuple[str, ...]] = {}
    for index, line in enumerate(lines.lines):
        if not line or line.startswith("#"):
            continue
        document, *rest = line.split("\t")
        digest, questions = rest[1] if len(rest) > 1 else "", [each.strip() for each in rest[2:]]
        if not _DIGEST.fullmatch(digest) or not all(questions) or not questions:
            raise lines.error(index, f"“{document[:20]}”：一行写一条条文：{_FORM}")
        asked = (each.removeprefix(GOES_ON) for each in questions)
        found[digest] = (*found.get(digest, ()), *asked)
    return EverydayQuestions(found)
