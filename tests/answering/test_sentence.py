"""The sentence of a clause that answers: by what is asked for, by its words, by the asker's numbers."""

from collections.abc import Callable

import pytest

from bot.answering.excerpt import Excerpt, excerpt
from bot.content.asking import AskingGroup
from bot.content.table import ANSWER_KINDS, ASKING
from bot.search.analysis import Analyzer
from bot.search.entry import Entry
from bot.search.index import Index
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE

HIRING = (
    "第八条 用人单位应当按照一定比例安排残疾人就业，并为其提供适当的工种。"
    "用人单位安排残疾人就业的比例不得低于本单位在职职工总数的1.5%。具体比例由省人民政府规定。"
)
BENEFIT = (
    "第十七条 累计缴费时间满1年不足5年的，领取失业保险金的期限最长为12个月；"
    "累计缴费时间满5年不足10年的，领取失业保险金的期限最长为18个月；"
    "累计缴费时间10年以上的，领取失业保险金的期限最长为24个月。"
)
GRADES = (
    "第三十五条 职工因工致残的，享受以下待遇：\n"
    "（一）从工伤保险基金支付一次性伤残补助金，一级伤残为27个月的本人工资；\n"
    "（二）从工伤保险基金按月支付伤残津贴，一级伤残为本人工资的90%。\n"
    "职工达到退休年龄并办理退休手续后，停发伤残津贴。"
)
CHECKUP = (
    "第三十五条 用人单位应当组织劳动者上岗前的职业健康检查，并将检查结果书面告知劳动者。"
    "职业健康检查费用由用人单位承担。不得安排未经职业健康检查的劳动者从事接触职业病危害的作业。"
)
STOPPED = (
    "第十三条 家庭的收入状况发生变化的，应当及时告知街道办事处。"
    "街道办事处应当对家庭的收入状况定期核查。决定停发最低生活保障金的，应当书面说明理由。"
)
APPLYING = (
    "第十条 申请供养，应当由本人向户籍所在地的街道办事处提出书面申请。"
    "申请材料主要包括身份证明、收入状况的书面声明。街道办事处应当及时核查申请家庭的经济状况。"
)
BRANCHES = (
    "第十七条 社会团体的分支机构是社会团体的组成部分，按照章程规定的宗旨开展活动。"
    "社会团体不得设立地域性的分支机构。业务主管单位负责指导社会团体的活动。"
)
MATERIALS = (
    "第五条 年检时，应当提交下列材料：\n（一）年检报告书；\n（二）登记证书副本；\n（三）财务会计报告。\n"
    "登记管理机关可以进行实地检查。"
)
THE_LIST = MATERIALS[: MATERIALS.index("\n登记管理")]
FINED = (
    "第六条 有下列情形之一的，处二千元罚款：\n（一）不公开基金会的信息；\n（二）不建立档案。\n"
    "拒不改正的，撤销登记。"
)
FILING = (
    "第十二条 纳税人按年计算个人所得税，在季度终了后十五日内报送纳税申报表；"
    "在取得所得的次年三月三十一日前办理汇算清缴。"
)
DECIDED = (
    "第二十二条 审核确认工作应当自受理之日起三十个工作日之内完成；"
    "人户分离等特殊情况下，审核确认可以延长至四十五个工作日。结果应当公布。"
)

