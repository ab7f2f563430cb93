"""Spelling from files: the first process makes them, all others open them in milliseconds.

`sounds/` holds what depends on the general dictionary alone, `words/` what depends on the library.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from bot.search.analysis import Analyzer
from bot.search.sealing import KeptValue, opened_or_made
from bot.search.spelling.neighbours import shipped_neighbours
from bot.search.spelling.sounds import Sounds
from bot.search.spelling.spelling import Spelling
from bot.search.spelling.words import SpellingTable

_SHAPING = ("candidates.py", "pinyin.py", "sounds.py", "words.py", "../tries.py")
"""The modules whose code decides what stands in the files."""


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

    Files that are missing or of no use are made.

    Args:
        frequencies: in how many texts each term stands; asked for only where there are no files.
        name: differs where the frequencies differ.
        folder: keeps the files of one library, those that were opened last.
    """
    made_by = _digest(analyzer)
    kept = KeptValue("sounds", Sounds.open, lambda: _sounds(analyzer), Sounds.save)
    sounds = opened_or_made(folder / "sounds" / made_by, kept)

    def made() -> SpellingTable:
        return SpellingTable.of(frequencies(), sounds.by_sound)

    named = hashlib.sha256(f"{made_by} {name}".encode()).hexdigest()[:32]
    table = KeptValue("spelling", SpellingTable.open, made, SpellingTable.save)
    return _spelling(opened_or_made(folder / "words" / named, table), sounds, analyzer)


def _sounds(analyzer: Analyzer) -> Sounds:
    return Sounds.of(analyzer.general_frequencies, analyzer.lexicon.stop_words)


_latest_sounds = lru_cache(maxsize=1)(_sounds)
"""Made once for all libraries that are kept in memory: sounds take longer than the words of a small
library."""


def _spelling(words: SpellingTable, sounds: Sounds, analyzer: Analyzer) -> Spelling:
    return Spelling(words, sounds, analyzer.general_frequencies, analyzer.lexicon, shipped_neighbours())


def _digest(analyzer: Analyzer) -> str:
    """SHA-256 of the code that shapes the tables, of the packages behind it, and of the analyzer."""
    code = b"".join((Path(__file__).parent / file).read_bytes() for file in _SHAPING)
    packages = [version(package) for package in ("pypinyin", "marisa-trie", "numpy")]
    return hashlib.sha256(code + repr((packages, analyzer.digest)).encode()).hexdigest()[:32]
