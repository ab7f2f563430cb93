"""`import` and `accept`: from a file that an office has to a document that answers."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.content.documents import read_document
from tests.conftest import KNOWLEDGE
from tests.intake.test_docx import ARTICLES
from tests.intake.test_drafts import NOTICE
from tests.intake.word import docx, numbered, numbering, p


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clerk's folder: a copy of the shipped knowledge, and nothing else yet."""
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOWLEDGE_DIR", str(tmp_path / "knowledge"))
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def bot(*arguments: str) -> Result:
    """The command line, within this process."""
    return CliRunner().invoke(cli, arguments)


def word_file(path: Path) -> Path:
    """A Word document with automatic numbers."""
    body = p("青石市临时救助办法") + numbered("为了救助，制定本办法。") + numbered("自2024年7月1日起施行。")
    path.write_bytes(docx(body, numbering=numbering(ARTICLES)))
    return path


def test_a_file_becomes_a_draft_and_a_draft_a_document(office: Path) -> None:
    """The draft is moved, its review is kept, and `check` finds no error."""
    word_file(office / "办法.doc")  # the suffix is wrong, as it often is

    imported = bot("import", "办法.doc")
    accepted = bot("accept", "drafts/青石市临时救助办法.md")

    assert (imported.exit_code, accepted.exit_code) == (0, 0)
    assert "1 个文件，1 份草稿" in imported.stdout
    document = read_document(office / "knowledge/policies/青石市临时救助办法.md")
    assert document.text.splitlines()[1].startswith("第一条\u3000为了救助")
    assert not (office / "drafts/青石市临时救助办法.md").exists()
    assert (office / "drafts/accepted/青石市临时救助办法.review.yaml").exists()
    assert bot("check").exit_code == 0


def test_a_file_that_fails_is_named_and_the_next_goes_on(office: Path) -> None:
    """Why, and what to do; exit status 1."""
    (office / "来件" / "旧").mkdir(parents=True)
    (office / "来件" / "坏.docx").write_bytes(b"PK\x03\x04")
    (office / "来件" / "空.txt").write_bytes(b"")
    (office / "来件" / "~$办法.docx").write_bytes(b"lock")
    (office / "来件" / "旧" / "通知.txt").write_text(NOTICE, "utf-8")

    result = bot("import", "来件")

    assert result.exit_code == 1
    assert "3 个文件，2 份草稿" in result.stdout
    assert "坏.docx：文件损坏，打不开；请重新下载" in result.stderr
    assert "空.txt：文件是空的" in result.stderr


def test_a_file_that_is_not_there_is_told_in_chinese(office: Path) -> None:
    """The system's own words are English."""
    result = bot("import", "没有.docx")

    assert result.exit_code == 1
    assert "没有.docx：打不开（没有这个文件或文件夹）" in result.stderr


def test_nothing_is_ever_overwritten(office: Path) -> None:
    """The same file again is refused; another one with the same title gets another id."""
    word_file(office / "一.docx")
    bot("import", "一.docx")
    draft = office / "drafts/青石市临时救助办法.md"
    draft.write_text(draft.read_text("utf-8").replace("临时救助办法\n", "临时救助办法（改）\n"), "utf-8")
    before = draft.read_bytes()
    (office / "二.txt").write_text("青石市临时救助办法\n第一条　甲。\n", "utf-8")

    again, other = bot("import", "一.docx"), bot("import", "二.txt")

    assert again.exit_code == 1
    assert "已经导入过" in again.stderr
    assert other.exit_code == 0
    assert draft.read_bytes() == before
    assert (office / "drafts/青石市临时救助办法-2.md").exists()


def test_accept_refuses_what_is_wrong_or_held(office: Path) -> None:
    """A broken draft, one with impossible days, one whose id is held; each is named."""
    drafts = office / "drafts"
    drafts.mkdir()
    good = "---\ntitle: 某办法\n{}---\n第一条　甲。\n"
    (drafts / "坏.md").write_text(good.format("titel: 某\n"), "utf-8")
    (drafts / "倒.md").write_text(good.format("effective_on: 2024-07-01\nexpires_on: 2023-07-01\n"), "utf-8")
    (drafts / "宁夏五社联动.md").write_text(good.format(""), "utf-8")

    result = bot("accept", "drafts/坏.md", "drafts/倒.md", "drafts/宁夏五社联动.md", "drafts/没有.md")

    assert result.exit_code == 1
    for said in ("titel", "失效日期", "已经收录", "没有.md"):
        assert said in result.stderr
    assert len(list(drafts.glob("*.md"))) == 3


def test_accept_can_replace_and_can_only_show(office: Path) -> None:
    """--dry-run moves nothing; --replace takes the place of the held document."""
    drafts = office / "drafts"
    drafts.mkdir()
    (drafts / "宁夏五社联动.md").write_text("---\ntitle: 新稿\n---\n第一条　甲。\n", "utf-8")
    held = office / "knowledge/policies/宁夏五社联动.md"
    before = held.read_bytes()

    shown = bot("accept", "--dry-run", "drafts")
    unchanged = held.read_bytes()
    bot("accept", "--replace", "drafts")

    assert "取代现有的" in shown.stdout
    assert "与“宁夏五社联动”比较：新增 1 条" in shown.stdout
    assert unchanged == before
    assert read_document(held).title == "新稿"


def test_an_empty_folder_is_a_wrong_call(office: Path) -> None:
    """Exit status 2."""
    (office / "空").mkdir()

    assert bot("import", "空").exit_code == 2
