"""The questions that clauses answer: a question that is like one of them finds its clause."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.policy.known_question import KnownQuestion
from bot.search.analysis import Analyzer
from bot.search.dense.asked import ASKED, Asked, asked_by, digest_of, questions_of
from bot.search.dense.nearness import OF_TABLE
from bot.search.dense.questions import Questions
from bot.search.dense.sources import LocalNearness
from bot.search.entry import Entry
from bot.search.index import Index
from bot.search.progress import unseen
from bot.search.understanding import Glossary
from tests.search.bigram_model import BigramModel

ENTRIES = [
    Entry("津贴:1", ("津贴办法",), "津贴由街道办事处发给。"),
    Entry("津贴:2", ("津贴办法",), "津贴由区财政负担。"),
    Entry("津贴:3", ("津贴办法",), "津贴办法自公布之日起施行。"),
    Entry("本地:1", ("本地通知",), "津贴向社区提出。"),
]
EVERYDAY = {digest_of(ENTRIES[1].text): ("这笔钱谁来出呢", "政府掏腰包吗")}


def asked_with(folder: Path, known: Sequence[KnownQuestion] = ()) -> Asked:
    """The questions of the entries, compared by their bigrams."""
    source = LocalNearness(BigramModel("bigrams"), folder, unseen, OF_TABLE)
    made = asked_by(source, ENTRIES, EVERYDAY, known)
    assert made
    return made


def test_a_clause_has_the_everyday_questions_of_its_text_and_the_known_ones_that_it_answers() -> None:
    """A known question that only seems to be answered is none."""
    known = [KnownQuestion("谁出钱", "津贴:2"), KnownQuestion("找谁领", "津贴:1")]
    found = questions_of(ENTRIES, EVERYDAY, [*known, KnownQuestion("几岁", "津贴:1", is_negative=True)])

    assert found == {"津贴:2": "这笔钱谁来出呢\n政府掏腰包吗\n谁出钱", "津贴:1": "找谁领"}


def test_the_nearest_question_of_an_entry_counts(tmp_path: Path) -> None:
    """It is compared with each, not with all of them together."""
    (cosine,) = asked_with(tmp_path).cosines("政府掏腰包吗", ["津贴:2"])

    assert cosine == pytest.approx(1, abs=0.02)


def test_what_nobody_asks_about_is_as_near_as_others_and_a_document_without_questions_as_the_nearest(
    tmp_path: Path,
) -> None:
    """Nothing is known of what people ask of a document that nobody wrote questions for."""
    asked = asked_with(tmp_path, [KnownQuestion("去哪里领", "津贴:1")])
    first, second, third, local = asked.cosines("这笔钱谁来出呢", [entry.entry_id for entry in ENTRIES])

    assert first < third < second
    assert third == pytest.approx((first + second) / 2)
    assert local == second


def test_without_questions_none_are_compared(tmp_path: Path) -> None:
    """Neither in a library without any, nor among entries without any."""
    source = LocalNearness(BigramModel("bigrams"), tmp_path, unseen, OF_TABLE)

    assert asked_by(source, ENTRIES, {}, []) is None
    assert not asked_with(tmp_path).cosines("谁出钱", ["津贴:1", "本地:1"])


def test_a_question_like_one_that_a_clause_answers_finds_it(tmp_path: Path, analyzer: Analyzer) -> None:
    """Its words alone would find another. Where the score is explained, the cosine is told."""
    plain = Index(ENTRIES, analyzer)
    asked = asked_with(tmp_path, [KnownQuestion("去哪里领", "津贴:1")])
    index = Index(ENTRIES[:3], analyzer, glossary=Glossary(questions=Questions(asked)))
    question = "津贴这笔钱街道谁来出呢"

    assert plain.search(plain.query(question), 1)[0].entry_id == "津贴:1"
    assert index.search(index.query(question), 1)[0].entry_id == "津贴:2"
    witness = index.explain(index.query(question), "津贴:2").witness
    assert witness
    assert dict(witness.features)[ASKED] > 0.7
