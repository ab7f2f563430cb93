"""Days of effect and expiry, and `supersedes`: text and front matter are compared."""

from collections.abc import Iterator
from datetime import date

from bot.policy.force.statements import Statement
from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark


def conflicting_days(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """The front matter gives another day than the text does."""
    document, statements = holding.document, holding.statements
    for key, known, read in (
        ("effective_on", document.effective_on, statements.effective),
        ("expires_on", document.expires_on, statements.expires),
    ):
        if known and read and known != read.day:
            yield Remark(
                key,
                f"{key} 是{known}，正文读出的是{read.day}（{_label(holding, read)}）",
                "以正文为准，改正一处",
            )


def impossible_days(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """A document ends before it begins."""
    validity = inspection.library.validity[holding.document.document_id]
    if validity.begins and validity.ends and validity.ends < validity.begins:
        yield Remark("expires_on", f"失效日期{validity.ends}早于施行日期{validity.begins}", "改正日期")


def unmarked_expiry(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """The text has run out by its own words, and the front matter does not say so."""
    expires = holding.statements.expires
    if expires and holding.document.expires_on is None and expires.day < inspection.on:
        yield Remark(
            _start(holding, expires),
            f"按正文，有效期到{expires.day}，已经过了，说明里没有写",
            f"写 expires_on: {expires.day}；若已延期，写新的日期",
        )


def unknown_effect(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Neither front matter nor text says when a policy takes effect: 效力未注明."""
    document = holding.document
    days = (document.effective_on, document.signed_on, document.published_on, holding.statements.effective)
    if not document.is_news and not any(days):
        yield Remark(
            "title",
            "没有任何日期，正文里也读不出施行日期，效力只能显示“未注明”",
            "补 published_on 或 effective_on",
        )


def lost_predecessor(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """`supersedes` names a document that is not held, or the document itself."""
    document = holding.document
    for document_id in document.supersedes:
        if document_id == document.document_id:
            yield Remark("supersedes", "supersedes 写的是本文件自己", "删去")
        elif document_id not in inspection.library.by_id:
            said = f"supersedes 里的“{document_id}”没有收录"
            yield Remark("supersedes", said, "改正编号；不收录旧文件就删去")


def backward_supersession(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """An older document is said to supersede a newer one."""
    validity = inspection.library.validity
    own = validity[holding.document.document_id]
    for ended in own.superseded:
        by = validity[ended.by.document_id]
        if own.begins and by.begins and by.begins < own.begins:
            yield Remark(
                "supersedes",
                f"《{ended.by.title}》{_day(by.begins)}施行，却取代了后来{_day(own.begins)}才施行的本文件",
                "检查两份文件的日期和 supersedes",
            )


def _day(day: date) -> str:
    return day.isoformat()


def _start(holding: Holding, statement: Statement) -> int:
    return holding.clauses[str(statement.clause_id)].start


def _label(holding: Holding, statement: Statement) -> str:
    return holding.clauses[str(statement.clause_id)].label
