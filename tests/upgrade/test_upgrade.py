"""Today's code starts on what earlier versions left behind, and keeps what they have promised."""

import json
import shutil
import sqlite3
import tarfile
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from defusedxml import ElementTree

from bot.records.address import DATABASE_FILE
from bot.records.copying import count_rows
from bot.records.migration import MIGRATIONS
from tests.channels.server_process import ServerProcess, serving
from tests.conftest import small_knowledge
from tests.upgrade.record import HERE, TOKEN, signed_path

RECORDED = sorted(HERE.glob("*.tar.xz"))


@pytest.fixture(params=RECORDED, ids=lambda path: path.name.partition(".")[0])
def data(request: pytest.FixtureRequest, tmp_path: Path, prepare: Callable[[Path], Path]) -> Path:
    """The DATA_DIR of an earlier version. What is not recorded, dictionaries and tables, is of today."""
    folder = prepare(tmp_path / "data")
    shutil.rmtree(folder / "index")
    with tarfile.open(request.param) as packed:
        packed.extractall(folder, filter="data")
    return folder


def posted(server: ServerProcess, path: str, body: bytes, content_type: str) -> bytes:
    """What is replied to a request."""
    request = urllib.request.Request(server.address + path, body, {"Content-Type": content_type})
    with urllib.request.urlopen(request, timeout=20) as reply:
        content: bytes = reply.read()
        return content


def test_an_earlier_version_is_upgraded_by_a_start(data: Path, tmp_path: Path) -> None:
    """Its tables are brought up to date; nobody and nothing that it kept is lost; its index is made anew."""
    told = json.loads((data / "acknowledged.json").read_bytes())
    before = count_rows(data / DATABASE_FILE)
    assert (before["questions"], before["receipts"]) == (4, 1)

    chosen = {
        "knowledge_dir": small_knowledge(tmp_path / "knowledge"),
        "data_dir": data,
        "wechat_token": TOKEN,
    }
    with serving(tmp_path, **chosen, retention_days=3650, workers=1) as server:
        again = posted(server, signed_path(), told["message"].encode(), "text/xml")
        answer_id = next(iter(told["answers"]))
        vote = json.dumps({"answer_id": answer_id, "helpful": False}).encode()
        judged = json.loads(posted(server, "/api/v1/feedback", vote, "application/json"))
        asked = json.loads(
            posted(server, "/api/v1/ask", json.dumps({"question": "奖金"}).encode(), "application/json")
        )
        log = server.log.read_text("utf-8")

    after = count_rows(data / DATABASE_FILE)
    assert content(again) == content(told["reply"].encode())
    assert judged == {"kept": True}
    assert asked["status"] == "answered"
    assert (after["questions"], after["receipts"]) == (5, 1)
    assert after["feedback"] == max(before["feedback"], 1)
    assert "Traceback" not in log


def content(reply: bytes) -> str | None:
    """The words of a reply of a chat."""
    words: str | None = ElementTree.fromstring(reply).findtext("Content")
    return words


def test_every_version_of_the_tables_is_recorded(tmp_path: Path) -> None:
    """Who changes the tables records the commit before: `python -m tests.upgrade.record COMMIT`."""
    versions = {version_in(path, tmp_path / path.stem) for path in RECORDED}

    assert versions == {path.name[1:5] for path in (MIGRATIONS / "versions").glob("v0*.py")}


def version_in(packed: Path, folder: Path) -> str:
    """The version of the tables of what was recorded."""
    with tarfile.open(packed) as tar:
        tar.extractall(folder, filter="data")
    with closing(sqlite3.connect(folder / DATABASE_FILE)) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(version)
