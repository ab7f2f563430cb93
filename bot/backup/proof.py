"""The proof of a backup: the answers to a hundred questions. A restored installation must give the same.

The questions are those of the knowledge folder, never those of residents.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain, islice

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.question import LONGEST_QUESTION, Question
from bot.content.kind import Contents
from bot.content.table import DOCUMENTS, KNOWN_QUESTIONS, TOPICS

MOST_QUESTIONS = 100

_OF_THE_MOMENT = ("answer_id", "conversation_id", "elapsed_ms")
"""What differs each time that a question is asked."""

_OF_THE_MACHINE = ("score", "confidence")
"""What another processor may round otherwise."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Questions, and a digest of the answer to each on a day."""

    on: date
    answers: dict[str, str]

    def differing(self, other: "Proof") -> list[str]:
        """The questions that are answered differently."""
        return [question for question, said in self.answers.items() if other.answers.get(question) != said]


def questions_of(contents: Contents) -> list[str]:
    """A hundred questions to some contents: those known and offered, then clauses in their own words.

    The same contents give the same questions. There are fewer where the texts are few.
    """
    library = contents.of(DOCUMENTS)
    known = [words for row in contents.of(KNOWN_QUESTIONS) for words in row.similar]
    offered = [words for topic in contents.of(TOPICS).by_key.values() for words in topic.questions]
    clauses = [f"{document.title}{clause.text}"[:60] for document, clause in library.clauses()]
    titles = [holding.document.title for holding in library.holdings]
    chosen = chain(_spread(known, 60), _spread(offered, 20), _spread(clauses), titles, known)
    return list(islice(dict.fromkeys(words[:LONGEST_QUESTION] for words in chosen), MOST_QUESTIONS))


def prove(answerer: Answerer, questions: Iterable[str], on: date) -> Proof:
    """The answers to questions on a day. No record is kept."""
    return Proof(on, {words: _digest(answerer.answer(Question(words, as_of=on))) for words in questions})


def _spread(words: Sequence[str], most: int = MOST_QUESTIONS) -> Iterator[str]:
    """At most so many of the rows, evenly spread."""
    yield from (words[number * len(words) // most] for number in range(most)) if len(words) > most else words


def _digest(answer: Answer) -> str:
    said = {name: value for name, value in asdict(answer).items() if name not in _OF_THE_MOMENT}
    for passage in said["passages"]:
        for name in _OF_THE_MACHINE:
            del passage[name]
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
