"""Complete questions in real conversations over real policies: none is bent by what was said before."""

import pytest

from benchmarks.conversation_bench import Bench, bench
from benchmarks.conversations import rows_of
from benchmarks.questions import POLICIES
from bot.answering.answer import Answer, Status
from bot.answering.question import Question

DIALOGUES = ("dialogues", "further-dialogues", "more-dialogues", "second-dialogues")
COMPLETE = ("new", "complete")
"""The kinds of dialogues whose last turn asks something else, in full."""

MOST_BENT = 0.01
"""Share of short questions that may go on from what they have nothing to do with: some words are in both."""


@pytest.fixture(scope="module")
def over_policies() -> Bench:
    """An answerer over the policies and the shipped documents."""
    if not POLICIES.exists():
        pytest.skip(f"{POLICIES} is absent: no real conversations to have")
    return bench()


def _said(answer: Answer) -> tuple[str, str | None, list[str]]:
    clauses = [passage.clause.clause_id for passage in answer.passages]
    return answer.status, answer.understood_as, clauses


def test_a_complete_question_gets_in_a_conversation_what_it_gets_alone(over_policies: Bench) -> None:
    """The same status, understanding and clauses, behind each dialogue that ends with such a question."""
    rows = [row for name in DIALOGUES for row in rows_of(name) if row["kind"] in COMPLETE]

    bent = {
        row["turns"][-1]: _said(in_conversation)
        for row in rows
        if _said(in_conversation := over_policies.talk(row["turns"]))
        != _said(over_policies.ask(Question(row["turns"][-1]))[0])
    }

    assert len(rows) > 40
    assert bent == {}


def test_a_short_question_about_something_else_is_left_alone(over_policies: Bench) -> None:
    """The first turn of every third dialogue, behind that of another one about another document."""
    firsts = [(row["turns"][0], row["document"]) for name in DIALOGUES for row in rows_of(name)[::3]]
    others = firsts[len(firsts) // 2 :] + firsts[: len(firsts) // 2]
    alone = {question: over_policies.ask(Question(question))[0] for question, _ in firsts}
    asked = [
        (before, question)
        for (question, document), (before, other) in zip(firsts, others, strict=True)
        if document != other and alone[question].status is Status.ANSWERED
    ]

    bent = [turns for turns in asked if _said(over_policies.talk(turns)) != _said(alone[turns[1]])]

    assert len(asked) > 100
    assert len(bent) <= MOST_BENT * len(asked), bent
