"""Where nothing held answers a question, the answer says what is missing, and shows what speaks of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering.answer import Answer, Status
from bot.answering.answerer import COMMAND_LINE, Answerer
from bot.answering.basis import Basis
from bot.answering.context import Context
from bot.answering.evidence import Evidence
from bot.answering.inquiry import Asker, Inquiry
from bot.answering.judging import NAMED, is_near
from bot.answering.leads import with_leads
from bot.answering.question import FURTHER, Question
from bot.content.subjects import Subject, Subjects
from bot.content.table import (
    EVERYDAY,
    GENERAL_WORDS,
    OFFICIAL_WORDS,
    PARTICULARS,
    PLACES,
    SUBJECTS,
    THESAURUS,
)
from bot.policy.document import Document
from bot.policy.library import Library
from bot.records.records import QuestionRecord
from bot.search.analysis import Analyzer
from bot.search.dense.nearness import MODEL_WEIGHTS, OF_TABLE, Nearness, Scale
from bot.search.dense.opening import VectorFolder, bring_up_to_date
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.progress import unseen
from bot.search.understanding import Glossary
from tests.conftest import KNOWLEDGE, StoppedClock
from tests.search.bigram_model import BigramModel

ALLOWANCE = Document(
    "津贴法",
    "老年人津贴法",
    "第一条　国家鼓励建立高龄津贴制度，津贴按月发给老年人。\n"
    "第二条　高龄津贴的标准，由省、自治区、直辖市人民政府确定。\n"
    "第三条　骗取高龄津贴的，处二百元以上五百元以下罚款。\n"
    "第四条　老年人向居住地的乡镇人民政府申请高龄津贴，乡镇人民政府应当在十个工作日内答复。\n"
    "第五条　乡镇人民政府应当公布咨询高龄津贴的电话。",
)
OF_A_CITY = Document(
    "厦门奖金",
    "厦门市社会工作师奖金办法",
    "第一条　取得高级社会工作师资格的，发给八万元奖金。\n第二条　奖金向市民政局申领。",
    jurisdiction="福建省厦门市",
)
UNLIKE = [
    Document(
        f"别的{number}", f"{matter}条例", f"第一条　{matter}应当依法登记。\n第二条　{matter}的档案永久保存。"
    )
    for number, matter in enumerate(["船舶检验", "矿山测绘", "种子经营", "文物修复", "广播频率"])
]


@pytest.fixture(scope="module")
def basis(analyzer: Analyzer) -> Basis:
    """A small library, with the shipped words for particulars and subjects."""
    library = Library.of([ALLOWANCE, OF_A_CITY, *UNLIKE])
    return Basis(
        library,
        Index(entries_of(library), analyzer),
        "12345",
        particulars=PARTICULARS.load(KNOWLEDGE).value,
        subjects=SUBJECTS.load(KNOWLEDGE).value,
        everyday=EVERYDAY.load(KNOWLEDGE).value,
    )


def answered(basis: Basis, question: str, k: int = 3) -> Answer:
    """The answer to a question."""
    return Answerer(basis, StoppedClock(), lambda: "an-id").answer(Question(question, k))


def labels(answer: Answer) -> Sequence[str]:
    return [passage.clause.label for passage in answer.passages]


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        # the text leaves the figure to somebody, and says to whom
        (
            "高龄津贴的标准是多少钱",
            "您问的“高龄津贴的标准是多少钱”，收录的文件没有写具体的金额，写的是“由省、自治区、直辖市人民政府确定”。",
        ),
        # the text speaks of it, and does not write the detail
        (
            "咨询高龄津贴的电话号码是多少",
            "您问的“咨询高龄津贴的电话号码是多少”，收录的文件没有写具体的电话号码。",
        ),
        # how it is done on a telephone, in haste, by somebody else; how far one's own case is
        (
            "高龄津贴能在手机上申请吗",
            "您问的“高龄津贴能在手机上申请吗”，收录的文件没有写具体的网上操作的办法。",
        ),
        ("申请高龄津贴能加急吗", "您问的“申请高龄津贴能加急吗”，收录的文件没有写具体的加急的办法。"),
        ("申请高龄津贴能找人代办吗", "您问的“申请高龄津贴能找人代办吗”，收录的文件没有写具体的代办的办法。"),
        (
            "我上个月交的高龄津贴申请批了没",
            "您问的“我上个月交的高龄津贴申请批了没”，收录的文件没有写具体的办理进度。",
        ),
        # whose figure is asked: the place's, and none of its rules is held
        ("昆明老年人高龄津贴标准多少钱", "没有收录昆明的规定。"),
        # the best clause is the rule of another place
        ("福州高级社会工作师发奖金吗", "没有收录福建省福州市的规定。"),
        # no figure, but the text leaves room for a place's own rule
        ("长沙有高龄津贴制度吗", "没有收录长沙的规定。"),
        # a matter with rules of its own that no clause speaks of
        ("老年人驾照到期向谁申请", "没有收录驾照的规定。"),
    ],
)
def test_what_is_missing_is_said_in_the_askers_words(basis: Basis, question: str, missing: str) -> None:
    """One plain sentence, the same in the message, which goes on to what can be done."""
    answer = answered(basis, question)

    assert (answer.status, answer.missing) == (Status.RELATED, missing)
    assert answer.message.startswith(missing)
    assert "不能当作答案" in answer.message
    assert "12345" in answer.message
    assert answer.passages


@pytest.mark.parametrize(
    "question",
    [
        "骗取高龄津贴罚多少钱",  # the figure is written
        "申请高龄津贴几天答复",  # so is the period
        "昆明骗取高龄津贴罚多少钱",  # a place is named, but the figure is that of the whole country
        "厦门高级社会工作师奖金多少钱",  # the rule of the place that is named
        "高龄津贴的标准由谁确定",  # no figure is asked for
        "高龄津贴标准是多少由谁确定",
        "拿假证明骗取高龄津贴的老汉罚多少",  # a fine is asked for, and the best clause writes one
        "怎么申请高龄津贴",
    ],
)
def test_what_is_written_answers(basis: Basis, question: str) -> None:
    """No signal speaks; nothing is missing."""
    answer = answered(basis, question)

    assert (answer.status, answer.missing) == (Status.ANSWERED, None)


def test_the_clause_that_says_who_decides_comes_first(basis: Basis) -> None:
    """It is what a clerk would show: 由省、自治区、直辖市人民政府确定."""
    assert labels(answered(basis, "昆明老年人高龄津贴标准多少钱"))[0] == "第二条"


def test_related_clauses_stand_in_the_order_of_their_scores(basis: Basis) -> None:
    """Two more of them at most than were asked for, as each helps less than an answer would."""
    answer = answered(basis, "高龄津贴的标准是多少钱", k=1)

    scores = [passage.score for passage in answer.passages]
    assert 1 < len(scores) <= 1 + FURTHER
    assert scores == sorted(scores, reverse=True)


def test_a_clause_that_speaks_of_such_things_is_related_without_a_word_of_the_question(
    basis: Basis, analyzer: Analyzer
) -> None:
    """It stands in the text about the matter: 收取费用 for what a ticket costs."""
    hall = Document(
        "场馆办法",
        "群众场馆管理办法",
        "第一条　群众场馆按月检修设备。\n第二条　群众场馆的工作人员应当培训上岗。\n"
        "第三条　收取费用的，价格由市、县人民政府确定并公布。\n第四条　群众场馆门票应当编号。",
    )
    library = Library.of([ALLOWANCE, hall, *UNLIKE])
    index = Index(entries_of(library), analyzer)

    answer = answered(replace(basis, library=library, index=index), "群众场馆门票几块钱")

    assert answer.status is Status.RELATED
    assert "第三条" in labels(answer)


def test_whose_place_is_meant_but_not_named_is_missing(basis: Basis) -> None:
    """我们县 is no name; the text leaves the figure to places all the same."""
    answer = answered(basis, "我们县高龄津贴的标准多少钱")

    assert (answer.status, answer.missing) == (Status.RELATED, "没有收录您当地的规定。")


def test_a_figure_of_a_place_is_missing_though_other_rules_of_it_are_held(basis: Basis) -> None:
    """The text leaves the figure to places; that one of them has another rule does not help."""
    answer = answered(basis, "厦门高龄津贴的标准是多少钱")

    assert (answer.status, answer.missing) == (Status.RELATED, "没有收录厦门的规定。")


def test_the_own_rule_answers_if_another_clause_of_it_states_the_figure(basis: Basis) -> None:
    """The clause that says most of the question is behind the one that states what is asked."""
    (xiamen,) = basis.gazetteer.named("福建省厦门市")
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")
    question = "社会工作师向市民政局申领奖金，多少钱"

    answer = answerer.answer(Question(question, jurisdiction=xiamen))

    assert (answer.status, labels(answer)[:2]) == (Status.ANSWERED, ["第一条", "第二条"])


def test_what_holds_between_two_places_is_no_rule_of_either(basis: Basis) -> None:
    """Who lives in one and belongs to another asks for the rule of the country."""
    assert answered(basis, "昆明的老年人发高龄津贴吗").missing == "没有收录昆明的规定。"
    assert answered(basis, "昆明户口的老年人住在福州发高龄津贴吗").status is Status.ANSWERED


@pytest.mark.parametrize("question", ["福州社会工作师奖金和老年人津贴都发吗", "福州高级社会工作师奖金"])
def test_another_places_rule_is_not_shown(basis: Basis, question: str) -> None:
    """It is no rule for the place that was named, however near its words are."""
    answer = answered(basis, question)

    assert answer.status is Status.RELATED
    assert {passage.clause.document_id for passage in answer.passages}.isdisjoint({OF_A_CITY.document_id})


def test_three_kinds_of_clauses_help(basis: Basis, analyzer: Analyzer) -> None:
    """The nearest one, one of a text whose title names the matter, and the one that says who decides."""
    near = [
        Document(
            f"附近{number}", f"第{number}号通知", f"第一条　护理费补助多少次都可以问，第{number}次也行。"
        )
        for number in range(2)
    ]
    of_the_matter = Document(
        "护理", "护理费办法", "第一条　为了照顾失能的人，制定本办法。\n第二条　护理费按月发。"
    )
    deciding = Document("授权", "综合规定", "第一条　护理费的标准，由设区的市级人民政府制定。")
    library = Library.of([*near, of_the_matter, deciding, *UNLIKE])
    held = replace(basis, library=library, index=Index(entries_of(library), analyzer))

    answer = answered(held, "护理费补助多少钱一次")

    assert answer.status is Status.RELATED
    assert {of_the_matter.document_id, deciding.document_id} < {p.clause.document_id for p in answer.passages}


def test_related_clauses_are_hardly_trusted(basis: Basis) -> None:
    """Confidence is the chance that a clause answers, and nothing answers."""
    answer = answered(basis, "高龄津贴的标准是多少钱")

    assert answer.status is Status.RELATED
    assert max(passage.confidence for passage in answer.passages) <= 0.1


def test_a_question_that_is_only_near_is_related_and_not_refused(basis: Basis, analyzer: Analyzer) -> None:
    """Its words are not those of any clause, but the title of the nearest one names the matter."""
    further = [
        Document(f"众{number}", f"{matter}条例", f"第一条　{matter}由主管部门管理，每年检查。")
        for number, matter in enumerate(["渔港", "林场", "煤炭", "盐业", "气象", "测绘", "电力", "邮政"] * 4)
    ]
    library = Library.of([ALLOWANCE, *further])
    held = replace(basis, library=library, index=Index(entries_of(library), analyzer))

    near = answered(held, "女儿家住就停了老年人")
    far = answered(held, "女儿家住就停了主管")

    assert (near.status, near.missing) == (Status.RELATED, "收录的文件没有直接写到您问的这一点。")
    assert far.status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "support", "near"),
    [("档案永久保存", 0.12, True), ("档案永久保存", 0.05, False), ("档案晒网捞虾喂鸡", 0.12, False)],
)
def test_a_clause_that_says_much_of_what_is_asked_is_near(
    basis: Basis, question: str, support: float, near: bool
) -> None:
    """Its title need not name the matter; but support must not be next to nothing."""
    asked = Question(question)
    ranking = Answerer(basis, StoppedClock(), lambda: "an-id").rank(asked)
    best = ranking.pool[0]._replace(support=support)
    inquiry = Inquiry("", asked, basis, date(2026, 11, 28), COMMAND_LINE)

    evidence = Evidence(replace(inquiry, ranking=replace(ranking, kept=(best,), pool=(best,))))

    assert evidence.matter_in_title(best) < NAMED
    assert is_near(evidence) == near


def test_one_of_the_best_clauses_is_near_enough(basis: Basis) -> None:
    """The first clause may be of another matter: 孤儿一个月给多少 finds a pension first."""
    asked = Question("高龄津贴 档案")
    ranking = Answerer(basis, StoppedClock(), lambda: "an-id").rank(asked)
    of_matter = next(hit for hit in ranking.pool if hit.entry_id.startswith("津贴法"))
    other = next(hit for hit in ranking.pool if hit.entry_id.startswith("别的"))
    pool = (other._replace(support=0.05), of_matter._replace(support=0.12))
    inquiry = Inquiry("", asked, basis, date(2026, 11, 28), COMMAND_LINE)

    assert is_near(Evidence(replace(inquiry, ranking=replace(ranking, kept=pool[:1], pool=pool))))


def test_what_is_not_found_is_named(basis: Basis) -> None:
    """Where the matter is one that other rules govern."""
    answer = answered(basis, "契税")

    assert answer.status is Status.NOT_FOUND
    assert answer.message.startswith("没有收录契税的规定。")


def test_a_figure_of_something_else_does_not_answer(basis: Basis) -> None:
    """The clause writes an amount, but leaves out most of what was asked."""
    answer = answered(basis, "骗取厂房设备补助的砖窑老板和会计罚款多少钱")

    assert (answer.status, answer.missing) == (
        Status.RELATED,
        "收录的文件没有写具体的金额。",
    )
    assert "第三条" in labels(answer)


@pytest.mark.parametrize("question", ["老年人高龄津贴广场舞怎么跳", "老年人申请津贴减肥吃什么药好"])
def test_an_everyday_matter_is_not_found(basis: Basis, question: str) -> None:
    """A clause that happens to share words is not shown; staff see why."""
    answerer = Answerer(basis, StoppedClock(), lambda: "an-id")
    kept: list[QuestionRecord] = []

    def keep(record: QuestionRecord, _: Context) -> None:
        kept.append(record)

    answer = answerer.answer(Question(question), Asker("test", keep))

    assert (answer.status, answer.passages) == (Status.NOT_FOUND, ())
    assert "everyday matter" in kept[0].rejected[0].reason


def test_what_stands_in_no_text_is_not_found(basis: Basis) -> None:
    """Words that any matter is spoken of with are no reason to quote a clause."""
    general = replace(basis, general=GENERAL_WORDS.load(KNOWLEDGE).value)

    assert answered(basis, "申请答复螃蟹，鲍鱼").status is Status.ANSWERED
    assert answered(general, "申请答复螃蟹，鲍鱼").status is Status.NOT_FOUND
    assert answered(general, "高龄津贴几天答复").status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        # words that name the matter stand in no text
        ("骗取期货保证金怎么罚款", "收录的文件没有写到“期货”“保证金”。"),
        # other texts have them
        ("骗取津贴罚款二百元船舶检验", "找到的规定没有写到“船舶”“检验”。"),
        # words that fit any matter are not told
        ("居住地乡镇人民政府公布审查批准申请", "收录的文件没有直接写到您问的这一点。"),
    ],
)
def test_a_best_clause_without_the_official_words_does_not_answer(
    basis: Basis, question: str, missing: str
) -> None:
    """It shares other words with the question."""
    without = replace(basis, subjects=Subjects(), general=GENERAL_WORDS.load(KNOWLEDGE).value)
    weighed = replace(without, official=OFFICIAL_WORDS.load(KNOWLEDGE).value)

    assert answered(without, question).status is Status.ANSWERED
    answer = answered(weighed, question)

    assert (answer.status, answer.missing) == (Status.RELATED, missing)
    assert answered(weighed, "老年人向谁申请高龄津贴").status is Status.ANSWERED


def test_a_matter_that_is_mentioned_in_passing_is_not_spoken_of(basis: Basis, analyzer: Analyzer) -> None:
    """A list that has a word for it says nothing about it; a title or a text that goes on about it does."""
    listing = Document("优待", "老年人优待办法", "第一条　老年人凭身份证、驾照享受优待。")
    ruling = Document("驾照", "驾照管理办法", "第一条　驾照到期前应当换证。\n第二条　驾照换证不收费。")
    general = replace(basis, general=GENERAL_WORDS.load(KNOWLEDGE).value)

    def holding(*documents: Document) -> Basis:
        library = Library.of([*documents, *UNLIKE])
        return replace(general, library=library, index=Index(entries_of(library), analyzer))

    assert answered(holding(listing), "驾照换证收费吗").message.startswith("没有收录驾照的规定。")
    assert answered(holding(listing, ruling), "驾照换证收费吗").status is Status.ANSWERED


def test_a_matter_that_a_document_is_called_by_is_never_said_to_be_missing(
    basis: Basis, analyzer: Analyzer
) -> None:
    """老公打我，去哪开证明: whoever holds 反家庭暴力法 does hold rules on 家暴."""
    proofs = Document(
        "证明",
        "证明出具办法",
        "第一条　东西被偷走的，居民委员会出具证明。\n第二条　被偷走的，公安机关出具证明。\n"
        "第三条　被偷走的，凭出具的证明领回。",
    )
    ruling = Document("驾照", "驾照管理办法", "第一条　驾照到期前应当换证。")
    general = replace(basis, general=GENERAL_WORDS.load(KNOWLEDGE).value)

    def missing_in(*documents: Document) -> str | None:
        library = Library.of([*documents, *UNLIKE])
        held = replace(general, library=library, index=Index(entries_of(library), analyzer))
        return answered(held, "驾照被偷走了找哪里出具证明").missing

    assert missing_in(proofs) == "没有收录驾照的规定。"
    assert missing_in(proofs, ruling) == "收录的文件没有直接写到您问的这一点。"


def test_a_matter_may_be_spoken_of_in_other_words(basis: Basis, analyzer: Analyzer) -> None:
    """The thesaurus knows that 砍树 is 采伐林木; a clause that says it is about it."""
    felling = Document("森林", "森林条例", "第一条　采伐林木的方案，报林业主管部门批准。")
    library = Library.of([felling, *UNLIKE])
    glossary = Glossary(THESAURUS.load(KNOWLEDGE).value)
    held = replace(basis, library=library, index=Index(entries_of(library), analyzer, glossary=glossary))

    assert answered(held, "砍树的方案要报谁批准").status is Status.ANSWERED


def test_a_single_character_speaks_of_no_matter(basis: Basis, analyzer: Analyzer) -> None:
    """提高 is not what 公积金能提 asks for, though both have 提."""
    passing = Document("优待", "优待条例", "第一条　公积金、装修补助等待遇逐步提高，由民政部门办理。")
    library = Library.of([passing, *UNLIKE])
    drawing = Subject("公积金提取", ("公积金能提",), ("公积金提取",))
    index = Index(entries_of(library), analyzer)
    held = replace(basis, library=library, index=index, subjects=Subjects((drawing,)))

    assert answered(held, "公积金能提出来装修吗").missing == "没有收录公积金提取的规定。"


def test_a_rule_of_the_named_place_may_lack_words_that_fit_any_matter(basis: Basis) -> None:
    """厦门's own rule on prizes answers how one applies, though it says 申领; another matter it does not."""
    weighed = replace(
        basis,
        official=OFFICIAL_WORDS.load(KNOWLEDGE).value,
        general=GENERAL_WORDS.load(KNOWLEDGE).value,
        gazetteer=PLACES.load(KNOWLEDGE).value.gazetteer(basis.library.jurisdictions.values()),
        subjects=Subjects(),
    )

    assert answered(weighed, "厦门高级社会工作师资格奖金审查批准").status is Status.ANSWERED
    assert answered(weighed, "高级社会工作师资格奖金审查批准").status is Status.RELATED


