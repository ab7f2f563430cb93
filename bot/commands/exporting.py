"""`export`: documents in the formats that other systems read."""

import sys
from pathlib import Path

import click

from bot.clock import SystemClock
from bot.commands import terminal
from bot.content.library import load_library
from bot.errors import ExportError
from bot.export.form import Exhibit
from bot.export.formats import FORMATS
from bot.export.writing import destinations, write
from bot.settings import read_settings


@click.command("export")
@click.argument("documents", metavar="DOCUMENT_ID…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="every document that is held")
@click.option("--to", "name", type=click.Choice(list(FORMATS)), required=True, help="format")
@click.option("--out", type=click.Path(path_type=Path), help="file or folder [default: here]")
@click.option("--replace", is_flag=True, help="overwrite files that are there")
def export(documents: tuple[str, ...], everything: bool, name: str, out: Path | None, replace: bool) -> None:
    """Write held documents as HTML, Word, JSON-LD, Akoma Ntoso, or all as one table."""
    if everything == bool(documents):
        raise click.UsageError("写一个或几个文件编号，或者写 --all：两者选一")
    try:
        exhibits = _exhibits(documents)
        files = list(FORMATS[name].files(exhibits))
        paths = destinations(files, out, replace=replace)
        written = list(terminal.progress(write(paths.items()), "导出中", len(paths)))
    except ExportError as error:
        terminal.complain(f"错误：{error}")
        sys.exit(1)
    terminal.say(f"已导出 {len(exhibits)} 份文件：{written[0] if len(written) == 1 else written[0].parent}")


def _exhibits(documents: tuple[str, ...]) -> list[Exhibit]:
    """The documents with these ids, in this order; all documents if there are no ids."""
    settings, today = read_settings(), SystemClock().today()
    library = load_library(settings.knowledge_dir)
    for error in library.broken:
        terminal.complain(f"错误：{error}")
    unknown = [document_id for document_id in documents if document_id not in library.by_id]
    if unknown:
        raise ExportError(f"文件“{unknown[0]}”：没有收录；编号用 python -m bot check 看")
    if not library.holdings:
        raise ExportError(f"文件夹“{settings.knowledge_dir}”：一份文件也没有收录，没有可以导出的")
    return [
        Exhibit(library, library.by_id[document_id], today, settings.public_url)
        for document_id in dict.fromkeys(documents or library.by_id)
    ]
