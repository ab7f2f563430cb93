"""Known questions in the ranking: their clauses rise or sink, the others stay where they are."""

from collections.abc import Sequence

import pytest

from benchmarks.questions import SEED_QUESTIONS, Posed, answers, ranks, read_questions, share_within
from bot.channels.service import Service
from bot.content.known_questions import known_questions, load_question_rows
from bot.content.library import load_library
from bot.policy.known_question import KnownQuestion
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.counting import build
from bot.search.entry import Entry, entries_of
from bot.search.index import Index
from bot.search.meaning.recognition import Recognizer, entries_of_questions
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE

CLAUSES = [Entry("津贴", (), "高龄津贴每人每月发给一百元。"), Entry("养老院", (), "养老机构按月收取费用。")]
PENSION = KnownQuestion("过了八十岁能拿多少", "津贴")
NURSING = KnownQuestion("每月要交多少费用", "津贴", is_negative=True)


def recognizer(questions: Sequence[KnownQuestion], analyzer: Analyzer) -> Recognizer:
    """A recognizer that leaves nothing on disk."""
    return Recognizer(questions, build(entries_of_questions(questions), analyzer))


def knowing(analyzer: Analyzer, *questions: KnownQuestion, entries: Sequence[Entry] = CLAUSES) -> Index:
    """An index that knows questions."""
    return Index(entries, analyzer, glossary=Glossary(recognizer=recognizer(questions, analyzer)))


def hits(index: Index, question: str) -> dict[str, tuple[float, float]]:
    """Entry id → score and confidence, best first."""
    return {hit.entry_id: (hit.score, hit.confidence) for hit in index.search(index.query(question), 10)}


def test_a_known_question_finds_a_clause_that_shares_no_word_with_it(analyzer: Analyzer) -> None:
    """The very question is as sure as can be."""
    assert hits(knowing(analyzer), PENSION.text) == {}

    assert hits(knowing(analyzer, PENSION), PENSION.text)["津贴"][1] > 0.99


def test_a_question_that_is_nearly_known_lifts_its_clause_less(analyzer: Analyzer) -> None:
    """By the square of the similarity."""
    index = knowing(analyzer, PENSION)

    query = index.query("我爸过了八十岁能拿多少")
    (recognized,) = query.recognized

    assert 0.4 < recognized.similarity < 1
    assert recognized.adjusted(score=1, highest=100) == pytest.approx(100 * recognized.similarity**2)
    assert index.explain(query, "津贴").known[0].share == index.search(query, 1)[0].score > 0


def test_a_question_that_is_not_nearly_known_changes_nothing(analyzer: Analyzer) -> None:
    """A common word is no recognition."""
    assert hits(knowing(analyzer, PENSION), "养老机构收取多少") == hits(knowing(analyzer), "养老机构收取多少")


def test_a_negative_question_sinks_its_clause(analyzer: Analyzer) -> None:
    """And only that one."""
    bare, index = hits(knowing(analyzer), "每月要交多少费用"), knowing(analyzer, NURSING)

    assert bare["津贴"][0] > 0
    found = hits(index, "每月要交多少费用")
    assert found["津贴"][0] == pytest.approx(0)
    assert found["养老院"] == bare["养老院"]


def test_of_several_known_questions_of_a_clause_the_nearest_counts(analyzer: Analyzer) -> None:
    """A negative one among similar ones settles what it says itself, nothing else."""
    alike = KnownQuestion("每月能拿多少费用", "津贴")
    index = knowing(analyzer, alike, NURSING)

    (lifted,), (sunk,) = index.query(alike.text).recognized, index.query(NURSING.text).recognized

    assert (lifted.known, sunk.known) == (alike, NURSING)


def test_nothing_is_recognised_in_a_question_without_terms(analyzer: Analyzer) -> None:
    """Nor among known questions without any."""
    empty = KnownQuestion("？！", "津贴")

    assert recognizer([empty], analyzer).recognize([]) == []
    assert recognizer([PENSION, empty], analyzer).recognize([]) == []


@pytest.mark.parametrize("question", [PENSION.text, NURSING.text, "过了八十岁能拿多少津贴", "每月费用多少"])
def test_the_shares_sum_to_the_score_with_known_questions(analyzer: Analyzer, question: str) -> None:
    """Also where a known question lifts or sinks a clause."""
    index = knowing(analyzer, PENSION, NURSING)
    query = index.query(question)
    found = index.search(query, 10)

    assert found
    for hit in found:
        assert index.explain(query, hit.entry_id).score == pytest.approx(hit.score, abs=1e-9)


@pytest.fixture(scope="module")
def known() -> Sequence[KnownQuestion]:
    """The shipped known questions, whose clauses are those of the shipped documents."""
    return known_questions(load_question_rows(KNOWLEDGE).value, load_library(KNOWLEDGE)).value


def test_every_shipped_question_finds_its_clause_first(
    service: Service, known: Sequence[KnownQuestion]
) -> None:
    """And no negative one is answered by its clause."""
    index = service.basis.index
    for question in known:
        best = index.search(index.query(question.text), 1)[0]
        found = best.entry_id == question.clause_id and best.confidence > 0
        assert found is not question.is_negative, question.text


def test_clauses_without_known_questions_do_not_lose(
    service: Service, analyzer: Analyzer, known: Sequence[KnownQuestion]
) -> None:
    """Known questions of three quarters of the clauses, and questions about the fourth: four times round.

    Of 128 seed questions at most two may lose the first place, and none a place among three.
    """
    library, entries = service.basis.library, list(entries_of(service.basis.library))
    posed = [question for question in read_questions(SEED_QUESTIONS) if question.evidence]
    bare, partly = [], []
    for quarter in range(4):
        held_out = {entry.entry_id for entry in entries[quarter::4]}
        index = knowing(analyzer, *(q for q in known if q.clause_id not in held_out), entries=entries)
        mine = [question for question in posed if _answering(question, service) <= held_out]
        bare += ranks(mine, Index(entries, analyzer), library)
        partly += ranks(mine, index, library)

    assert len(bare) == 128
    assert share_within(partly, 1) >= share_within(bare, 1) - 2 / 128
    assert share_within(partly, 3) >= share_within(bare, 3)


def _answering(posed: Posed, service: Service) -> set[str]:
    return {clause.clause_id for _, clause in service.basis.library.clauses() if answers(posed, clause.text)}