def test_what_somebody_does_by_the_rules_is_not_left_to_them(basis: Basis, analyzer: Analyzer) -> None:
    """由主管部门按照规定处罚 says who fines, not who sets the fine."""
    fine = Document(
        "蜂场", "养蜂条例", "第一条　擅自搬走蜂箱的，由养蜂主管部门按照下列规定处以二百元以上五百元以下罚款。"
    )
    library = Library.of([fine, *UNLIKE])
    held = replace(basis, library=library, index=Index(entries_of(library), analyzer))

    assert answered(held, "搬走蜂箱罚多少钱").status is Status.ANSWERED


def test_a_matter_that_is_all_that_is_asked_about_must_be_named(basis: Basis, analyzer: Analyzer) -> None:
    """What the thesaurus has for it covers the question, and does not answer."""
    customs = Document("乡村", "乡村振兴法", "第一条　各级人民政府应当推进移风易俗，破除陈规陋习。")
    library = Library.of([customs, *UNLIKE])
    index = Index(entries_of(library), analyzer, glossary=Glossary(THESAURUS.load(KNOWLEDGE).value))
    general = GENERAL_WORDS.load(KNOWLEDGE).value
    held = replace(basis, library=library, index=index, general=general)

    assert answered(held, "彩礼能退吗").message.startswith("没有收录彩礼的规定。")


