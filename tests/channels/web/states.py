"""Every state that a page of the conversation can be in, from answers that are written here.

What answering makes of a question may change any day; these pages look the same then.
"""

from dataclasses import dataclass, replace
from datetime import date

from bot.answering import wording
from bot.answering.answer import Answer, Option, Passage, Status
from bot.policy.citation import cite, links
from bot.policy.document import Document, Genre
from bot.policy.library import Library

TODAY = date(2026, 11, 23)

RULES = Document(
    "某市高龄津贴办法",
    "某某市高龄津贴发放办法",
    "第一章 总则\n"
    "第一条 为了做好高龄老年人的生活保障，制定本办法。\n"
    "第二章 标准和申请\n"
    "第五条 具有本市户籍的下列老年人，按月领取高龄津贴：\n"
    "（一）年满八十周岁不满九十周岁的，每人每月一百元；\n"
    "（二）年满九十周岁不满一百周岁的，每人每月三百元；\n"
    "（三）年满一百周岁的，每人每月一千元。\n"
    "第六条 申请高龄津贴，由本人或者委托他人向户籍所在地的社区居民委员会提出，"
    "带身份证、户口簿和本人的银行卡。社区居民委员会应当自收到申请之日起五个工作日内核对，报街道办事处审核。符合第五条规定的，从批准的当月起发放。",
    issuers=("某某市民政局", "某某市财政局"),
    document_number="某民发〔2024〕5号",
    genre=Genre.MEASURES,
    jurisdiction="某某省某某市",
    effective_on=date(2024, 7, 1),
)
OLD = Document(
    "旧办法",
    "某某市高龄津贴暂行办法",
    "第一条 年满八十周岁的老人每月发给高龄津贴五十元。\n第二条 本办法自2013年1月1日起施行。",
    issuers=("某某市民政局",),
    genre=Genre.MEASURES,
)
NEW = Document(
    "新办法",
    "某某市尊老金发放办法",
    "第一条 年满八十周岁的老人，尊老金每人每月一百元。\n"
    "第二条 本办法自2021年7月1日起施行。《某某市高龄津贴暂行办法》同时废止。",
    issuers=("某某市民政局",),
    genre=Genre.MEASURES,
)
NEWS = Document(
    "某报报道",
    "高龄津贴明年上调",
    "某某市民政局有关负责人介绍，明年起八十周岁以上老年人的高龄津贴每人每月提高五十元，具体办法正在制定。",
    genre=Genre.NEWS,
    reports_on="某某市养老服务工作方案",
    issuers=("某某市民政局",),
    source="某某日报",
)
HOSTILE = Document(
    "怪文件",
    "<script>alert('标题')</script>津贴办法",
    '第一条 津贴"><img src=x onerror=alert(1)>每月</p></section>一百元&amp;。',
    issuers=("<b>民政局</b>",),
    genre=Genre.MEASURES,
)

LIBRARY = Library.of([RULES, OLD, NEW, NEWS, HOSTILE])


def passage(clause_id: str, sentence: str = "", part: str | None = None) -> Passage:
    """A clause as it is quoted, with the sentence that answers."""
    clause = LIBRARY.clauses_by_id[clause_id]
    start = clause.text.index(sentence)
    span = (start, start + len(sentence)) if sentence else (0, len(clause.text))
    return Passage(
        clause=clause,
        highlights=(span,),
        score=1,
        confidence=0.9,
        citation=cite(LIBRARY, clause, TODAY),
        references=links(LIBRARY, clause),
        sentence=span if sentence else None,
        part=part,
        context=clause.context,
    )


AMOUNT = "（二）年满九十周岁不满一百周岁的，每人每月三百元"
PAPERS = "申请高龄津贴，由本人或者委托他人向户籍所在地的社区居民委员会提出，带身份证、户口簿和本人的银行卡。"
SPAN = "社区居民委员会应当自收到申请之日起五个工作日内核对，报街道办事处审核。"
RULE_5, RULE_6 = "某市高龄津贴办法:t5", "某市高龄津贴办法:t6"


