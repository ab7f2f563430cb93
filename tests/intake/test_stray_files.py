"""What a clerk puts into policies/ and nobody would ever see is named, with the way in."""

import logging
import os
from pathlib import Path

import pytest

from bot.content.check import check_folder
from bot.content.stray_files import stray_files
from bot.living.documents import DocumentFolder
from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import Inspection, Remark, Severity
from bot.policy.lint.leftovers import markdown
from bot.policy.lint.metadata import joined_issuers, unclear_jurisdiction
from tests.intake.test_drafts import TODAY


@pytest.fixture
def policies(tmp_path: Path) -> Path:
    """An empty folder of documents."""
    folder = tmp_path / "policies"
    folder.mkdir()
    return folder


STRAYS = [
    ("高龄津贴.txt", "import"),
    ("高龄津贴.docx", "import"),
    ("高龄津贴.md.txt", "改名为“高龄津贴.md”"),  # Notepad
    ("高龄津贴.MD", "改名为“高龄津贴.md”"),
]


@pytest.mark.parametrize(("name", "advice"), STRAYS)
def test_a_file_that_is_not_read_is_named(policies: Path, name: str, advice: str) -> None:
    """With what to do."""
    (policies / name).write_text("x")

    (stray,) = stray_files(policies.parent)

    assert stray.path.name == name
    assert "没有收录" in stray.problem
    assert advice in stray.advice


def test_a_folder_within_is_named_with_its_files(policies: Path) -> None:
    """Two of them; an empty one says nothing."""
    (policies / "旧" / "更旧").mkdir(parents=True)
    (policies / "空").mkdir()
    (policies / "旧" / "一.md").write_text("x")
    (policies / "旧" / "更旧" / "二.md").write_text("x")

    (stray,) = stray_files(policies.parent)

    assert "2 个文件没有收录" in stray.problem


@pytest.mark.skipif(not os.geteuid(), reason="root may read everything")
def test_a_folder_within_that_nobody_may_read_is_named(policies: Path) -> None:
    """Whether there are files in it, nobody knows."""
    (policies / "锁").mkdir(mode=0)

    (stray,) = stray_files(policies.parent)

    assert "没有权限读" in stray.problem


def test_documents_and_hidden_files_are_nothing_to_tell_of(policies: Path) -> None:
    """Neither .DS_Store nor Word's lock."""
    for name in ("好.md", ".DS_Store", "~$好.docx", "Thumbs.db"):
        (policies / name).write_text("x")

    assert stray_files(policies.parent) == []


def test_the_service_tells_of_a_stray_file_once(
    policies: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not every few seconds."""
    (policies / "高龄津贴.docx").write_text("x")
    folder = DocumentFolder(tmp_path, tmp_path / "last")

    with caplog.at_level(logging.WARNING):
        folder.library()
        folder.library()

    assert [record.message for record in caplog.records if "not_read" in record.message] == [
        f"document=not_read reason={policies / '高龄津贴.docx'}："
        "不是 .md，没有收录；用 python -m bot import 变成草稿，看过再收录"
    ]


def remarks(rule: object, **known: object) -> list[Remark]:
    """What a rule finds in a document."""
    document = Document("某办法", "某办法", str(known.pop("text", "第一条　甲。")), **known)  # type: ignore[arg-type]
    holding = Holding.of(document)
    return list(rule(holding, Inspection(Library.holding([holding]), TODAY)))  # type: ignore[operator]


@pytest.mark.parametrize(
    ("issuers", "is_found"),
    [(("国务院，民政部",), True), (("国务院、民政部",), True), (("国务院", "民政部"), False)],
)
def test_several_issuers_as_one_are_found(issuers: tuple[str, ...], is_found: bool) -> None:
    """By the comma of an input method."""
    assert bool(remarks(joined_issuers, issuers=issuers)) is is_found


JURISDICTIONS = [
    ("厦门", True),
    ("厦门市", True),
    ("福建厦门市", True),
    ("福建省厦门市", False),
    ("全国", False),
]


@pytest.mark.parametrize(("written", "is_found"), JURISDICTIONS)
def test_a_place_without_its_province_is_found(written: str, is_found: bool) -> None:
    """It would be read as the whole country."""
    assert bool(remarks(unclear_jurisdiction, jurisdiction=written)) is is_found


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("应当在*30*个工作日内办理。", True),
        ("**第一条** 甲。", True),
        ("2*3=6，3*2=6。", False),
        ("# 总则", True),
    ],
)
def test_signs_of_markdown_are_found(text: str, is_found: bool) -> None:
    """A text is plain."""
    assert bool(remarks(markdown, text=text)) is is_found


def test_a_broken_document_does_not_break_its_questions(tmp_path: Path, policies: Path) -> None:
    """The document is told of, once; its questions are as good as before."""
    (policies / "甲.md").write_text("---\ntitle：甲\n---\n第一条　甲。\n", "utf-8")
    questions = tmp_path / "questions"
    questions.mkdir()
    rows = '  - {{clause: "{}:t1", digest: 1a2b3c4d, similar: [多少钱]}}\n'
    (questions / "a.yaml").write_text("questions:\n" + rows.format("甲") + rows.format("乙"), "utf-8")

    _, findings = check_folder(tmp_path, TODAY, lambda holdings, _: holdings)

    told = [(finding.path.name, finding.severity) for finding in findings]
    assert told == [("甲.md", Severity.ERROR), ("a.yaml", Severity.WARNING)]
    assert "“乙”没有收录，它的 1 项问法用不上" in findings[1].message