def test_a_held_rule_on_a_matter_answers(basis: Basis, analyzer: Analyzer) -> None:
    """Nobody has to change the word list when the document is added."""
    of_licences = Document("驾驶证", "驾驶证申领规定", "第一条　驾照到期前九十日内，向车辆管理所申请换证。")
    library = Library.of([ALLOWANCE, of_licences, *UNLIKE])
    held = replace(basis, library=library, index=Index(entries_of(library), analyzer))

    assert answered(held, "老年人驾照到期向谁申请").status is Status.ANSWERED


def test_the_record_says_related(basis: Basis) -> None:
    """With the clauses that were shown."""
    kept: list[QuestionRecord] = []
    asker = Asker("test", lambda record, _: kept.append(record))

    answer = Answerer(basis, StoppedClock(), lambda: "an-id").answer(
        Question("昆明老年人高龄津贴标准多少钱"), asker
    )

    (record,) = kept
    assert record.status == "related"
    assert record.clause_ids == [passage.clause.clause_id for passage in answer.passages]


def test_without_word_lists_nothing_is_related(basis: Basis) -> None:
    """A folder without them answers as it did."""
    library, index = basis.library, basis.index

    assert answered(Basis(library, index, "12345"), "高龄津贴的标准是多少钱").status is Status.ANSWERED


