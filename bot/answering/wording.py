"""Every sentence the service says itself, in one place: one for each status, and the line of a citation."""

from collections.abc import Sequence
from datetime import date

from bot.content.sites import Site
from bot.policy.citation import Citation
from bot.policy.document import Document, Genre
from bot.policy.force.validity import LegalForce

LEGAL_FORCE = {
    LegalForce.PENDING: "尚未施行",
    LegalForce.IN_FORCE: "现行有效",
    LegalForce.PARTLY_IN_FORCE: "部分有效",
    LegalForce.NOT_IN_FORCE: "已经失效",
    LegalForce.UNKNOWN: "效力未注明，请以原文为准",
}


MOST_CANDIDATES = 6

EMPTY_QUESTION = "还没有写问题，请写下您想知道的事。"
NOT_TEXT = "问题里有不是文字的字符，请删去后再问。"


NO_SUCH_SITE = "没有登记这个站点，请对照 knowledge/sites.yaml。"


def which_division(candidates: Sequence[str]) -> str:
    """For a place that nobody knows, or that several divisions are called."""
    if not candidates:
        return "不认识这个地方，请写全称，例如福建省厦门市。"
    return f"叫这个名字的地方不止一个，请写全称：{'、'.join(candidates[:MOST_CANDIDATES])}。"


def too_long(length: int, longest: int) -> str:
    """For a question with too many characters."""
    return f"问题有{length}个字，太长了，请缩短到{longest}个字以内。"


def passages_out_of_range(most: int) -> str:
    """For a request of no passages, or of too many."""
    return f"一次可以要1到{most}处原文，请改一改数目。"


def answered(passages: int) -> str:
    """For an answer with passages."""
    return f"您好，为您找到{passages}处相关原文，逐字摘自所注出处，供您参考。"


def not_in_force(citation: Citation, newer: int | None, hotline: str) -> str:
    """For an answer whose first passage has lost its force.

    Args:
        newer: number of the passage that is of a superseding document, None where none is.
    """
    if not citation.superseded_by:
        ended = f"{_day(citation.expires_on)}到期，" if citation.expires_on else ""
        return f"您好，请注意：第1处的规定{ended}已经作废，不能再照着办。现在的规定请拨打{hotline}咨询。"
    new = _named([successor.title for successor in citation.superseded_by])
    since = f"从{_day(citation.superseded_on)}起" if citation.superseded_on else "现在"
    where = (
        f"，新规定的相关原文在第{newer}处。"
        if newer
        else f"。新规定怎么说，请打开新文件查看，或拨打{hotline}咨询。"
    )
    return f"您好，请注意：第1处的规定已经作废，{since}改按{new}办理{where}"


def pending(passages: int, effective_on: date) -> str:
    """For an answer whose first passage does not bind anyone yet."""
    return f"{answered(passages)}请注意：第1处的规定还没有施行，要到{_day(effective_on)}才开始。"


def understood(text: str) -> str:
    """Prefix when the question was corrected."""
    return f"按“{text}”为您查找。"


def not_found(hotline: str) -> str:
    """For a question that no text answers."""
    return f"很抱歉，现有的政策文件里没有找到这个问题的答案。您可以换一种说法再问，或拨打{hotline}咨询。"


def maintenance(hotline: str) -> str:
    """For any question while the service is being worked on."""
    return f"系统正在维护，暂时不能回答，请稍后再来，急事请拨打{hotline}。"


def failed(hotline: str) -> str:
    """For a question on which the service broke down."""
    return f"很抱歉，系统出了点问题，没能回答您。请稍后再试，或拨打{hotline}咨询。"


def suggestion(document: Document) -> str:
    """A question that a document answers, named by its title."""
    return f"《{document.reports_on or document.title}》讲了什么？"


def about_part(part: str) -> str:
    """Above the passages that answer one of the things that were asked."""
    return f"您问的：{part}"


