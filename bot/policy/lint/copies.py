"""Clauses with the same words, in one document or in two."""

from collections import Counter
from collections.abc import Iterator

from bot.policy.clause import Clause
from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark, folded

_SHORTEST = 24
"""Code points. Shorter clauses may be alike by chance: 本办法自公布之日起施行 stands in every text."""

_COPY = 0.5
"""Two documents that share so many of their clauses are versions of one text."""


def repeated_clause(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """A clause has the words of an earlier clause of its document."""
    for clause in holding.outline.clauses:
        first = _alike(clause, inspection)[0]
        if first.document_id == clause.document_id and first is not clause:
            yield Remark(clause.start, f"与{first.label}文字相同", "若是误贴，删去一处")


def copied_document(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """Half of the clauses are in another document too: two versions, and neither names the other."""
    own = holding.document.document_id
    for other, count in _shared(holding, inspection).items():
        title = inspection.library.by_id[other].document.title
        many = count >= _COPY * len(holding.outline.clauses)
        if own < other and many and not _are_ordered(own, other, inspection):
            yield Remark(
                0,
                f"有{count}个条款与“{other}”《{title}》相同，像是同一文件的两个版本",
                "留一份，或在新版里写 supersedes",
            )


def copied_clause(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """Some clauses are in another document too: residents get them twice."""
    own = holding.document.document_id
    for other, count in _shared(holding, inspection).items():
        if own < other and count < _COPY * len(holding.outline.clauses):
            first = next(c for c in holding.outline.clauses if _stands_in(c, other, inspection))
            title = inspection.library.by_id[other].document.title
            yield Remark(first.start, f"{first.label}等{count}个条款也在《{title}》里", "确认两处都要收录")


def _shared(holding: Holding, inspection: Inspection) -> Counter[str]:
    """The other documents that have clauses of this one, each with their number."""
    own = holding.document.document_id
    return Counter(
        other
        for clause in holding.outline.clauses
        for other in sorted({like.document_id for like in _alike(clause, inspection)} - {own})
    )


def _stands_in(clause: Clause, document_id: str, inspection: Inspection) -> bool:
    return any(like.document_id == document_id for like in _alike(clause, inspection))


def _alike(clause: Clause, inspection: Inspection) -> list[Clause]:
    """The clauses with the same words, and the clause itself. A short clause is only like itself."""
    words = folded(clause.text)
    return inspection.alike[words] if len(words) >= _SHORTEST else [clause]


def _are_ordered(one: str, other: str, inspection: Inspection) -> bool:
    """Whether one of two documents is known to supersede the other."""
    supersedes = inspection.library.supersedes
    return one in supersedes[other] or other in supersedes[one]
