"""Backups: made while the service runs, restored elsewhere, and proved by a hundred questions."""

import contextlib
import io
import json
import os
import shutil
import stat
import tarfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.backup.archive import digests_of, pack, unpack
from bot.backup.shelf import name_at, noted, remove_old
from bot.clock import SystemClock
from bot.errors import BackupError
from bot.records.address import DATABASE_FILE
from bot.records.copying import count_rows
from bot.records.sql import SqlRecords
from bot.records.sqlite import Sqlite
from tests.channels.server_process import ServerProcess, serving
from tests.conftest import StoppedClock, small_knowledge
from tests.records.examples import PERSON, receipt, turn

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, prepare: Callable[[Path], Path]) -> Path:
    """An installation of its own: knowledge, a draft, data with an answered message; and a backup of it."""
    home = tmp_path_factory.mktemp("installed")
    small_knowledge(home / "knowledge")  # each verification reads it anew
    (home / "drafts").mkdir()
    (home / "drafts" / "某办法.md").write_text("草稿", "utf-8")
    records = SqlRecords(Sqlite(prepare(home / "data") / DATABASE_FILE), StoppedClock())
    records.finish(receipt(), turn())
    with contextlib.chdir(home):
        ended = called(home, "backup")
    assert ended.exit_code == 0, ended.output
    return home


def called(home: Path, *arguments: object, **settings: str) -> Result:
    """The command line with the settings of an installation."""
    env = {"DATA_DIR": str(home / "data"), "KNOWLEDGE_DIR": str(home / "knowledge"), **settings}
    return CliRunner().invoke(cli, [str(word) for word in arguments], env=env)


