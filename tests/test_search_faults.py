"""Nodes that are frozen and killed, and documents that change, under 50 questions a second.

The nodes are those of the tests before: this file is the last of them, for one node stays dead.
`python -m benchmarks.faults` also starts it again, and prints how long answers took.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.channels.server_process import serving, wait_until
from tests.conftest import KNOWLEDGE
from tests.opensearch.crowd import A_SECOND, Crowd, is_ready, state_at, write_moon
from tests.opensearch.nodes import Nodes

SLOWEST = 4.0
"""Seconds for 99 of 100 answers, also on a machine that runs other tests meanwhile."""


@pytest.fixture
def folder(tmp_path: Path, prepare: Callable[[Path], Path]) -> Path:
    """A copy of the shipped knowledge with a document that changes."""
    prepare(tmp_path / "data")
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    write_moon(tmp_path, 1)
    return tmp_path


def test_no_answer_fails_while_nodes_break_and_documents_change(search_nodes: Nodes, folder: Path) -> None:
    """One frozen, both frozen, both back, one killed: always answers, never of two versions."""
    urls, knowledge = " ".join(search_nodes.urls), folder / "knowledge"
    with serving(folder, search_url=urls, workers=2, knowledge_dir=knowledge) as service:
        port = service.port
        wait_until(lambda: is_ready(port), "the cluster answers")
        other = 1 - search_nodes.manager()
        crowd = Crowd(port)

        def after(questions: int) -> None:
            until = crowd.count() + questions
            wait_until(lambda: crowd.count() >= until, f"{questions} questions are answered", 60)

        after(A_SECOND)
        search_nodes.freeze(other)
        write_moon(folder, 2)
        after(3 * A_SECOND)
        search_nodes.freeze(1 - other)
        wait_until(lambda: state_at(port) == "degraded", "it is told", 30)
        write_moon(folder, 3)
        after(2 * A_SECOND)
        for number in (0, 1):
            search_nodes.thaw(number)
        wait_until(lambda: is_ready(port), "the cluster answers again", 60)
        search_nodes.kill(other)
        write_moon(folder, 4)
        after(3 * A_SECOND)
        crowd.stop()

    assert [asked for asked in crowd.asked if asked.wrong] == []
    seconds = sorted(asked.seconds for asked in crowd.asked)
    assert seconds[int(0.99 * len(seconds))] < SLOWEST
