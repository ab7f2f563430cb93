"""Follow-ups: what a question leaves out comes from the conversation, and a complete one is left alone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answering import wording
from bot.answering.answer import Answer, Status
from bot.answering.answerer import Answerer
from bot.answering.basis import Basis
from bot.answering.completeness import takes_up
from bot.answering.context import MOST_EXCHANGES, NO_CONTEXT, Context, Exchange, read_context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.channels.service import Service
from bot.content.subjects import Subject, Subjects
from bot.content.table import (
    ANSWER_KINDS,
    FOLLOW_UP,
    GENERAL_WORDS,
    LEXICON,
    PARTICULARS,
    PHRASES,
    ROUTING,
    SUBJECTS,
    THESAURUS,
)
from bot.policy.document import Document
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE, StoppedClock

ALLOWANCE = """第一条　最低生活保障的申请向户籍所在地乡镇人民政府提出。
第二条　申请最低生活保障应当提交申请书、居民身份证和家庭收入证明材料。
第三条　乡镇人民政府应当自受理之日起三十个工作日内作出审核决定。
第四条　最低生活保障由县级人民政府民政部门审批，可以委托乡镇人民政府审批。
第五条　最低生活保障金按照家庭人均收入与当地标准的差额按月发放。
第六条　骗取最低生活保障金的，由民政部门责令退回，并处罚款。"""

DESTITUTE = """第一条　特困人员救助供养的申请向乡镇人民政府提出。
第二条　申请特困人员救助供养应当提交身份证明、财产状况和赡养义务人情况的材料。
第三条　乡镇人民政府应当在二十个工作日内完成特困人员调查核实并提出意见。
第四条　特困人员由县级人民政府民政部门确认，并发给供养证。
第五条　特困人员的基本生活标准为当地最低生活保障标准的一点三倍。"""

INJURY = """第一条　职工发生事故伤害的，所在单位应当自事故发生之日起三十日内提出工伤认定申请。
第二条　提出工伤认定申请应当提交劳动关系证明和医疗诊断证明材料。
第三条　五级工伤的伤残津贴为本人工资的百分之七十。
第四条　六级工伤的伤残津贴为本人工资的百分之六十。
第五条　对工伤认定不服的，可以依法申请行政复议。"""

LEAVE = """第一条　职工累计工作已满一年不满十年的，年休假五天。
第二条　单位确因工作需要不能安排职工休年休假的，应当按日工资收入的百分之三百支付报酬。"""

PREPARATIONS = """第一条　福建的慈善组织每年三月底前报送年度工作报告。
第二条　江苏的慈善组织每年五月底前报送年度工作报告。"""

DOCUMENTS = {
    "低保": ("最低生活保障审核确认办法", ALLOWANCE),
    "特困": ("特困人员认定办法", DESTITUTE),
    "工伤": ("工伤保险条例", INJURY),
    "年休假": ("职工带薪年休假条例", LEAVE),
    "慈善": ("慈善组织年报办法", PREPARATIONS),
}


class Talk:
    """A conversation with an answerer."""

    def __init__(self, answerer: Answerer) -> None:
        self.answerer = answerer
        self.context: Context = NO_CONTEXT

    def say(self, text: str) -> Answer:
        """The answer to the next turn."""
        kept: list[Context] = []
        asker = Asker("test", lambda _, context: kept.append(context))
        answer = self.answerer.answer(Question(text), asker, self.context)
        self.context = kept[-1]
        return answer

    def say_all(self, turns: Sequence[str]) -> Answer:
        """The answer to the last of some turns."""
        return [self.say(turn) for turn in turns][-1]


@pytest.fixture(scope="module")
def answerer(analyzer: Analyzer) -> Answerer:
    """The answerer over five short laws, with the shipped words."""
    library = Library.of([Document(i, title, text) for i, (title, text) in DOCUMENTS.items()])
    glossary = Glossary(THESAURUS.load(KNOWLEDGE).value, answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value)
    basis = Basis(
        library,
        Index(entries_of(library), analyzer, glossary=glossary),
        "12345",
        gazetteer=Gazetteer(),
        follow_up=FOLLOW_UP.load(KNOWLEDGE).value,
        phrases=PHRASES.load(KNOWLEDGE).value,
        general=GENERAL_WORDS.load(KNOWLEDGE).value.with_stop_words(LEXICON.load(KNOWLEDGE).value.stop_words),
    )
    return Answerer(basis, StoppedClock(), lambda: "an-id")


@pytest.fixture
def talk(answerer: Answerer) -> Talk:
    """A conversation that begins."""
    return Talk(answerer)


def best(answer: Answer) -> str:
    """The first clause of an answer, as document and label."""
    return f"{answer.passages[0].clause.document_id}{answer.passages[0].clause.label}"


FOLLOW_UPS = [
    # an aspect of the same subject
    (["低保去哪里申请", "要带啥材料"], "低保要带啥材料", "低保第二条"),
    (["低保去哪里申请", "谁批"], "低保谁批", "低保第四条"),
    # a word of one character that no text has
    (["低保金按什么发放", "抵多少"], "低保金抵多少", "低保第五条"),
    # after something that was only told
    (["我想给老娘办低保", "多久能批下来"], "我想给老娘办低保，多久能批下来", "低保第三条"),
    # 那 in front, and thanks in front of that
    (["低保去哪里申请", "那多久能批下来"], "低保多久能批下来", "低保第三条"),
    (["低保去哪里申请", "谢谢，那多久能批下来"], "低保多久能批下来", "低保第三条"),
    # who was spoken of before
    (["我妈七十了想办低保", "她要多久能批下来"], "我妈七十了想办低保，要多久能批下来", "低保第三条"),
    # a follow-up that names a subject of its own: what comes next is about that, too
    (
        ["我在厂里受了工伤", "那六级的津贴有吗", "给百分之几"],
        "我在厂里受了工伤，六级的津贴，给百分之几",
        "工伤第四条",
    ),
    # a pronoun
    (["工伤认定要交什么材料", "它要是不服怎么办"], "工伤认定不服怎么办", "工伤第五条"),
    # a pronoun in the middle
    (
        ["工伤认定要交什么材料", "对它不服能不能申请行政复议"],
        "工伤认定，对它不服能不能申请行政复议",
        "工伤第五条",
    ),
    # words that any matter is spoken of with, however many: what they ask of stands before
    (
        ["低保去哪里申请", "交上去多少天给答复"],
        "低保，交上去多少天给答复",
        "低保第三条",
    ),
    # what stands before the question words and says nothing of the matter is no subject
    (["低保金发错了，家里要怎么办", "谁批"], "低保金发错了，谁批", "低保第四条"),
    (["低保的材料找谁交", "要多久能批下来"], "低保的材料要多久能批下来", "低保第三条"),
    # two such words together do say what is asked
    (
        ["刚受了工伤，学费能减免吗", "认定要交什么材料"],
        "刚受了工伤，学费能减免，认定要交什么材料",
        "工伤第二条",
    ),
    # another subject, the same aspect
    (["低保要带什么材料", "特困呢"], "特困要带什么材料", "特困第二条"),
    # things of a kind: the kind stands in front
    (["低保要带什么材料", "城里的那种呢"], "城里的低保要带什么材料", "低保第二条"),
    # words that point stay where they only belong to others
    (["低保去哪里申请", "过年那几天多久能批下来"], "低保，过年那几天多久能批下来", "低保第三条"),
    # another grade
    (["五级工伤的伤残津贴是多少", "六级的呢"], "六级工伤的伤残津贴是多少", "工伤第四条"),
    # the same of another thing, without 呢
    (["五级工伤的伤残津贴是多少", "六级也是吗"], "六级工伤的伤残津贴是多少", "工伤第四条"),
    (["低保要带什么材料", "特困也一样吗"], "特困要带什么材料", "特困第二条"),
    # a word that says which kind takes no subject's place, but that of another such word
    (["低保去哪里申请", "农村呢"], "农村低保去哪里申请", "低保第一条"),
    (["农村低保去哪里申请", "城里的呢"], "城里低保去哪里申请", "低保第一条"),
    (["特困人员去哪里申请", "那未成年的呢"], "未成年特困人员去哪里申请", "特困第一条"),
    # words without a meaning of their own before it
    (["城里低保去哪里申请", "那我们乡下的呢"], "乡下低保去哪里申请", "低保第一条"),
    # what tells things of one kind apart takes no subject's place, whatever titles say
    (["骗低保要罚款不", "工伤的呢"], "工伤骗低保要罚款不", "低保第六条"),
    # nor does what the quoted document speaks of, but for the name of another matter
    (["低保金按什么发放", "差额呢"], "差额低保金按什么发放", "低保第五条"),
    # a number is a number, though it begins as words that point
    (["七级工伤的伤残津贴是多少", "那三级的呢"], "三级工伤的伤残津贴是多少", "工伤第三条"),
    # what happened is no thing that takes a subject's place
    (["年休假有几天", "要是单位不能安排呢"], "年休假有几天，单位不能安排", "年休假第二条"),
    # also where titles name what it stands for: 没儿没女 is no other name of 低保
    (["低保要带什么材料", "要是没儿没女呢"], "低保要带什么材料，没儿没女", "低保第二条"),
    # words that only ask name no subject, however many texts have them
    (["低保去哪里申请", "都要什么材料"], "低保都要什么材料", "低保第二条"),
    # whether it is true: the same again
    (["低保去哪里申请", "真的吗"], "低保去哪里申请", "低保第一条"),
    (["低保去哪里申请", "要带啥材料", "确定吗，没骗我吧"], "低保要带啥材料", "低保第二条"),
    # what is to be true is named
    (["低保去哪里申请", "要多久能批下来", "三十天，没记错吧"], "低保要多久能批下来", "低保第三条"),
    # 这期间 points to what was asked
    (["职工年休假有几天", "这期间报酬按百分之几支付"], "职工年休假，报酬按百分之几支付", "年休假第二条"),
    # another region
    (["福建的慈善组织年报几月前报", "江苏呢"], "江苏的慈善组织年报几月前报", "慈善第二条"),
    # a region where none was named: it is no other subject
    (["慈善组织年报几月前报", "福建呢"], "福建慈善组织年报几月前报", "慈善第一条"),
    (["慈善年报几月前报", "江苏呢"], "江苏慈善年报几月前报", "慈善第二条"),
    # a correction
    (["低保去哪里申请", "不是，我问的是多久能批下来"], "低保多久能批下来", "低保第三条"),
    # a correction behind words that deny
    (["低保去哪里申请", "我不是问地方，是问多久能批下来"], "低保多久能批下来", "低保第三条"),
    # one that several things of the answer are meant by
    (["低保去哪里申请", "这两样材料要带哪些"], "低保，样材料要带哪些", "低保第二条"),
    # told in two turns, asked in the third
    (
        ["我想给老娘办低保", "她七十了", "多久能批下来"],
        "我想给老娘办低保，七十了，多久能批下来",
        "低保第三条",
    ),
    # back to an earlier subject, behind something else
    (["低保去哪里申请", "工伤认定要交什么材料", "算了，刚说的低保，谁批"], "低保谁批", "低保第四条"),
    # back to an earlier subject
    (["低保去哪里申请", "工伤认定要交什么材料", "回到低保那个，谁批"], "低保谁批", "低保第四条"),
    # said anew, without a name: to the first subject, or to the one before
    (
        ["低保去哪里申请", "工伤认定要交什么材料", "年休假有几天", "再说开头那个，谁批"],
        "低保谁批",
        "低保第四条",
    ),
    (
        ["年休假有几天", "低保去哪里申请", "工伤认定要交什么材料", "再问上一个问题，谁批"],
        "低保谁批",
        "低保第四条",
    ),
    # what is not meant, and what is
    (["五级工伤的伤残津贴多少", "我问的不是五级，是六级"], "六级工伤的伤残津贴多少", "工伤第四条"),
    (["低保去哪里申请", "我不是问去哪里，是要带啥材料"], "低保要带啥材料", "低保第二条"),
    # a name alone, of which the same is asked
    (["低保谁批", "特困"], "特困谁批", "特困第四条"),
    (["低保谁批", "特困嘞"], "特困谁批", "特困第四条"),
    # without a name, or by what several turns say
    (["低保去哪里申请", "工伤认定要交什么材料", "回到前面那个，谁批"], "低保谁批", "低保第四条"),
    (["低保去哪里申请", "要带啥材料", "年休假有几天", "回到低保，谁批"], "低保谁批", "低保第四条"),
    # the aspect of an aspect: what was completed before is not carried along
    (["低保去哪里申请", "要带啥材料", "谁批", "特困呢"], "特困谁批", "特困第四条"),
]


@pytest.mark.parametrize(("turns", "understood", "clause"), FOLLOW_UPS, ids=str)
def test_what_a_question_leaves_out_is_said_for_it(
    talk: Talk, turns: list[str], understood: str, clause: str
) -> None:
    """The answer is that of the complete question, which is shown."""
    answer = talk.say_all(turns)

    assert answer.understood_as == understood
    assert best(answer) == clause
    assert answer.question == turns[-1]
    assert answer.message.startswith(wording.understood(understood))


def test_a_figure_that_was_asked_before_is_not_missed_now(answerer: Answerer) -> None:
    """No text writes the fine; the next turn asks no figure, so that nothing is missing in its answer."""
    basis = replace(answerer.basis, particulars=PARTICULARS.load(KNOWLEDGE).value)
    talk = Talk(replace(answerer, basis=basis))

    before = talk.say("骗取低保罚多少钱")
    answer = talk.say("要是瞒着家庭收入呢")

    assert before.status is Status.RELATED
    assert answer.status is Status.ANSWERED


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.RELATED])
def test_a_matter_that_was_answered_is_not_missed_now(answerer: Answerer, status: Status) -> None:
    """That is known to be held, though no clause has a word of the list; behind a refusal it is missed."""
    first, matters = "低保花户去哪里申请", Subjects((Subject(None, ("花户",), ("花户",)),))
    behind = Exchange(asked=first, understood_as=first, status=status, clause_ids=("低保:t1",))
    talk = Talk(replace(answerer, basis=replace(answerer.basis, subjects=matters)))
    talk.context = Context(exchanges=(behind,))

    assert talk.say("要带啥材料").status is status


@pytest.mark.parametrize(
    "told", ["我在外头打工，家庭收入证明材料没开", "身份证明交过了，家庭收入证明是自己填的"]
)
def test_who_tells_something_at_length_goes_on(talk: Talk, told: str) -> None:
    """It has words enough for a question, and asks none; what it finds stands in what was quoted."""
    answer = talk.say_all(["低保要交什么材料", told])

    assert answer.is_completed
    assert answer.understood_as == f"低保要交什么材料，{told}"


COMPLETE = [
    "工伤认定要交什么材料",
    "职工工作满一年，年休假有几天",
    "谢谢，五级工伤的伤残津贴是多少",  # thanks alone leave nothing out
    "村里那个工伤的职工，伤残津贴发多少",  # a pronoun for something in the same question
    "职工对工伤认定不服，能对它申请行政复议吗",
    "这两年年休假没安排，单位要付多少报酬",  # no pronoun either
    "这个月年休假没安排，单位要付多少报酬",  # no pronoun at all
    "不是本单位的职工，工伤认定要交什么材料",  # no correction
    "二胡怎么调弦",  # short, and about what no text knows
    "菠菜能不能隔夜吃",
]


@pytest.mark.parametrize("question", COMPLETE)
def test_a_complete_question_is_never_bent(talk: Talk, answerer: Answerer, question: str) -> None:
    """Whatever was said before, it gets the passages that it gets alone."""
    alone = answerer.answer(Question(question))
    talk.say_all(["低保去哪里申请", "要带啥材料"])

    answer = talk.say(question)

    assert answer.understood_as == alone.understood_as
    assert answer.passages == alone.passages
    assert answer.options == ()


def test_a_long_question_that_finds_nothing_alone_goes_on_from_what_was_said(
    talk: Talk, answerer: Answerer
) -> None:
    """The little that it finds stands in what was quoted before."""
    typed = "隔壁老张拿假证明糊弄过关吃香喝辣会不会罚"
    assert answerer.answer(Question(typed)).status is Status.NOT_FOUND

    answer = talk.say_all(["低保金按什么发放", typed])

    assert (answer.status, best(answer)) == (Status.ANSWERED, "低保第六条")
    assert answer.understood_as == f"低保金，{typed}"
    undone = talk.say(answer.options[0].question)
    assert (undone.status, undone.understood_as) == (Status.NOT_FOUND, typed)


@pytest.mark.parametrize(
    ("said", "does"),
    [
        ("修完要留个啥记录不", True),  # a word of the question before
        ("想在那儿拍个短片,得跟谁说", True),  # where that is was said
        ("多少天给答复", True),  # words that fit any matter
        ("二胡怎么调弦", False),
        ("昨晚国足踢赢没得", False),
    ],
)
def test_what_finds_nothing_alone_may_take_up_what_was_said(
    answerer: Answerer, said: str, *, does: bool
) -> None:
    """It shares a word with that, points to it, or names no matter."""
    assert takes_up(said, "西湖十景坏了能不能照新的样子重修?", answerer.basis) is does


def test_what_takes_up_the_question_before_goes_on_though_no_text_has_its_words(
    talk: Talk, answerer: Answerer
) -> None:
    """The words alone would be about something that no text knows."""
    typed = "罚了隔壁老张吃香喝辣咋弄"
    assert answerer.answer(Question(typed)).status is Status.NOT_FOUND

    answer = talk.say_all(["骗低保金要罚款吗", typed])

    assert (answer.status, best(answer)) == (Status.ANSWERED, "低保第六条")
    assert answer.understood_as == f"骗低保金要罚款，{typed}"


def test_what_is_denied_is_no_matter_of_its_own(talk: Talk) -> None:
    """No text has 没休; it is still about the leave."""
    answer = talk.say_all(["年休假几天", "没休的给钱吗"])

    assert (answer.status, best(answer)) == (Status.ANSWERED, "年休假第二条")
    assert answer.understood_as == "年休假，没休的给钱吗"


def test_a_turn_that_would_be_asked_back_goes_on_from_what_was_said(talk: Talk, answerer: Answerer) -> None:
    """It finds much elsewhere; what it is about was said just before."""
    typed = "家里要交啥证明材料"
    assert answerer.answer(Question(typed)).status is Status.CLARIFY

    answer = talk.say_all(["年休假几天", typed])

    assert (answer.status, answer.understood_as) == (Status.ANSWERED, f"年休假，{typed}")


@pytest.mark.parametrize("question", ["火车票怎么退", "年休假几天"])
def test_a_short_question_about_something_else_is_never_bent(answerer: Answerer, question: str) -> None:
    """It names a matter that staff have listed and no text has; or all that it finds stands elsewhere."""
    basis = replace(answerer.basis, subjects=SUBJECTS.load(KNOWLEDGE).value)
    talk = Talk(replace(answerer, basis=basis))
    talk.say("低保去哪里申请")

    assert not talk.say(question).is_completed


def test_a_number_points_to_a_passage(talk: Talk) -> None:
    """第二个 is the second passage that was shown; it comes first, or is asked about."""
    shown = talk.say("低保去哪里申请").passages

    assert talk.say("第二个呢").passages[0].clause == shown[1].clause


def test_a_number_points_to_an_article_that_was_quoted(talk: Talk) -> None:
    """第四条 is the article of that number, not the fourth passage."""
    talk.say("低保由谁审批，去哪里申请")

    assert best(talk.say("第四条说的可以委托谁")) == "低保第四条"


def test_a_number_without_a_passage_is_taken_as_it_is(talk: Talk) -> None:
    """Nothing breaks where nobody knows which passage is meant."""
    talk.say("年休假有几天")

    assert talk.say("第九十九条说的是什么").status in (Status.ANSWERED, Status.NOT_FOUND)


def test_who_told_of_a_danger_goes_on_about_that(answerer: Answerer) -> None:
    """The short question behind it is about what was told. A despair is left alone."""
    routing = ROUTING.load(KNOWLEDGE).value
    talk = Talk(replace(answerer, basis=replace(answerer.basis, routing=routing)))

    talk.say("着火了，房子烧了")
    assert talk.say("要带啥材料").understood_as == "着火了，房子烧了，要带啥材料"
    assert talk.say("低保去哪里申请").understood_as == "低保去哪里申请"

    talk.context = NO_CONTEXT
    talk.say("我不想活了")
    assert talk.context == NO_CONTEXT


def test_a_thing_that_is_like_nothing_is_said_behind_the_question(talk: Talk) -> None:
    """It takes the place of no word that happens to stand first: 逛公园 is no 老人."""
    answer = talk.say_all(["村里的老人申请低保要带什么材料", "逛公园呢"])

    assert answer.understood_as == "村里的老人申请低保要带什么材料，逛公园"


def test_the_option_undoes_a_completion(talk: Talk, answerer: Answerer) -> None:
    """It is the question as it was typed: asked again in the conversation, it is not completed again."""
    completed = talk.say_all(["低保去哪里申请", "要带啥材料"])

    undone = talk.say(completed.options[0].question)

    assert completed.is_completed
    assert not undone.is_completed
    assert undone.understood_as == "要带啥材料"
    assert undone.passages == answerer.answer(Question("要带啥材料")).passages


@pytest.mark.parametrize("said", ["不是", "我不是问这个", " 不是这个意思 "])
def test_no_undoes_a_completion(talk: Talk, said: str) -> None:
    """The question before is answered as it was typed."""
    talk.say_all(["低保去哪里申请", "要带啥材料"])

    answer = talk.say(said)

    assert (answer.understood_as, answer.is_completed) == ("要带啥材料", False)


def test_no_to_an_answer_that_was_not_completed_is_answered_by_a_question(talk: Talk) -> None:
    """There is nothing to take back."""
    talk.say("低保去哪里申请")

    answer = talk.say("不是")

    assert (answer.status, answer.passages) == (Status.NOT_FOUND, ())
    assert answer.message == wording.unclear("低保去哪里申请")


def test_one_word_is_asked_about_what_was_said(talk: Talk) -> None:
    """Though no text has it."""
    assert talk.say_all(["我想给老娘办低保", "门票？"]).understood_as == "我想给老娘办低保，门票"


@pytest.mark.parametrize("said", ["我自己那份呢", "还能拖？", "该给不"])
def test_words_that_every_text_or_none_has_are_asked_about_what_was_said(talk: Talk, said: str) -> None:
    """Whoever ends with 呢 or a question mark asks something, in whatever words."""
    answer = talk.say_all(["低保要交什么材料", said])

    assert answer.is_completed
    assert answer.understood_as.startswith("低保")


def test_what_replaces_another_thing_is_answered_as_the_complete_question(service: Service) -> None:
    """高级 alone is near nothing, so the complete question is compared."""
    talk = Talk(service.answerer)
    alone = service.answerer.answer(Question("厦门高级社工师奖励多少钱"))

    answer = talk.say_all(["厦门中级社工师奖励多少钱", "高级的呢"])

    assert (answer.status, answer.understood_as) == (alone.status, alone.question)
    assert answer.passages[0].clause == alone.passages[0].clause


def test_a_question_goes_on_about_ones_own_case(answerer: Answerer) -> None:
    """How far that is, nobody here can say; what the next question asks about it stands in the texts."""
    talk = Talk(replace(answerer, basis=replace(answerer.basis, routing=ROUTING.load(KNOWLEDGE).value)))

    told = talk.say("我的低保批到哪一步了")
    answer = talk.say("几个工作日内要决定")

    assert told.status is Status.OUT_OF_SCOPE
    assert answer.is_completed
    assert best(answer) == "低保第三条"


def test_a_name_replaces_nothing_in_what_was_told(talk: Talk) -> None:
    """Only where the turn before asks something is the same asked of it."""
    answer = talk.say_all(["我瞒了存款领低保", "罚款？"])

    assert answer.understood_as == "我瞒了存款领低保，罚款"


@pytest.mark.parametrize("said", ["7788", "？？？", "嗯", "阿巴阿巴"])
def test_a_turn_that_says_nothing_is_answered_by_a_question(talk: Talk, said: str) -> None:
    """Not by the clause of the turn before; and the conversation goes on from there."""
    talk.say("低保去哪里申请")

    answer = talk.say(said)

    assert (answer.status, answer.passages) == (Status.NOT_FOUND, ())
    assert "低保去哪里申请" in answer.message
    assert best(talk.say("要带啥材料")) == "低保第二条"


def test_what_was_said_long_ago_is_forgotten(talk: Talk) -> None:
    """Only the last exchanges are kept."""
    talk.say("低保去哪里申请")
    for _ in range(MOST_EXCHANGES):
        talk.say("工伤认定要交什么材料")

    assert "低保" not in talk.context.model_dump_json()
    assert talk.say("多久出结果").understood_as == "工伤认定多久出结果"


def test_a_first_question_is_taken_as_it_is(talk: Talk) -> None:
    """Without a conversation, nothing can be completed."""
    answer = talk.say("那要带啥材料呢")

    assert answer.understood_as == "那要带啥材料呢"
    assert answer.status is Status.CLARIFY  # of what, nobody knows


def test_a_clause_that_is_gone_since_does_no_harm(talk: Talk) -> None:
    """The knowledge folder changes between two questions."""
    talk.say("低保去哪里申请")
    last = talk.context.exchanges[-1].model_copy(update={"clause_ids": ("没有了:t1",)})
    talk.context = Context(exchanges=(last,))

    assert best(talk.say("要带啥材料")) == "低保第二条"


@pytest.mark.parametrize(
    "saved",
    [
        None,
        "",
        "no JSON",
        '{"exchanges": [{"asked": "低保"}]}',  # less than an exchange
        '{"exchanges": [1]}',
    ],
)
def test_a_context_that_cannot_be_read_is_empty(saved: str | None) -> None:
    """Saved by an older version, or damaged: the conversation begins anew."""
    assert read_context(saved) == NO_CONTEXT


def test_a_context_of_an_older_version_is_gone_on_from(talk: Talk) -> None:
    """Before follow-ups were completed, an exchange had no subject."""
    talk.context = read_context(
        '{"exchanges": [{"asked": "低保去哪里申请", "understood_as": "低保去哪里申请", "status": "answered",'
        ' "clause_ids": ["低保:t1"], "options": []}], "jurisdiction": null}'
    )

    assert talk.say("要带啥材料").understood_as == "低保要带啥材料"