def meaning(basis: Basis, analyzer: Analyzer, folder: Path, means: str, scale: Scale) -> Basis:
    """The same basis with vectors of bigrams, in which every question means the same text."""
    model, entries = BigramModel(), list(entries_of(basis.library))
    texts = [entry.text for entry in entries]
    layers = bring_up_to_date(VectorFolder(folder, model.name), model, texts, unseen)
    nearness = Nearness(layers, lambda _: model.vector(means), scale, texts)
    return replace(basis, index=Index(entries, analyzer, nearness=nearness))


@pytest.mark.parametrize(
    ("means", "status"),
    [
        ("高龄津贴的标准，由省、自治区、直辖市人民政府确定。", Status.ANSWERED),
        ("小苹果怎么跳", Status.NOT_FOUND),
    ],
    ids=["near", "far"],
)
def test_what_no_clause_means_is_not_found(
    basis: Basis, analyzer: Analyzer, tmp_path: Path, means: str, status: Status
) -> None:
    """With an embedding model here, words that happen to stand in a clause do not answer."""

    def asked(*, is_measured: bool) -> Status:
        held = meaning(basis, analyzer, tmp_path, means, Scale(MODEL_WEIGHTS, is_measured))
        return answered(held, "高龄津贴由谁确定").status

    assert asked(is_measured=True) is status
    assert asked(is_measured=False) is Status.ANSWERED


