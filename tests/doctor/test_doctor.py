"""`doctor` names what is wrong with an installation, in Chinese, with what to do."""

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.backup.shelf import Note, note
from bot.clock import SystemClock
from bot.doctor.finding import Diagnosis, Patient, State
from bot.doctor.program import examine_model, examine_packages
from bot.doctor.storage import examine_backup
from bot.doctor.surroundings import examine_clock
from bot.records.address import DATABASE_FILE
from bot.records.duties import FOLDER, Duties
from bot.records.looks import LOOKS_FILE
from bot.records.sql import SqlRecords
from bot.records.sqlite import SET_ASIDE, Sqlite
from bot.settings import Settings
from tests.channels.server_process import environment, free_port, serving
from tests.conftest import KNOWLEDGE, StoppedClock, small_knowledge
from tests.records.examples import PERSON, receipt, turn

NOW = StoppedClock().now()

Run = Callable[..., Result]


@pytest.fixture
def data(tmp_path: Path, prepare: Callable[[Path], Path]) -> Path:
    """A DATA_DIR in which everything is well: indexes, an answered message, a backup of this moment."""
    folder = prepare(tmp_path / "data")
    records = SqlRecords(Sqlite(folder / DATABASE_FILE), StoppedClock())
    records.finish(receipt(), turn())
    file = tmp_path / "backup.tar.gz"
    file.touch()
    note(folder, Note(datetime.now(UTC), file))
    return folder


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KNOWLEDGE_DIR that is checked in a moment."""
    return small_knowledge(tmp_path_factory.mktemp("small") / "knowledge")


@pytest.fixture
def run(tmp_path: Path, data: Path, knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`doctor` in a folder of its own; keyword arguments are settings."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ.keys() - environment(tmp_path).keys():
        monkeypatch.delenv(name)
    return partial(examined, data, knowledge)


def examined(data: Path, knowledge: Path, **settings: object) -> Result:
    chosen = {"DATA_DIR": data, "KNOWLEDGE_DIR": knowledge, "PORT": free_port(), **settings}
    return CliRunner().invoke(cli, ["doctor"], env={name: str(value) for name, value in chosen.items()})


def test_nothing_is_wrong_with_a_good_installation(run: Run) -> None:
    """Everything that was looked at is named; the status is 0."""
    ended = run(KNOWLEDGE_DIR=KNOWLEDGE)

    assert ended.exit_code == 0, ended.output
    assert ended.output.endswith("0 处错，0 处提醒\n")
    for thing in (
        "Python",
        "软件包",
        "设置",
        "公众号",
        "时钟",
        "DATA_DIR",
        "知识",
        "索引",
        "记录",
        "备份",
        "服务",
    ):
        assert f"{thing}：" in ended.output


WRONG_SETTINGS = [
    ({"PORT": "abc"}, "PORT 写错了"),  # no number
    ({"WECHAT_AES_KEY": "k" * 43}, "WECHAT_TOKEN 空着"),  # half of an account
    ({"WECOM_TOKEN": "secret-token"}, "WECOM_AES_KEY 空着"),  # half of the other
    ({"STAFF_TOKEN": "a"}, "STAFF_TOKEN 写错了"),  # can be guessed
    ({"KNOWLEDGE_DIR": "/nowhere"}, "知识：用不了"),  # a folder that is not there
    ({"DATA_DIR": "/dev/null"}, "DATA_DIR：/dev/null 写不了"),  # a file
    ({"HOST": "no.such.host.invalid"}, "端口也不能用"),  # an address that does not exist
]


@pytest.mark.parametrize(("chosen", "told"), WRONG_SETTINGS)
def test_wrong_settings_are_named(run: Run, chosen: dict[str, str], told: str) -> None:
    """With what to do; the status is 1, and no secret is shown."""
    ended = run(**chosen)

    assert ended.exit_code == 1, ended.output
    wrong = ended.output[ended.output.index(told) :].splitlines()
    assert "怎么办：" in wrong[1]
    assert "secret-token" not in ended.output
    assert "Traceback" not in ended.output


def test_a_mistyped_line_of_dotenv_is_found(run: Run, tmp_path: Path) -> None:
    """Nobody reads it; the name that was meant is offered. So is who else can read the file."""
    dotenv = tmp_path / ".env"
    dotenv.write_text("STAF_TOKEN=let-me-in\n", "utf-8")
    dotenv.chmod(0o644)

    said = run().output

    assert "STAF_TOKEN 不是本服务的设置" in said
    assert "是不是 STAFF_TOKEN" in said
    assert "chmod 600 .env" in said


def test_broken_knowledge_is_counted(run: Run, tmp_path: Path) -> None:
    """The first error stands there, and where to see the others."""
    knowledge = small_knowledge(tmp_path / "knowledge")
    (knowledge / "policies" / "坏.md").write_text("---\ntitle：某办法\n---\n正文。\n", "utf-8")

    ended = run(KNOWLEDGE_DIR=knowledge)

    assert ended.exit_code == 1
    assert "1 处错：" in ended.output
    assert "坏.md:2" in ended.output


def test_no_documents_are_wrong(run: Run, tmp_path: Path) -> None:
    """A service without a clause is not ready."""
    (tmp_path / "empty" / "policies").mkdir(parents=True)

    assert "一条能回答的条款也没有" in run(KNOWLEDGE_DIR=tmp_path / "empty").output


def test_an_index_with_a_flipped_byte_is_found(run: Run, data: Path) -> None:
    """Also where size and times are as they were: every file is read."""
    file = next((data / "index").rglob("tfs.npy"))
    before = file.stat()
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert f"索引坏了：{file}" in run().output


def test_damaged_records_are_wrong(run: Run, data: Path) -> None:
    """The file is looked through."""
    for beside in data.glob(f"{DATABASE_FILE}-*"):
        beside.unlink()  # its log, which would mend it
    (data / DATABASE_FILE).write_bytes(b"no database" * 1000)

    ended = run()

    assert ended.exit_code == 1
    assert "记录：用不了" in ended.output


def test_what_waits_beside_the_records_is_told(run: Run, data: Path) -> None:
    """A database that was set aside, and people who are still to be deleted."""
    (data / f"{DATABASE_FILE}{SET_ASIDE}20260301T000000").touch()
    Duties(data / FOLDER).add(PERSON)

    said = run().output

    assert f"{DATABASE_FILE}{SET_ASIDE}20260301T000000" in said
    assert "1 个取消关注的人还没删完" in said


def test_a_port_that_another_program_holds_is_wrong(run: Run) -> None:
    """It says so, and not that the service runs."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        ended = run(PORT=other.getsockname()[1])

    assert ended.exit_code == 1
    assert "没有运行，端口也不能用" in ended.output


