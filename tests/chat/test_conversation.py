"""What a person can do in a chat, a scenario each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest

from bot.answering import wording
from bot.answering.answer import Answer, Option, Status
from bot.answering.answerer import Answerer
from bot.answering.context import Context
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.channels.service import Service
from bot.channels.wechat.account import Platform
from bot.channels.wechat.replies import LARGEST_REPLY
from bot.channels.wechat.translation import manner_of
from bot.chat.conversation import Conversation
from bot.chat.events import Arrival, Event, Mumble, Picture, Tap, Words
from bot.chat.offers import Offers
from bot.chat.rendering import answer_pieces, quoted
from bot.content.phrases import PhraseGroup, Phrases
from bot.content.sites import Site
from bot.content.table import PHRASES, ROUTING
from bot.content.topics import Menu, Topic, Topics
from bot.policy.document import Document
from bot.policy.library import Library
from bot.records.person import Person
from bot.records.records import Receipt, Turn
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from tests.conftest import KNOWLEDGE
from tests.fake_records import FakeRecords

MANNER = manner_of(Platform.WECHAT, has_links=True)
"""A platform with taps, links, and a limit of 2,048 bytes a reply."""

SITE = Site("haicang", "海沧街道便民服务中心", hotline="0592-1234567", hours="周一至周五 9:00-17:00")
TOPICS = Topics(
    (
        Menu(
            name="社工",
            topics=(
                Topic(key="one", name="奖金", questions=("厦门高级社会工作师奖金是多少",)),
                Topic(key="two", name="五社联动", questions=("什么是五社联动", "宁夏建多少个示范社区")),
            ),
        ),
    )
)


@dataclass
class Phone:
    """One person's phone: sends messages, remembers what was replied, as the records do between them."""

    conversation: Conversation
    records: FakeRecords
    person: Person
    last: Turn | None = field(default=None)
    numbers: Iterator[int] = field(default_factory=count)

    def send(self, event: Event) -> str:
        """The reply to an event; what is to be kept is kept."""
        self.last = self.conversation.turn(self.person, event)
        self.records.finish(Receipt(self.person, str(next(self.numbers))), self.last)
        assert len(self.last.reply.text.encode()) <= LARGEST_REPLY
        return self.last.reply.text

    def say(self, words: str) -> str:
        """The reply to words."""
        return self.send(Words(words))


OFFERS = Offers(
    TOPICS,
    {"haicang": SITE},
    ("厦门高级社会工作师奖金是多少", "宁夏建多少个示范社区", "江苏三级服务体系"),
    PHRASES.load(KNOWLEDGE).value,
    ROUTING.load(KNOWLEDGE).value,
)


@pytest.fixture
def phone(service: Service) -> Phone:
    """A phone in a chat about the shipped knowledge."""
    records = FakeRecords()
    return Phone(
        Conversation(
            ask=service.answerer.answer,
            ledger=records,
            offers=lambda: OFFERS,
            hotline="12345",
            manner=MANNER,
            at_site=lambda question, key: replace(question, site=OFFERS.sites.get(key or "")),
        ),
        records,
        Person("wechat", "someone"),
    )


def test_a_person_is_told_the_first_words_of_each_group(phone: Phone) -> None:
    """Whoever writes other words into phrases.yaml has these told, and they are understood."""
    groups = {
        PhraseGroup.MORE: ("往下", "更多"),
        PhraseGroup.HELPFUL: ("顶用", "有用"),
        PhraseGroup.UNHELPFUL: ("白搭",),
    }
    offers = replace(OFFERS, phrases=Phrases(groups))
    phone.conversation = replace(phone.conversation, offers=lambda: offers)

    first = reply = phone.say("厦门高级社会工作师奖金是多少")
    while reply.endswith(wording.more("往下")):
        reply = phone.say("往下")

    assert first.endswith(wording.more("往下"))
    assert reply.endswith("回复“顶用”或“白搭”。")
    assert phone.say("顶用") == wording.THANKS


def test_without_words_nobody_is_told_to_say_any(phone: Phone) -> None:
    """Without phrases.yaml a reply invites to nothing that the chat would take for a question."""
    offers = replace(OFFERS, phrases=Phrases())
    phone.conversation = replace(phone.conversation, offers=lambda: offers)

    assert "回复“" not in phone.say("厦门高级社会工作师奖金是多少")


