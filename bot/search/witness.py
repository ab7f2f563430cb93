"""Witnesses: features of a clause's own words that tell whether it answers.

The best entries are ordered by the logarithm of the score plus nine features, each with its weight. BM25
knows whether words stand in a clause. The features know more: whether one sentence covers most of the
question and little else, and states what is asked; whether the clause has at least a character of an everyday
word (批 of 批准, 送 of 送达); whether it denies or excepts, if that is asked; and what stands in its title.

The weights were fitted as a conditional logit on the `choose` halves of four question sets, right clause
against the others of the best thirty; `python -m benchmarks.ordering` fits them again and crosses documents.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from operator import mul

from bot.policy.units import units
from bot.search.concepts import Concept, Concepts, concepts_of
from bot.search.entry import Entry
from bot.search.exceptions import exception_from
from bot.search.meaning.aspect import DENIES, FIRM, STATED
from bot.search.meaning.polarity import denies
from bot.search.query import Query
from bot.search.recent import RecentQueries

DEPTH = 30
"""Entries that are put in order. In thirty are 95 of 100 right clauses, in fifty 96, at more than half the
price again."""


class Feature(StrEnum):
    """The features of an entry. Shares are shares of the question, 0-1."""

    SAID = "said"
    """The score of its words, of the highest that the words of the question can give."""
    CHARACTERS = "characters"
    """The share of the question's characters that stand in the text."""
    TITLE = "title"
    """The share that stands in titles and headings."""
    PIECES = "pieces"
    """The share that stands in the text though no word with it does."""
    STATED = "stated"
    """How much is said by the sentence that says most of those that state what is asked."""
    DENSE = "dense"
    """How much the best sentence says, for its length."""
    LENGTH = "length"
    """The logarithm of the text's length, 0 for a hundred characters."""
    DENIED = "denied"
    """How much a sentence says that denies or excepts, where an exception is asked for."""
    EACH = "each"
    """How much is said of the phrase of the question, between commas, of which least is."""


WEIGHTS: Mapping[Feature, float] = {
    Feature.SAID: 2.0,
    Feature.CHARACTERS: 1.25,
    Feature.TITLE: 1.5,
    Feature.PIECES: 1.25,
    Feature.STATED: 0.5,
    Feature.DENSE: 12.5,
    Feature.LENGTH: -0.25,
    Feature.DENIED: 1.5,
    Feature.EACH: 0.6,
}
"""How much each feature adds to the logarithm of a score."""

_MOST_REMEMBERED = 8192
"""Entries whose sentences are kept: about 1 kB each."""

_LOOSELY = 0.3
"""What a sentence counts that states what is asked by a word where others give a figure."""

_TITLES_COUNT = 4000
"""Entries of a library whose titles count in full. Beyond, by the root of their share: among more titles,
more hold a character by chance."""

_PAUSE = re.compile("[,，。!！?？;；]")

_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class EntryReading:
    """An entry as witnesses read it: folded text, headings, sentences, and items behind their lead-in.

    `denying`: the numbers of the sentences that deny or except, alone or by their lead-in.
    """

    text: str
    headings: str
    sentences: tuple[str, ...]
    with_lead: tuple[str, ...]
    denying: tuple[int, ...]

    @property
    def has_lists(self) -> bool:
        """Whether a sentence is read behind its lead-in, so that a word may stand across both."""
        return self.with_lead is not self.sentences


@dataclass(frozen=True, slots=True)
class WitnessQuery:
    """What witnesses look for in the entries of a query.

    `character`: the share of each character. `denied`: the share of a sentence that denies. `phrases`: for
    each phrase between commas, the number of each concept → its share; empty: fewer than two phrases.
    """

    characters: str
    character: float
    words: tuple[str, ...]
    concepts: Concepts
    asked: tuple[StrEnum, ...]
    denied: float
    phrases: tuple[Mapping[int, float], ...]


