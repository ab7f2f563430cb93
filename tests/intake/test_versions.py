"""A newer text of a held document: what changed, clause by clause, and what it leaves behind."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.content.known_questions import QuestionRow
from bot.intake.changes_page import changes_page
from bot.intake.importing import drafts_of
from bot.intake.reading.plain_text import read_text
from bot.intake.superseding import superseding
from bot.intake.versions import ChangeKind, changes_between, earlier_version, summary
from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.library import Library
from tests.intake.test_drafts import GAZETTEER
from tests.intake.test_import_command import bot, office

__all__ = ["office"]

OLD = [
    "第一条　为了发放高龄津贴，根据有关规定，制定本办法。",
    "第二条　年满八十周岁的老年人，每月发放津贴100元。",
    "第三条　申请人向户籍所在地街道办事处提出申请。",
    "第四条　弄虚作假的，追回津贴。",
]
NEW = [
    "第一条　为了发放高龄津贴，根据有关规定，制定本办法。",
    "第二条　本办法由民政部门组织实施。",
    "第三条　年满八十周岁的老年人，每月发放津贴200元。",
    "第四条　申请人向户籍所在地街道办事处提出申请。",
]

Make = Callable[..., Document]


def holdings(document: Make) -> tuple[Holding, Holding]:
    """The old text and the new one."""
    old, new = (
        document(*rows, title="高龄津贴办法", document_id=name) for rows, name in ((OLD, "旧"), (NEW, "新"))
    )
    return Holding.of(old), Holding.of(new)


def told(changes: Sequence[object]) -> list[tuple[str, str | None, str | None]]:
    """Each change with the labels of its clauses."""
    return [
        (each.change, each.old and each.old.label, each.new and each.new.label)  # type: ignore[attr-defined]
        for each in changes
    ]


def test_every_clause_is_told_of_once(document: Make) -> None:
    """Added, changed and renumbered at once, renumbered, removed."""
    changes = changes_between(*holdings(document))

    assert told(changes) == [
        (ChangeKind.SAME, "第一条", "第一条"),
        (ChangeKind.ADDED, None, "第二条"),
        (ChangeKind.CHANGED, "第二条", "第三条"),
        (ChangeKind.RENUMBERED, "第三条", "第四条"),
        (ChangeKind.REMOVED, "第四条", None),
    ]
    assert summary(changes) == "不变 1 条，改号 1 条，修改 1 条，新增 1 条，删去 1 条"


def test_the_page_marks_what_changed(document: Make) -> None:
    """And shows what a text says as it is, not as markup."""
    old, new = holdings(document)
    page = changes_page(old.document, new.document, changes_between(old, new))

    assert "<del>1</del>00元" in page
    assert "<ins>2</ins>00元" in page

    hostile = Holding.of(document("第一条　<script>alert(1)</script>", title="<b>"))
    assert "<script>" not in changes_page(
        hostile.document, hostile.document, changes_between(hostile, hostile)
    )


def test_a_draft_is_linked_with_what_it_replaces(document: Make) -> None:
    """By supersedes; what points at a changed clause is listed: known questions, other texts, links."""
    old, _ = holdings(document)
    (draft,) = drafts_of(read_text("\n".join(["高龄津贴办法", *NEW]).encode(), "a.txt"), GAZETTEER)
    row = QuestionRow(Path("问法.yaml"), 3, "旧:t2", "1a2b3c4d", ("多少钱",), ())

    earlier = earlier_version(draft.document, Library.holding([old]))
    assert earlier is old
    citing = document("第一条　依照《高龄津贴办法》第二条发放。", title="别的办法", document_id="别的")
    linked = superseding(draft, old, [row], Library.holding([old, Holding.of(citing)]))

    assert linked.document.supersedes == ("旧",)
    said = [warning.what for warning in linked.warnings]
    assert any("修改 1 条" in what for what in said)
    assert any("问法.yaml 第3行指向的“旧:t2”：修改，现在是“第三条”" in what for what in said)
    assert "“别的:t1”（第一条）引用了“旧:t2”：修改，现在是“第三条”" in said
    assert any("指向改过的条的有" in what and "/c/旧:t2" in what for what in said)


def test_import_compares_and_refuses_what_is_held(office: Path) -> None:
    """The page stands beside the draft; the very same text is no draft."""
    folder = office / "knowledge/policies"
    text = "\n".join(["高龄津贴办法", *OLD])
    (folder / "高龄津贴办法.md").write_text(f"---\ntitle: 高龄津贴办法\n---\n{text}\n", "utf-8")
    (office / "同.txt").write_text(text, "utf-8")
    (office / "新.txt").write_text("\n".join(["高龄津贴办法", *NEW]), "utf-8")

    same, newer = bot("import", "同.txt"), bot("import", "新.txt")

    assert "一字不差" in same.stderr
    assert "修改 1 条" in newer.stdout
    assert (office / "drafts/高龄津贴办法-2.changes.html").exists()
    assert "supersedes: [高龄津贴办法]" in (office / "drafts/高龄津贴办法-2.md").read_text("utf-8")