def test_a_question_is_answered_with_its_citation_first(phone: Phone) -> None:
    """Title, place, who issued what is reported, force and link stand above the quote."""
    reply = phone.say("厦门高级社会工作师奖金是多少")

    citation, quote = (
        reply.index("据报道：《厦门市民政局出台新政"),
        reply.index("高级社会工作师的奖金为8万元。"),
    )
    assert (
        citation
        < reply.index("第2段（报道的是厦门市民政局《厦门市全国专业")
        < reply.index("效力未注明")
        < quote
    )
    assert citation < reply.index("/policy/%E5%8E%A6") < quote
    assert phone.last is not None
    assert phone.last.reply.status == "answered"


def test_the_sentence_that_answers_is_told_before_its_clause(phone: Phone, service: Service) -> None:
    """Once by itself, behind 答, and again in its place: no word of the clause is missing."""
    passage = service.answerer.answer(Question("我刚当上社工师，一次性能拿多少补贴")).passages[0]

    pieces = list(quoted(passage, MANNER))

    assert passage.sentence is not None
    start, end = passage.sentence
    assert pieces[0] == f"答：{passage.clause.text[start:end]}\n"
    assert passage.clause.text in "".join(pieces[1:])


def test_more_continues_exactly_where_the_reply_was_cut(phone: Phone, service: Service) -> None:
    """Nothing is lost, repeated or cut in mid-sentence; in the end there is nothing more."""
    parts = [phone.say("厦门高级社会工作师奖金是多少")]
    while parts[-1].endswith(wording.more("更多")):
        parts.append(phone.say("更多"))

    said = "".join("".join(part.removesuffix(wording.more("更多")).split()) for part in parts)
    answer = service.answerer.answer(Question("厦门高级社会工作师奖金是多少"))
    assert len(parts) > 1
    assert said.startswith("".join("".join(answer_pieces(answer, MANNER)).split()))
    assert phone.say("更多") == wording.NO_MORE


def test_a_judgement_is_kept_beside_the_answer_and_does_not_lose_the_rest(phone: Phone) -> None:
    """有用 and 没用 speak of the last answer; 更多 still continues it afterwards."""
    assert "还没有可以评价的回答" in phone.say("有用")
    phone.say("厦门高级社会工作师奖金是多少")
    assert phone.last is not None
    assert phone.last.question is not None
    answer_id = phone.last.question.answer_id

    assert "谢谢" in phone.say("没用")

    assert [(judged.answer_id, judged.helpful) for judged in phone.records.feedback] == [(answer_id, False)]
    assert "厦门将社工人才支持计划纳入" in phone.say("更多")


def test_a_refusal_offers_questions_that_a_number_chooses(phone: Phone) -> None:
    """By number everywhere, by a tap where the app can."""
    refusal = phone.say("红烧肉怎么做")
    answer = phone.say("2")

    assert "12345" in refusal
    assert '2. <a href="weixin://bizmsgmenu?msgmenucontent=%' in refusal
    assert "厦门" in answer
    assert "【1】" in answer


@pytest.mark.parametrize("words", ["0", "4", "99"])
def test_a_number_that_was_not_offered_is_told_so(phone: Phone, words: str) -> None:
    """The numbers that were offered still count afterwards."""
    phone.say("红烧肉怎么做")

    assert phone.say(words) == wording.NO_SUCH_CHOICE
    assert "【1】" in phone.say("1")


@pytest.mark.parametrize("words", ["1", "１２３４５６７"])
def test_a_number_without_a_list_is_no_question(phone: Phone, words: str) -> None:
    """No clause, but what one can ask."""
    reply = phone.say(words)

    assert "【1】" not in reply
    assert "请写下您想问的事" in reply


def test_a_number_of_a_person_is_masked_and_the_asker_is_told(phone: Phone) -> None:
    """It reaches neither the records nor the chat that is remembered."""
    reply = phone.say("我电话13800138000，奖金是多少")

    assert reply.startswith("为保护您的隐私，问题里的手机号已经隐去")
    assert phone.last is not None
    assert "13800138000" not in repr(phone.last)


def test_voice_is_words_where_they_were_recognised(phone: Phone) -> None:
    """Else the person is asked to type."""
    assert "8万元" in phone.say("厦门高级社会工作师奖金是多少")
    assert "没听清，请打字" in phone.send(Mumble())


def test_what_is_no_text_is_told_what_we_can_do(phone: Phone) -> None:
    """With examples to choose from."""
    reply = phone.send(Picture())

    assert "只看得懂文字" in reply
    assert "8万元" in phone.say("1")


def test_who_comes_by_the_code_of_a_site_is_told_its_hours_and_whom_to_call(phone: Phone) -> None:
    """The site is remembered: below a refusal its telephone stands."""
    welcome = phone.send(Arrival("haicang", is_first=True))
    refusal = phone.say("红烧肉怎么做")

    assert "海沧街道便民服务中心，电话0592-1234567，周一至周五 9:00-17:00。" in welcome
    assert "1. " in welcome
    assert "0592-1234567" in refusal