def test_a_running_service_is_known(run: Run, data: Path, tmp_path: Path) -> None:
    """And whether its notice is up."""
    with serving(tmp_path, data_dir=data, workers=1) as server:
        assert "正在运行，一切正常" in run(PORT=server.port).output
        (data / "maintenance").touch()
        said = run(PORT=server.port).output

    assert "正在运行，挂着维护的牌子" in said
    assert "python -m bot maintenance off" in said


def patient(data: Path) -> Patient:
    return Patient(Settings(data_dir=data), Path("none"), StoppedClock())


BACKUPS = [
    (timedelta(hours=3), True, State.GOOD, "3 小时前"),  # last night's
    (timedelta(days=9), True, State.ADVICE, "9 天前"),  # the timer has stopped
    (timedelta(hours=3), False, State.ADVICE, "不在"),  # the disk was swapped
]


@pytest.mark.parametrize(("age", "is_there", "state", "told"), BACKUPS)
def test_the_age_of_the_backup_is_told(
    tmp_path: Path, age: timedelta, is_there: bool, state: State, told: str
) -> None:
    """And whether it is still where it was written."""
    file = tmp_path / "backup.tar.gz"
    if is_there:
        file.touch()
    note(tmp_path, Note(NOW - age, file))

    (found,) = examine_backup(patient(tmp_path))

    assert found.state is state
    assert told in found.said


def test_that_there_is_no_backup_is_told(tmp_path: Path) -> None:
    """With the command that makes one."""
    (found,) = examine_backup(patient(tmp_path))

    assert (found.state, "python -m bot backup" in found.todo) == (State.ADVICE, True)


CLOCKS = [
    (NOW - timedelta(days=1), None, State.GOOD),  # it looked yesterday
    (NOW + timedelta(days=2), None, State.WRONG),  # it looked the day after tomorrow
    (NOW, NOW - timedelta(hours=1), State.ADVICE),  # it has jumped
]


@pytest.mark.parametrize(("last", "doubted", "state"), CLOCKS)
def test_a_clock_that_cannot_be_right_is_found(
    tmp_path: Path, last: datetime, doubted: datetime | None, state: State
) -> None:
    """By when the service last looked."""
    looks = {"last": last.isoformat(), "doubted": doubted and doubted.isoformat()}
    (tmp_path / LOOKS_FILE).write_text(json.dumps(looks), "utf-8")
    program = tmp_path / "program"
    program.mkdir()

    (found,) = examine_clock(patient(tmp_path), program)

    assert found.state is state


