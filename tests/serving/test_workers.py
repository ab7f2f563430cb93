"""Workers that end together."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

PROGRAM = """
import os, sys
from bot.serving.workers import CANNOT_START, Workers

reads, writes = os.pipe()

def work(number):
    if number == 7:
        os.write(writes, b"x" * 7)  # all are there: they end in the same moment
    else:
        os.read(reads, 1)
    sys.exit(CANNOT_START)

sys.exit(Workers(8, work, lambda: None, lambda: None).keep())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="forks workers")
def test_workers_that_say_at_once_that_they_cannot_start_end_the_service_quietly() -> None:
    """With status 1 and without a traceback; a disk that is read-only stops all of them."""
    for _ in range(5):
        ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, check=False)

        assert (ended.returncode, ended.stderr) == (1, b"")
