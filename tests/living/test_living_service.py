"""The running service and its knowledge folder: every worker follows it, whatever is killed."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.channels.server_process import ServerProcess, environment, serving, wait_until
from tests.conftest import ROOT, small_knowledge

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")

IN_A_ROW = 20
"""Answers in a row that agree before two workers are taken to agree: each answers about half of them."""


def write(knowledge: Path, version: int, others: int = 0) -> None:
    """A document whose clauses all name a version, three and any number of others; saved as editors do."""
    lines = [f"第{number}条 登月补贴由第{version}版规定，第{number}款。" for number in (1, 2, 3)]
    lines += [f"第{number}条 其他事项由第{version}版规定，第{number}款。" for number in range(4, 4 + others)]
    saved = knowledge / "policies" / "月球.saving"
    saved.write_text("---\ntitle: 月球办法\n---\n" + "\n".join(lines) + "\n", "utf-8")
    saved.replace(saved.with_suffix(".md"))


def versions(server: ServerProcess) -> set[str]:
    """What the passages of one answer say about their version; empty where there is no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", "/api/v1/ask?k=10&q=" + quote("登月补贴"))
        passages = json.loads(connection.getresponse().read()).get("passages", [])
    except (OSError, http.client.HTTPException):
        return set()
    finally:
        connection.close()
    texts = [passage["text"] for passage in passages]
    return {text.partition("由")[2].partition("版")[0] for text in texts if "登月" in text}


def everybody_answers(server: ServerProcess, version: int) -> bool:
    """Whether many answers in a row come from a version alone."""
    return all(versions(server) == {f"第{version}"} for _ in range(IN_A_ROW))


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with the document's first version."""
    knowledge = small_knowledge(tmp_path / "knowledge")
    write(knowledge, 1)
    return knowledge


@pytest.fixture
def server(tmp_path: Path, knowledge: Path, prepare: Callable[[Path], Path]) -> Iterator[ServerProcess]:
    """The service over it, with two workers. The shipped documents are indexed already."""
    prepare(tmp_path / "data")
    with serving(tmp_path, workers=2, knowledge_dir=knowledge) as running:
        yield running


def test_every_worker_answers_from_what_is_there_now(server: ServerProcess, knowledge: Path) -> None:
    """New words, a document that is taken away, and a worker that was not there when it happened."""
    assert everybody_answers(server, 1)
    write(knowledge, 2)
    wait_until(lambda: everybody_answers(server, 2), "the new version answers")

    for worker in server.workers():
        os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(server.workers()) == 2, "they are replaced")
    wait_until(lambda: everybody_answers(server, 2), "those who came later answer the same")

    (knowledge / "policies" / "月球.md").unlink()
    wait_until(lambda: not any(versions(server) for _ in range(IN_A_ROW)), "it is gone")


@pytest.mark.parametrize("told_by", ["SIGHUP", "index"])
def test_told_to_look_they_look(server: ServerProcess, knowledge: Path, tmp_path: Path, told_by: str) -> None:
    """By a signal or by the command, and no worker is replaced for it."""
    workers = server.workers()
    write(knowledge, 2)

    if told_by == "SIGHUP":
        server.process.send_signal(signal.SIGHUP)
    else:
        env = environment(tmp_path, knowledge_dir=knowledge)
        subprocess.run([sys.executable, "-m", "bot", "index"], cwd=ROOT, env=env, check=True, timeout=60)

    wait_until(lambda: everybody_answers(server, 2), "the new version answers")
    assert server.workers() == workers


def test_no_answer_fails_or_mixes_versions_while_documents_change(
    server: ServerProcess, knowledge: Path
) -> None:
    """Asked all the time: each answer is from one version."""
    answers = []
    for version in range(2, 8):
        write(knowledge, version)
        ends = time.monotonic() + 0.5
        while time.monotonic() < ends:
            answers.append(versions(server))

    assert {len(answer) for answer in answers} == {1}
    wait_until(lambda: everybody_answers(server, 7), "the last version answers")


def test_killed_at_any_moment_the_index_is_the_old_or_the_new_one(
    tmp_path: Path, knowledge: Path, prepare: Callable[[Path], Path]
) -> None:
    """The builder is killed later and later; the next one always starts, and answers from the folder."""
    prepare(tmp_path / "data")
    env = environment(tmp_path, knowledge_dir=knowledge)
    command = [sys.executable, "-m", "bot"]
    for version in range(2, 6):
        write(knowledge, version, others=700)
        builder = subprocess.Popen([*command, "index"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            builder.wait(0.5 * version)
        builder.kill()
        builder.wait()

        ask = [*command, "ask", "--json", "登月补贴"]
        asked = subprocess.run(ask, cwd=ROOT, env=env, capture_output=True, timeout=60, check=True).stdout

        texts = [passage["text"] for passage in json.loads(asked)["passages"]]
        assert texts
        assert all(f"第{version}版" in text for text in texts)


def test_what_is_no_document_stops_neither_start_nor_updates(
    tmp_path: Path, knowledge: Path, prepare: Callable[[Path], Path]
) -> None:
    """Links to themselves, pipes, names that forge lines: a line each, and the others are followed."""
    policies = knowledge / "policies"
    (policies / "绕.md").symlink_to(policies / "绕.md")
    (knowledge / "圈").symlink_to(knowledge)
    os.mkfifo(policies / "管道.md")
    (policies / "名\nlevel=FORGED room=bot.md").write_text("", "utf-8")
    prepare(tmp_path / "data")
    with serving(tmp_path, workers=2, knowledge_dir=knowledge) as server:
        assert everybody_answers(server, 1)
        os.mkfifo(policies / "又一根.md")
        write(knowledge, 2)
        wait_until(lambda: everybody_answers(server, 2), "the new version answers")

        log = server.log.read_text("utf-8")
    assert all(name in log for name in ("绕.md", "管道.md", "又一根.md"))
    assert not [line for line in log.splitlines() if not line.startswith("time=")]
