"""All sentences of the service itself, one for each status. Those of a citation: `attribution.py`."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.answering.answer import Status
from bot.answering.attribution import in_words, titles_in_words
from bot.content.sites import Site
from bot.policy.citation import Citation
from bot.policy.document import Document

STATUS_LABELS = {
    Status.ANSWERED: "政策原文",
    Status.RELATED: "没有直接的答案",
    Status.CLARIFY: "请选一个",
    Status.NOT_FOUND: "没有找到",
    Status.NOT_IN_FORCE: "规定已经作废",
    Status.MAINTENANCE: "正在维护",
    Status.FAILED: "没答上来",
}
"""What tells answers apart at a glance; a sentence alone needs no label."""

MOST_CANDIDATES = 6
MOST_REPEATED = 20
"""Characters of a question that an answer repeats."""

EMPTY_QUESTION = "还没有写问题，请写下您想知道的事。"
NOT_TEXT = "问题里有不是文字的字符，请删去后再问。"


NO_SUCH_SITE = "没有登记这个站点，请对照 knowledge/sites.yaml。"


def which_division(candidates: Sequence[str]) -> str:
    """For a place that is unknown, or whose name several divisions have."""
    if not candidates:
        return "不认识这个地方，请写全称，例如福建省厦门市。"
    return f"叫这个名字的地方不止一个，请写全称：{'、'.join(candidates[:MOST_CANDIDATES])}。"


def too_long(length: int, longest: int) -> str:
    """For a question with too many characters."""
    return f"问题有{length}个字，太长了，请缩短到{longest}个字以内。"


def passages_out_of_range(most: int) -> str:
    """For a request for no passages, or for too many."""
    return f"一次可以要1到{most}处原文，请改一改数目。"


def contact(site: Site | None, hotline: str) -> str:
    """The telephone to call: the site's own with its name and hours, else the hotline.

    >>> contact(Site("a", "海沧便民中心", hotline="0592-1234567", hours="周一至周五 9:00-17:00"), "12345")
    '0592-1234567（海沧便民中心，周一至周五 9:00-17:00）'
    """
    if site is None:
        return hotline
    hours = f"，{site.hours}" if site.hours else ""
    return f"{site.hotline or hotline}（{site.name}{hours}）"


def answered(passages: int) -> str:
    """For an answer with passages."""
    return "政策原文是这样写的，最贴切的在前面。" if passages > 1 else "政策原文是这样写的。"


def related(missing: str, contact: str) -> str:
    """For passages about the question that do not answer it. `missing` says what is not held."""
    return f"{missing}下面的相关规定供您参考，不能当作答案，要准信请打 {contact} 问。"


def clarify() -> str:
    """For a question that can mean several things; the options follow."""
    return "您问的是哪一种？选一个，我马上查。"


def option(matter: str, asked: str) -> str:
    """A complete question that names its matter.

    >>> option("关于工伤保险", "要带啥材料")
    '关于工伤保险，要带啥材料？'
    """
    return f"{matter}，{asked}？"


def not_in_force(citation: Citation, newer: int | None, contact: str) -> str:
    """For an answer whose first passage has lost its force.

    Args:
        newer: number of the passage that is of a superseding document, None where none is.
    """
    if not citation.superseded_by:
        ended = f"{in_words(citation.expires_on)}到期，" if citation.expires_on else ""
        return f"请注意：最前面这条规定{ended}已经作废，不能再照着办。现在怎么规定，请打 {contact} 问。"
    new = titles_in_words([successor.title for successor in citation.superseded_by])
    since = f"从{in_words(citation.superseded_on)}起" if citation.superseded_on else "现在"
    where = (
        f"，新规定的原文在下面第{newer}处。"
        if newer
        else f"。新规定怎么说，请打开新文件看，或者打 {contact} 问。"
    )
    return f"请注意：最前面这条规定已经作废，{since}改按{new}办理{where}"


def pending(passages: int, effective_on: date) -> str:
    """For an answer whose first passage is not binding yet."""
    return f"{answered(passages)}请注意：最前面这条规定还没有施行，要到{in_words(effective_on)}才开始。"


def understood(text: str) -> str:
    """Prefix when the question was corrected."""
    return f"按“{text}”查的。"


AS_TYPED = "按我的原话找"


def unclear(before: str) -> str:
    """For a turn of a conversation that has no content. `before` is the last question that was understood."""
    return f"不好意思，这句没看懂。您是想接着问“{before}”吗？请把想知道的事写全一点，比如去哪里办、带什么。"


def not_found(contact: str, matter: str | None = None) -> str:
    """For a question that no text answers. `matter`: the matter, if it is known."""
    missing = no_rule_of(matter) if matter else "收录的文件里没有找到答案。"
    return f"{missing}请换个说法再问一次，或者打 {contact} 问。"


YOUR_PLACE = "您当地"
"""For a place that somebody means without naming it: 我们县."""


def no_rule_of(named: str) -> str:
    """What is missing: the rules of a place or on a matter, in the question's own words, folded: 四倍lpr."""
    return f"没有收录{named.upper()}的规定。"


def only_in(places: Mapping[str, Sequence[int]]) -> str:
    """Behind the message: passages that apply in one place only. Place → numbers of its passages."""
    if not places:
        return ""
    told = (f"第{'、'.join(map(str, numbers))}处只适用于{place}" for place, numbers in places.items())
    return f"请注意：{'，'.join(told)}。"


def not_written(asked: str, particular: str) -> str:
    """What is missing: a figure or detail that the texts do not state. `asked`: the asker's words for it."""
    return f"{_asked(asked)}收录的文件没有写具体的{particular}。"


