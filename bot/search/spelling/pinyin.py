"""The syllables of Han characters, without tones, to make sounds from. The only door to pypinyin.

A character has the syllables that it has in words of today (行: xing, hang), as pypinyin's phrases show them.
The phrases are not kept: they would take 45 MB.
"""

import json
import os
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # pypinyin's own switch, read when it is imported
from pypinyin.pinyin_dict import pinyin_dict

MIN_SHARE = 0.08
"""Share of a character's phrases in which a syllable must stand to count; 技 is not looked for under qi."""

MOST_SYLLABLES = 3

_TONES = dict.fromkeys((0x0300, 0x0301, 0x0304, 0x030C))


def syllables() -> dict[str, tuple[str, ...]]:
    """The syllables of each character, the most common first.

    >>> found = syllables()
    >>> found["行"], found["绿"], found.get("a")
    (('xing', 'hang'), ('lu',), None)
    """
    alone = {chr(code): syllable_alone(chr(code)) for code in pinyin_dict}
    return {character: (syllable,) for character, syllable in alone.items() if syllable} | _in_phrases()


def syllable_alone(character: str) -> str:
    """The syllable of a character that stands alone; empty for a character that is not Han.

    >>> syllable_alone("的"), syllables()["的"]
    ('de', ('de', 'di'))
    """
    return _plain(pinyin_dict.get(ord(character), "").partition(",")[0])


def _plain(marked: str) -> str:
    """A syllable in the letters that people type: without its tone, ü as u.

    >>> _plain("lǜ"), _plain("zhòng")
    ('lu', 'zhong')
    """
    letters = unicodedata.normalize("NFD", marked).translate(_TONES)
    return unicodedata.normalize("NFC", letters).replace("ü", "u")


def _in_phrases() -> dict[str, tuple[str, ...]]:
    """The syllables of each character that stands in a phrase."""
    phrases = json.loads(files("pypinyin").joinpath("phrases_dict.json").read_text("utf-8"))
    marked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases.items():
        if len(phrase) == len(sounds):
            for character, sound in zip(phrase, sounds, strict=True):
                marked[character][sound[0]] += 1
    return {character: _common(counts) for character, counts in marked.items()}


def _common(marked: Counter[str]) -> tuple[str, ...]:
    """The most common of some syllables that are marked with their tones."""
    counts: Counter[str] = Counter()
    for syllable, count in marked.items():
        counts[_plain(syllable)] += count
    least = MIN_SHARE * counts.total()
    return tuple(syllable for syllable, count in counts.most_common(MOST_SYLLABLES) if count >= least)
