"""The corpus lint: what each rule finds, where, and what it leaves alone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.content.documents_check import check_documents
from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.library import load_library
from bot.policy.lint.inspection import Severity
from bot.policy.lint.rules import RULES
from tests.conftest import KNOWLEDGE, ROOT

TODAY = date(2026, 11, 23)
KNOWN = "issuers: [某局]\ngenre: measures\njurisdiction: 某省\npublished_on: 2024-06-12\n"

Lint = Callable[..., list[Finding]]


@pytest.fixture
def lint(tmp_path: Path) -> Lint:
    """Checks documents given as file name → (further front matter, paragraphs)."""

    def check(**files: tuple[str, list[str]]) -> list[Finding]:
        folder = tmp_path / "policies"
        folder.mkdir()
        for name, (known, paragraphs) in files.items():
            text = "\n".join(paragraphs)
            (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n{KNOWN}{known}---\n{text}\n", "utf-8")
        return checked(tmp_path)

    return check


def checked(knowledge: Path) -> list[Finding]:
    """What is found in the documents of a knowledge folder."""
    library = load_library(knowledge)
    around = Surroundings(knowledge, library, TODAY, lambda holdings, _: holdings)
    return list(check_documents(library, around))


FIRST = 8
"""Line of the first paragraph of a text: seven lines of front matter stand above it."""

LONG = "某某津贴由本人向乡镇人民政府提出申请，乡镇人民政府应当自受理之日起十个工作日内完成审核"

FOUND = [
    # paragraphs, rule, line of the text counted from 0, words of the message
    (["附件1"], "no-clauses", 0, "没有分出任何条款"),
    (["第一条　甲。", "第二条　乙。", "第四条　丁。"], "article-gap", 2, "缺第三条"),
    (["第一条　甲。", "第二条　乙。", "第二条　丙。"], "stray-article", 2, "第二条"),
    (["第一条　甲。", "第二条　乙。", "", "第九条　丙。"], "article-gap", 3, "缺第三条至第八条"),
    ([f"第一条　{LONG}。", f"第二条　{LONG}。"], "repeated-clause", 1, "与第一条文字相同"),
    (["第一条　甲。", "第二条　依照第九十九条办理。"], "dead-reference", 1, "“第九十九条”指不到"),
    (["第一条　甲。", "第二条　依照前款办理。"], "dead-reference", 1, "“前款”指不到"),
    (["第一条　甲。", "第二条　本办法自2020年1月1日起施行，有效期2年。"], "unmarked-expiry", 1, "2021-12-31"),
    (["第一条　每人每月\ufffd元。"], "mojibake", 0, "乱码"),
    (["第一条　老年⼈。"], "radical", 0, "⼈"),
    (["第一条　甲。", "申 请 条 件"], "spaced-words", 1, "申 请 条 件"),
    (["第一条　甲。", "— 3 —", "乙。"], "page-number", 1, "— 3 —"),
    (["第一条　甲。", "第 3 页 共 9 页"], "page-number", 1, "第 3 页"),
    (["第一条　每人每月8OO元。"], "letter-in-number", 0, "8OO"),
    (["第一条　领取l2个月。"], "letter-in-number", 0, "l2"),
    ([f"第一条　{LONG}，", "并公示。"], "broken-paragraph", 0, "没有说完"),
    ([f"第一条　甲。{LONG}", "并且公示七天。"], "broken-paragraph", 0, "没有说完"),
]


@pytest.mark.parametrize(("paragraphs", "rule", "line", "words"), FOUND)
def test_what_the_text_shows(lint: Lint, paragraphs: list[str], rule: str, line: int, words: str) -> None:
    """With the line of the file, blank lines counted, and advice."""
    (found,) = lint(甲=("", paragraphs))

    assert (found.rule, found.line) == (rule, FIRST + line)
    assert found.path.name == "甲.md"
    assert words in found.message
    assert found.advice


SOUND = [
    ["第一条　甲。", "第二条　乙。", "第二条之一　丙。", "第三条　丁。"],
    # an amendment quotes articles; a reference opens a line; a short heading is spaced as printed
    ["第一条　修改为：", "“第九条　甲。", "第十条　乙。”", "第二条　丙。"],
    [
        "第一章　总　则",
        "第一条　甲。",
        "第二条　有下列情形的：",
        "（一）第一条规定的情形；",
        "（二）乙。",
        "前款不含丙。",
    ],
    # the annex begins anew; a notice addresses its readers; a table and a long heading end without a stop
    ["第一条　甲。", "第二条　乙。", "附件1", "第一条　丙。", "第二条　丁。"],
    ["各省、自治区、直辖市民政厅（局），各计划单列市民政局，新疆生产建设兵团民政局：", "一、甲。"],
    ["| 年龄 | 标准 |", "| 80岁 | 100元 |", "一、甲。"],
    ["一、高龄津贴、护理补贴和养老服务补贴的申请、审核、公示和发放的有关工作要求", "（一）甲。"],
    # numbers and letters that belong together, and a text that is not held
    ["第一条　PM2.5、O3、3A级、H7N9，依照《没有收录法》第九十九条。"],
    # a short phrase that stands in every text
    ["第一条　本办法自公布之日起施行。", "附件1", "第一条　本办法自公布之日起施行。"],
]


@pytest.mark.parametrize("paragraphs", SOUND, ids=lambda paragraphs: paragraphs[0][:12])
def test_what_is_usual_is_left_alone(lint: Lint, paragraphs: list[str]) -> None:
    """A check that cries wolf is not read."""
    assert lint(甲=("", paragraphs)) == []


ARTICLE = ["第一条　本办法自2024年7月1日起施行，有效期5年。"]
DAYS = [
    # front matter, rule, severity, key whose line is named
    ("effective_on: 2024-08-01\n", "conflicting-days", Severity.WARNING, 7),
    ("expires_on: 2029-07-01\n", "conflicting-days", Severity.WARNING, 7),
    ("supersedes: [没有]\n", "lost-predecessor", Severity.WARNING, 7),
    ("supersedes: [甲]\n", "lost-predecessor", Severity.WARNING, 7),
]


@pytest.mark.parametrize(("known", "rule", "severity", "line"), DAYS)
def test_front_matter_against_text(lint: Lint, known: str, rule: str, severity: Severity, line: int) -> None:
    """At the line of the key."""
    (found,) = lint(甲=(known, ARTICLE))

    assert (found.rule, found.severity, found.line) == (rule, severity, line)


def test_a_text_that_ends_before_it_begins_is_an_error(lint: Lint) -> None:
    """Nobody can say when it is in force."""
    (found,) = lint(甲=("effective_on: 2025-01-01\nexpires_on: 2024-01-01\n", ["第一条　甲。"]))

    assert (found.rule, found.severity) == ("impossible-days", Severity.ERROR)


def test_a_document_without_any_day_or_issuer(tmp_path: Path) -> None:
    """Its force stays unknown, and whose rule it is as well; news needs no day of effect, but a source."""
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "甲.md").write_text("---\ntitle: 甲\n---\n第一条　甲。\n", "utf-8")
    (folder / "乙.md").write_text("---\ntitle: 乙\ngenre: news\n---\n乙。\n", "utf-8")

    found = checked(tmp_path)

    assert [(f.document_id, f.rule, f.severity) for f in found] == [
        ("乙", "missing-metadata", Severity.NOTE),
        ("甲", "unknown-effect", Severity.WARNING),
        ("甲", "missing-metadata", Severity.NOTE),
    ]
    assert "issuers、jurisdiction、source" in found[0].message
    assert all(finding.line == 2 for finding in found)


def test_copies_of_a_document_are_told_once(lint: Lint) -> None:
    """Unless one supersedes the other; a single like clause is only a note."""
    text = [f"第一条　{LONG}。", f"第二条　{LONG}，并公示。", "第三条　本办法由某局解释。"]

    found = lint(甲=("", text), 乙=("", text), 丙=("", ["第一条　丁。", "第二条　戊。", f"第三条　{LONG}。"]))

    assert [(f.document_id, f.rule) for f in found] == [
        ("丙", "copied-clause"),
        ("丙", "copied-clause"),
        ("乙", "copied-document"),
    ]


def test_versions_that_say_so_are_no_copies(lint: Lint) -> None:
    """The new one supersedes the old one."""
    text = [f"第一条　{LONG}。", f"第二条　{LONG}，并公示。"]

    assert lint(甲=("effective_on: 2025-01-01\nsupersedes: [乙]\n", text), 乙=("", text)) == []


def test_an_old_text_does_not_supersede_a_newer_one(lint: Lint) -> None:
    """One of the two has a wrong day."""
    (found,) = lint(
        甲=("effective_on: 2025-01-01\n", ["第一条　甲。"]),
        乙=("effective_on: 2020-01-01\nsupersedes: [甲]\n", ["第一条　乙。"]),
    )

    assert (found.document_id, found.rule) == ("甲", "backward-supersession")


def test_a_dead_reference_to_another_text_is_a_note(lint: Lint) -> None:
    """That text may have been renumbered since."""
    (found,) = lint(某法=("", ["第一条　甲。"]), 细则=("", ["第一条　依照《某法》第九十九条。"]))

    assert (found.document_id, found.severity) == ("细则", Severity.NOTE)


def test_the_shipped_documents_are_sound() -> None:
    """The example that is copied has nothing to mend."""
    found = checked(KNOWLEDGE)

    assert list(found) == []


def test_every_rule_is_explained() -> None:
    """docs/check.md names each, with its severity."""
    rows = (ROOT / "docs" / "check.md").read_text("utf-8").splitlines()
    words = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.NOTE: "提示"}

    for rule in RULES:
        (row,) = [row for row in rows if row.startswith(f"| `{rule.name}` |")]
        assert row.split("|")[2].strip().startswith(words[rule.severity])