@pytest.mark.parametrize("event", [Arrival(None, is_first=True), Arrival("unknown", is_first=False)])
def test_who_comes_otherwise_is_welcomed_with_three_examples(phone: Phone, event: Event) -> None:
    """Also by a code that no longer stands for a site."""
    reply = phone.send(event)

    assert ("您好" in reply) == (event == Arrival(None, is_first=True))
    assert [f"{number}. " in reply for number in (1, 2, 3)] == [True] * 3


def test_a_menu_key_asks_its_question_or_offers_its_questions(phone: Phone) -> None:
    """One question is asked at once, several are offered, a key of an old menu is told so."""
    assert "8万元" in phone.send(Tap("one"))
    assert "2. " in phone.send(Tap("two"))
    assert "100个" in phone.say("2")
    assert "这个菜单已经换了" in phone.send(Tap("gone"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "还没有写问题"),  # a blank message
        ("奖" * 301, "301个字"),  # too long
        ("奖\x00金", "不是文字"),  # what no keyboard types
    ],
)
def test_what_cannot_be_asked_is_explained(phone: Phone, typed: str, said: str) -> None:
    """In a sentence, and what was going on goes on."""
    phone.say("厦门高级社会工作师奖金是多少")

    assert said in phone.say(typed)
    assert "厦门将社工人才支持计划纳入" in phone.say("更多")


def test_a_chat_that_an_older_version_saved_begins_anew(phone: Phone) -> None:
    """What cannot be read is forgotten, not fatal."""
    phone.records.chats[phone.person] = '{"old": true, "rest": 5}'

    assert "没有更多了" in phone.say("更多")


def test_markup_in_a_policy_is_shown_and_does_nothing(
    phone: Phone, analyzer: Analyzer, service: Service, document: Callable[..., Document]
) -> None:
    """Neither a link nor the end of the XML; the words stay."""
    library = Library.of([document('第一条 高龄津贴<a href="http://evil">点我</a>]]>每月100元。')])
    basis = replace(service.basis, library=library, index=Index(entries_of(library), analyzer))
    answerer: Answerer = replace(service.answerer, basis=basis)
    hostile = Phone(replace(phone.conversation, ask=answerer.answer), phone.records, phone.person)

    reply = hostile.say("高龄津贴")

    assert "<a href=" not in reply
    assert "点我＜/a>]]>每月100元。" in reply


def test_a_follow_up_is_completed_and_no_takes_that_back(phone: Phone) -> None:
    """The reply says how the question was understood, and what to say if that is wrong."""
    phone.say("厦门高级社会工作师奖金是多少")

    completed = phone.say("那谁能领")
    taken_back = phone.say("不是")

    assert completed.startswith("按“厦门高级社会工作师奖金谁能领”查的。")
    assert wording.AS_TYPED in completed
    assert "厦门高级社会工作师奖金谁能领" not in taken_back
    assert wording.AS_TYPED not in taken_back


def judged(phone: Phone) -> list[tuple[bool, str | None]]:
    """The feedback that was kept: whether it helped, and why not."""
    return [(given.helpful, given.reason.text if given.reason else None) for given in phone.records.feedback]


@pytest.mark.parametrize("reason", ["说的是外地的，我电话13800138000", "太长了", "看不懂"])
def test_the_message_after_a_bad_judgement_is_its_reason(phone: Phone, reason: str) -> None:
    """It is kept without numbers of a person, beside the answer that was judged."""
    phone.say("厦门高级社会工作师奖金是多少")
    assert "哪里不对，写在下一条里就行" in phone.say("没用")

    reply = phone.say(reason)

    assert "原因也记下了" in reply
    assert judged(phone) == [(False, None), (False, reason.replace("13800138000", "手机号***"))]


def test_a_question_after_a_bad_judgement_is_answered(phone: Phone) -> None:
    """Nobody is kept from asking again."""
    phone.say("厦门高级社会工作师奖金是多少")
    phone.say("没用")

    assert "【1】" in phone.say("宁夏要打造多少个五社联动示范社区")
    assert judged(phone) == [(False, None)]


@pytest.mark.parametrize("said", ["没用，说的是旧的", "没用 因为说的是旧的", "没用，原因：说的是旧的"])
def test_a_judgement_may_bring_its_reason(phone: Phone, said: str) -> None:
    """In one message."""
    phone.say("厦门高级社会工作师奖金是多少")

    assert "原因也记下了" in phone.say(said)
    assert judged(phone) == [(False, "说的是旧的")]


