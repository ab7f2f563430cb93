"""The command line, `python -m bot`: ask, look into the search, check the knowledge, evaluate, forget.

Exit status: 0 done, 1 something is wrong with the service or the knowledge, 2 the command was called wrongly.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.answering.answer import Status
from bot.answering.question import DEFAULT_PASSAGES, MOST_PASSAGES, Question
from bot.assembly import (
    Service,
    account_of,
    assemble,
    build_index,
    check_knowledge,
    embed_clauses,
    forget,
    knowledge_of,
    language_model,
)
from bot.channels.api.models import AnswerModel, ClauseRow
from bot.channels.wechat.account import Platform
from bot.channels.wechat.menu import platform_menu
from bot.channels.wechat.rehearsal import Rehearsal
from bot.commands import terminal
from bot.content.finding import Finding
from bot.content.known_questions import known_questions
from bot.content.library import load_library
from bot.content.table import KNOWN_QUESTIONS, THESAURUS, TOPICS
from bot.errors import BotError, KnowledgeError, QuestionError, SettingsError
from bot.evaluation.collection import read_collection, read_out_of_scope
from bot.evaluation.metrics import Bin, auroc, measure, reliability
from bot.evaluation.run import best_is_right, confidences, rank_topics, write_run
from bot.intake.question_draft import QuestionDrafts, waiting
from bot.intake.suggestion import suggest
from bot.logs import start_logging
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity
from bot.search.entry import entries_of
from bot.settings import read_settings

_passages = click.option(
    "-k", type=click.IntRange(1, MOST_PASSAGES), default=DEFAULT_PASSAGES, show_default=True, help="passages"
)
_as_json = click.option("--json", "as_json", is_flag=True, help="print JSON")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """政策问答: quotes the clauses of policy documents that answer a question."""
    start_logging("WARNING")


@cli.command()
@click.argument("question")
@_passages
@_as_json
def ask(question: str, k: int, as_json: bool) -> None:
    """Answer QUESTION."""
    asked = _question(question, k)
    answer = _service().answer(asked)
    if as_json:
        terminal.say(AnswerModel.of(answer).model_dump_json(indent=2))
    else:
        terminal.show_answer(answer)
    if answer.status is Status.FAILED:
        sys.exit(1)


@cli.command()
@click.argument("question")
@_passages
@click.option("--explain", is_flag=True, help="show every factor of every score")
def search(question: str, k: int, explain: bool) -> None:
    """Rank clauses for QUESTION: those that are quoted, and the next ones with the reason why not."""
    asked = _question(question, k)
    service = _service()
    answerer, library = service.answerer, service.library
    ranking = answerer.rank(asked)
    ranked = [*((hit, None) for hit in ranking.kept), *ranking.rejected]
    for change in ranking.query.changes:
        terminal.show_change(change)
    for rank, (hit, rejected) in enumerate(ranked, start=1):
        clause = library.clauses_by_id[hit.entry_id]
        terminal.show_hit(rank, library.by_id[clause.document_id].document, clause.label, hit, rejected)
        if explain:
            terminal.show_explanation(answerer.index.explain(ranking.query, hit.entry_id))
    if not ranked:
        terminal.say("no clause shares a term with the question")


@cli.command()
@_as_json
@click.option("--strict", is_flag=True, help="exit with 1 for warnings too")
def check(as_json: bool, strict: bool) -> None:
    """Check the knowledge folder; exit status 1 if there is an error.

    The rules, and what to do about each, are listed in docs/check.md.
    """
    settings = read_settings()
    try:
        library, findings = check_knowledge(settings)
    except KnowledgeError as error:
        terminal.complain(f"错误：{error}")
        sys.exit(1)
    if as_json:
        terminal.say(json.dumps(_report(library, findings), ensure_ascii=False, indent=2))
    else:
        terminal.show_check(library, findings)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for finding in findings):
        sys.exit(1)


@cli.command()
def index() -> None:
    """Bring the index up to date; a running service takes it over."""
    knowledge = knowledge_of(read_settings())
    knowledge.ring()
    library = knowledge.edition.library
    terminal.say(f"documents={len(library.by_id)} clauses={len(library.clauses_by_id)}")


@cli.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", help="qrels file without .tsv  [default: test, else the only one]")
@click.option(
    "--run", "run_file", type=click.Path(dir_okay=False, path_type=Path), help="write the TREC run here"
)
@click.option(
    "--out-of-scope",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="questions nothing answers, one a line: adds AUROC and reliability of the confidence",
)
@click.option("--lexicon", is_flag=True, help="ask with the thesaurus too")
@_as_json
def evaluate(  # noqa: PLR0913, PLR0917  # one a flag
    folder: Path,
    split: str | None,
    run_file: Path | None,
    out_of_scope: Path | None,
    lexicon: bool,
    as_json: bool,
) -> None:
    """Measure the search on the collection in FOLDER (BEIR layout)."""
    collection = read_collection(folder, split)

    def watched(topics: Iterable[str]) -> Iterable[str]:
        return terminal.progress(topics, "searching", len(collection.topics))

    settings = read_settings()
    thesaurus = THESAURUS.load(settings.knowledge_dir) if lexicon else None
    for error in thesaurus.left_out if thesaurus else ():
        terminal.complain(f"error: {error}")
    index = build_index(settings, collection.entries, "evaluation", thesaurus.value if thesaurus else None)
    run = rank_topics(collection, index, watched)
    if run_file:
        write_run(run, run_file)
    metrics = dict(measure(run, collection.qrels))
    table: list[Bin] = []
    if out_of_scope:
        outside = [index.search(index.query(question), 1) for question in read_out_of_scope(out_of_scope)]
        metrics["auroc"] = auroc(confidences(run.values()), confidences(outside))
        table = reliability(confidences(run.values()), best_is_right(run, collection.qrels))
    if as_json:
        rows = {"reliability": [each._asdict() for each in table]} if table else {}
        terminal.say(json.dumps(metrics | rows))
    else:
        terminal.show_metrics(metrics)
        terminal.show_reliability(table)


@cli.command()
def embed() -> None:
    """Ask the embedding model for the vectors of clauses that are new or have changed."""
    settings = read_settings()
    made = embed_clauses(settings, entries_of(load_library(settings.knowledge_dir)))
    if made is None:
        raise click.UsageError("nothing is sent: set EMBEDDING_BASE_URL and EMBEDDING_MODEL to use vectors")
    terminal.say(f"embedded: {made} clauses; restart the service to use them")


@cli.command()
@click.option("--limit", type=click.IntRange(1), help="clauses at most  [default: all]")
@click.option("--document", "document_id", help="only the clauses of this document")
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("drafts"),
    show_default=True,
    help="folder of drafts",
)
def suggest_questions(limit: int | None, document_id: str | None, folder: Path) -> None:
    """Ask a language model for questions about clauses without any; a person accepts them."""
    settings = read_settings()
    model = language_model(settings)
    if model is None:
        raise click.UsageError("nothing is sent: set LLM_BASE_URL and LLM_MODEL to ask a model")
    library = load_library(settings.knowledge_dir)
    if document_id is not None and document_id not in library.by_id:
        raise click.UsageError(f"document '{document_id}': does not exist; see python -m bot check")
    known = known_questions(KNOWN_QUESTIONS.load(settings.knowledge_dir).value, library).value
    drafts = QuestionDrafts(folder / "questions")
    clauses, broken = waiting(library, known, drafts)
    wanted = [row for row in clauses if document_id in (None, row[0].document_id)][:limit]
    tally = suggest(terminal.progress(wanted, "asking", len(wanted)), model.chat, drafts.add)
    for error in broken:
        terminal.complain(f"error: {error}")
    terminal.show_tally(tally, waiting=len(clauses) - tally.clauses)
    if broken or tally.failed:
        sys.exit(1)


@cli.command("forget")
@click.option(
    "--older-than", "days", type=click.IntRange(0, 36500), metavar="DAYS", help="[default: RETENTION_DAYS]"
)
def forget_records(days: int | None) -> None:
    """Delete what the records have kept for more than DAYS."""
    settings = read_settings()
    forgotten = forget(settings, settings.retention_days if days is None else days)
    terminal.say(" ".join(f"{kind}={count}" for kind, count in asdict(forgotten).items()))


@cli.command()
def wechat_menu() -> None:
    """Print the platform's menu JSON, made from topics.yaml."""
    menu = platform_menu(TOPICS.load(read_settings().knowledge_dir).value)
    terminal.say(json.dumps(menu, ensure_ascii=False, indent=2))