def test_a_clock_before_the_program_is_wrong(tmp_path: Path) -> None:
    """The battery of the board is empty: it is 1970, or the day of the first start."""
    (tmp_path / "newer.py").touch()
    later = (NOW + timedelta(days=3)).timestamp()
    os.utime(tmp_path / "newer.py", (later, later))

    (found,) = examine_clock(patient(tmp_path), tmp_path)

    assert found.state is State.WRONG


def packages(tmp_path: Path, text: str) -> list[Diagnosis]:
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(text, "utf-8")
    return list(examine_packages(Patient(Settings(), Path("none"), SystemClock()), requirements))


def test_packages_that_are_missing_or_of_another_version_are_named(tmp_path: Path) -> None:
    """A missing one is wrong, another version is told."""
    missing, other = packages(tmp_path, "no-such-package==1.0\nflask==0.1\n# a line of words\n")

    assert (missing.state, "no-such-package" in missing.said) == (State.WRONG, True)
    assert (other.state, "测试用的是 0.1" in other.said) == (State.ADVICE, True)


def test_a_model_that_cannot_be_used_is_wrong(tmp_path: Path) -> None:
    """With what to do. Without the setting nothing is said of it."""
    settings = Settings(embedding_model_dir=tmp_path)

    (found,) = examine_model(Patient(settings, Path("none"), SystemClock()))

    assert (found.state, str(tmp_path) in found.said, "make model" in (found.todo or "")) == (
        State.WRONG,
        True,
        True,
    )
    assert not list(examine_model(Patient(Settings(), Path("none"), SystemClock())))


PLATFORM_REFUSES = [
    ({"WECHAT_TOKEN": "token-with-hyphens"}, "WECHAT_TOKEN 有 32 位以上，或者不全是字母和数字"),
    ({"WECHAT_TOKEN": "t0ken" * 7}, "WECHAT_TOKEN 有 32 位以上"),
    ({"WECHAT_TOKEN": "g00dtoken", "PUBLIC_URL": "https://192.168.1.5"}, "192.168.1.5，从外面打不开"),
    ({"WECHAT_TOKEN": "g00dtoken", "PUBLIC_URL": "https://server"}, "server，从外面打不开"),
]


@pytest.mark.parametrize(("chosen", "told"), PLATFORM_REFUSES)
def test_what_the_platform_would_not_take_is_told(run: Run, chosen: dict[str, str], told: str) -> None:
    """Before somebody tries it in the console, in vain."""
    assert told in run(**chosen).output


SITES = [
    ("[]", "海沧大厅没有写 addresses"),  # a hall whose people share one limit
    ("[198.51.0.0/16]", "198.51.0.0/16 太大"),  # a whole provider
    ("[127.0.0.1]", "127.0.0.1/32 不会是提问的地址"),
    ("[203.0.113.0/28]", "站点：1 个"),  # good
]


@pytest.mark.parametrize(("addresses", "told"), SITES)
def test_addresses_of_sites_are_looked_at(run: Run, tmp_path: Path, addresses: str, told: str) -> None:
    """Kiosks and halls meet no limit where their addresses are known, and nobody else then."""
    knowledge = small_knowledge(tmp_path / "knowledge")
    site = f"sites:\n  haicang:\n    name: 海沧大厅\n    addresses: {addresses}\n"
    (knowledge / "sites.yaml").write_text(site, "utf-8")

    ended = run(KNOWLEDGE_DIR=knowledge, PUBLIC_URL="https://example.com", TRUSTED_PROXIES=1)

    assert told in ended.output


def test_a_cluster_that_does_not_answer_is_told_node_by_node(run: Run) -> None:
    """Answers go on without it, so that the status is 0."""
    url = f"http://127.0.0.1:{free_port()}"

    ended = run(SEARCH_URL=url)

    assert ended.exit_code == 0, ended.output
    assert f"检索集群：{url} 问不到（unreachable）" in ended.output


def test_a_cluster_without_this_edition_is_told(run: Run) -> None:
    """A node that answers is named with its version."""
    with node() as url:
        ended = run(SEARCH_URL=url)

    assert f"检索集群：{url} 答得上，版本 2.19.1" in ended.output
    assert "检索集群：没有知识文件夹现在这一版" in ended.output


@contextmanager
def node() -> Iterator[str]:
    """The address of a node of a cluster in which nothing stands."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"version": {"number": "2.19.1"}}).encode()
            self.send_response(200 if self.path.partition("?")[0] == "/" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the server's names

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
