"""The files that connections need: as many as the system gives."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of open files")


@pytest.mark.parametrize(
    ("soft", "hard", "fitting"),
    [
        (1024, 4096, 2000),  # raised to what is needed
        (1024, 1024, 1024 - 256),  # the system gives no more: fewer connections, and a line in the log
        (200, 200, 8),  # hardly any
    ],
)
def test_as_many_connections_as_there_are_files_for(soft: int, hard: int, fitting: int) -> None:
    """Else the service would fail where it accepts one more."""
    program = (
        "import resource; from bot.serving.sockets import fitting_connections\n"
        f"resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))\n"
        "print(fitting_connections(2000))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert int(run.stdout) == fitting
    assert ("wanted=2000" in run.stderr) == (fitting < 2000)
