"""The service as it runs: it starts, answers from several processes, survives the loss of one, and ends."""

import http.client
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.channels.server_process import (
    LONGEST_WAIT,
    ServerProcess,
    environment,
    failing_start,
    free_port,
    serving,
    wait_until,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")

ASK = "/api/v1/ask?q=%E5%A5%96%E9%87%91"
BODY = json.dumps({"question": "厦门高级社会工作师奖金是多少"}).encode()


SOON = 5
"""Seconds within which a service ends; container runtimes kill after ten."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A service with two workers, on its very first start: jieba's dictionary is still to compile."""
    with serving(tmp_path_factory.mktemp("served"), workers=2) as running:
        yield running


def begun_request(server: ServerProcess, sent: int) -> socket.socket:
    """A connection on which a question was sent, but for the end of its body."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    head = f"POST /api/v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(BODY)}\r\n\r\n"
    connection.sendall(head.encode() + BODY[:sent])
    return connection


def received(connection: socket.socket) -> bytes:
    """Everything that comes until the other side closes or an answer is whole."""
    data = b""
    while not data.endswith(b"}"):
        piece = connection.recv(65536)
        if not piece:
            break
        data += piece
    return data


def has_ended(pid: int) -> bool:
    """Whether no thread of a process runs any more, though its parent may not have noticed yet."""
    process = Path(f"/proc/{pid}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state == "Z" and len(list((process / "task").iterdir())) == 1
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_as_many_processes_answer_as_the_settings_say(server: ServerProcess) -> None:
    """WORKERS processes below one parent, each within the memory that is promised."""
    assert [server.get(ASK) for _ in range(30)] == [200] * 30
    wait_until(lambda: len(server.workers()) == 2, "two workers run")

    for worker in server.workers():
        rollup = Path(f"/proc/{worker}/smaps_rollup").read_text()
        pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
        assert pss < 200 * 1024


def test_what_is_asked_is_in_no_log(server: ServerProcess) -> None:
    """Neither the server's own lines nor ours hold a query string, a question or a document's name."""
    assert server.get("/ask?q=zhangsan-350200") == 200
    assert server.get("/policy/lisi-350200") == 404

    wait_until(lambda: "status=404" in server.log.read_text("utf-8"), "the requests are logged")
    log = server.log.read_text("utf-8")
    assert "route=/ask status=200" in log
    assert "route=/policy/<document_id> status=404" in log
    assert "350200" not in log


def test_a_worker_that_dies_is_replaced(server: ServerProcess) -> None:
    """One after the other is killed: the one that is left answers, and soon there are two again."""
    wait_until(lambda: len(server.workers()) == 2, "two workers run")

    for victim in sorted(server.workers()):
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda v=victim: has_ended(v), "it is dead")  # type: ignore[misc]
        wait_until(lambda: server.get(ASK) == 200, "another worker listens")
        assert [server.get(ASK) for _ in range(10)] == [200] * 10
        wait_until(lambda v=victim: len(server.workers() - {v}) == 2, "it is replaced")  # type: ignore[misc]

    assert server.process.poll() is None


def test_workers_that_die_again_and_again_are_replaced(server: ServerProcess) -> None:
    """A question that kills workers must not close the counter."""
    for _ in range(4):
        wait_until(lambda: len(server.workers()) == 2, "two workers run")
        os.kill(max(server.workers()), signal.SIGKILL)
        wait_until(lambda: server.get(ASK) == 200, "somebody answers")

    assert server.process.poll() is None


def test_clients_that_never_finish_do_not_stop_the_service(server: ServerProcess) -> None:
    """Far more half-sent questions than there are workers, and others are still answered."""
    with ExitStack() as stack:
        for _ in range(40):
            stack.enter_context(begun_request(server, sent=5))

        assert [server.get(ASK, timeout=2) for _ in range(3)] == [200] * 3


def test_told_to_end_it_finishes_what_is_under_way(tmp_path: Path, data_dir: Path) -> None:
    """A deployment costs nobody an answer; SIGTERM ends with exit status 0 and leaves nobody behind."""
    with serving(tmp_path, data_dir=data_dir, workers=2) as server:
        wait_until(lambda: server.log.read_text("utf-8").count("worker=listening") == 2, "both have started")
        workers = server.workers()
        with begun_request(server, sent=5) as connection:
            later = [server.get("/healthz") for _ in range(40)]
            assert later == [200] * 40  # of either worker: so it has taken the one begun before
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: server.get("/healthz", timeout=0.2) == 0, "new connections are refused")

            connection.sendall(BODY[5:])

            assert received(connection).startswith(b"HTTP/1.1 200 OK")
        assert server.process.wait(SOON) == 0
        assert all(has_ended(worker) for worker in workers)


def test_a_request_that_is_on_its_way_at_a_stop_is_answered(tmp_path: Path, data_dir: Path) -> None:
    """Over connections that are kept open: each is answered once more, and told that it was the last time."""
    with serving(tmp_path, data_dir=data_dir, workers=1) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: server.get("/healthz", timeout=0.2) == 0, "new connections are refused")

        connection.request("GET", "/healthz")
        response = connection.getresponse()

        assert (response.status, response.headers["Connection"]) == (200, "close")
        connection.close()


def test_workers_whose_parent_is_killed_end_and_free_the_port(tmp_path: Path, data_dir: Path) -> None:
    """Nobody would replace them, and the service could not be started again."""
    with serving(tmp_path, data_dir=data_dir, workers=2) as server:
        workers = server.workers()
        server.process.kill()
        server.process.wait()

        wait_until(lambda: all(has_ended(worker) for worker in workers), "they have ended")
        with socket.create_server(("127.0.0.1", server.port)):
            pass


def test_a_worker_that_cannot_start_ends_the_service_with_a_sentence(
    tmp_path: Path, prepare: Callable[[Path], Path]
) -> None:
    """DATA_DIR is gone, or cannot be written any more: another worker could not start either, for ever."""
    data = prepare(tmp_path / "data")
    with serving(tmp_path, data_dir=data, workers=2) as server:
        data.rename(tmp_path / "elsewhere")
        data.write_text("in the way")
        os.kill(max(server.workers()), signal.SIGKILL)

        assert server.process.wait(LONGEST_WAIT) == 1
        log = server.log.read_text("utf-8")
    assert [line for line in log.splitlines() if "DATA_DIR" in line and "cannot be written" in line]
    assert log.count("worker=started") == 3


def test_told_to_end_while_it_starts_it_ends_too(tmp_path: Path, data_dir: Path) -> None:
    """Also the workers that are just starting; one that misses the signal is ended after five seconds."""
    with serving(tmp_path, data_dir=data_dir, workers=8) as server:
        server.process.terminate()

        assert server.process.wait(LONGEST_WAIT) == 0


def assert_refused(tmp_path: Path, env: dict[str, str], named: str) -> None:
    """A start fails with exit status 1 and one line that names the cause."""
    status, written = failing_start(tmp_path, env)

    assert status == 1
    said = [line for line in written.splitlines() if line.startswith("policy-qa: ")]
    assert len(said) == 1
    assert named in said[0]
    assert "Traceback" not in written


BAD_SETTINGS = [
    ("PORT", "abc", "PORT"),  # no number
    ("KNOWLEDGE_DIR", "/nowhere/knowledge", "/nowhere/knowledge"),  # a folder that is not there
    ("DATA_DIR", "/dev/null", "DATA_DIR"),  # a file where a folder is wanted
    ("HOST", "no.such.host.invalid", "HOST"),  # an address that does not exist
]


@pytest.mark.parametrize(("name", "value", "named"), BAD_SETTINGS)
def test_a_setting_that_cannot_be_used_stops_the_start(
    tmp_path: Path, data_dir: Path, name: str, value: str, named: str
) -> None:
    """Exit status 1 and one line that says which; no traceback, no half-started service."""
    usual = environment(tmp_path, data_dir=data_dir, port=free_port())

    assert_refused(tmp_path, usual | {name: value}, named)


def test_a_host_may_be_a_name(tmp_path: Path, data_dir: Path) -> None:
    """HOST=localhost is what many people write first."""
    with serving(tmp_path, data_dir=data_dir, host="localhost") as server:
        assert server.get("/healthz") == 200


def test_a_second_service_on_the_same_port_does_not_start(
    server: ServerProcess, tmp_path: Path, data_dir: Path
) -> None:
    """The most common of all: it runs already. Two would share the requests, each with its own knowledge."""
    assert_refused(tmp_path, environment(tmp_path, data_dir=data_dir, port=server.port), "PORT")


def test_a_port_that_is_taken_stops_the_start(tmp_path: Path, data_dir: Path) -> None:
    """By another program."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert_refused(tmp_path, environment(tmp_path, data_dir=data_dir, port=port), "PORT")
