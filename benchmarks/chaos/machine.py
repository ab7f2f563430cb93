"""A machine on which the clock, the disk and every process may fail, with the service on it."""

import http.client
import json
import mmap
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.channels.server_process import environment, free_port

SOURCE = Path(__file__).with_name("faults.c")
ROOT = Path(__file__).parents[2]
LONGEST_WAIT = 60.0
"""Seconds after which a service that does not recover has failed. It takes 3; a busy machine takes more."""

TOKEN = "chaos-token"  # noqa: S105  # of a service on loopback


class NotRecoveredError(Exception):
    """Something that was waited for did not come."""


def wait_until(true: Callable[[], bool], what: str) -> float:
    """Seconds until something became true.

    Raises:
        NotRecoveredError: it did not in time.
    """
    started = time.monotonic()
    while not true():
        if time.monotonic() - started > LONGEST_WAIT:
            raise NotRecoveredError(f"{what}: not within {LONGEST_WAIT:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - started


class Faults:
    """What is wrong with the machine. The service has the same memory mapped."""

    def __init__(self, file: Path) -> None:
        file.write_bytes(bytes(24))
        with file.open("r+b") as opened:
            self._mapped = mmap.mmap(opened.fileno(), 24)
        self._wrong = [0, 0, 0]

    def clock(self, seconds: int) -> None:
        """The clock of the service is so many seconds ahead."""
        self._set(0, seconds)

    def disk(self, error: int) -> None:
        """With which error writing to DATA_DIR fails; 0: it does not. EROFS: nothing opens for writing."""
        self._set(1, error)

    def flush(self, seconds: float) -> None:
        """How much longer each flush to the disk takes."""
        self._set(2, int(1_000_000 * seconds))

    def _set(self, number: int, value: int) -> None:
        self._wrong[number] = value
        self._mapped[:] = struct.pack("=3q", *self._wrong)


class Machine:
    """A service on a port of loopback, in a folder of its own, that can be started again and again."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder = folder
        self.data, self.knowledge = folder / "data", folder / "knowledge"
        self.log = folder / "log.txt"
        self.port = free_port()
        self.database_url = database_url
        self._preloaded = _compiled(folder)
        self.faults = Faults(folder / "control")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The parent of the workers."""
        assert self._process
        return self._process.pid

    def start(self) -> float:
        """Starts the service; how long it took until it was ready."""
        self._launch()
        return wait_until(self.is_ready, "the service is ready after its start")

    def start_in_trouble(self) -> float:
        """Starts the service; how long it took until it answered, whatever it says of itself."""
        self._launch()
        return wait_until(self.answers, "the service answers after its start")

    def start_in_vain(self) -> int:
        """Starts the service where it cannot be; its exit status."""
        self._launch()
        assert self._process
        process = self._process
        wait_until(lambda: process.poll() is not None, "a service that cannot start has ended")
        return process.returncode

    def _launch(self) -> None:
        chosen = environment(
            self.folder,
            data_dir=self.data,
            knowledge_dir=self.knowledge,
            port=self.port,
            wechat_token=TOKEN,
            database_url=self.database_url,
            chat_per_minute=0,
        )
        chosen |= {
            "LD_PRELOAD": str(self._preloaded),
            "CHAOS_CONTROL": str(self.folder / "control"),
            "CHAOS_FOLDER": str(self.data),
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # ours
                [sys.executable, str(ROOT / "webhook.py")],
                cwd=self.folder,
                env=chosen,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def answers(self) -> bool:
        """Whether it is up."""
        return self._status() in ("ready", "degraded")

    def is_ready(self) -> bool:
        """Whether everything is in order."""
        return self._status() == "ready"

    def _status(self) -> object:
        if self._process and self._process.poll() is not None:
            raise NotRecoveredError(f"the service ended with status {self._process.returncode}")
        try:
            return self.ask("/readyz").get("status")
        except OSError:
            return None

    def ask(self, path: str) -> dict[str, object]:
        """The JSON that a path gives."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return dict(json.loads(connection.getresponse().read()))
        except (http.client.HTTPException, ValueError) as error:
            raise OSError(type(error).__name__) from None
        finally:
            connection.close()

    def kill_parent(self) -> None:
        """Kills the parent; its workers have to end by themselves, and to free the port."""
        workers = self.workers()
        os.kill(self.pid, signal.SIGKILL)
        assert self._process
        self._process.wait()
        wait_until(lambda: not any(map(_runs, workers)), "the workers of a killed parent have ended")

    def stop(self) -> int:
        """Tells the service to end. Its exit status."""
        assert self._process
        self._process.terminate()
        try:
            return self._process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            return self._process.wait()

    def workers(self) -> list[int]:
        """The processes that answer."""
        return _children(self.pid)

    def builders(self) -> list[int]:
        """The processes that build an index behind the answers."""
        grandchildren = [pid for worker in self.workers() for pid in _children(worker)]
        return [pid for pid in grandchildren if b"index" in _command(pid)]


def _compiled(folder: Path) -> Path:
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        sys.exit("chaos: needs Linux and a C compiler (cc); apt-get install gcc libc6-dev")
    library = folder / "faults.so"
    subprocess.run(  # the compiler of this machine
        [compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True
    )
    return library


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