def left_open(asked: str, particular: str, left_to: str) -> str:
    """What is missing: a figure that a text leaves to somebody, in its own words: 由省级人民政府规定."""
    return f"{_asked(asked)}收录的文件没有写具体的{particular}，写的是“{left_to}”。"


def written_nowhere(words: Sequence[str]) -> str:
    """What is missing: words of the question that no text holds."""
    return f"收录的文件没有写到“{'”“'.join(words)}”。"


def not_written_there(words: Sequence[str]) -> str:
    """What is missing: words of the question that the texts found do not say."""
    return f"找到的规定没有写到“{'”“'.join(words)}”。"


def _asked(words: str) -> str:
    """The asker's words before the missing thing, if they are short enough to be repeated."""
    return f"您问的“{words}”，" if 0 < len(words) <= MOST_REPEATED else ""


NOTHING_DIRECT = "收录的文件没有直接写到您问的这一点。"


def maintenance(contact: str) -> str:
    """For any question during maintenance."""
    return f"系统正在维护，现在答不了，请过一会儿再来。急事请打 {contact}。"


def failed(contact: str) -> str:
    """For a question on which the service failed."""
    return f"对不起，系统出了点问题，这次没答上来。请再试一次，或者打 {contact} 问。"


def suggestion(document: Document) -> str:
    """A question that a document answers, with its title."""
    return f"《{document.reports_on or document.title}》讲了什么？"


def about_part(part: str) -> str:
    """Above the passages that answer one part of a question."""
    return f"您问的：{part}"


def whole_clause(citation: Citation) -> str:
    """Above the whole clause, below the sentence that answers."""
    return f"看{citation.label}全文"


def leant_on(text: str) -> str:
    """Below the answer: a clause that it refers to."""
    return f"上面提到的条文：{text}"


def answers(sentence: str) -> str:
    """The sentence that answers, above its whole clause."""
    return f"答：{sentence}"


# In a chat.

WELCOME = (
    "您好，这里是政策问答。写下您想问的事，我从政策文件里找出原文，一字不改，并注明出处。"
    "请不要写姓名、身份证号和电话。"
)
WELCOME_BACK = "欢迎回来，直接写下您的问题就行。"
CHOOSE = "这些问题我能答，回复数字就行："
NOT_MEANT = "不是这个意思？可以选："
NO_SUCH_CHOICE = "没有这个数字，请从上面选一个，或者直接写下您的问题。"
RELATED = "相关规定"
NO_MORE = "没有更多了，您可以接着问别的问题。"
THANKS = "谢谢，记下了。有别的问题，接着写就行。"
SORRY = "谢谢您告诉我们，没帮上忙，对不起。"
WITHDRAWN = "好的，刚才的评价不算了。"
NOTHING_TO_JUDGE = "还没有可以评价的回答，请先问一个问题。"
UNHEARD = "没听清，请打字告诉我您想问什么。"
ONLY_WORDS = "我只看得懂文字，请直接写下您的问题。"
TOPIC_GONE = "这个菜单已经换了，请直接写下您的问题。"
NO_DANGER = "没有危险、只想问规定的，请换个说法再问一次。"
"""Behind the numbers to call, where it is a guess that somebody is in danger."""
ONLY_NUMBERS = "请写下您想问的事，号码不用写。"


def more(word: str) -> str:
    """Below a reply that goes on. `word` is what a person sends for more."""
    return f"（回复“{word}”接着看）"


def judge(helpful: str, unhelpful: str) -> str:
    """Below an answer: the words by which a person judges it."""
    return f"有没有帮到您？回复“{helpful}”或“{unhelpful}”。"


def why_not(contact: str) -> str:
    """For a person who was not helped by an answer."""
    return f"{SORRY}哪里不对，写在下一条里就行；也可以换个说法再问，或者打 {contact} 问。"


def reason_kept(contact: str) -> str:
    """For a reason why an answer did not help."""
    return f"谢谢，原因也记下了。请换个说法再问一次，或者打 {contact} 问。"


def at_site(site: Site, hotline: str) -> str:
    """For a person who scanned the code of a site."""
    hours = f"，{site.hours}" if site.hours else ""
    return f"{site.name}，电话{site.hotline or hotline}{hours}。"


def hidden(kinds: Sequence[str]) -> str:
    """For a question in which personal numbers were masked."""
    return f"为保护您的隐私，问题里的{'、'.join(kinds)}已经隐去，没有保存。"


KIOSK_ERRORS = {
    404: "上一位的问答已经清空了。",
    405: "上一位的问答已经清空了。",
    413: "内容太长了，请缩短后再试。",
    429: "这里问得太快了，请过一分钟再问。",
    500: "对不起，系统出了点问题，请稍后再试。",
}
"""On a kiosk, whoever goes back finds nothing."""

ERROR_PAGE = "对不起，这个请求没能完成。"


def too_many(hotline: str) -> str:
    """For a person who writes too often."""
    return f"您发得太快了，请过一分钟再发。有急事请拨打 {hotline}。"


ERROR_PAGES = {
    429: "您问得太快了，请过一分钟再问。",
    404: "没有找到这个页面，可能是链接抄错了，文件已经撤下，或者回答过了 30 分钟。请重新提问。",
    405: "这个页面不能这样打开，请从首页重新提问。",
    413: "内容太长了，请缩短后再试。",
    500: "对不起，系统出了点问题，请稍后再试。",
}
DOCUMENT_GONE = "这个链接所指的条文找不到了：文件可能已经撤下，或者链接抄错了。请重新提问。"
