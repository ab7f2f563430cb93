"""`embed` and `suggest-questions`: the commands that ask a model elsewhere."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import click

from bot.commands import terminal
from bot.content.known_questions import known_questions
from bot.content.library import load_library
from bot.content.table import KNOWN_QUESTIONS
from bot.endpoint import Endpoint, ModelAddress
from bot.intake.question_draft import QuestionDrafts, waiting
from bot.intake.suggestion import suggest
from bot.search.dense.embedder import RemoteEmbedder
from bot.search.dense.opening import VectorFolder, bring_up_to_date, missing
from bot.search.entry import Entry, entries_of
from bot.settings import Settings, read_settings

T = TypeVar("T")

PATIENCE, RETRIES = 60, 3
"""Seconds, and how often more, for a model that nobody waits for."""


@click.command()
def embed() -> None:
    """Ask the embedding model for the vectors of clauses that are new or have changed."""
    settings = read_settings()
    if settings.embedding_model_dir:
        raise click.UsageError("vectors by the model of EMBEDDING_MODEL_DIR are made by python -m bot index")
    if not (settings.embedding_base_url and settings.embedding_model):
        raise click.UsageError("nothing is sent: set EMBEDDING_BASE_URL and EMBEDDING_MODEL to use vectors")
    made = embed_clauses(settings, entries_of(load_library(settings.knowledge_dir)))
    terminal.say(f"embedded: {made} clauses; restart the service to use them")


def embed_clauses(settings: Settings, entries: Iterable[Entry]) -> int:
    """Embeds the clauses whose vectors are not stored, and gives their number.

    Raises:
        SettingsError: the client is not installed.
        EndpointError: the model failed.
    """
    address = ModelAddress(settings.embedding_base_url, settings.embedding_model, settings.embedding_api_key)
    model = Endpoint(address, PATIENCE, RETRIES)
    folder = VectorFolder(settings.data_dir / "vectors", settings.embedding_model)
    texts = [entry.text for entry in entries]
    new = len(missing(folder.layers(), texts))
    bring_up_to_date(folder, RemoteEmbedder(folder.model, model.embed), texts, _embedding)
    return new


def _embedding(requests: Iterable[T], total: int) -> Iterable[T]:
    return terminal.progress(requests, "embedding", total)


@click.command()
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
    if not (settings.llm_base_url and settings.llm_model):
        raise click.UsageError("nothing is sent: set LLM_BASE_URL and LLM_MODEL to ask a model")
    model = Endpoint(
        ModelAddress(settings.llm_base_url, settings.llm_model, settings.llm_api_key), PATIENCE, RETRIES
    )
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