@cli.command()
@click.option(
    "--as",
    "platform",
    type=click.Choice(list(Platform)),
    default=Platform.WECHAT,
    show_default=True,
    help="platform",
)
@click.option("--url", help="address of the service  [default: http://HOST:PORT]")
@click.option("--person", default="rehearsal", show_default=True, help="who is chatting")
def chat(platform: str, url: str | None, person: str) -> None:
    """Chat with the running service as one person would, through the platform's real protocol.

    Type words, or /subscribe [scene], /scan scene, /click key, /voice words, /image, /unsubscribe.
    """
    settings = read_settings()
    account = account_of(settings, Platform(platform))
    if account is None:
        raise SettingsError(
            f"setting '{platform.upper()}_TOKEN': is empty; set it for both, here and for the service"
        )
    rehearsal = Rehearsal(account, url or f"http://{settings.host}:{settings.port}", person)
    for typed in terminal.typed_lines():
        reply = rehearsal.say(typed)
        terminal.say(reply if reply is not None else "(taken note of, no reply)")


def _question(text: str, k: int) -> Question:
    try:
        return Question.of(text, k)
    except QuestionError as error:
        raise click.UsageError(str(error)) from None


def _report(library: Library, findings: Sequence[Finding]) -> dict[str, object]:
    """The documents in order of their ids, a broken one without title and clauses, and every finding."""
    titles = {holding.document.document_id: holding.document.title for holding in library.holdings}
    rows: dict[str, list[ClauseRow]] = {
        finding.document_id: [] for finding in findings if finding.document_id
    }
    for holding in library.holdings:
        rows[holding.document.document_id] = [ClauseRow.of(clause) for clause in holding.outline.clauses]

    def said(document_id: str, severity: Severity) -> list[str]:
        return [str(f) for f in findings if f.severity is severity and f.document_id == document_id]

    return {
        "documents": [
            {
                "document_id": document_id,
                "title": titles.get(document_id),
                "clauses": [row.model_dump() for row in rows[document_id]],
                "warnings": said(document_id, Severity.WARNING),
                "errors": said(document_id, Severity.ERROR),
            }
            for document_id in sorted(rows)
        ],
        "findings": [asdict(finding) | {"path": str(finding.path)} for finding in findings],
    }


def _service() -> Service:
    return assemble(read_settings())


def main() -> None:
    """Runs the command line; what is wrong is told in one line on standard error."""
    try:
        cli(prog_name="python -m bot")
    except BotError as error:
        terminal.complain(f"error: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
