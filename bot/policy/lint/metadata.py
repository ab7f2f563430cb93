"""Front matter without what a citation needs, or with what says something else than it means."""

import re
from collections.abc import Iterator

from bot.policy.holding import Holding
from bot.policy.jurisdiction import is_province, jurisdiction_of
from bot.policy.lint.inspection import Inspection, Remark

_PROVINCES = ("省", "自治区", "特别行政区")
_SEPARATOR = re.compile(r"[，、,;；]")

_WANTED = ("issuers", "genre", "jurisdiction")


def missing_metadata(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Issuers, genre or jurisdiction are missing; of news, the source too."""
    document = holding.document
    wanted = (*_WANTED, "source") if document.is_news else _WANTED
    missing = [key for key in wanted if not getattr(document, key)]
    if missing:
        yield Remark("title", f"说明里没有 {'、'.join(missing)}", "补上，引用时才说得清是谁的、哪里的规定")


def joined_issuers(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """Several issuers are written as one: [国务院，民政部], with the comma of an input method."""
    for issuer in holding.document.issuers:
        if _SEPARATOR.search(issuer):
            apart = ", ".join(part.strip() for part in _SEPARATOR.split(issuer))
            yield Remark("issuers", f"“{issuer}”像是几个机关写成了一个", f"分开写，用半角逗号：[{apart}]")


def unclear_jurisdiction(holding: Holding, _: Inspection) -> Iterator[Remark]:
    """A place without its province, 厦门: it would be read as the whole country, or as nowhere."""
    written = holding.document.jurisdiction
    if written is None or written == "全国":
        return
    path = jurisdiction_of(written).path
    if "".join(path) != written or not (path[0].endswith(_PROVINCES) or is_province(path[0])):
        yield Remark(
            "jurisdiction", f"适用地区“{written}”不是从省写起的全称", "写成 福建省厦门市 这样；全国就写 全国"
        )
