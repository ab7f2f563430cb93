"""How near a question is to those that a clause is known to answer, by the table of word vectors.

Residents' questions are more like each other than like any clause. So a clause is also known by the questions
that people ask for what it says: everyday ones of the lexicon, and known ones. The nearest counts.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.policy.clause import document_of
from bot.policy.known_question import KnownQuestion
from bot.search.dense.alike import QuestionGroups
from bot.search.dense.nearness import Near, Nearness
from bot.search.dense.sources import NearnessSource
from bot.search.dense.vectors import key_of
from bot.search.entry import Entry

ASKED = "asked"
"""The name of this cosine where a score is explained."""

ASKED_WEIGHT = 3.0
"""What the cosine adds to the logarithm of a score where words say all of a question; see docs/quality.md."""

ENOUGH = 0.5
"""Share of a document's entries with questions from which it is known what people ask of it."""

DIGEST_LENGTH = 16
"""Hex digits of the SHA-256 of a text by which everyday questions know it."""

_SENTENCE = list(Near).index(Near.SENTENCE)


class Asked(QuestionGroups):
    """The questions of entries. Threads may share it.

    Args:
        nearness: of the questions of each entry, which are a line each.
        questions: entry id → its questions; only entries with any.
        documents: the ids of those of which it is known well enough what people ask.
    """

    def __init__(self, nearness: Nearness, questions: Mapping[str, str], documents: frozenset[str]) -> None:
        super().__init__(nearness, list(questions.values()))
        self._nearness, self._questions, self._documents = nearness, questions, documents

    def knows(self, entry_id: str) -> bool:
        """Whether it is known what people ask of an entry's document."""
        return document_of(entry_id) in self._documents

    def cosines(self, question: str, entry_ids: Sequence[str]) -> Sequence[float]:
        """The cosine with the nearest question of each entry; empty: none of them has any.

        What nobody asks about is as near as the others on average. But where it is not known what people ask
        of a document, each of its entries is as near as the nearest.
        """
        texts = [self._questions.get(entry_id, "") for entry_id in entry_ids]
        compared = self._nearness.compared(question, texts) if any(texts) else None
        if compared is None:
            return []
        cosines: list[float] = compared.cosines[:, _SENTENCE].tolist()
        highest = max(cosines)
        known = map(self.knows, entry_ids)
        return [each if is_known else highest for each, is_known in zip(cosines, known, strict=True)]


def asked_by(
    source: NearnessSource,
    entries: Sequence[Entry],
    everyday: Mapping[str, Sequence[str]],
    known: Iterable[KnownQuestion],
) -> Asked | None:
    """The questions of entries, ready to be compared; None: there are none, or no vectors of them.

    Args:
        everyday: the first digits of the digest of a text → questions that it answers.
    """
    questions = questions_of(entries, everyday, known)
    nearness = source.of(list(questions.values())) if questions else None
    return None if nearness is None else Asked(nearness, questions, _well_known(entries, questions))


def questions_of(
    entries: Iterable[Entry], everyday: Mapping[str, Sequence[str]], known: Iterable[KnownQuestion]
) -> dict[str, str]:
    """Entry id → the questions that it answers, a line each; only entries with any."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries if everyday else ():
        if questions := everyday.get(digest_of(entry.text)):
            found[entry.entry_id] += questions
    for question in known:
        if not question.is_negative:
            found[question.clause_id].append(question.text)
    return {entry_id: "\n".join(questions) for entry_id, questions in found.items()}


def digest_of(text: str) -> str:
    """What everyday questions know a text by."""
    return f"{key_of(text):0{DIGEST_LENGTH}x}"


def _well_known(entries: Iterable[Entry], questions: Collection[str]) -> frozenset[str]:
    """The documents of which ENOUGH entries have questions."""
    having = Counter(map(document_of, questions))
    sizes = Counter(document for entry in entries if (document := document_of(entry.entry_id)) in having)
    return frozenset(document for document, size in sizes.items() if having[document] >= ENOUGH * size)