CASES = [
    # how much: the proportion, not the duty nor who sets it
    (
        "公司安排残疾人就业最低比例是多少",
        HIRING,
        "用人单位安排残疾人就业的比例不得低于本单位在职职工总数的1.5%。",
    ),
    # how long, for this person: six years lie between 5 and 10
    (
        "缴费六年，失业保险金最长领几个月",
        BENEFIT,
        "累计缴费时间满5年不足10年的，领取失业保险金的期限最长为18个月；",
    ),
    (
        "缴费12年，失业保险金最长领几个月",
        BENEFIT,
        "累计缴费时间10年以上的，领取失业保险金的期限最长为24个月。",
    ),
    # the item of a list that is spoken of, whatever its lead-in says
    (
        "一级伤残津贴是工资的百分之几",
        GRADES,
        "（二）从工伤保险基金按月支付伤残津贴，一级伤残为本人工资的90%。",
    ),
    # who pays
    ("职业健康检查的钱谁出", CHECKUP, "职业健康检查费用由用人单位承担。"),
    # what follows
    ("停发最低生活保障金会怎么通知", STOPPED, "决定停发最低生活保障金的，应当书面说明理由。"),
    # where, and what is needed
    ("供养去哪里申请", APPLYING, "第十条 申请供养，应当由本人向户籍所在地的街道办事处提出书面申请。"),
    ("申请供养要什么材料", APPLYING, "申请材料主要包括身份证明、收入状况的书面声明。"),
    # may
    ("社会团体能不能设地域性分支机构", BRANCHES, "社会团体不得设立地域性的分支机构。"),
    # nothing in one item stands out: the list with its lead-in
    ("年检要交什么材料", MATERIALS, THE_LIST),
    # the figure stands in the lead-in, the deed in an item: what is asked for
    ("不公开基金会信息罚多少钱", FINED, "第六条 有下列情形之一的，处二千元罚款："),
    # a part between semicolons
    ("汇算清缴什么时候办理", FILING, "在取得所得的次年三月三十一日前办理汇算清缴。"),
    # a special case that nobody asked for: behind the rule from which it departs
    ("审核确认可以拖多少天", DECIDED, DECIDED[: DECIDED.index("结果")]),
    # a special case that is asked for: alone
    ("人户分离的，审核确认可以拖多少天", DECIDED, "人户分离等特殊情况下，审核确认可以延长至四十五个工作日。"),
]


@pytest.fixture(scope="module")
def index(analyzer: Analyzer) -> Index:
    """An index of the clauses, with the ways to ask that are shipped."""
    clauses = list(dict.fromkeys(clause for _, clause, _ in CASES))
    entries = [Entry(f"某办法:p{number}", (), clause) for number, clause in enumerate(clauses)]
    return Index(entries, analyzer, glossary=Glossary(answer_kinds=ANSWER_KINDS.load(KNOWLEDGE).value))


@pytest.fixture(scope="module")
def shown(index: Index) -> Callable[[str, str], Excerpt]:
    """The excerpt of a clause for a question, with the words that are shipped."""
    asking = ASKING.load(KNOWLEDGE).value
    return lambda question, clause: excerpt(clause, index.query(question), asking, index)


@pytest.mark.parametrize(("question", "clause", "sentence"), CASES, ids=[case[0] for case in CASES])
def test_the_sentence_that_answers(
    shown: Callable[[str, str], Excerpt], question: str, clause: str, sentence: str
) -> None:
    """It is told, word for word, and highlighted."""
    found = shown(question, clause)

    assert found.sentence is not None
    start, end = found.sentence
    assert clause[start:end] == sentence
    assert all(any(a <= n < b for a, b in found.highlights) for n in (start, end - 1))


def test_in_a_conversation_what_is_asked_now_counts_most(index: Index) -> None:
    """上班前要做职业健康检查吗 went before; now it is asked who pays."""
    asking = ASKING.load(KNOWLEDGE).value
    whole, now = index.query("劳动者上岗前要做职业健康检查吗，钱谁出"), index.query("钱谁出")

    start, end = excerpt(CHECKUP, whole, asking, index, now).sentence or (0, 0)

    assert CHECKUP[start:end] == "职业健康检查费用由用人单位承担。"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        # one sentence
        ("年检每年几月做", "第四条 年检每年三月进行。"),
        # a list that answers as a whole, and is the whole clause
        ("年检要交什么材料", THE_LIST),
        # a clause that was found by other words than its own
        ("年检要交什么材料", "第一条 甲乙丙丁。戊己庚辛。"),
    ],
)
def test_no_sentence_is_told_where_none_answers_alone(
    shown: Callable[[str, str], Excerpt], question: str, clause: str
) -> None:
    """The clause answers as a whole."""
    assert shown(question, clause).sentence is None


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        # the money comes before the person
        ("住院的钱谁出", AskingGroup.PAYER),
        ("低保归哪个部门批", AskingGroup.WHO),
        ("骗补贴会怎样", AskingGroup.CONSEQUENCE),
        # a yes, by its verb or at its end
        ("收入算不算津贴", AskingGroup.MAY),
        ("我能申请吗", AskingGroup.MAY),
        ("高龄津贴标准", None),
    ],
)
def test_what_a_question_asks_for(asked: str, kind: AskingGroup | None) -> None:
    """By the words that staff keep in the knowledge folder."""
    assert ASKING.load(KNOWLEDGE).value.kind(asked) is kind
