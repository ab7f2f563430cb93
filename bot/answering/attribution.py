"""The source and the force of a quote, in words that residents read."""

from collections.abc import Sequence
from datetime import date

from bot.policy.citation import Citation
from bot.policy.document import Document, Genre
from bot.policy.force.validity import LegalForce, Validity

LEGAL_FORCE = {
    LegalForce.PENDING: "尚未施行",
    LegalForce.IN_FORCE: "现行有效",
    LegalForce.PARTLY_IN_FORCE: "部分有效",
    LegalForce.NOT_IN_FORCE: "已经失效",
    LegalForce.UNKNOWN: "效力未注明，请以原文为准",
}

FORCES = LEGAL_FORCE | {LegalForce.UNKNOWN: "效力未注明"}
"""In a list, where there is no room for advice."""

GENRES = {
    Genre.LAW: "法律",
    Genre.REGULATIONS: "行政法规",
    Genre.RULES: "规章",
    Genre.MEASURES: "办法",
    Genre.PROVISIONS: "规定",
    Genre.OPINIONS: "意见",
    Genre.NOTICE: "通知",
    Genre.PLAN: "规划",
    Genre.REPLY: "批复",
    Genre.NEWS: "新闻报道",
}

FORCE_NOTES = {
    LegalForce.PENDING: "现在还不能照它办。",
    LegalForce.PARTLY_IN_FORCE: "这份文件有一部分已经失效，办事前请再核实。",
    LegalForce.NOT_IN_FORCE: "不能再照它办。",
    LegalForce.UNKNOWN: "文件里没有写明，办事前请再核实。",
}
"""What a legal force means for somebody who wants to act on it, where that needs to be said."""

NEWS_NOTE = "这是新闻报道，不是文件本身，办事前请再核实。"


def source_line(citation: Citation) -> str:
    """The source of a quote in one line. News is called news, with the document that it reports on."""
    return f"{place_line(citation)}{force(citation)}"


def place_line(citation: Citation) -> str:
    """The source of a quote, without its force."""
    place = f"《{citation.title}》{citation.label}"
    if citation.genre is Genre.NEWS:
        issuers = "、".join(citation.issuers)
        about = f"（报道的是{issuers}《{citation.reports_on}》）" if citation.reports_on else ""
        place = f"据报道：{place}{about}"
    else:
        number = f"（{citation.document_number}）" if citation.document_number else ""
        place = f"{place}{number}{'，' if citation.issuers else ''}{'、'.join(citation.issuers)}"
    source = f"，来源：{citation.source}" if citation.source else ""
    return f"{place}{source}。"


def force(citation: Citation) -> str:
    """The legal force of a quote, with its days."""
    if citation.superseded_by:
        return superseded([new.title for new in citation.superseded_by], citation.superseded_on)
    return force_line(citation.legal_force, citation.effective_on, citation.expires_on)


def force_note(citation: Citation) -> str:
    """What the legal force of a quote means for somebody who wants to rely on it.

    Empty: nothing to explain.
    """
    return document_note(citation.genre, citation.legal_force)


def document_note(genre: Genre | None, force: LegalForce) -> str:
    """The same for a document as a whole."""
    return NEWS_NOTE if genre is Genre.NEWS else FORCE_NOTES.get(force, "")


def superseded(titles: Sequence[str], since: date | None) -> str:
    """The force of a text that others have replaced. `titles` are the titles of the others."""
    day = f"{in_words(since)}起" if since else "已"
    return f"{LEGAL_FORCE[LegalForce.NOT_IN_FORCE]}，{day}由{titles_in_words(titles)}取代"


def force_line(force: LegalForce, begins: date | None, ends: date | None) -> str:
    """A force, with its day if the day matters to a reader."""
    said = LEGAL_FORCE[force]
    if force is LegalForce.PENDING and begins:
        return f"{said}，{in_words(begins)}起施行"
    if force is LegalForce.NOT_IN_FORCE and ends:
        return f"{said}，有效期到{in_words(ends)}"
    return said


def document_force(validity: Validity, successors: Sequence[Document], on: date) -> str:
    """The force of a document as a whole on a day."""
    if successors:
        return superseded([new.title for new in successors], validity.ended(on)[0].since)
    return force_line(validity.force(on), validity.begins, validity.ends)


def titles_in_words(titles: Sequence[str]) -> str:
    """Titles as they are printed: 《…》《…》."""
    return "".join(f"《{title}》" for title in titles)


def in_words(day: date | None) -> str:
    """A day as people read it: 2024年7月1日; empty for None."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