class Witnesses:
    """Puts the best entries of a query in order. Threads may share it.

    Args:
        entry: gives the entry with an id.
        fold: folds a text.
        idfs: gives the idf of each term.
        empty: characters that say nothing about a subject.
        entries: the number of entries.
    """

    def __init__(
        self,
        entry: Callable[[str], Entry],
        fold: Callable[[str], str],
        idfs: Callable[[tuple[str, ...]], Sequence[float]],
        empty: frozenset[str],
        entries: int,
    ) -> None:
        self._entry, self._fold, self._idfs, self._empty = entry, fold, idfs, empty
        self.sought = RecentQueries(self._look_for).of
        self._title = min(1.0, math.sqrt(_TITLES_COUNT / max(1, entries)))
        self._reading = lru_cache(maxsize=_MOST_REMEMBERED)(self._read)
        self._stating = lru_cache(maxsize=_MOST_REMEMBERED)(self._look_for_statements)

    def features(self, query: Query, entry_ids: Sequence[str], said: Sequence[float]) -> list[list[float]]:
        """A row for each of some entries, in the order of Feature.

        Args:
            said: for each entry, the score of its words as a share of the highest possible score.
        """
        sought = self.sought(query)
        return [
            self._features(sought, entry_id, share) for entry_id, share in zip(entry_ids, said, strict=True)
        ]

    def weights(self, query: Query, entry_ids: Sequence[str], said: Sequence[float]) -> list[float]:
        """What the features of each entry add to the logarithm of its score."""
        weights = [WEIGHTS[feature] for feature in Feature]
        return [math.fsum(map(mul, weights, row)) for row in self.features(query, entry_ids, said)]

    def exception(self, query: Query, ids: Sequence[str]) -> str | None:
        """The id of the entry that makes an exception to the first one, if the query may ask for it."""
        if not ids or not any(aspect in DENIES for aspect in query.aspects):
            return None
        return exception_from(ids, self._reading, lambda: self.sought(query).concepts.all)

    def _look_for(self, query: Query) -> WitnessQuery:
        """What to look for in the entries of a query."""
        folded = query.text
        characters = "".join(each for each in dict.fromkeys(_HAN.findall(folded)) if each not in self._empty)
        words = tuple(term for term in dict.fromkeys(query.terms) if not term.startswith("#"))
        concepts = Concepts(tuple(concepts_of(query, dict(zip(words, self._idfs(words), strict=True)))))
        return WitnessQuery(
            characters,
            1 / max(1, len(characters)),
            tuple(word for word in words if len(word) > 1),
            concepts,
            (*query.kinds, *(aspect for aspect in query.aspects if aspect not in DENIES)),
            max((DENIES[aspect] for aspect in query.aspects if aspect in DENIES), default=0.0),
            _phrases(folded, concepts.all),
        )

    def _read(self, entry_id: str) -> EntryReading:
        entry = self._entry(entry_id)
        parts = units(entry.text)
        folded = tuple(self._fold(part.text) for part in parts)
        with_lead = folded
        if any(part.lead is not None for part in parts):
            with_lead = tuple(
                text if part.lead is None else folded[part.lead] + text
                for part, text in zip(parts, folded, strict=True)
            )
        text, headings = "\n".join(folded), self._fold("\n".join(entry.headings))
        leads = ("" if part.lead is None else folded[part.lead] for part in parts)
        pairs = enumerate(zip(folded, leads, strict=True))
        denying = tuple(number for number, (sentence, lead) in pairs if denies(sentence, lead))
        return EntryReading(text, headings, folded, with_lead, denying)

    def _look_for_statements(self, entry_id: str, asked: StrEnum) -> tuple[tuple[int, float], ...]:
        """The sentences of an entry that state an aspect: their numbers and weights."""
        firm = FIRM.get(asked)
        return tuple(
            (number, 1.0 if firm is None or firm.search(sentence) else _LOOSELY)
            for number, sentence in enumerate(self._reading(entry_id).sentences)
            if STATED[asked].search(sentence)
        )

    def _features(self, sought: WitnessQuery, entry_id: str, said: float) -> list[float]:
        reading = self._reading(entry_id)
        text, headings, character = reading.text, reading.headings, sought.character
        held = [each for each in sought.characters if each in text]
        titled = [each for each in sought.characters if each in headings]
        spoken = "".join([word for word in sought.words if word in text or word in headings])
        narrowed = sought.concepts.within(text)
        covered = _covered(sought.concepts, narrowed, reading)
        best = max(range(len(covered)), key=covered.__getitem__, default=None)
        dense = 0.0 if best is None else covered[best] / (3 + math.sqrt(len(reading.with_lead[best])))
        return [
            said,
            character * len(held),
            self._title * character * len(titled),
            character * len([each for each in held if each not in spoken]),
            self._stated(sought, entry_id, held, covered),
            dense,
            math.log(max(len(text), 10) / 100),
            sought.denied and sought.denied * max((covered[n] for n in reading.denying), default=0.0),
            _least(sought.phrases, narrowed, text),
        ]

    def _stated(
        self, sought: WitnessQuery, entry_id: str, held: Sequence[str], covered: Sequence[float]
    ) -> float:
        """How much the best sentence covers that states an aspect; the mean over all aspects asked for."""
        if not sought.asked:
            return 0.0
        with_lead = self._reading(entry_id).with_lead
        bests = []
        for asked in sought.asked:
            best = 0.0
            for number, counts in self._stating(entry_id, asked):
                text = with_lead[number]
                characters = sought.character * len([each for each in held if each in text])
                best = max(best, counts * (covered[number] + characters))
            bests.append(best)
        return math.fsum(bests) / len(bests)


def _covered(concepts: Concepts, narrowed: Mapping[int, Concept], reading: EntryReading) -> list[float]:
    """How much of a question each sentence of an entry covers. `narrowed`: the concepts within its text."""
    if reading.has_lists:  # an item and its lead-in may say together what the text does not
        in_lines = concepts.within("\n".join(reading.with_lead))
        narrowed = {number: each for number, each in in_lines.items() if number in narrowed}
    single, several = [], []
    for concept in narrowed.values():
        if len(concept.ways) > 1:
            several.append(concept)
        else:
            cover, said = concept.ways[0]
            single.append((concept.share * cover, said))
    return [
        math.fsum(
            [worth for worth, said in single if said in sentence]
            + [each.share * each.covered_by(sentence) for each in several]
        )
        for sentence in reading.with_lead
    ]


def _phrases(question: str, concepts: Sequence[Concept]) -> tuple[Mapping[int, float], ...]:
    """The concepts of each phrase of a question that has any; empty: fewer than two phrases have."""
    phrases = []
    for phrase in _PAUSE.split(question):
        shares = {n: each.share for n, each in enumerate(concepts) if each.said in phrase}
        whole = math.fsum(shares.values())
        if shares:
            phrases.append({n: share / whole for n, share in shares.items()})
    return tuple(phrases) if len(phrases) > 1 else ()


def _least(phrases: Sequence[Mapping[int, float]], narrowed: Mapping[int, Concept], text: str) -> float:
    """How much a text covers of the phrase that it covers least; 0: there are no phrases."""
    if not phrases:
        return 0.0
    said = {number: each.covered_by(text) for number, each in narrowed.items()}
    return min(math.fsum([share * said.get(n, 0.0) for n, share in phrase.items()]) for phrase in phrases)