def test_a_judgement_with_a_question_behind_it_is_answered(phone: Phone) -> None:
    """没用，我是问 … is a question."""
    phone.say("厦门高级社会工作师奖金是多少")

    assert "【1】" in phone.say("没用，我是问宁夏五社联动是什么")


def test_a_judgement_can_be_withdrawn(phone: Phone) -> None:
    """A slip of the finger counts for nothing."""
    phone.say("厦门高级社会工作师奖金是多少")
    phone.say("没用")

    assert phone.say("不好意思刚才按错了，收回") == wording.WITHDRAWN
    assert judged(phone) == []


DANGER = [
    ("不想活了", "12356"),  # a person in despair
    ("家里煤气漏了", "119"),
    ("老人晕倒没呼吸", "120"),
    ("有人打我", "110"),
    ("我已经写好遗书了。" + "这些年我一直很难。" * 40, "12356"),  # too long to be a question
]


@pytest.mark.parametrize(("said", "number"), DANGER)
def test_whoever_is_in_danger_reads_first_whom_to_call(phone: Phone, said: str, number: str) -> None:
    """In the first line, ready to be tapped."""
    first = phone.say(said).split("\n")[0]

    assert f'<a href="tel:{number}">{number}</a>' in first


def test_small_talk_leaves_the_conversation_as_it_is(phone: Phone) -> None:
    """After thanks, 更多 continues the answer, and 有用 judges it."""
    phone.say("厦门高级社会工作师奖金是多少")
    before = phone.records.chats[phone.person]

    assert "不客气" in phone.say("谢谢")

    assert phone.records.chats[phone.person] == before
    assert "厦门将社工人才支持计划纳入" in phone.say("更多")
    assert phone.say("有用") == wording.THANKS


def test_a_person_is_asked_for_at_the_site(phone: Phone) -> None:
    """人工 gives the telephone of the site with its hours."""
    phone.send(Arrival("haicang", is_first=True))

    reply = phone.say("转人工")

    assert '<a href="tel:0592-1234567">0592-1234567</a>' in reply
    assert "周一至周五 9:00-17:00" in reply


def test_nobody_is_greeted_twice(phone: Phone) -> None:
    """您好 stands in the welcome, and nowhere else."""
    assert "您好" in phone.send(Arrival(None, is_first=True))

    for said in ("厦门高级社会工作师奖金是多少", "更多", "没用", "红烧肉怎么做", "谢谢", "转人工"):
        assert "您好" not in phone.say(said)


OPTIONS = (Option("厦门的", "厦门高级社会工作师奖金是多少"), Option("宁夏的", "宁夏建多少个示范社区"))


def answering(phone: Phone, **changed: Any) -> Phone:
    """A phone whose first answer is changed: to what other steps will give."""
    asked = phone.conversation.ask
    changes = [changed]

    def ask(question: Question, asker: Asker, context: Context) -> Answer:
        answer = asked(question, asker, context)
        return replace(answer, **changes.pop()) if changes else answer

    return Phone(replace(phone.conversation, ask=ask), phone.records, phone.person)


def test_related_passages_stand_under_their_heading(phone: Phone) -> None:
    """What is missing comes first; the passages are never styled as the answer."""
    message = wording.related("没有收录福州市的规定。", "12345")
    reply = answering(phone, status=Status.RELATED, message=message).say("厦门高级社会工作师奖金是多少")

    assert reply.startswith("没有收录福州市的规定。下面的相关规定供您参考")
    assert reply.index("没有收录") < reply.index("—— 相关规定 ——") < reply.index("【1】")


def test_a_question_back_is_answered_by_number_or_tap(phone: Phone) -> None:
    """The words say what differs, a tap sends the complete question; no passage is shown before."""
    asking = answering(phone, status=Status.CLARIFY, message=wording.clarify(), options=OPTIONS)
    reply = asking.say("多少")

    assert "【1】" not in reply
    assert "有没有帮到您" not in reply
    assert f'2. <a href="weixin://bizmsgmenu?msgmenucontent={quote(OPTIONS[1].question)}' in reply
    assert ">宁夏的</a>" in reply
    assert "示范社区" in asking.say("2")


def test_what_was_understood_can_be_undone_by_number(phone: Phone) -> None:
    """Below the answer, as another reading."""
    reply = answering(phone, options=OPTIONS[:1]).say("宁夏建多少个示范社区")

    assert wording.NOT_MEANT in reply
    assert "8万元" in phone.say("1")
