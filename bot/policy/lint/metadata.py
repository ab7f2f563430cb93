"""Front matter without what a citation needs."""

from collections.abc import Iterator

from bot.policy.holding import Holding
from bot.policy.lint.inspection import Inspection, Remark

_WANTED = ("issuers", "genre", "jurisdiction")


def missing_metadata(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Issuers, genre or jurisdiction are missing; of news, the source too."""
    document = holding.document
    wanted = (*_WANTED, "source") if document.is_news else _WANTED
    missing = [key for key in wanted if not getattr(document, key)]
    if missing:
        yield Remark("title", f"说明里没有 {'、'.join(missing)}", "补上，引用时才说得清是谁的、哪里的规定")
