"""Questions about a clause that a language model suggests. A person reads them before they are used.

Only the clause goes out, with the title above it and what it needs to stand alone; never a resident's words.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.errors import EndpointError, SuggestionError
from bot.policy.clause import Clause
from bot.policy.document import Document

WANTED = 10
SHORTEST, LONGEST = 4, 60
"""Characters of a question that somebody would type."""

LONGEST_QUOTE = 20
"""Characters of the clause in a row that a question may repeat: more is no resident speaking."""

MOST_FAILURES = 5
"""Clauses without an answer of the endpoint in a row, after which it is left alone."""

INSTRUCTIONS = f"""\
你熟悉普通居民怎样打听政策。下面给你一条政策条款，请写出{WANTED}个居民可能提出、而且这一条就能回答的问题。
要求：用日常口语，不照抄条文；换不同的说法、不同的人和处境；每个问题能单独看懂，{SHORTEST}到{LONGEST}个字；\
不编造条款里没有的内容。
只输出 JSON，不要别的文字：{{"questions": ["问题一", "问题二"]}}"""

_FENCE = re.compile(r"^\s*```\w*\s*|\s*```\s*$")

Ask = Callable[[str, str], str]
"""The reply of a model to instructions and a text."""

Keep = Callable[[Document, Clause, tuple[str, ...]], None]
"""Takes the questions that were suggested for a clause."""


@dataclass(slots=True)
class SuggestionCounts:
    """The counts of a run.

    `dropped` counts questions by what is wrong with them, `failed` counts clauses by reason.
    """

    clauses: int = 0
    questions: int = 0
    fewer: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    stopped: str = ""


def suggest(clauses: Iterable[tuple[Document, Clause]], ask: Ask, keep: Keep) -> SuggestionCounts:
    """Suggests questions for clauses, one after another. Failures are counted, and the others go on.

    Where the endpoint refuses us altogether, or fails time after time, the rest is left for another day.
    """
    tally, failures = SuggestionCounts(), 0
    for document, clause in clauses:
        try:
            questions = usable(ask(INSTRUCTIONS, prompt(document, clause)), clause, tally.dropped)
        except EndpointError as error:
            failures += 1
            tally.failed[error.reason] += 1
            if error.is_final or failures == MOST_FAILURES:
                tally.stopped = error.reason
                break
            continue
        except SuggestionError as error:
            failures = 0
            tally.failed[str(error)] += 1
            continue
        failures = 0
        keep(document, clause, questions)
        tally.clauses += 1
        tally.questions += len(questions)
        tally.fewer += len(questions) < WANTED
    return tally


def prompt(document: Document, clause: Clause) -> str:
    """The prompt for a clause: the title, the context, and the clause itself."""
    above = "\n".join(piece.text for piece in clause.context)
    parts = (("标题", document.title), ("上文", above), (f"条款（{clause.label}）", clause.text))
    return "\n\n".join(f"{name}：\n{text}" for name, text in parts if text)


def usable(reply: str, clause: Clause, dropped: Counter[str]) -> tuple[str, ...]:
    """The questions of a reply that a person should look at, at most WANTED, in its order.

    Args:
        dropped: where the others are counted.

    Raises:
        SuggestionError: the reply is no list of questions, or none of them is usable.
    """
    kept: dict[str, None] = {}
    for row in _rows(reply):
        question = " ".join(row.split()) if isinstance(row, str) else ""
        if problem := _problem(question, clause.text, kept):
            dropped[problem] += 1
        else:
            kept[question] = None
    if not kept:
        raise SuggestionError("no usable question")
    return tuple(kept)[:WANTED]


def _rows(reply: str) -> list[object]:
    try:
        found = json.loads(_FENCE.sub("", reply))
    except (ValueError, RecursionError):
        raise SuggestionError("not JSON") from None
    rows = found.get("questions") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise SuggestionError("no list of questions")
    return rows


def _problem(question: str, text: str, kept: Iterable[str]) -> str | None:
    """What is wrong with a question; None: nothing."""
    if not question:
        return "empty"
    if not question.isprintable():
        return "not text"
    if not SHORTEST <= len(question) <= LONGEST:
        return "too short" if len(question) < SHORTEST else "too long"
    if question in kept:
        return "duplicate"
    if text in question or any(
        question[start : start + LONGEST_QUOTE] in text for start in range(len(question) - LONGEST_QUOTE + 1)
    ):
        return "verbatim"
    return None