@dataclass(frozen=True)
class State:
    """A question, and the answer that it gets."""

    question: str
    answer: Answer


def _state(question: str, status: Status, message: str, *passages: Passage) -> State:
    return State(question, Answer("", status, question, question, message, passages))


ANSWERED = _state("九十岁高龄津贴多少", Status.ANSWERED, wording.answered(1), passage(RULE_5, AMOUNT))
SEVERAL = _state(
    "高龄津贴怎么申请",
    Status.ANSWERED,
    wording.answered(3),
    passage(RULE_6, PAPERS),
    passage(RULE_5, AMOUNT),
    passage("某报报道:p1"),
)
TWO_PARTS = _state(
    "高龄津贴带什么，多久批",
    Status.ANSWERED,
    wording.answered(2),
    passage(RULE_6, PAPERS, "高龄津贴带什么"),
    passage(RULE_6, SPAN, "多久批"),
)
REPORTED = _state("高龄津贴明年涨多少", Status.ANSWERED, wording.answered(1), passage("某报报道:p1"))
_missing = "收录的文件没有写具体的金额。"
RELATED = _state(
    "独生子女父母奖励多少钱", Status.RELATED, wording.related(_missing, "12345"), passage(RULE_5, AMOUNT)
)
_clarify = _state("津贴怎么领", Status.CLARIFY, wording.clarify())
_options = (Option("高龄津贴", "九十岁高龄津贴多少"), Option("残疾人两项补贴", "残疾人两项补贴怎么领"))
CLARIFY = replace(_clarify, answer=replace(_clarify.answer, options=_options))
_completed = _state(
    "那要带什么",
    Status.ANSWERED,
    wording.understood("高龄津贴要带什么") + wording.answered(1),
    passage(RULE_6, PAPERS),
)
COMPLETED = replace(
    _completed,
    answer=replace(
        _completed.answer,
        understood_as="高龄津贴要带什么",
        options=(Option(wording.AS_TYPED, "那要带什么"),),
    ),
)
_not_found = _state("红烧肉怎么做", Status.NOT_FOUND, wording.not_found("12345"))
_suggestions = ("高龄津贴怎么申请", "九十岁高龄津贴多少")
NOT_FOUND = replace(_not_found, answer=replace(_not_found.answer, suggestions=_suggestions))
_ended = passage("旧办法:t1")
NOT_IN_FORCE = _state(
    "暂行办法里高龄津贴多少",
    Status.NOT_IN_FORCE,
    wording.not_in_force(_ended.citation, 2, "12345"),
    _ended,
    passage("新办法:t1"),
)
GREETING = _state("你好", Status.OUT_OF_SCOPE, "您好，写下您想问的事，我从政策文件里找原文。")
URGENT = _state("煤气漏了", Status.OUT_OF_SCOPE, "请马上打 119（消防救援）；有人受伤打 120，要警察打 110。")
MAINTENANCE = _state("今天能问吗", Status.MAINTENANCE, wording.maintenance("12345"))
FAILED = _state("这个会出错", Status.FAILED, wording.failed("12345"))
HOSTILE_ANSWER = _state(
    "<script>alert(1)</script>津贴多少", Status.ANSWERED, wording.answered(1), passage("怪文件:t1")
)

STATES = {
    "answered": ANSWERED,
    "several": SEVERAL,
    "two-parts": TWO_PARTS,
    "reported": REPORTED,
    "related": RELATED,
    "clarify": CLARIFY,
    "completed": COMPLETED,
    "not-found": NOT_FOUND,
    "not-in-force": NOT_IN_FORCE,
    "greeting": GREETING,
    "urgent": URGENT,
    "maintenance": MAINTENANCE,
    "failed": FAILED,
    "hostile": HOSTILE_ANSWER,
}
BY_QUESTION = {state.question: state.answer for state in STATES.values()}
