"""The real service in a process of its own, `python webhook.py` on a free port of loopback."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings, variable
from tests.conftest import KNOWLEDGE, ROOT

LONGEST_WAIT = 60.0
"""Seconds after which anything waited for counts as failed. A slow machine takes 13 for a first start, which
compiles the thesaurus; three lines of tests share its two cores."""


def wait_until(true: Callable[[], bool], what: str, seconds: float = LONGEST_WAIT) -> float:
    """Seconds until something became true.

    Raises:
        TimeoutError: it did not in time.
    """
    started = time.monotonic()
    while not true():
        if time.monotonic() - started > seconds:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - started


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """The environment of a process with these settings and no others."""
    foreign = {variable(field) for field in Settings.model_fields}
    chosen = {"knowledge_dir": KNOWLEDGE, "data_dir": folder / "data", **settings}
    return {name: value for name, value in os.environ.items() if name not in foreign} | {
        variable(field): str(value) for field, value in chosen.items()
    }


@dataclass(frozen=True)
class ServerProcess:
    """A service; `log` is the file with what it writes."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, timeout: float = 5) -> int:
        """Status of a request over a connection of its own; 0 where nobody answers in time."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def is_ready(self) -> bool:
        """Whether the index is loaded.

        Raises:
            RuntimeError: the process has ended.
        """
        if self.process.poll() is not None:
            raise RuntimeError(f"the service ended: {self.log.read_text('utf-8')}")
        return self.get("/readyz") == 200

    def workers(self) -> set[int]:
        """Ids of the processes that answer. Linux only."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return {int(child) for child in children}


@contextmanager
def serving(folder: Path, **settings: object) -> Iterator[ServerProcess]:
    """A ready service with these settings; a temporary folder is its working directory."""
    port = free_port()
    log = folder / "log.txt"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "webhook.py")],
            cwd=folder,
            env=environment(folder, **{"port": port, **settings}),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = ServerProcess(process, port, log)
    try:
        wait_until(server.is_ready, "the service answers")
        yield server
    finally:
        process.terminate()
        try:
            process.wait(LONGEST_WAIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its workers with it: they outlive it otherwise
            process.wait()


def failing_start(folder: Path, env: dict[str, str]) -> tuple[int, str]:
    """Exit status and standard error of a service that cannot start.

    Raises:
        AssertionError: it started after all; it is ended.
    """
    with subprocess.Popen(
        [sys.executable, str(ROOT / "webhook.py")],
        cwd=folder,
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            _, said = process.communicate(timeout=LONGEST_WAIT)
        except subprocess.TimeoutExpired:
            process.terminate()  # its workers with it; a kill would leave them running
            _, said = process.communicate(timeout=LONGEST_WAIT)
            raise AssertionError(f"the service started after all: {said}") from None
    return process.returncode, said
