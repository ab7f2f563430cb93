"""Editions of a knowledge folder that are deployed one after the other, and what may be quoted when."""

import hashlib
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from bot.content.documents import read_document
from bot.policy.numerals import to_chinese
from tests.conftest import KNOWLEDGE

QUESTION = "混沌津贴每月发多少元"
SEED_QUESTION = "厦门高级社会工作师奖金是多少"

LATEST_AFTER = 60.0
"""Seconds within which a new edition answers: one on a quiet machine."""

_NAME = "混沌津贴办法"
TEXT = """---
title: 混沌津贴办法
issuers: [某市民政局]
genre: measures
jurisdiction: 全国
effective_on: 2020-01-01
---
第一条 为了发放混沌津贴，制定本办法。
第二条 混沌津贴每人每月发放{number}元。
第三条 申请混沌津贴，到街道办事处办理，按第{number}版办法审核。
"""


_LONG = (
    "---\ntitle: 混沌大全\nissuers: [某市民政局]\ngenre: measures\njurisdiction: 全国\n"
    "effective_on: 2020-01-01\n---\n"
    + "".join(
        f"第{to_chinese(number)}条 办理第{number}类登记，携带第{number}号表格。\n"
        for number in range(1, 1300)
    )
)
"""So many clauses that an index is built behind the answers."""


@dataclass(slots=True)
class Edition:
    """A text that was deployed; `until`: when the next one was."""

    number: int
    text: str
    since: float
    until: float = float("inf")


class Editions:
    """What has been deployed to a knowledge folder."""

    def __init__(self, knowledge: Path) -> None:
        shutil.copytree(KNOWLEDGE, knowledge)
        self._knowledge = knowledge
        (knowledge / "policies" / "混沌大全.md").write_text(_LONG, "utf-8")
        self._by_digest: dict[str, Edition] = {}
        for path in (knowledge / "policies").glob("*.md"):
            self._add(Edition(0, read_document(path).text, time.monotonic()))
        self._latest: Edition | None = None
        self.deploy()

    @property
    def number(self) -> int:
        """Of the latest good edition."""
        return self._latest.number if self._latest else 0

    def deploy(self) -> None:
        """Replaces the document by its next edition."""
        number = self.number + 1
        written = TEXT.format(number=number)
        edition = Edition(number, written.split("---\n")[2].strip(), time.monotonic())
        self._add(edition)
        self._put(written)
        if self._latest:
            self._latest.until = time.monotonic()
        self._latest = edition

    def deploy_broken(self) -> None:
        """Replaces the document by a file that nobody can read."""
        self._put(TEXT.format(number=0).replace("title:", "title："))

    def mend(self) -> None:
        """Puts the latest good edition back."""
        self._put(TEXT.format(number=self.number))

    def change_lexicon(self, word: str) -> None:
        """Adds a word, so that the whole index has to be built anew."""
        path = self._knowledge / "lexicon" / "terms.txt"
        _replace(path, f"{path.read_text('utf-8').rstrip()}\n{word}\n")

    def problem(self, passage: dict[str, object], asked_at: float) -> str:
        """What is wrong with a quoted passage; empty: it is verbatim, of one edition, and not an old one."""
        citation = passage["citation"]
        assert isinstance(citation, dict)
        edition = self._by_digest.get(str(citation["digest"]))
        if edition is None:
            return f"quotes a text that was never deployed: {passage['clause_id']}"
        if edition.text[citation["start"] : citation["end"]] != passage["text"]:
            return f"mixes two editions: {passage['clause_id']}"
        if edition.until + LATEST_AFTER < asked_at:
            return f"quotes edition {edition.number}, {asked_at - edition.until:.0f} s after it was replaced"
        return ""

    def _add(self, edition: Edition) -> None:
        self._by_digest[hashlib.sha256(edition.text.encode()).hexdigest()] = edition

    def _put(self, text: str) -> None:
        _replace(self._knowledge / "policies" / f"{_NAME}.md", text)


def _replace(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.write_text(text, "utf-8")
    os.replace(beside, path)  # noqa: PTH105  # as deployments do