@pytest.fixture
def home(installed: Path, tmp_path: Path) -> Path:
    """A copy of the installation."""
    return shutil.copytree(installed, tmp_path / "home")


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in this installation."""
    monkeypatch.chdir(home)
    return partial(called, home)


@pytest.fixture
def archive(home: Path) -> Path:
    """The backup of the installation."""
    return latest_in(home)


def latest_in(home: Path) -> Path:
    """The latest backup."""
    return max((home / "backups").iterdir())


def asking(server: ServerProcess, acknowledged: list[str], stop: threading.Event) -> None:
    """Asks one question after the other; what was answered is kept."""
    while not stop.is_set():
        with urllib.request.urlopen(f"{server.address}/api/v1/ask?q=%E5%A5%96%E9%87%91", timeout=10) as reply:
            acknowledged.append(json.load(reply)["answer_id"])


def test_a_backup_that_is_made_while_the_service_answers_holds_all_it_has_acknowledged(
    run: Run, home: Path
) -> None:
    """The database is copied whole, in the state of one moment, under writes; nobody is refused meanwhile."""
    acknowledged: list[str] = []
    stop = threading.Event()
    with serving(home, knowledge_dir=home / "knowledge", ask_per_minute=0) as server:
        asker = threading.Thread(target=asking, args=(server, acknowledged, stop))
        asker.start()
        try:
            while len(acknowledged) < 20:
                stop.wait(0.02)
            before = set(acknowledged)
            ended = run("backup")
        finally:
            stop.set()
            asker.join()
    assert ended.exit_code == 0, ended.output
    made = latest_in(home)

    ended = run("restore", made, "--to", home / "elsewhere", "--verify")

    assert ended.exit_code == 0, ended.output
    assert "100 个问题，100 个的回答与备份时一字不差" in ended.output
    assert count_rows(home / "elsewhere" / "data" / DATABASE_FILE)["questions"] >= len(before)


def test_the_restored_folder_has_all_that_cannot_be_made_anew(run: Run, home: Path, archive: Path) -> None:
    """Records, key, knowledge, drafts, the last good versions; only its owner may read it."""
    ended = run("restore", archive, "--to", home / "elsewhere")

    assert ended.exit_code == 0, ended.output
    restored = home / "elsewhere"
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert (restored / "data" / "secret.key").read_bytes() == (home / "data" / "secret.key").read_bytes()
    assert stat.S_IMODE((restored / "data" / "secret.key").stat().st_mode) == 0o600
    assert digests_of(restored / "knowledge") == digests_of(home / "knowledge")
    assert (restored / "drafts" / "某办法.md").read_text("utf-8") == "草稿"
    assert count_rows(restored / "data" / DATABASE_FILE)["receipts"] == 1
    assert not (restored / "data" / "index").exists()


def test_a_verification_leaves_nothing_behind(run: Run, home: Path, archive: Path) -> None:
    """It says that the files are whole, the records the same, and the answers too."""
    before = sorted(home.iterdir())

    ended = run("restore", archive, "--verify")

    assert ended.exit_code == 0, ended.output
    assert "消息 1" in ended.output
    assert "与备份时一样" in ended.output
    assert "100 个的回答与备份时一字不差" in ended.output
    assert sorted(home.iterdir()) == before


def repacked(archive: Path, folder: Path, change: Callable[[Path], None]) -> Path:
    """The backup with a changed content, as if it had been made so; its proof stays."""
    manifest = unpack(archive, folder)
    change(folder)
    changed = archive.with_name("changed.tar.gz")
    pack(folder, replace(manifest, digests=digests_of(folder)), changed)
    return changed


def test_other_answers_are_found_out(run: Run, home: Path, archive: Path) -> None:
    """A sum that differs in the restored text is another answer; the question is named, the status is 1."""

    def falsify(folder: Path) -> None:
        policy = folder / "knowledge" / "policies" / "厦门社工人才奖金.md"
        policy.write_text(policy.read_text("utf-8").replace("8万元", "9万元"), "utf-8")

    ended = run("restore", repacked(archive, home / "unpacked", falsify), "--verify")

    assert ended.exit_code == 1
    assert "100 个的回答" not in ended.output
    assert "不一样：高级社会工作师的奖金标准" in ended.output


def test_lost_records_are_found_out(run: Run, home: Path, archive: Path) -> None:
    """As many rows are wanted as were copied."""
    ended = run(
        "restore",
        repacked(archive, home / "unpacked", lambda folder: (folder / "data" / DATABASE_FILE).unlink()),
        "--verify",
    )

    assert ended.exit_code == 1
    assert "与备份时不一样" in ended.output


def test_another_key_is_told(run: Run, archive: Path) -> None:
    """With it, nobody who wrote before is recognised."""
    ended = run("restore", archive, "--verify", SECRET_KEY="another-key-of-32-characters-000")

    assert ended.exit_code == 0
    assert "SECRET_KEY 与备份时不一样" in ended.output


def _truncated(archive: Path) -> bytes:
    return archive.read_bytes()[:-2000]


def _with_a_changed_file(archive: Path) -> bytes:
    return _rewritten(
        archive, lambda name, content: content.replace(b"8", b"9") if name.endswith(".md") else content
    )


def _with_a_stranger(archive: Path) -> bytes:
    return _rewritten(archive, lambda _, content: content, "../../stranger")


def _of_something_else(archive: Path) -> bytes:
    return b"no archive at all"


def _rewritten(archive: Path, change: Callable[[str, bytes], bytes], stranger: str = "") -> bytes:
    written = io.BytesIO()
    with tarfile.open(archive) as old, tarfile.open(fileobj=written, mode="w:gz") as new:
        for member in _members(old, stranger):
            found = old.extractfile(member) if member.name != stranger else None
            content = change(member.name, found.read()) if found else b""
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return written.getvalue()


def _members(archive: tarfile.TarFile, stranger: str) -> Iterator[tarfile.TarInfo]:
    yield from archive.getmembers()
    if stranger:
        yield tarfile.TarInfo(stranger)


@pytest.mark.parametrize("spoil", [_truncated, _with_a_changed_file, _with_a_stranger, _of_something_else])
def test_a_damaged_backup_is_refused(
    run: Run, home: Path, archive: Path, spoil: Callable[[Path], bytes]
) -> None:
    """In one sentence that names it, and nothing is written outside of the folder."""
    damaged = home / "damaged.tar.gz"
    damaged.write_bytes(spoil(archive))

    ended = run("restore", damaged, "--to", home / "deep" / "elsewhere")

    assert ended.exit_code == 1
    assert ended.output.startswith(f"错误：“{damaged}”：")
    assert ended.output.count("\n") == 1
    assert not (home / "stranger").exists()


def test_nothing_is_overwritten(run: Run, home: Path, archive: Path) -> None:
    """A folder in which something is stays as it is."""
    ended = run("restore", archive, "--to", home / "data")

    assert ended.exit_code == 1
    assert "里面已经有东西了" in ended.output


def test_restore_wants_to_know_where_to(run: Run, archive: Path) -> None:
    """Neither a folder nor --verify: the command was called wrongly."""
    assert run("restore", archive).exit_code == 2


def test_what_is_no_file_of_the_knowledge_is_left_out(run: Run, home: Path) -> None:
    """A pipe would wait for ever, a link that goes round too; hidden files are not content."""
    os.mkfifo(home / "knowledge" / "policies" / "管道.md")
    (home / "knowledge" / "policies" / "圈.md").symlink_to("圈.md")
    (home / "knowledge" / ".git").mkdir()
    (home / "knowledge" / ".git" / "HEAD").write_text("ref", "utf-8")

    ended = run("backup")

    assert ended.exit_code == 0, ended.output
    made = latest_in(home)
    names = unpack(made, home / "unpacked").digests
    assert not [name for name in names if "管道" in name or "圈" in name or ".git" in name]


def test_records_in_postgresql_are_left_to_its_own_tool(run: Run, home: Path) -> None:
    """It is said, and the rest is copied."""
    ended = run("backup", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")

    assert ended.exit_code == 0, ended.output
    assert "pg_dump" in ended.output
    made = latest_in(home)
    assert f"data/{DATABASE_FILE}" not in unpack(made, home / "unpacked").digests


def test_only_the_latest_are_kept_and_none_for_longer_than_records(tmp_path: Path) -> None:
    """What was promised to residents holds for copies too. Foreign files stay."""
    moments = [datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=number) for number in range(5)]
    for moment in moments:
        (tmp_path / name_at(moment)).touch()
    (tmp_path / "notes.txt").touch()

    assert remove_old(tmp_path, moments[1]) == [name_at(moments[0])]
    assert remove_old(tmp_path, moments[0], keep=2) == [name_at(moment) for moment in moments[1:3]]
    assert len(list(tmp_path.iterdir())) == 3


def test_the_latest_backup_is_noted(home: Path, archive: Path) -> None:
    """For `doctor`, which tells how old it is."""
    latest = noted(home / "data")

    assert latest
    assert latest.file.name == archive.name


def test_a_backup_of_a_newer_program_is_not_misread(tmp_path: Path) -> None:
    """Its format says so."""
    archive = tmp_path / "newer.tar.gz"
    written = json.dumps({"format": 2, "something": "else"}).encode()
    with tarfile.open(archive, "w:gz") as tar:
        about = tarfile.TarInfo("manifest.json")
        about.size = len(written)
        tar.addfile(about, io.BytesIO(written))

    with pytest.raises(BackupError, match="更新的版本"):
        unpack(archive, tmp_path / "unpacked")


def test_who_left_after_the_backup_does_not_come_back(run: Run, home: Path, archive: Path) -> None:
    """The old DATA_DIR tells who: of everybody else all is restored."""
    records = SqlRecords(Sqlite(home / "data" / DATABASE_FILE), SystemClock())
    records.delete_person(PERSON)

    ended = run("restore", archive, "--to", home / "elsewhere")

    assert ended.exit_code == 0, ended.output
    assert "取消关注的 1 个人" in ended.output
    assert count_rows(home / "elsewhere" / "data" / DATABASE_FILE)["receipts"] == 0


def test_who_left_before_the_backup_and_came_back_is_restored(run: Run, home: Path) -> None:
    """Their departure is older than what the backup has of them."""
    records = SqlRecords(Sqlite(home / "data" / DATABASE_FILE), SystemClock())
    records.delete_person(PERSON)
    records.finish(receipt(), turn())
    assert run("backup").exit_code == 0

    ended = run("restore", latest_in(home), "--to", home / "elsewhere")

    assert "取消关注" not in ended.output
    assert count_rows(home / "elsewhere" / "data" / DATABASE_FILE)["receipts"] == 1


@pytest.mark.parametrize("gone", ["records", "key", "all"])
def test_where_nobody_knows_who_has_left_it_is_said(run: Run, home: Path, archive: Path, gone: str) -> None:
    """On another machine, or where the old records cannot be read."""
    if gone == "all":
        shutil.rmtree(home / "data")
    elif gone == "key":
        (home / "data" / "secret.key").write_bytes(b"k" * 64)
    else:
        for file in (home / "data").glob(f"{DATABASE_FILE}-*"):
            file.unlink()
        (home / "data" / DATABASE_FILE).write_bytes(b"no database" * 1000)

    ended = run("restore", archive, "--to", home / "elsewhere")

    assert ended.exit_code == 0, ended.output
    assert "不知道备份之后谁取消了关注" in ended.output
    assert count_rows(home / "elsewhere" / "data" / DATABASE_FILE)["receipts"] == 1
