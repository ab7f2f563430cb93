"""A question that is asked as others ask about what is not held is not answered."""

from pathlib import Path

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import COMMAND_LINE, Answerer
from bot.answering.basis import Basis
from bot.answering.completeness import is_about_something_else
from bot.answering.elsewhere import Line
from bot.answering.question import Question
from bot.content.elsewhere import MattersElsewhere
from bot.content.everyday_questions import ClauseQuestions, EverydayQuestions
from bot.content.table import FOLLOW_UP
from bot.living.questions import Written, questions_among
from bot.policy.document import Document
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.dense.asked import digest_of
from bot.search.dense.elsewhere import Matter
from bot.search.dense.nearness import OF_TABLE
from bot.search.dense.sources import LocalNearness
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.progress import unseen
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE, StoppedClock
from tests.search.bigram_model import BigramModel

LEAVE = Document(
    "年休假条例",
    "职工带薪年休假条例",
    "第一条　职工连续工作一年以上的，享受带薪年休假。\n第二条　年休假由单位统筹安排。",
)
UNLIKE = [
    Document(f"别的{number}", f"{name}条例", f"第一条　{name}应当依法登记。\n第二条　{name}的档案永久保存。")
    for number, name in enumerate(["船舶检验", "矿山测绘", "种子经营", "文物修复", "广播频率", "桥梁养护"])
]
ASKED = [
    ("工作满一年能歇几天带薪假", "工作满一年有没有带薪年休假", "工作满一年带薪年休假怎么算"),
    ("年休假谁说了算",),
    *[("要不要登记",), ("档案存多久",)] * len(UNLIKE),
]
MATTERS = MattersElsewhere(
    (
        Matter(
            "婚假", ("职工结婚单位安排几天带薪假", "职工结婚单位安排带薪假吗", "职工领证单位安排几天带薪假")
        ),
        Matter(None, ("年糕怎么做好吃", "年糕怎么做才好吃", "年糕怎么做才软")),
    )
)
UNANSWERED = ("单位年休假的表在哪个窗口领", "年休假的表在哪个窗口领", "年休假申请表在哪个窗口领")


@pytest.fixture
def answerer(tmp_path: Path, analyzer: Analyzer) -> Answerer:
    """Some documents, of which it is known what people ask."""
    library = Library.of([LEAVE, *UNLIKE])
    entries = list(entries_of(library))
    rows = [
        ClauseQuestions("", digest_of(entry.text), asked) for entry, asked in zip(entries, ASKED, strict=True)
    ]
    (arranged,) = (entry for entry in entries if entry.entry_id == f"{LEAVE.document_id}:t2")
    unanswered = ClauseQuestions("", digest_of(arranged.text), UNANSWERED)
    written = Written(EverydayQuestions(tuple(rows)), MATTERS, EverydayQuestions((unanswered,)))

    def source_of(kind: str) -> LocalNearness:
        return LocalNearness(BigramModel(), tmp_path / kind, unseen, OF_TABLE)

    questions = questions_among(entries, library, written, (), source_of)
    index = Index(entries, analyzer, glossary=Glossary(questions=questions))
    return Answerer(
        Basis(library, index, "12345", follow_up=FOLLOW_UP.load(KNOWLEDGE).value),
        StoppedClock(),
        lambda: "an-id",
    )


def asked(answerer: Answerer, question: str) -> Answer:
    """The answer to a question."""
    return answerer.answer(Question(question), COMMAND_LINE)


def test_a_question_like_those_on_a_clause_is_answered(answerer: Answerer) -> None:
    """Nothing is nearer."""
    assert asked(answerer, "工作满一年有几天带薪年休假").status is Status.ANSWERED


def test_a_question_like_those_on_another_matter_is_not_answered(answerer: Answerer) -> None:
    """Its words are those of a clause (统筹安排). The matter is named, the clause is shown as related."""
    answer = asked(answerer, "职工结婚满一年单位统筹安排带薪年休假吗")

    assert answer.status is Status.RELATED
    assert answer.missing == "没有收录婚假的规定。"
    assert answer.passages


def test_a_question_like_those_that_no_clause_answers_is_not_answered(answerer: Answerer) -> None:
    """It is about a held matter, whose clause is shown."""
    answer = asked(answerer, "年休假谁说了算在哪个窗口领")

    assert answer.status is Status.RELATED
    assert answer.missing == "收录的文件没有直接写到您问的这一点。"
    assert answer.passages[0].clause.document_id == LEAVE.document_id


def test_what_others_ask_in_vain_tells_which_clause_may_help(answerer: Answerer) -> None:
    """The second clause has no word of the question, and others ask so on it."""
    index = answerer.basis.index

    near = index.unanswered_on(index.query("申请表在哪个窗口领"))
    answer = asked(answerer, "职工连续工作一年的申请表在哪个窗口领")

    assert list(near) == [f"{LEAVE.document_id}:t2"]
    assert answer.status is Status.RELATED
    assert "第二条" in [passage.clause.label for passage in answer.passages]


def test_who_names_a_topic_that_a_clause_names_gets_the_clause(answerer: Answerer) -> None:
    """It asks nothing, so it is not told what is missing, though others ask so of something else."""
    assert asked(answerer, "职工带薪年休假").status is Status.ANSWERED


def test_of_what_is_far_nothing_is_shown(answerer: Answerer) -> None:
    """No clause is near it."""
    assert asked(answerer, "年糕怎么做才好吃").status is Status.NOT_FOUND


def test_more_is_needed_where_a_clause_says_more_of_the_question() -> None:
    """The line rises with the support of the clause."""
    line = Line(0.02, 0.01)

    assert line.is_crossed(0.03, 0.5)
    assert not line.is_crossed(0.03, 0.95)


@pytest.mark.parametrize(("said", "is_new"), [("到底谁说了算", False), ("年糕怎么才软", True)])
def test_words_that_no_text_has_begin_something_else_only_if_others_ask_so(
    answerer: Answerer, said: str, *, is_new: bool
) -> None:
    """谁说了算 is asked of what is held, and goes on in a conversation about that."""
    assert is_about_something_else(answerer.basis.index.query(said), answerer.basis, ()) is is_new
