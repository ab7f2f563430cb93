"""The nginx of docs/operation.md, word for word but for names and ports: it works, and hides nobody."""

import os
import re
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from bot.content.table import ROUTING
from tests.channels.server_process import ServerProcess, free_port, serving, wait_until
from tests.conftest import KNOWLEDGE, ROOT
from tests.serving.attackers import HOSTILE, UNFINISHED

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CERTIFICATE = "req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout site.key -out site.pem"

ASK = "/api/v1/ask?q=%E5%A5%96%E9%87%91"


def written_for(port: int, behind: int, folder: Path) -> str:
    """The configuration as it is documented, for a port of this test and a service on another."""
    page = (ROOT / "docs" / "operation.md").read_text("utf-8")
    (block,) = re.findall(r"```nginx\n(.*?)```", page, re.DOTALL)
    for documented, here in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen unix:{folder}/80.socket;"),
        ("root /srv/policy-qa/deploy;", f"root {ROOT}/deploy;"),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
        ("server_name 您的域名", "server_name localhost"),
        ("/etc/ssl/您的域名.pem", str(folder / "site.pem")),
        ("/etc/ssl/您的域名.key", str(folder / "site.key")),
        ("/var/log/nginx/policy-qa.log", str(folder / "access.log")),
    ):
        assert documented in block
        block = block.replace(documented, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.geteuid() == 0 else ""  # who may write into the folder of the test
    return f"{user}pid {folder}/pid;\ndaemon off;\nevents {{}}\nhttp {{\n{paths}{block}\n}}\n"


class Front:
    """nginx on a port of loopback, in front of a service."""

    def __init__(self, port: int, service: ServerProcess, folder: Path) -> None:
        self.port = port
        self.service = service
        self.folder = folder

    def connect(self, source: str = "127.0.0.1") -> HTTPSConnection:
        """A connection; the certificate is of our own making."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return HTTPSConnection("127.0.0.1", self.port, timeout=5, context=context, source_address=(source, 0))

    def post(self, path: str, size: int) -> tuple[int, str]:
        """Status and body of the answer to so many bytes."""
        connection = self.connect()
        try:
            connection.request("POST", path, b" " * size)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Status and body; 0 where nobody answers."""
        connection = self.connect()
        try:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory, prepare: Callable[[Path], Path]) -> Iterator[Front]:
    """The service behind nginx; where there is no nginx, the test is skipped, or fails if REQUIRE_NGINX=1."""
    openssl = shutil.which("openssl")
    if not (NGINX and openssl):
        give_up = pytest.fail if os.environ.get("REQUIRE_NGINX") == "1" else pytest.skip
        give_up("no nginx or no openssl; install Debian's nginx-light and openssl")
    folder = tmp_path_factory.mktemp("nginx")
    subprocess.run(
        [openssl, *CERTIFICATE.split()],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    settings = {"trusted_proxies": 1, "workers": 1, "public_url": "https://localhost", "ask_per_minute": 50}
    prepare(folder / "data")
    with serving(folder, **settings) as service:
        port = free_port()
        (folder / "nginx.conf").write_text(written_for(port, service.port, folder), "utf-8")
        error_log = ["-e", str(folder / "error.log")]
        with subprocess.Popen([NGINX, "-c", str(folder / "nginx.conf"), *error_log]) as process:
            try:
                running = Front(port, service, folder)
                wait_until(lambda: running.get("/healthz")[0] == 200, "nginx answers")
                yield running
            finally:
                process.terminate()


def test_it_answers_and_links_lead_to_it(front: Front) -> None:
    """Over HTTPS, with the address that is configured."""
    status, body = front.get(ASK)

    assert status == 200
    assert '"url":"https://localhost/policy/' in body


def test_what_people_write_is_not_logged(front: Front) -> None:
    """Neither a question nor what the platforms put into the query."""
    front.get("/wechat?openid=oSecret&signature=abc")
    front.get(ASK)
    log = (front.folder / "access.log").read_text("utf-8")

    assert "GET" in log
    assert "oSecret" not in log
    assert "%E5" not in log


def test_half_sent_bodies_never_reach_the_service(front: Front) -> None:
    """nginx waits for them, and others are answered."""
    with ExitStack() as stack:
        for _ in range(60):
            connection = front.connect(HOSTILE)
            connection.connect()
            stack.callback(connection.close)
            connection.sock.sendall(UNFINISHED["half a body"])

        assert [front.get(ASK)[0] for _ in range(3)] == [200] * 3


def test_what_nginx_refuses_itself_says_whom_to_call(front: Front) -> None:
    """In Chinese, with every number that the service would name: nobody has read what was written."""
    status, page = front.post("/ask", 200_000)

    named = ROUTING.load(KNOWLEDGE).value.danger
    assert status == 413
    assert set(re.findall(r"\b1\d{2,4}\b", named)) <= set(re.findall(r"tel:(\d+)", page))


def test_refusals_of_the_service_pass(front: Front) -> None:
    """The pages of nginx do not cover them: an interface answers with its own words."""
    status, page = front.post("/api/v1/ask", 100_000)

    assert status == 413
    assert "64 KiB" in page


def test_files_of_staff_pass(front: Front) -> None:
    """They may be larger than anything else; the service refuses this one, for nobody is staff here."""
    assert front.post("/api/v1/staff/import", 1_000_000)[0] == 403


def test_whom_to_call_is_told_to_floods_and_while_the_service_is_down(front: Front, tmp_path: Path) -> None:
    """By an nginx that finds nobody on the port of the service, with a low limit for each address."""
    port = free_port()
    for name in ("site.pem", "site.key"):
        shutil.copy(front.folder / name, tmp_path / name)
    text = written_for(port, free_port(), tmp_path)
    assert "limit_conn policy_qa 100;" in text
    (tmp_path / "nginx.conf").write_text(text.replace("policy_qa 100;", "policy_qa 3;"), "utf-8")
    alone = Front(port, front.service, tmp_path)
    assert NGINX
    command: list[str | Path] = [NGINX, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"]
    with ExitStack() as stack:
        process = stack.enter_context(subprocess.Popen(command))
        stack.callback(process.terminate)
        wait_until(lambda: alone.get("/")[0] == 502, "nginx answers")
        connections = [alone.connect(HOSTILE) for _ in range(3)]
        for connection in connections:
            stack.callback(connection.close)
            connection.connect()
        for connection in connections:
            connection.sock.sendall(UNFINISHED["half a body"])

        def told() -> tuple[int, str]:
            with closing(alone.connect(HOSTILE)) as connection:
                connection.request("GET", "/")
                response = connection.getresponse()
                return response.status, response.read().decode()

        wait_until(lambda: told()[0] == 429, "nginx counts the connections")
        assert "tel:119" in told()[1]
        assert "tel:119" in alone.get("/")[1]


def test_a_forged_address_is_not_believed(front: Front) -> None:
    """Who sends X-Forwarded-For is still counted by the address that nginx saw: this machine's own."""
    told = [front.get(ASK, **{"X-Forwarded-For": "203.0.113.7"})[0] for _ in range(60)]

    assert set(told) == {200}
