"""`python -m bot suggest-questions`, from the settings to the drafts and the report."""

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.content.known_questions import clauses_in, known_questions, load_question_rows
from bot.content.library import load_library
from tests.channels.server_process import environment, wait_until
from tests.conftest import KNOWLEDGE, ROOT
from tests.model_server import Body, ModelServer, Reply, failed, questions, serving, slow

CLAUSES = 14


def ten(body: Body) -> Reply:
    """Ten questions, which name the clause they are about."""
    label = body["messages"][1]["content"].split("条款（")[1].split("）")[0]
    return questions(*(f"{label}说了些什么，{n}" for n in range(10)))


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A model that does as it is told."""
    with serving(ten) as server:
        yield server


class Command:
    """The command in a folder, where nothing is known yet."""

    def __init__(self, folder: Path, server: ModelServer) -> None:
        self.folder, self.knowledge = folder, folder / "knowledge"
        shutil.copytree(KNOWLEDGE, self.knowledge, ignore=shutil.ignore_patterns("questions"))
        self.settings: dict[str, object] = {
            "knowledge_dir": self.knowledge,
            "llm_base_url": server.url,
            "llm_model": "m",
        }

    @property
    def env(self) -> dict[str, str]:
        return environment(self.folder, **self.settings)

    def arguments(self, *options: str) -> list[str]:
        return ["suggest-questions", *options, "--to", str(self.folder / "drafts")]

    def run(self, *options: str) -> tuple[int, str, str]:
        """Status, output, errors; within this process, for starting one takes seconds."""
        ended = CliRunner().invoke(cli, self.arguments(*options), env=self.env)
        return ended.exit_code, ended.stdout, ended.stderr

    @property
    def drafts(self) -> dict[str, Path]:
        return {path.stem: path for path in sorted((self.folder / "drafts" / "questions").glob("*.yaml"))}

    def drafted(self) -> int:
        return sum(len(clauses_in(path)) for path in self.drafts.values())


@pytest.fixture
def command(tmp_path: Path, server: ModelServer) -> Iterator[Command]:
    """The command, asking the server."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield Command(tmp_path, server)
    root.handlers[:] = handlers  # the command line starts logging of its own
    root.setLevel(level)


def test_drafts_become_known_questions_when_they_are_moved(command: Command, server: ModelServer) -> None:
    """The same format: accepting is moving. What is known is not asked for again."""
    assert command.run() == (
        0,
        f"written: 140 questions for {CLAUSES} clauses; still without: 0 clauses\n",
        "",
    )
    assert len(command.drafts) == 3
    library = load_library(command.knowledge)
    for document_id, path in command.drafts.items():
        for clause in library.by_id[document_id].outline.clauses:
            assert f"  # {clause.text}\n" in path.read_text("utf-8")  # for the reviewer to judge by

    shutil.move(command.folder / "drafts" / "questions", command.knowledge / "questions")
    known = known_questions(load_question_rows(command.knowledge).value, library)
    assert (len(known.value), known.left_out) == (140, ())
    assert command.run()[1] == "written: 0 questions for 0 clauses; still without: 0 clauses\n"
    assert len(server.asked) == CLAUSES


def test_what_a_draft_holds_is_not_asked_again(command: Command, server: ModelServer) -> None:
    """With a limit, the next call goes on where the last one ended; a document can be chosen."""
    chosen = load_library(command.knowledge).holdings[1].document.document_id

    assert command.run("--limit", "2", "--document", chosen)[0] == 0
    assert (list(command.drafts), command.drafted()) == ([chosen], 2)
    assert command.run()[1].startswith("written: 120 questions for 12 clauses")
    assert len({body["messages"][1]["content"] for body in server.asked}) == len(server.asked) == CLAUSES


def test_a_killed_run_leaves_readable_drafts(command: Command, server: ModelServer) -> None:
    """The next one asks for the rest."""
    server.reply = lambda body: slow(0.05, ten(body))(body)
    program = [sys.executable, "-m", "bot", *command.arguments()]
    with subprocess.Popen(program, cwd=ROOT, env=command.env) as process:
        wait_until(lambda: len(server.asked) >= 5, "five clauses asked about", 60)
        process.kill()

    assert command.drafted() in (4, 5)
    assert command.run()[0] == 0
    assert command.drafted() == CLAUSES


def test_a_spoilt_draft_is_named_and_left_as_it_is(command: Command) -> None:
    """The other documents are asked about."""
    command.run("--limit", "1")
    (path,) = command.drafts.values()
    path.write_text("questions:\n  - clause: 某某办法:t1\n    digset: 乙\n", "utf-8")

    status, out, err = command.run()

    assert status == 1
    assert f"error: {path}:3: 键“digset”：没有这个键；是不是 digest？" in err
    assert "written: " in out
    assert path.read_text("utf-8").endswith("digset: 乙\n")
    assert len(command.drafts) == 3


def test_what_fails_is_reported(command: Command, server: ModelServer) -> None:
    """Status 1, one line a reason; the key stays a secret."""
    command.settings["llm_api_key"] = "sk-secret"
    server.reply = lambda _: failed(401)

    status, out, err = command.run()

    assert status == 1
    assert out == f"written: 0 questions for 0 clauses; still without: {CLAUSES} clauses\n"
    assert err.splitlines() == [
        "failed, status=401: 1 clauses",
        "error: endpoint: status=401; check the settings LLM_… and run it again",
    ]


@pytest.mark.parametrize(
    ("settings", "options", "words"),
    [
        ({"llm_base_url": ""}, (), "set LLM_BASE_URL and LLM_MODEL"),
        ({"llm_model": ""}, (), "set LLM_BASE_URL and LLM_MODEL"),
        ({}, ("--document", "没有"), "document '没有': does not exist"),
        ({}, ("--limit", "0"), "--limit"),
    ],
)
def test_nothing_is_sent_unless_it_is_set(
    command: Command,
    server: ModelServer,
    settings: dict[str, object],
    options: tuple[str, ...],
    words: str,
) -> None:
    """Status 2 and what to do."""
    command.settings |= settings

    status, out, err = command.run(*options)

    assert (status, out, server.asked) == (2, "", [])
    assert words in err
    assert not command.drafts