def whole_clause(citation: Citation) -> str:
    """What opens the whole clause below the sentence that answers."""
    return f"看{citation.label}全文"


def leant_on(text: str) -> str:
    """A clause that the answer refers to, below it."""
    return f"上面提到的条文：{text}"


def answers(sentence: str) -> str:
    """The sentence that answers, above its whole clause."""
    return f"答：{sentence}"


def source_line(citation: Citation) -> str:
    """Where a quote stands, in one line. A news text is named as what it is, and what it reports on."""
    place = f"《{citation.title}》{citation.label}"
    if citation.genre is Genre.NEWS:
        issuers = "、".join(citation.issuers)
        about = f"（报道的是{issuers}《{citation.reports_on}》）" if citation.reports_on else ""
        place = f"据报道：{place}{about}"
    else:
        number = f"（{citation.document_number}）" if citation.document_number else ""
        place = f"{place}{number}{'，' if citation.issuers else ''}{'、'.join(citation.issuers)}"
    source = f"，来源：{citation.source}" if citation.source else ""
    return f"{place}{source}。{_force(citation)}"


def _force(citation: Citation) -> str:
    if citation.superseded_by:
        return superseded([new.title for new in citation.superseded_by], citation.superseded_on)
    return force_line(citation.legal_force, citation.effective_on, citation.expires_on)


def superseded(titles: Sequence[str], since: date | None) -> str:
    """The force of a text that others have replaced. `titles` are the others' titles."""
    day = f"{_day(since)}起" if since else "已"
    return f"{LEGAL_FORCE[LegalForce.NOT_IN_FORCE]}，{day}由{_named(titles)}取代"


def force_line(force: LegalForce, begins: date | None, ends: date | None) -> str:
    """A force, with its day where the day matters to a reader."""
    said = LEGAL_FORCE[force]
    if force is LegalForce.PENDING and begins:
        return f"{said}，{_day(begins)}起施行"
    if force is LegalForce.NOT_IN_FORCE and ends:
        return f"{said}，有效期到{_day(ends)}"
    return said


def _named(titles: Sequence[str]) -> str:
    return "".join(f"《{title}》" for title in titles)


def _day(day: date) -> str:
    """A day as people read it: 2024年7月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


# In a chat.

WELCOME = (
    "您好，这里是政策问答。写下您的问题，我从政策文件里逐字找出答案，并注明出处。"
    "请不要写姓名、身份证号和电话。"
)
WELCOME_BACK = "您好，直接写下您的问题就可以。"
CHOOSE = "您可以这样问，回复数字即可："
MORE = "（回复“更多”接着看）"
NO_MORE = "没有更多了，您可以接着问别的问题。"
JUDGE = "有没有帮到您？回复“有用”或“没用”。"
THANKS = "谢谢您告诉我们。"
NOTHING_TO_JUDGE = "还没有可以评价的回答，请先问一个问题。"
UNHEARD = "没听清，请打字告诉我您想问什么。"
ONLY_WORDS = "我只看得懂文字，请直接写下您的问题。"
TOPIC_GONE = "这个菜单已经换了，请直接写下您的问题。"


def at_site(site: Site, hotline: str) -> str:
    """For a person who scanned the code of a site."""
    hours = f"，{site.hours}" if site.hours else ""
    return f"{site.name}，电话{site.hotline or hotline}{hours}。"


def hidden(kinds: Sequence[str]) -> str:
    """Prefix when numbers of a person were masked in the question."""
    return f"为保护您的隐私，问题里的{'、'.join(kinds)}已经隐去，没有保存。"


ERROR_PAGE = "很抱歉，这个请求没能完成。"
ERROR_PAGES = {
    404: "没有找到这个页面，可能是链接抄错了，或文件已经撤下。",
    405: "这个页面不能这样打开，请从首页重新提问。",
    413: "内容太长了，请缩短后再试。",
    500: "很抱歉，系统出了点问题，请稍后再试。",
}
