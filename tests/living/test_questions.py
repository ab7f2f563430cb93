"""The questions that an edition compares others with."""

from pathlib import Path

import pytest

from bot.content.elsewhere import MattersElsewhere
from bot.content.everyday_questions import ClauseQuestions, EverydayQuestions
from bot.living.questions import Written, questions_among
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.dense.asked import digest_of
from bot.search.dense.elsewhere import Elsewhere, Matter
from bot.search.dense.nearness import OF_TABLE
from bot.search.dense.sources import LocalNearness
from bot.search.entry import entries_of
from bot.search.progress import unseen
from tests.search.bigram_model import BigramModel

HELD = Document("津贴办法", "高龄津贴办法（试行）", "第一条　津贴按月发给。\n第二条　津贴向街道申请。")
LIBRARY = Library.of([HELD])
ENTRIES = list(entries_of(LIBRARY))


def elsewhere_among(folder: Path, *rows: ClauseQuestions) -> Elsewhere | None:
    """What is elsewhere if the lexicon has these questions, and others on a matter."""
    matters = MattersElsewhere((Matter("婚假", ("结婚歇几天",)),))
    written = Written(EverydayQuestions(rows), matters, EverydayQuestions())

    def source_of(kind: str) -> LocalNearness:
        return LocalNearness(BigramModel(), folder / kind, unseen, OF_TABLE)

    made = questions_among(ENTRIES, LIBRARY, written, (), source_of)
    return made.elsewhere if made else None


OF_HELD = ClauseQuestions("高龄津贴办法试行", digest_of(ENTRIES[0].text), ("多久发一回",))
UNHELD = ClauseQuestions("殡葬条例", digest_of("骨灰应当安放。"), ("骨灰放哪里",))
FORMER = ClauseQuestions("高龄津贴办法试行", digest_of("津贴按季发给。"), ("一季发几回",))


@pytest.mark.parametrize(("row", "is_elsewhere"), [(UNHELD, True), (FORMER, False)])
def test_questions_on_documents_that_are_not_held_are_elsewhere(
    tmp_path: Path, row: ClauseQuestions, *, is_elsewhere: bool
) -> None:
    """Not those on a former version of one that is held: it may say the same."""
    elsewhere = elsewhere_among(tmp_path, OF_HELD, row)
    assert elsewhere
    rival = elsewhere.rival(row.questions[0])

    assert (rival is not None and rival.cosine > 0.9) == is_elsewhere


def test_where_nobody_knows_what_people_ask_nothing_is_elsewhere(tmp_path: Path) -> None:
    """There is nothing to compare it with."""
    assert elsewhere_among(tmp_path, UNHELD) is None
