"""How Han characters sound, without tones. The only door to pypinyin, for those who make the table of sounds.

Single characters are compared by the readings that live in today's words (行: xing, hang), as pypinyin's
phrases show them. The phrases are read and let go: kept, they would hold 45 MB.
"""

import json
import os
import unicodedata
from collections import Counter, defaultdict
from importlib.resources import files

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")  # pypinyin's own switch, read when it is imported
from pypinyin.pinyin_dict import pinyin_dict

MIN_SHARE = 0.08
"""Share of a character's phrases in which a reading must stand to count; 技 is not looked for under qi."""

MOST_READINGS = 3

_TONES = dict.fromkeys((0x0300, 0x0301, 0x0304, 0x030C))


def readings() -> dict[str, tuple[str, ...]]:
    """The syllables that each character may stand for, the most common first.

    >>> found = readings()
    >>> found["行"], found["绿"], found.get("a")
    (('xing', 'hang'), ('lu',), None)
    """
    alone = {chr(code): reading_alone(chr(code)) for code in pinyin_dict}
    return {character: (reading,) for character, reading in alone.items() if reading} | _alive()


def reading_alone(character: str) -> str:
    """The syllable of a character that stands alone; empty for what is no Han character.

    >>> reading_alone("的"), readings()["的"]
    ('de', ('de', 'di'))
    """
    return _plain(pinyin_dict.get(ord(character), "").partition(",")[0])


def _plain(reading: str) -> str:
    """A syllable in the letters that people type: without its tone, ü as u.

    >>> _plain("lǜ"), _plain("zhòng")
    ('lu', 'zhong')
    """
    letters = unicodedata.normalize("NFD", reading).translate(_TONES)
    return unicodedata.normalize("NFC", letters).replace("ü", "u")


def _alive() -> dict[str, tuple[str, ...]]:
    """The readings of each character that stands in a phrase."""
    phrases = json.loads(files("pypinyin").joinpath("phrases_dict.json").read_text("utf-8"))
    marked: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases.items():
        if len(phrase) == len(sounds):
            for character, sound in zip(phrase, sounds, strict=True):
                marked[character][sound[0]] += 1
    return {character: _common(counts) for character, counts in marked.items()}


def _common(marked: Counter[str]) -> tuple[str, ...]:
    """Readings by their share, without tones."""
    counts: Counter[str] = Counter()
    for reading, count in marked.items():
        counts[_plain(reading)] += count
    least = MIN_SHARE * counts.total()
    return tuple(reading for reading, count in counts.most_common(MOST_READINGS) if count >= least)
