"""A PostgreSQL server of our own: on loopback, in a folder of its own, and never as root."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
"""Where Debian puts them, oldest version first."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that accepts connections on a port of 127.0.0.1."""

    port: int
    data: Path
    control: tuple[object, ...]

    def crash(self, seconds: float) -> None:
        """Kills the server; after some seconds it is started again."""
        os.kill(int((self.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(seconds)
        _run(_unprivileged(), *self.control, "start")

    def new_database(self) -> str:
        """DATABASE_URL of a role with an empty schema of its own: far quicker to make than a database."""
        name = f"t{uuid.uuid4().hex}"
        with psycopg.connect(self._address("tester"), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {name} LOGIN".encode())
            connection.execute(f"CREATE SCHEMA AUTHORIZATION {name}".encode())
        return self._address(name)

    def drop_connections(self) -> None:
        """Ends every connection but this one, as a restart does."""
        with psycopg.connect(self._address("tester"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )

    def _address(self, role: str) -> str:
        return f"postgresql://{role}@127.0.0.1:{self.port}/postgres"


@contextmanager
def run_server() -> Iterator[Server]:
    """A fresh server; it is stopped and its folder removed where the block ends."""
    programs = PROGRAMS[-1].parent
    owner = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    try:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        data, port = folder / "data", _free_port()
        _run(owner, programs / "initdb", "-A", "trust", "-U", "tester", "-E", "UTF8", "--no-sync", "-D", data)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        control = (programs / "pg_ctl", "-D", data, "-w")
        starting = (*control, "-o", options, "-l", folder / "log")
        _run(owner, *starting, "start")
        try:
            yield Server(port, data, starting)
        finally:
            _run(owner, *control, "-m", "immediate", "stop")
    finally:
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


def _unprivileged() -> pwd.struct_passwd:
    """Ourselves, or postgres where we are root: the server refuses to run as root."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())


def _run(owner: pwd.struct_passwd, *command: object) -> None:
    as_root = os.geteuid() == 0
    subprocess.run(
        [str(word) for word in command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        user=owner.pw_uid if as_root else None,
        group=owner.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port
