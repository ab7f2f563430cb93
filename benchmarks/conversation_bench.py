"""Who answers in `benchmarks.conversations`: a conversation with the policies and the shipped documents."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.law_talk import laws
from benchmarks.questions import POLICIES, ROOT, nearness_among, read_policies, with_questions
from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.assembly import analyzer
from bot.clock import SystemClock
from bot.content.documents import read_document
from bot.content.kind import Contents
from bot.content.known_questions import known_questions
from bot.content.library import load_library
from bot.content.table import ANSWER_KINDS, ASPECTS, CONTENT, DOCUMENTS, KNOWN_QUESTIONS, THESAURUS
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.dense.near_words import NearWords
from bot.search.dense.word_table import shipped_table
from bot.search.engine.embedded.counting import build
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.search.query import Query
from bot.search.searcher import Hit, Searcher
from bot.search.understanding import Glossary
from bot.settings import read_settings

SETS = ROOT / "benchmarks" / "conversation"
MOST_LEFT_OUT = 200
"""Hits that are looked at beyond those asked for, where documents are left out."""


class WithoutDocuments:
    """An index that finds nothing in some documents. What is rare in it is what is rare in all of them."""

    def __init__(self, index: Searcher, documents: Collection[str]) -> None:
        self._index = index
        self._documents = documents

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def search(self, query: Query, k: int) -> list[Hit]:
        """The best entries of the other documents."""
        hits = self._index.search(query, k + MOST_LEFT_OUT)
        return [hit for hit in hits if hit.entry_id.rpartition(":")[0] not in self._documents][:k]


@dataclass(frozen=True)
class Bench:
    """An answerer over a library, and a conversation with it."""

    answerer: Answerer

    def ask(self, question: Question, context: Context = NO_CONTEXT) -> tuple[Answer, Context]:
        """The answer, and the context of the next question."""
        kept: list[Context] = []
        asker = Asker("benchmark", lambda _, following: kept.append(following))
        return self.answerer.answer(question, asker, context), kept[0]

    def talk(self, turns: Iterable[str]) -> Answer:
        """The answer to the last of some turns."""
        context = NO_CONTEXT
        for turn in turns:
            answer, context = self.ask(Question(turn), context)
        return answer


@cache
def bench(*, with_local: bool = False) -> Bench:
    """The policies and the shipped documents; for questions of places also those of two invented cities."""
    documents = [holding.document for holding in read_policies(POLICIES).holdings]
    if with_local:
        documents += [read_document(path) for path in sorted((SETS / "local").glob("*.md"))]
    return bench_over(documents)


@cache
def bench_on_laws() -> Bench:
    """Laws that are none of the policies, and the shipped documents."""
    return bench_over(laws())


def bench_over(documents: Iterable[Document]) -> Bench:
    """Some documents and the shipped ones."""
    settings = read_settings()
    shipped = load_library(settings.knowledge_dir)
    library = Library.of([*documents, *(holding.document for holding in shipped.holdings)])
    terms = analyzer(settings)
    known = known_questions(KNOWN_QUESTIONS.load(settings.knowledge_dir).value, shipped).value
    entries = list(entries_of(library))
    glossary = Glossary(
        THESAURUS.load(settings.knowledge_dir).value,
        Recognizer(known, build(entries_of_questions(known), terms)),
        answer_kinds=ANSWER_KINDS.load(settings.knowledge_dir).value,
        aspects=ASPECTS.load(settings.knowledge_dir).value,
        near_words=NearWords(shipped_table()).of,
    )
    glossary = with_questions(glossary, entries, library, settings)
    index = Index(entries, terms, glossary=glossary, nearness=nearness_among(entries, settings))
    kinds = (kind for kind in CONTENT if kind is not DOCUMENTS)
    words = Contents({kind: kind.load(settings.knowledge_dir).value for kind in kinds})
    basis = Basis(library, index, settings.hotline).with_words(words)
    return Bench(Answerer(basis, SystemClock(), lambda: "an-id"))
