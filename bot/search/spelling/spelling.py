"""Reads a question as it was most likely meant, if its spelling makes little sense in this library.

A noisy channel (Kernighan, Church and Gale, *A Spelling Correction Program Based on a Noisy Channel Model*,
1990). There are many ways to read a question as words: each stretch as it was typed, or as a word of the
library that may have been meant. The cheapest way is taken. A mistake costs so much that a question which
reads well stays as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import chain, pairwise, takewhile
from operator import attrgetter
from typing import NamedTuple

from bot.search.frequencies import Frequencies
from bot.search.lexicon import Lexicon
from bot.search.spelling.candidates import (
    LONGEST_STRETCH,
    Candidate,
    Mistake,
    is_han,
    is_letter,
)
from bot.search.spelling.guard import RARE, Guard
from bot.search.spelling.homophones import Homophones
from bot.search.spelling.language import LONGEST_WORD, Language
from bot.search.spelling.neighbours import Neighbours
from bot.search.spelling.slips import Slips
from bot.search.spelling.sounds import Sounds
from bot.search.spelling.words import LibraryWords, SpellingTable, TwoTables

SHORTEST_WITH_STOP_WORD = 3
"""Characters of a stretch in which only stop words stand alone: 残疾正 is looked at, 正常 is not."""

LETTER = 3.0
RUN_OF_LETTERS = 6.0
"""Cost of each letter that stays as it is, and of each run of letters, unless the run is a library's word."""

BEAM = 5
"""Paths that are followed from each place. Only letters lead to more."""

MOST_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the folded question that was read as a word of the library.

    `start` and `end` count in the folded question. `alternatives`: other words that may have been meant, the
    nearest first.
    """

    start: int
    end: int
    typed: str
    meant: str
    mistake: Mistake
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched, and its changes in the order of the text."""

    text: str
    changes: tuple[Change, ...] = ()


class _Step(NamedTuple):
    """A word that a stretch may be read as. `candidate` tells why, if another word was typed."""

    end: int
    word: str
    cost: float
    candidate: Candidate | None = None


class _Path(NamedTuple):
    """The cheapest reading found so far, up to the end of a step."""

    cost: float
    step: _Step
    before: "_Path | None"


_cost_of = attrgetter("cost")


