"""The command line, `python -m bot`: what it prints, where, and its exit status."""

import json
import logging
import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.__main__ import cli, main
from bot.content.table import CONTENT
from tests.channels.server_process import LONGEST_WAIT, environment
from tests.channels.wire import ANSWER, BONUS, COOKING, assert_shape
from tests.commands.listed import COMMANDS
from tests.conftest import KNOWLEDGE, ROOT, small_knowledge


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


Bot = Callable[..., Ended]
"""Runs `python -m bot` with arguments; keyword arguments are settings."""


@pytest.fixture
def bot(
    tmp_path: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Bot]:
    """The command line within this process, in an empty folder; as a process, each call takes seconds."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def run(*arguments: str | Path, **settings: object) -> Ended:
        env = environment(folder, **{"data_dir": data_dir, **settings})
        for name in os.environ.keys() - env.keys():
            monkeypatch.delenv(name)
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["bot", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Ended(int(ended.value.code or 0), written.out, written.err)

    yield run
    root.handlers[:] = handlers  # the command line starts logging of its own
    root.setLevel(level)


# ask


def test_ask_prints_the_quotes_with_their_citations(bot: Bot) -> None:
    """The exchange the README opens with, and nothing else on either stream."""
    ended = bot("ask", BONUS)

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("政策原文是这样写的，")
    assert "[1] " in ended.out
    assert "8万元" in ended.out
    assert "—— 据报道：《厦门市民政局出台新政 加大社会工作专业人才培养和支持力度》第2段" in ended.out


def test_ask_refuses_politely(bot: Bot) -> None:
    """That nothing answers is an answer: exit status 0, the hotline, suggestions."""
    ended = bot("ask", COOKING, hotline="0592-12345")

    assert (ended.status, ended.err) == (0, "")
    assert "0592-12345" in ended.out
    assert ended.out.count("  · ") == 3


def test_ask_as_json_is_the_answer_of_the_interface(bot: Bot) -> None:
    """One shape for programs, over HTTP and here; -k bounds the passages here as there."""
    ended = bot("ask", BONUS, "-k", "2", "--json")

    answer = json.loads(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert_shape(answer, ANSWER)
    assert (answer["status"], len(answer["passages"])) == ("answered", 2)
    assert "8万元" in answer["passages"][0]["text"]


# search

HIT_LINE = re.compile(r"^(\d+)\. ([\d.]+) \(([\d.]+)\) (\S+:\S+) 《.+》第\d+段(?:  ✗ (.+))?$", re.MULTILINE)
TERM_LINE = re.compile(r"^│ +(\S+) +│ +(\d+) │ +(\d+) │ +([\d.]+) │ +([\d.]+) │ +([\d.]+) │$", re.MULTILINE)
SHARE_LINE = re.compile(r"^│ (?!score).*?(-?[\d.]+) │$", re.MULTILINE)
SCORE_LINE = re.compile(r"^│ score .*?([\d.]+) │$", re.MULTILINE)


def test_search_explains_every_score(bot: Bot) -> None:
    """The quoted hits, then others with their reason; below each a table: the shares sum to the score."""
    ended = bot("search", "高级社会工作师奖金", "-k", "2", "--explain")

    hits = HIT_LINE.findall(ended.out)
    tables = re.split(HIT_LINE.pattern, ended.out, flags=re.MULTILINE)[6::6]
    assert (ended.status, ended.err) == (0, "")
    assert [rank for rank, *_ in hits] == ["1", "2", "3", "4"]
    assert hits[0][3] in {"厦门社工人才奖金:p2", "厦门社工人才奖金:p3"}
    assert [reason for *_, reason in hits] == ["", "", "rank is beyond 2", "rank is beyond 2"]
    for (_, score, *_), table in zip(hits, tables, strict=True):
        rows, foot = TERM_LINE.findall(table), SCORE_LINE.findall(table)
        shares = [float(share) for share in SHARE_LINE.findall(table)]
        assert "奖金" in [term for term, *_ in rows]
        assert sum(shares) == pytest.approx(float(foot[0]), abs=len(shares) * 0.5e-4 + 1e-9)
        assert float(score) == pytest.approx(float(foot[0]), abs=0.6e-3)


def test_search_says_when_nothing_matches(bot: Bot) -> None:
    """An empty ranking is told, not shown as nothing."""
    ended = bot("search", "zzz qqq")

    assert (ended.status, ended.out) == (0, "no clause shares a term with the question\n")


# check


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """The shipped knowledge with two broken documents."""
    folder = small_knowledge(tmp_path / "knowledge")
    (folder / "policies" / "宽冒号.md").write_text("---\ntitle：某办法\n---\n第一条 正文。\n", "utf-8")
    (folder / "policies" / "国标码.md").write_bytes("---\ntitle: 某办法\n---\n正文。\n".encode("gb18030"))
    return folder


KnowledgeWith = Callable[[str, str], Path]
"""Makes a copy of the shipped knowledge with one more document: its id and its text, from line 4 on."""


@pytest.fixture
def knowledge_with(tmp_path: Path) -> KnowledgeWith:
    def make(document_id: str, text: str) -> Path:
        folder = small_knowledge(tmp_path / "knowledge")
        known = (
            "{title: 某办法, issuers: [某局], genre: measures, jurisdiction: 某省, published_on: 2024-06-12}"
        )
        (folder / "policies" / f"{document_id}.md").write_text(f"---\n{known}\n---\n{text}\n", "utf-8")
        return folder

    return make


BROKEN_AT = {
    "宽冒号": "宽冒号.md:2: 键“title”：冒号是全角的“：”",
    "国标码": "国标码.md:2: 编码：是 GB18030",
}


def test_check_lists_the_documents(bot: Bot) -> None:
    """Ids, titles, and how many clauses each has."""
    ended = bot("check")

    assert (ended.status, ended.err) == (0, "")
    assert "3 份文件，14 条条款，0 份读不了" in ended.out
    for path in (KNOWLEDGE / "policies").glob("*.md"):
        assert path.stem in ended.out


def test_check_as_json_tells_every_clause(bot: Bot) -> None:
    """The shape of the contract; a clause's place is that in the text."""
    ended = bot("check", "--json")

    found = json.loads(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert [row["document_id"] for row in found["documents"]] == sorted(
        path.stem for path in (KNOWLEDGE / "policies").glob("*.md")
    )
    for row in found["documents"]:
        assert row.keys() == {"document_id", "title", "clauses", "warnings", "errors"}
        assert (row["warnings"], row["errors"]) == ([], [])
        assert all(clause.keys() == {"clause_id", "label", "start", "end"} for clause in row["clauses"])
        assert [clause["clause_id"] for clause in row["clauses"]] == [
            f"{row['document_id']}:p{number}" for number in range(1, len(row["clauses"]) + 1)
        ]


def test_check_names_file_and_line_of_what_is_broken(bot: Bot, damaged: Path) -> None:
    """On standard error, one line each, with exit status 1; the others are listed all the same."""
    ended = bot("check", knowledge_dir=damaged)

    errors = ended.err.splitlines()
    assert ended.status == 1
    assert len(errors) == 2
    assert all(any(said in line for line in errors) for said in BROKEN_AT.values())
    assert "3 份文件，14 条条款，2 份读不了" in ended.out
    assert "厦门社工人才奖金" in ended.out


def test_check_as_json_holds_what_is_broken(bot: Bot, damaged: Path) -> None:
    """Among the others, in order, without a title; exit status 1 as well."""
    ended = bot("check", "--json", knowledge_dir=damaged)

    rows = {row["document_id"]: row for row in json.loads(ended.out)["documents"]}
    assert ended.status == 1
    assert list(rows) == sorted(rows)
    assert len(rows) == 5
    for document_id, said in BROKEN_AT.items():
        row = rows[document_id]
        assert (row["title"], row["clauses"]) == (None, [])
        assert [said in error for error in row["errors"]] == [True]


def test_check_names_known_questions_whose_clause_is_gone_or_has_changed(bot: Bot, tmp_path: Path) -> None:
    """With the line of the row, for people and as JSON; exit status 1. A document taken away is a warning."""
    folder = small_knowledge(tmp_path / "knowledge")
    path = next((folder / "questions").glob("*.yaml"))
    path.write_text(
        "questions:\n"
        "  - {clause: 没有这份文件:t1, digest: 1a2b3c4d, similar: [有补贴吗]}\n"
        f"  - {{clause: '{path.stem}:p1', digest: 1a2b3c4d, similar: [有补贴吗]}}\n",
        "utf-8",
    )

    people, machine = bot("check", knowledge_dir=folder), bot("check", "--json", knowledge_dir=folder)

    findings = json.loads(machine.out)["findings"]
    assert (people.status, machine.status) == (1, 1)
    assert [row["line"] for row in findings if row["severity"] == "error"] == [3]
    assert [row["line"] for row in findings if row["rule"] == "waiting-questions"] == [2]
    assert "文件“没有这份文件”没有收录" in people.out
    assert f"{path.stem}:p1" in people.out + people.err


def test_check_says_in_chinese_that_there_is_no_folder(bot: Bot, tmp_path: Path) -> None:
    """With the setting to change; exit status 1."""
    ended = bot("check", knowledge_dir=tmp_path / "nowhere")

    folder = tmp_path / "nowhere" / "policies"
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == f"错误：文件夹“{folder}”：不存在；建好它，或者改设置 KNOWLEDGE_DIR\n"


def test_a_broken_document_does_not_stop_the_others_from_answering(bot: Bot, damaged: Path) -> None:
    """It is told on standard error; the answer is the usual one."""
    ended = bot("ask", BONUS, knowledge_dir=damaged)

    assert ended.status == 0
    assert "8万元" in ended.out
    assert all(f"{document_id}.md:2:" in ended.err for document_id in BROKEN_AT)


def test_check_lists_warnings_by_file_and_counts_them(bot: Bot, knowledge_with: KnowledgeWith) -> None:
    """They leave the exit status alone, unless it is asked to be strict."""
    folder = knowledge_with("缺条", "第一条　甲。\n第三条　丙。\n第四条　依照前款办理。")

    ended, strict = bot("check", knowledge_dir=folder), bot("check", "--strict", knowledge_dir=folder)

    assert (ended.status, ended.err, strict.status) == (0, "", 1)
    lines = ended.out.splitlines()
    (at,) = [number for number, line in enumerate(lines) if line.endswith("缺条.md")]
    assert "5 警告 缺第二条；" in lines[at + 1]
    assert "6 警告 “前款”指不到" in lines[at + 2]
    assert lines[-1] == "4 份文件，17 条条款，0 份读不了；0 个错误，2 个警告，0 个提示"


def test_many_notes_of_one_rule_are_one_line(bot: Bot, knowledge_with: KnowledgeWith) -> None:
    """With their number; one by one when asked for."""
    folder = knowledge_with("甲", "第一条　甲乙。")
    rules = "".join(f"掌柜{word} → 经营场所{word}\n" for word in "子丑寅卯辰")
    rest = "".join(f"说法{number} → 甲乙\n" for number in range(50))
    path = folder / "lexicon" / "thesaurus" / "新.txt"
    path.write_text(rules + rest, "utf-8")

    short, long = bot("check", knowledge_dir=folder), bot("check", "--details", knowledge_dir=folder)

    assert short.out.count("[rule-leads-nowhere]") == 1
    assert " 等 5 处，在 新.txt；逐条看：check --details [rule-leads-nowhere]" in short.out
    assert long.out.count("[rule-leads-nowhere]") == 5
    assert "5 个提示" in short.out


def test_check_tries_the_rules_of_the_thesaurus(
    bot: Bot, knowledge_with: KnowledgeWith, tmp_path: Path
) -> None:
    """A line that takes more than it gives is told of, with the question; without --rules none is tried."""
    folder = knowledge_with("救助", "第一条　登记机关登记对象的条件，登记对象公示。\n第二条　残疾人的认定。")
    path = folder / "lexicon" / "thesaurus" / "新.txt"
    path.write_text("啥样的人 → 登记对象的条件, 登记机关\n", "utf-8")
    asked = tmp_path / "问题.jsonl"
    asked.write_text('{"question": "啥样的人算残疾", "clause_ids": ["救助:t2"]}\n', "utf-8")

    tried = bot("check", "--rules-on", asked, knowledge_dir=folder)
    plain, known = bot("check", knowledge_dir=folder), bot("check", "--rules", knowledge_dir=folder)

    assert (
        "1 警告 这一行让 1 个问题答得更差，0 个更好：“啥样的人算残疾”（啥样的人）第 1 变成第 2；" in tried.out
    )
    assert "rule-hurts" not in plain.out
    assert "新.txt" not in known.out


def test_check_as_json_holds_every_finding(bot: Bot, knowledge_with: KnowledgeWith) -> None:
    """With the document, as sentences, and one by one with file, line, rule and advice."""
    folder = knowledge_with("缺条", "第一条　甲。\n第三条　丙。")

    found = json.loads(bot("check", "--json", knowledge_dir=folder).out)

    (row,) = [row for row in found["documents"] if row["document_id"] == "缺条"]
    (finding,) = found["findings"]
    assert row["errors"] == []
    assert row["warnings"] == [
        f"{folder}/policies/缺条.md:5: 缺第二条；对照原文补上，或改正条号 [article-gap]"
    ]
    assert (finding["path"], finding["line"]) == (f"{folder}/policies/缺条.md", 5)
    assert (finding["severity"], finding["rule"]) == ("warning", "article-gap")


FILES = [pattern.replace("*", "坏") for kind in CONTENT for pattern in kind.patterns]
"""A file of each kind that the table lists."""


@pytest.mark.parametrize("name", FILES)
def test_check_looks_into_every_kind_of_file(bot: Bot, knowledge_with: KnowledgeWith, name: str) -> None:
    """A file that cannot be read is an error with its line; the documents are checked all the same."""
    folder = knowledge_with("缺条", "第一条　甲。\n第三条　丙。")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes("不是清单：是一句话\n".encode("gb18030"))

    ended = bot("check", knowledge_dir=folder)

    assert ended.status == 1
    assert f"错误：{folder / name}:1: 编码：是 GB18030" in ended.err
    assert "缺第二条" in ended.out


# evaluate


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Five texts and four judged queries in the layout of BEIR; which ranks come out, a hand can tell.

    q1 finds its text first. q2 finds the shorter `nursing` first and its own text second. q3 shares no term
    with any text. q4 has two right texts: one is found first, the other shares no term with it.
    """
    folder = tmp_path / "tiny"
    (folder / "qrels").mkdir(parents=True)
    texts = {
        "nursing": "养老服务",
        "both": "高龄津贴和养老服务的发放办法",
        "bonus": "社会工作师奖金",
        "car": "汽车摇号",
        "school": "小学入学",
    }
    queries = {"q1": "社会工作师奖金", "q2": "养老服务", "q3": "红烧排骨", "q4": "汽车摇号", "q5": "无人评判"}
    qrels = [("q1", "bonus"), ("q2", "both"), ("q3", "school"), ("q4", "car"), ("q4", "school")]
    write_jsonl(folder / "corpus.jsonl", [{"_id": i, "title": "", "text": t} for i, t in texts.items()])
    write_jsonl(folder / "queries.jsonl", [{"_id": i, "text": t} for i, t in queries.items()])
    rows = ["query-id\tcorpus-id\tscore", *(f"{topic}\t{entry}\t1" for topic, entry in qrels)]
    (folder / "qrels" / "test.tsv").write_text("\n".join(rows) + "\n", "utf-8")
    (folder / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tbonus\t1\n", "utf-8")
    return folder


def write_jsonl(path: Path, rows: list[dict[str, str]]) -> None:
    """One JSON object a line."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


BY_HAND = {
    "queries": 4,
    "hit@1": 2 / 4,  # q1 and q4
    "hit@5": 3 / 4,  # and q2
    "recall@10": (1 + 1 + 0 + 1 / 2) / 4,
    "recall@100": (1 + 1 + 0 + 1 / 2) / 4,
    "mrr@10": (1 + 1 / 2 + 0 + 1) / 4,
    "ndcg@10": (1 + 1 / math.log2(3) + 0 + 1 / (1 + 1 / math.log2(3))) / 4,
}


def test_evaluate_gives_the_metrics_a_hand_computes(bot: Bot, collection: Path, tmp_path: Path) -> None:
    """With the keys of the contract, on the split `test`; the run as TREC tools read it, best first."""
    ended = bot("evaluate", collection, "--json", "--run", tmp_path / "tiny.run")

    found = json.loads(ended.out)
    run = [line.split() for line in (tmp_path / "tiny.run").read_text("utf-8").splitlines()]
    assert (ended.status, ended.err) == (0, "")
    assert list(found) == list(BY_HAND)
    assert found == pytest.approx(BY_HAND, abs=1e-9)
    assert [(topic, entry, rank) for topic, _, entry, rank, _, _ in run] == [
        ("q1", "bonus", "1"),
        ("q2", "nursing", "1"),
        ("q2", "both", "2"),
        ("q4", "car", "1"),
    ]
    assert {(q0, name) for _, q0, _, _, _, name in run} == {("Q0", "policy-qa")}


def test_evaluate_prints_them_for_people(bot: Bot, collection: Path) -> None:
    """One a line; here of another split, by the name of its file: one query, found first."""
    ended = bot("evaluate", collection, "--split", "dev")

    assert (ended.status, ended.err) == (0, "")
    assert [line.split() for line in ended.out.splitlines()] == [
        ["queries", "1"],
        *([name, "1.0000"] for name in list(BY_HAND)[1:]),
    ]


UNUSABLE = [
    ("corpus.jsonl", None, "corpus.jsonl"),  # a file is missing
    ("qrels/test.tsv", "q1\tbonus\n", "test.tsv:1"),  # a column is missing
    ("queries.jsonl", '{"_id": "q1"}\n', "queries.jsonl:1"),  # a text is missing
]


@pytest.mark.parametrize(("file", "content", "named"), UNUSABLE)
def test_evaluate_names_what_is_wrong_with_a_collection(
    bot: Bot, collection: Path, file: str, content: str | None, named: str
) -> None:
    """One line on standard error, exit status 1."""
    (collection / file).unlink()
    if content is not None:
        (collection / file).write_text(content, "utf-8")

    ended = bot("evaluate", collection)

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("error: ")
    assert named in ended.err
    assert ended.err.count("\n") == 1


# what is wrong with a call or with the service

MISUSES = [
    ("ask",),  # no question
    ("ask", ""),  # an empty one
    ("ask", " \u3000"),  # blanks
    ("ask", "长" * 301),  # one too long
    ("ask", "奖金", "津贴"),  # two
    ("ask", "奖金", "-k", "0"),  # no passage
    ("ask", "奖金", "-k", "11"),  # too many
    ("ask", "奖金", "-k", "three"),  # no number
    ("ask", "奖金", "--colour"),  # an option there is not
    ("search", "长" * 301, "--explain"),  # search takes the same questions
    ("evaluate",),  # no folder
    ("evaluate", "nowhere"),  # a folder that is not there
    ("check", "knowledge"),  # an argument too many
    ("answer", "奖金"),  # a command there is not
]


@pytest.mark.parametrize("arguments", MISUSES, ids=" ".join)
def test_a_wrong_call_is_told_how_to_call(arguments: tuple[str, ...]) -> None:
    """Exit status 2, the usage on standard error, nothing on standard output; nothing is started."""
    result = CliRunner().invoke(cli, arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage: " in result.stderr
    assert "Error: " in result.stderr


def test_what_the_system_refuses_is_told_in_chinese(bot: Bot, collection: Path, tmp_path: Path) -> None:
    """With the name of the file, and without a traceback."""
    (tmp_path / "way").write_text("")

    ended = bot("evaluate", collection, "--run", tmp_path / "way" / "run.txt")

    assert ended.status == 1
    assert "路径中间有一段不是文件夹" in ended.err


def test_it_runs_as_a_process(tmp_path: Path) -> None:
    """`python -m bot`, with its own name in the usage, and the exit status that scripts look at."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "ask", ""],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST_WAIT,
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Usage: python -m bot ask")
    assert "还没有写问题，请写下您想知道的事。" in ended.stderr


UNSERVICEABLE = [
    ({"port": "abc"}, "setting 'PORT'"),  # a setting that cannot be used
    ({"knowledge_dir": "/nowhere"}, "/nowhere"),  # no knowledge
    ({"data_dir": "/dev/null"}, "DATA_DIR"),  # nowhere to put jieba's dictionary
]


@pytest.mark.parametrize(("settings", "named"), UNSERVICEABLE)
def test_a_service_that_cannot_start_is_told_in_one_line(
    bot: Bot, settings: dict[str, str], named: str
) -> None:
    """On standard error, with exit status 1."""
    ended = bot("ask", BONUS, **settings)

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith("error: ")
    assert named in ended.err
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """With a sentence, and with help for each of its options."""
    result = CliRunner().invoke(cli, [command, "--help"])

    assert result.exit_code == 0
    assert COMMANDS[command].help
    assert all(option.help for option in COMMANDS[command].params if isinstance(option, click.Option))


# maintenance


def test_maintenance_puts_the_notice_up_and_takes_it_down(bot: Bot, tmp_path: Path) -> None:
    """Where no word is given it only tells; what MAINTENANCE says stays."""
    said = [
        bot("maintenance", *word, data_dir=tmp_path / "data").out.strip()
        for word in ([], ["on"], [], ["off"])
    ]

    assert said == ["maintenance=off", "maintenance=on", "maintenance=on", "maintenance=off"]
    assert "MAINTENANCE=1" in bot("maintenance", "off", data_dir=tmp_path / "data", maintenance=1).out


def test_a_notice_that_cannot_be_put_up_is_told(bot: Bot) -> None:
    """In one line that names the folder."""
    ended = bot("maintenance", "on", data_dir="/dev/null/data")

    assert ended.status == 1
    assert "DATA_DIR" in ended.err
