"""The thesaurus of a knowledge folder, kept in a form that opens fast.

The first process that reads new rules keeps them, sealed, and all others open that.
"""

import json
from pathlib import Path

from bot.content import lines, thesaurus
from bot.content.kept_files import digest_of
from bot.content.kind import LoadResult
from bot.content.lines import files_in, is_there
from bot.content.thesaurus import OFF, RULES, load_thesaurus
from bot.errors import DocumentError
from bot.search import folding
from bot.search.meaning import kept_rules
from bot.search.meaning import thesaurus as meaning
from bot.search.meaning.kept_rules import open_thesaurus, save_thesaurus
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.sealing import KeptValue, opened_or_made

_CODE = (lines, thesaurus, folding, kept_rules, meaning)
"""The modules whose code decides what stands in the files."""

_LEFT_OUT = "left-out.json"


def load_kept_thesaurus(knowledge: Path, folder: Path) -> LoadResult[Thesaurus]:
    """The rules of a knowledge folder, from files that all processes share.

    They are read from their lines where that was not done yet, where the files are damaged, and where
    something cannot be read, which may be so for a moment only.

    Args:
        folder: keeps the files of the rules that were read last.
    """
    try:
        home = folder / digest_of(_CODE, _files(knowledge))
    except DocumentError:
        return load_thesaurus(knowledge)
    kept = KeptValue(
        "thesaurus",
        lambda kept: _opened(knowledge, kept),
        lambda: load_thesaurus(knowledge),
        lambda loaded, making: _save(loaded, knowledge, making),
    )
    return opened_or_made(home, kept)


def _opened(knowledge: Path, home: Path) -> LoadResult[Thesaurus]:
    rows = json.loads((home / _LEFT_OUT).read_text("utf-8"))
    left_out = tuple(DocumentError(knowledge / path, line, problem) for path, line, problem in rows)
    return LoadResult(open_thesaurus(knowledge, home), left_out)


def _save(loaded: LoadResult[Thesaurus], knowledge: Path, making: Path) -> None:
    save_thesaurus(loaded.value, knowledge, making)
    rows = [(str(e.path.relative_to(knowledge)), e.line, e.problem) for e in loaded.left_out]
    (making / _LEFT_OUT).write_text(json.dumps(rows), "utf-8")


def _files(knowledge: Path) -> list[Path]:
    off, rules = knowledge / OFF, knowledge / RULES
    return [*([off] if is_there(off) else []), *files_in(rules.parent, rules.name)]
