"""`ask` and `search`: an answer, and the ranking behind it."""

import sys

import click

from bot.answering.answer import Status
from bot.answering.answerer import Answerer
from bot.answering.question import DEFAULT_PASSAGES, MOST_PASSAGES, Question
from bot.assembly import assemble
from bot.channels.api.answers import AnswerModel
from bot.commands import terminal
from bot.errors import QuestionError
from bot.settings import read_settings

_passages = click.option(
    "-k", type=click.IntRange(1, MOST_PASSAGES), default=DEFAULT_PASSAGES, show_default=True, help="passages"
)


@click.command()
@click.argument("question")
@_passages
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def ask(question: str, k: int, as_json: bool) -> None:
    """Answer QUESTION."""
    asked = _question(question, k)
    answer = _answerer().answer(asked)
    if as_json:
        terminal.say(AnswerModel.of(answer).model_dump_json(indent=2))
    else:
        terminal.show_answer(answer)
    if answer.status is Status.FAILED:
        sys.exit(1)


@click.command()
@click.argument("question")
@_passages
@click.option("--explain", is_flag=True, help="show every factor of every score")
def search(question: str, k: int, explain: bool) -> None:
    """Rank clauses for QUESTION: those that are quoted, and the next ones with the reason why not."""
    asked = _question(question, k)
    answerer = _answerer()
    library, index = answerer.basis.library, answerer.basis.index
    ranking = answerer.rank(asked)
    ranked = [*((hit, None) for hit in ranking.kept), *ranking.rejected]
    for change in ranking.query.changes:
        terminal.show_change(change)
    for rank, (hit, rejected) in enumerate(ranked, start=1):
        clause = library.clauses_by_id[hit.entry_id]
        terminal.show_hit(rank, library.by_id[clause.document_id].document, clause.label, hit, rejected)
        if explain:
            terminal.show_explanation(index.explain(ranking.query, hit.entry_id))
    if not ranked:
        terminal.say("no clause shares a term with the question")


def _question(text: str, k: int) -> Question:
    try:
        return Question.of(text, k)
    except QuestionError as error:
        raise click.UsageError(str(error)) from None


def _answerer() -> Answerer:
    return assemble(read_settings(), terminal.indexing).answerer
