"""`import` and `accept`: files of offices → drafts → reviewed documents."""

import sys
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands import terminal
from bot.content.library import load_library
from bot.content.table import KNOWN_QUESTIONS
from bot.errors import DraftError
from bot.intake.accepting import accept as accept_draft
from bot.intake.accepting import drafts_in, examine
from bot.intake.draft_files import DraftFolder
from bot.intake.importing import Importer, ImportResult, files_in
from bot.intake.sources import sources_of
from bot.policy.jurisdiction import Gazetteer
from bot.settings import Settings, read_settings

_DRAFTS = Path("drafts")
_PATHS = click.Path(path_type=Path)


@click.command("import")
@click.argument("paths", metavar="FILE|FOLDER…", nargs=-1, required=True, type=_PATHS)
@click.option(
    "--to",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=_DRAFTS,
    show_default=True,
    help="folder of drafts",
)
def import_files(paths: tuple[Path, ...], folder: Path) -> None:
    """Make drafts of files: Word, PDF, web pages, text; nothing is overwritten."""
    files = files_in(paths)
    if not files:
        raise click.UsageError("no file to import in: " + ", ".join(map(str, paths)))
    results: list[ImportResult] = []
    importer = importer_of(read_settings(), folder)
    for result in terminal.progress(importer.run(files), "导入中", len(files)):
        results += result
    terminal.show_imported(results, folder)
    if any(result.problem for result in results):
        sys.exit(1)


def importer_of(settings: Settings, folder: Path) -> Importer:
    """The importer into a folder of drafts, against the library of the settings.

    Raises:
        KnowledgeError: there is no folder of documents.
    """
    library = load_library(settings.knowledge_dir)
    questions = KNOWN_QUESTIONS.load(settings.knowledge_dir).value
    drafts, today = DraftFolder(folder), SystemClock().today()
    return Importer(sources_of, drafts, library, Gazetteer(), today, questions)


@click.command("accept")
@click.argument("drafts", metavar="DRAFT…", nargs=-1, required=True, type=_PATHS)
@click.option("--replace", is_flag=True, help="a held document of the same id gives way")
@click.option("--dry-run", is_flag=True, help="only show what would change")
def accept(drafts: tuple[Path, ...], replace: bool, dry_run: bool) -> None:
    """Check reviewed drafts, show what changes, and move them to the documents."""
    settings = read_settings()
    failed = False
    for draft in drafts_in(drafts):
        try:
            acceptance = examine(draft, load_library(settings.knowledge_dir), SystemClock().today())
            terminal.show_acceptance(acceptance)
            if not dry_run:
                terminal.say(f"已收录：{accept_draft(acceptance, settings.knowledge_dir, replace=replace)}")
        except DraftError as error:
            failed = True
            terminal.complain(f"错误：{error}")
    if failed:
        sys.exit(1)
