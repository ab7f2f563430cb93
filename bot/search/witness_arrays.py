"""What the compiled loops of witnesses are given: entries and questions as arrays of numbers."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bot.search.arrays import Floats, Numbers
from bot.search.reading import Reading, Sought

Layout = np.ndarray[tuple[int], np.dtype[np.int32]]
"""Numbers, then code points.

Of an entry: how many sentences it has, how long headings and text are, of each sentence PER_PIECE numbers;
then the code points of the headings and of each sentence behind its lead-in.

Of a question: the numbers of its words; of each concept the number of what was said, how many words it has,
how many are held and their numbers, how many terms it stands for and their numbers; of each phrase how many
concepts it has and which; the length of each string; then the code points of the strings.
"""

Stating = Callable[[str, StrEnum], Sequence[tuple[int, float]]]

MOST_REMEMBERED = 8192
"""Entries whose arrays are kept: about 1 kB each."""

HEADINGS, TEXT = 1, 2
HEAD = 3
LENGTH, LEAD, DENIES = 0, 1, 2
PER_PIECE = 3


NO_LAYOUT, NOTHING = np.zeros(0, np.int32), np.zeros(0)


class Texts(NamedTuple):
    """Entries that are looked at.

    Args:
        layouts: one behind the other.
        lengths: of the layouts.
        stating: of each entry, of each aspect that is asked for, what each sentence counts that states it.
        said: of each entry, the score of its words, of the highest there can be.
    """

    layouts: Layout
    lengths: Numbers
    stating: Floats
    said: Floats


class Wanted(NamedTuple):
    """What is looked for. Strings are numbered: first the characters, then the others.

    Args:
        layout: see Layout; `sizes`: where the lengths of the strings begin in it.
        shares: those of the concepts, how surely each meant term is meant, those within phrases.
        characters, words, concepts, asked, phrases, strings: how many there are.
        character, title, denied: what a character counts, titles, and a sentence that denies.
    """

    layout: Layout
    shares: Floats
    sizes: int
    characters: int
    words: int
    concepts: int
    asked: int
    phrases: int
    strings: int
    character: float
    title: float
    denied: float


def layout_of(numbers: Sequence[int], text: str) -> Layout:
    """Numbers with the code points of a text behind them."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<i4")
    return np.concatenate([np.array(numbers, np.int32), codes])


def example() -> tuple[Texts, Wanted]:
    """The least that can be looked at and for, of the types that the loops are compiled for."""
    none = np.zeros(0)
    texts = Texts(layout_of([0, 0, 0], ""), np.array([HEAD]), none, np.zeros(1))
    return texts, Wanted(layout_of([], ""), none, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0)


class Arrays:
    """Makes the arrays. Those of entries are remembered; threads may share it.

    Args:
        reading: the entry with an id.
        stating: its sentences that state an aspect, by number, and what each of them counts.
    """

    def __init__(self, reading: Callable[[str], Reading], stating: Stating) -> None:
        self._reading, self._stating = reading, stating
        self._layout = lru_cache(maxsize=MOST_REMEMBERED)(self._lay_out)
        self._counts = lru_cache(maxsize=MOST_REMEMBERED)(self._count)

    def of(
        self, sought: Sought, entry_ids: Sequence[str], said: Sequence[float], title: float
    ) -> tuple[Texts, Wanted]:
        """What is looked at and for.

        Args:
            said: for each entry, the score of its words, of the highest there can be.
            title: what titles count.
        """
        layouts = [self._layout(entry_id) for entry_id in entry_ids]
        counts = [self._counts(entry_id, asked) for entry_id in entry_ids for asked in sought.asked]
        texts = Texts(
            np.concatenate([NO_LAYOUT, *layouts]),
            np.array(list(map(len, layouts)), np.int64),
            np.concatenate([NOTHING, *counts]),
            np.array(said, np.float64),
        )
        return texts, wanted(sought, title)

    def _lay_out(self, entry_id: str) -> Layout:
        reading = self._reading(entry_id)
        numbers = [len(reading.sentences), len(reading.headings), len(reading.text)]
        for n, (own, whole) in enumerate(zip(reading.sentences, reading.with_lead, strict=True)):
            numbers += (len(whole), len(whole) - len(own), n in reading.denying)
        return layout_of(numbers, reading.headings + "".join(reading.with_lead))

    def _count(self, entry_id: str, asked: StrEnum) -> Floats:
        counts = np.zeros(len(self._reading(entry_id).sentences))
        for number, count in self._stating(entry_id, asked):
            counts[number] = count
        return counts


def wanted(sought: Sought, title: float) -> Wanted:
    """What is looked for, as arrays."""
    strings = {character: number for number, character in enumerate(sought.characters)}

    def number_of(text: str) -> int:
        return strings.setdefault(text, len(strings))

    numbers = [number_of(word) for word in sought.words]
    shares = [concept.share for concept in sought.concepts]
    for concept in sought.concepts:
        numbers += (number_of(concept.said), concept.words, len(concept.held))
        numbers += map(number_of, concept.held)
        numbers.append(len(concept.meant))
        for term, sure in concept.meant:
            numbers.append(number_of(term))
            shares.append(sure)
    for phrase in sought.phrases:
        numbers += (len(phrase), *phrase)
        shares += phrase.values()
    sizes = len(numbers)
    numbers += map(len, strings)
    return Wanted(
        layout=layout_of(numbers, "".join(strings)),
        shares=np.array(shares, np.float64),
        sizes=sizes,
        characters=len(sought.characters),
        words=len(sought.words),
        concepts=len(sought.concepts),
        asked=len(sought.asked),
        phrases=len(sought.phrases),
        strings=len(strings),
        character=float(sought.character),
        title=float(title),
        denied=float(sought.denied),
    )
