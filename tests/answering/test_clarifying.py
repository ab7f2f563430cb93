"""Asking back: only where documents really differ and the question points to none of them."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.clarifying import clarify
from bot.answering.completion import Completion
from bot.answering.context import NO_CONTEXT, Context
from bot.answering.inquiry import Asker, Inquiry
from bot.answering.path import search
from bot.answering.question import Question
from bot.content.table import FOLLOW_UP, GENERAL_WORDS
from bot.policy.document import Document
from bot.policy.library import Library
from bot.policy.subject import subject_of
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from tests.answering.filler import FILLER
from tests.conftest import KNOWLEDGE, StoppedClock

FINES = {
    "工伤保险条例": "用人单位不参加工伤保险的，由社会保险行政部门处以罚款。",
    "职业病防治法": "用人单位不告知职业病危害的，由卫生行政部门处以罚款。",
    "治安管理处罚法": "扰乱公共秩序的，由公安机关处以罚款。",
    "法律援助法": "律师事务所拒绝指派的，由司法行政部门处以罚款。",
    "慈善法": "慈善组织私分财产的，由民政部门处以罚款。",
}
Ask = Callable[..., tuple[Answer, Context]]


@pytest.fixture(scope="module")
def answerer(analyzer: Analyzer) -> Answerer:
    """An answerer over five laws that impose fines, and much that has nothing to do with fines."""
    laws = [Document(name, name, f"第一条　{text}") for name, text in FINES.items()]
    library = Library.of([*laws, FILLER])
    basis = Basis(
        library,
        Index(entries_of(library), analyzer),
        "12345",
        follow_up=FOLLOW_UP.load(KNOWLEDGE).value,
        general=GENERAL_WORDS.load(KNOWLEDGE).value.with_stop_words(("那", "呢", "是")),
    )
    return Answerer(basis, StoppedClock(), lambda: "an-id")


@pytest.fixture(scope="module")
def ask(answerer: Answerer) -> Ask:
    """Asks the answerer: the answer, and the context of the next question."""

    def asked(text: str, context: Context = NO_CONTEXT) -> tuple[Answer, Context]:
        kept: list[Context] = []
        asker = Asker("test", lambda _, following: kept.append(following))
        return answerer.answer(Question(text), asker, context), kept[0]

    return asked


def test_a_vague_question_is_asked_back(ask: Ask) -> None:
    """At most four options, each named by what differs, each with its clause."""
    answer, _ = ask("罚款多少")

    assert answer.status is Status.CLARIFY
    assert len(answer.options) == len(answer.passages) == 4
    for option, passage in zip(answer.options, answer.passages, strict=True):
        assert option.label == subject_of(passage.clause.document_id)
        assert option.question == f"关于{option.label}，罚款多少？"


def test_an_option_is_a_complete_question(ask: Ask) -> None:
    """Words that tie a question to what was said before are no part of it."""
    answer, _ = ask("那罚款是多少呢")

    assert answer.status is Status.CLARIFY
    assert {option.question.partition("，")[2] for option in answer.options} == {"罚款是多少？"}


def test_every_option_answers_when_chosen(ask: Ask) -> None:
    """In the same conversation and in a new one: its text is a complete question."""
    answer, context = ask("罚款多少")

    for option, passage in zip(answer.options, answer.passages, strict=True):
        for before in (context, NO_CONTEXT):
            chosen, _ = ask(option.question, before)
            assert chosen.status is Status.ANSWERED
            assert chosen.passages[0].clause == passage.clause


def test_a_number_or_a_label_chooses(ask: Ask) -> None:
    """People answer a question back with as little as possible."""
    answer, context = ask("罚款多少")

    for number, option in enumerate(answer.options, start=1):
        for said in (str(number), option.label, f"{option.label}的。"):
            assert ask(said, context)[0].understood_as == option.question.replace("，", ",").replace(
                "？", "?"
            )


def test_our_own_question_may_be_answered_in_other_words(ask: Ask) -> None:
    """What was said belongs to the question that was asked back."""
    _, context = ask("罚款多少")

    answer, _ = ask("公共秩序的那种", context)

    assert answer.understood_as == "公共秩序，罚款多少"
    assert answer.passages[0].clause.document_id == "治安管理处罚法"


def test_a_question_that_the_conversation_completes_is_not_asked_back(answerer: Answerer) -> None:
    """The documents that were quoted before point to what is meant."""
    vague, basis = Question("罚款多少"), answerer.basis
    inquiry = Inquiry("an-id", vague, basis, answerer.clock.today(), Asker("test"))
    own = basis.index.query(vague.text)
    hits = tuple(basis.index.search(own, 10))
    completion = Completion(vague.text, own, hits, "慈善", vague.text, vague.text, frozenset({"慈善法"}))

    assert clarify(search(inquiry)).verdict.options
    assert not clarify(search(replace(inquiry, completion=completion))).verdict.options


def test_it_is_never_asked_back_twice_in_a_row(ask: Ask) -> None:
    """Whoever repeats the question gets what there is."""
    _, context = ask("罚款多少")

    assert ask("罚款多少", context)[0].status is Status.ANSWERED


@pytest.mark.parametrize(
    "text",
    [
        "工伤保险罚款多少",  # names a matter
        "扰乱公共秩序的罚款多少",  # whatever the matter is called
        "律师罚款多少",
    ],
)
def test_a_clear_question_is_answered(ask: Ask, text: str) -> None:
    """Asking back wrongly is worse than an answer with more than was wanted."""
    assert ask(text)[0].status is Status.ANSWERED


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("中华人民共和国老年人权益保障法", "老年人权益保障"),
        ("社会救助暂行办法", "社会救助"),
        ("国务院办公厅关于加强孤儿保障工作的意见", "孤儿保障"),
        ("最低生活保障审核审批办法（试行）", "最低生活保障审核审批"),
        ("实施《中华人民共和国社会保险法》若干规定", "社会保险法"),
        ("通知", "通知"),  # nothing is left of it
    ],
)
def test_the_subject_of_a_title_is_what_tells_it_from_others(title: str, subject: str) -> None:
    """The words of every title are left out."""
    assert subject_of(title) == subject