@pytest.mark.parametrize(
    ("means", "status"),
    [
        ("乡镇人民政府应当公布咨询高龄津贴的电话。", Status.RELATED),
        ("跳舞", Status.NOT_FOUND),
    ],
    ids=["near", "beside"],
)
def test_related_clauses_that_are_not_near_are_not_shown(
    basis: Basis, analyzer: Analyzer, tmp_path: Path, means: str, status: Status
) -> None:
    """What is missing would not be sought where neither words nor vectors find anything."""
    held = meaning(basis, analyzer, tmp_path, means, OF_TABLE)

    assert answered(held, "咨询高龄津贴的电话号码是多少").status is status


def test_a_clause_that_scores_nothing_is_shown_all_the_same(basis: Basis) -> None:
    """A known question says that it does not answer, and nothing else was found."""
    asked = Question("高龄津贴")
    ranking = Answerer(basis, StoppedClock(), lambda: "an-id").rank(asked)
    pool = (ranking.pool[0]._replace(score=0.0),)
    inquiry = Inquiry("", asked, basis, date(2026, 11, 28), COMMAND_LINE)
    evidence = Evidence(replace(inquiry, ranking=replace(ranking, kept=pool, pool=pool)))

    kept = with_leads(evidence, is_matter_held=True).ranking.kept

    assert kept[0].entry_id == pool[0].entry_id