class Spelling:
    """Reads questions. Immutable except for what it remembers; threads may share it.

    Args:
        words: those of the library.
        sounds: how Chinese sounds.
        general: how often words stand in general Chinese.
        lexicon: stop words, and characters that look alike.
        neighbours: which characters stand side by side, whatever the library.
    """

    def __init__(
        self,
        words: LibraryWords,
        sounds: Sounds,
        general: Frequencies,
        lexicon: Lexicon,
        neighbours: Neighbours,
    ) -> None:
        self._words = words
        self._sounds = sounds
        self._general = general
        self._lexicon = lexicon
        self._stop_words = lexicon.stop_words
        self._neighbours = neighbours
        self._language = Language(words, general, lexicon.stop_words)
        self._guard = Guard(self._language, neighbours, lexicon.stop_words)
        self._homophones = Homophones(words, sounds)
        self._slips = Slips(words, lexicon)

    def syllables(self, character: str) -> Sequence[str]:
        """The syllables of a character, without tones, most common first; empty: it has none."""
        return self._sounds.syllables(character)

    def with_fresh(self, frequencies: Mapping[str, int]) -> "Spelling":
        """Spelling that knows the words of further texts, too. The time depends on the further texts alone.

        Args:
            frequencies: in how many of the further texts each term stands: words, and bigrams with their #.
        """
        if not frequencies:
            return self
        fresh = SpellingTable.of(frequencies, self._sounds.by_sound, self._words)
        both = TwoTables(self._words, fresh)
        return Spelling(both, self._sounds, self._general, self._lexicon, self._neighbours)

    def read(self, text: str) -> Reading:
        """A question as it was most likely meant; as typed if no better reading is near.

        Args:
            text: a folded question.
        """
        steps = [list(self._as_typed(text, start)) for start in range(len(text))]
        candidates = self._candidates(text, _cheapest(steps, self._bonus))
        if not any(candidates):
            return Reading(text)
        for start, found in enumerate(candidates):
            steps[start].extend(self._as_meant(candidate) for candidate in found)
        cheapest = _cheapest(steps, self._bonus)
        changes = tuple(
            self._change(text, before.end, step.candidate, candidates[before.end])
            for before, step in pairwise(cheapest)
            if step.candidate
        )
        return Reading("".join(step.word for step in cheapest), changes) if changes else Reading(text)

    def _candidates(self, text: str, as_typed: Sequence[_Step]) -> list[list[Candidate]]:
        """For each place, the words that stretches from there may have been meant for, each word once.

        Only stretches over something doubtful are looked at: letters, a character that stands alone, a rare
        word. A mistake breaks its word, so there is none where all words are whole. Stop words often stand
        alone, so they are doubtful only in a longer stretch. Candidates are sorted: tables give words in any
        order, and the first of equally cheap candidates is taken.
        """
        stop_words, strange = self._doubtful(as_typed)
        letters = [place for place, character in enumerate(text) if is_letter(character)]
        least_ends = {
            start: max(place + 1, start + SHORTEST_WITH_STOP_WORD)
            for start, place in _before(sorted(stop_words + strange))
        }
        for start, place in _before(strange):
            least_ends[start] = min(place + 1, least_ends[start])
        found: list[dict[tuple[int, str], Candidate]] = [{} for _ in text]
        for start, least_end in least_ends.items():
            for candidate in self._mistaken(text, start, least_end):
                _keep_cheapest(found[start], candidate)
        for start, _ in _before(letters):
            for candidate in self._homophones.spelt_out(text, start):
                _keep_cheapest(found[start], candidate)
        return [sorted(words.values()) for words in found]

    def _doubtful(self, as_typed: Sequence[_Step]) -> tuple[list[int], list[int]]:
        """Two lists of places: those of lone stop words; those of other lone characters and of rare words."""
        stop_words: list[int] = []
        strange: list[int] = []
        for before, step in pairwise(as_typed):
            word = step.word
            if not is_han(word[0]):
                continue
            if len(word) == 1:
                (stop_words if word in self._stop_words else strange).append(before.end)
            elif not self._language.is_own(word) and not self._language.is_general(word, RARE):
                strange.extend(range(before.end, step.end))
        return stop_words, strange

    def _mistaken(self, text: str, start: int, least_end: int) -> Iterator[Candidate]:
        """Words that a stretch of Han characters may stand for; none if it is a word of the library."""
        if not is_han(text[start]):
            return
        alike = self._homophones.alike(text, start, least_end)
        for candidate in chain(alike, self._slips.near(text, start, least_end)):
            typed = text[start : candidate.end]
            if not self._language.is_own(typed):
                yield candidate._replace(cost=candidate.cost + self._guard.cost(typed, candidate))

    def _as_typed(self, text: str, start: int) -> Iterator[_Step]:
        """Every word that stands at a place."""
        if is_letter(text[start]):
            if start == 0 or not is_letter(text[start - 1]):
                yield self._as_letters(text, start)
        elif not is_han(text[start]):
            yield _Step(start + 1, text[start], 0.0)
        else:
            stretch = "".join(takewhile(is_han, text[start : start + LONGEST_WORD]))
            for word in self._language.words_at_start(stretch):
                yield _Step(start + len(word), word, self._language.cost(word))

    def _as_meant(self, candidate: Candidate) -> _Step:
        cost = candidate.cost + self._language.cost_if_meant(candidate.word)
        return _Step(candidate.end, candidate.word, cost, candidate)

    def _as_letters(self, text: str, start: int) -> _Step:
        """A whole run of letters as typed: if a part of it were a word, the rest would not be one."""
        end = next((i for i in range(start, len(text)) if not is_letter(text[i])), len(text))
        letters = text[start:end]
        known = self._language.is_own(letters)
        return _Step(end, letters, 0.0 if known else RUN_OF_LETTERS + LETTER * len(letters))

    def _bonus(self, before: str, word: str) -> float:
        return self._language.pair_bonus(before[-1:], word[0])

    def _change(self, text: str, start: int, chosen: Candidate, candidates: Iterable[Candidate]) -> Change:
        others = sorted(
            (candidate.cost + self._language.cost_if_meant(candidate.word), candidate.word)
            for candidate in candidates
            if candidate.end == chosen.end and candidate.word != chosen.word
        )
        alternatives = tuple(word for _, word in others[:MOST_ALTERNATIVES])
        typed = text[start : chosen.end]
        return Change(start, chosen.end, typed, chosen.word, chosen.mistake, alternatives)


def _cheapest(steps: Sequence[Sequence[_Step]], bonus: Callable[[str, str], float]) -> list[_Step]:
    """The steps of the cheapest way to read a question. Before them stands an empty step.

    Viterbi's algorithm. Its state is the last character so far, as the bonus of the next word depends on it.

    Args:
        steps: for each place, the steps that begin there.
        bonus: what a word takes off the cost where it stands behind another word, or behind the empty step.
    """
    paths: list[dict[str, _Path]] = [{} for _ in range(len(steps) + 1)]
    paths[0][""] = _Path(0.0, _Step(0, "", 0.0), None)
    for start, reached in enumerate(paths[:-1]):
        followed = nsmallest(BEAM, reached.values(), key=_cost_of) if len(reached) > 1 else reached.values()
        for path in followed:
            for step in steps[start]:
                after, last = paths[step.end], step.word[-1]
                cost = path.cost + step.cost - bonus(path.step.word, step.word)
                if last not in after or cost < after[last].cost:
                    after[last] = _Path(cost, step, path)
    cheapest = []
    last_path: _Path | None = min(paths[-1].values(), key=_cost_of)
    while last_path:
        cheapest.append(last_path.step)
        last_path = last_path.before
    return cheapest[::-1]


def _before(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places where stretches over one of the places may begin, each with the first place it reaches."""
    after = 0
    for place in places:
        for start in range(max(after, place - LONGEST_STRETCH + 1), place + 1):
            yield start, place
        after = place + 1


def _keep_cheapest(found: dict[tuple[int, str], Candidate], candidate: Candidate) -> None:
    key = candidate.end, candidate.word
    if key not in found or candidate.cost < found[key].cost:
        found[key] = candidate
