"""Spelling from files: the first process makes them, all others open them in milliseconds.

`sounds/` holds what depends on the general dictionary alone, `words/` what depends on the library.
"""

import hashlib
import logging
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from bot.errors import SnapshotError
from bot.locking import alone
from bot.search.analysis import Analyzer
from bot.search.sealing import check_sealed, write_sealed
from bot.search.spelling.sounds import Sounds
from bot.search.spelling.spelling import Spelling
from bot.search.spelling.words import SpellingTable

_SHAPING = ("candidates.py", "pinyin.py", "sounds.py", "words.py")
"""The modules whose code decides what stands in the files."""

_Table = TypeVar("_Table", Sounds, SpellingTable)

_log = logging.getLogger(__name__)


def make_spelling(frequencies: Mapping[str, int], analyzer: Analyzer) -> Spelling:
    """Spelling by the terms of a library, kept in the memory of this process.

    Args:
        frequencies: in how many texts each term stands: words, and bigrams with their #.
    """
    sounds = _latest_sounds(analyzer)
    return _spelling(SpellingTable.of(frequencies, sounds.by_sound), sounds, analyzer)


def open_spelling(
    frequencies: Callable[[], Mapping[str, int]], name: str, analyzer: Analyzer, folder: Path
) -> Spelling:
    """Spelling by the terms of a library, from files that processes share.

    Where the files are of no use, they are made anew, with one line in the log for each table: one process
    makes them, and the others open what that one wrote. Where the disk does not take them, the tables stay in
    memory.

    Args:
        frequencies: in how many texts each term stands; asked for only where there are no files.
        name: differs where the frequencies differ.
        folder: keeps the files of one library, those that were opened last.
    """
    made_by = _digest(analyzer)
    with alone(folder / ".writing"):
        home = folder / "sounds" / made_by
        sounds = _opened(home, Sounds.open, lambda: _sounds(analyzer))
        home = folder / "words" / hashlib.sha256(f"{made_by} {name}".encode()).hexdigest()[:32]
        words = _opened(home, SpellingTable.open, lambda: SpellingTable.of(frequencies(), sounds.by_sound))
    return _spelling(words, sounds, analyzer)


def _opened(home: Path, open_: Callable[[Path], _Table], make: Callable[[], _Table]) -> _Table:
    try:
        return _checked(home, open_)
    except SnapshotError as error:
        level = logging.WARNING if error.is_damage else logging.INFO
        _log.log(level, "spelling=made table=%s reason=%s", home.parent.name, error)
        made = make()
    try:
        write_sealed(home, {}, made.save)
        return _checked(home, open_)
    except OSError as error:
        _log.error("spelling=not_stored reason=%s", error.strerror)  # a full disk does not stop the answers
        return made


def _checked(home: Path, open_: Callable[[Path], _Table]) -> _Table:
    check_sealed(home, {})
    try:
        return open_(home)
    except (OSError, ValueError) as error:
        raise SnapshotError("corrupt", is_damage=True) from error


def _sounds(analyzer: Analyzer) -> Sounds:
    return Sounds.of(analyzer.general_frequencies, analyzer.lexicon.stop_words)


_latest_sounds = lru_cache(maxsize=1)(_sounds)
"""Made once for all libraries that are kept in memory: sounds take longer than the words of a small
library."""


def _spelling(words: SpellingTable, sounds: Sounds, analyzer: Analyzer) -> Spelling:
    return Spelling(words, sounds, analyzer.general_frequencies, analyzer.lexicon)


def _digest(analyzer: Analyzer) -> str:
    """SHA-256 of the code that shapes the tables, of the packages behind it, and of the analyzer."""
    code = b"".join(Path(__file__).with_name(file).read_bytes() for file in _SHAPING)
    packages = [version(package) for package in ("pypinyin", "marisa-trie", "numpy")]
    return hashlib.sha256(code + repr((packages, analyzer.digest)).encode()).hexdigest()[:32]
