"""Kinds of answers: what is asked for, and what a text states."""

import pytest

from bot.content.table import ANSWER_KINDS
from bot.search.meaning.answer_kind import AnswerKind, AnswerKinds, Cue, states
from bot.search.parts import KIND_BONUS, kind_bonus
from bot.search.query import Query
from tests.conftest import KNOWLEDGE


@pytest.fixture(scope="module")
def shipped() -> AnswerKinds:
    """How residents ask, as the shipped knowledge says."""
    return ANSWER_KINDS.load(KNOWLEDGE).value


@pytest.mark.parametrize(
    ("question", "kind", "text"),
    [
        ("一个月发多少钱", AnswerKind.AMOUNT, "每人每月发给300元"),
        ("罚款要罚几倍", AnswerKind.AMOUNT, "处骗取金额1倍以上3倍以下的罚款"),
        ("高龄津贴每月多少", AnswerKind.AMOUNT, "每人每月100元"),
        ("多大岁数能领", AnswerKind.AGE, "年满八十周岁的老年人"),
        ("多久能批下来", AnswerKind.PERIOD, "自受理之日起十五个工作日内作出决定"),
        ("啥时候发", AnswerKind.PERIOD, "每月十五日前发放"),
        ("单位交几成", AnswerKind.PROPORTION, "按照工资总额的百分之二缴纳"),
        ("上门最少几个人", AnswerKind.COUNT, "每组调查人员不得少于2人"),
        ("去哪申请", AnswerKind.PLACE, "向户籍所在地乡镇人民政府提出申请"),
        ("要带啥", AnswerKind.MATERIALS, "提交身份证和申请书"),
    ],
)
def test_a_question_and_its_answer_are_of_one_kind(
    shipped: AnswerKinds, question: str, kind: AnswerKind, text: str
) -> None:
    """The kind is asked for by the question, and stated by the text."""
    assert kind in shipped.asked_for(question)
    assert states(kind, text)


@pytest.mark.parametrize("question", ["高龄津贴", "残疾人可以坐公交车吗", "多少人都能来的那种", ""])
def test_often_no_amount_is_asked_for(shipped: AnswerKinds, question: str) -> None:
    """Most questions ask whether, or only name a subject."""
    assert AnswerKind.AMOUNT not in shipped.asked_for(question)


def test_a_cue_may_count_only_at_the_end() -> None:
    """Kinds come in one order, whatever the order of their cues."""
    kinds = AnswerKinds({AnswerKind.PLACE: (Cue("去哪"),), AnswerKind.AMOUNT: (Cue("多少", at_end=True),)})

    assert kinds.asked_for("去哪领，领多少") == (AnswerKind.AMOUNT, AnswerKind.PLACE)
    assert kinds.asked_for("多少人去哪领") == (AnswerKind.PLACE,)


def test_without_cues_nothing_is_asked_for() -> None:
    """A knowledge folder without such a file, or with an empty list."""
    assert AnswerKinds().asked_for("多少钱") == ()
    assert AnswerKinds({AnswerKind.AMOUNT: ()}).asked_for("多少钱") == ()


@pytest.mark.parametrize("kind", AnswerKind)
def test_a_purpose_states_nothing(kind: AnswerKind) -> None:
    """What only announces an aim gives no kind of answer."""
    assert not states(kind, "为了加强社会救助，保障公民的基本生活，制定本法。")


def test_several_kinds_together_give_less_than_their_sum() -> None:
    """An entry that states all of four kinds gets twice the bonus of one; without a kind there is none."""
    kinds = tuple(AnswerKind)[:4]
    none, one, four = (Query("", (), kinds=kinds[:count]) for count in (0, 1, 4))

    assert kind_bonus(none) == 0
    assert kind_bonus(one) == KIND_BONUS
    assert 4 * kind_bonus(four) == pytest.approx(2 * kind_bonus(one))
