"""References that lead nowhere."""

from collections.abc import Iterator

from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark, Severity

_OWN = "对照原文改正；也可能是两段并成了一段"
_OTHER = "引的也许是那份文件的旧版"


def dead_reference(holding: Holding, inspection: Inspection) -> Iterator[Remark]:
    """第九十九条 in a text with sixty articles, 前款 in the first 款. If another text is meant, a note."""
    for clause in holding.outline.clauses:
        for reference in inspection.library.references(clause):
            if reference.problem:
                words = clause.text[reference.start : reference.end]
                yield Remark(
                    at=clause.start + reference.start,
                    message=f"“{words}”指不到：{reference.problem}",
                    advice=_OTHER if reference.elsewhere else _OWN,
                    severity=Severity.NOTE if reference.elsewhere else None,
                )
