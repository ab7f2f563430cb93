"""deploy/: what can be checked without a docker daemon."""

import re
import shutil
import ssl
import subprocess
from collections.abc import Callable
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings, variable
from tests.channels.server_process import free_port, serving, wait_until
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SECRETS = ("PASSWORD", "SECRET", "TOKEN")


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_has_a_limit_and_starts_again(name: str) -> None:
    """And a health check: those of the front ends stand in the Dockerfile."""
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert "healthcheck" in service or "HEALTHCHECK" in (ROOT / "Dockerfile").read_text("utf-8")
    assert "ports" not in service or name == "nginx"


def test_no_password_stands_in_a_file() -> None:
    """Each comes from passwords.env, and without it nothing starts."""
    for service in SERVICES.values():
        for key, value in service.get("environment", {}).items():
            if any(secret in key for secret in SECRETS):
                assert str(value).startswith("${"), key
    lines = (DEPLOY / "passwords.env.example").read_text("utf-8").splitlines()
    given = [line for line in lines if line and not line.startswith("#")]
    assert given
    assert all(line.endswith("=") for line in given)
    asked = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text("utf-8")))
    assert asked == {line.removesuffix("=") for line in given}


def test_front_ends_are_given_settings_that_exist() -> None:
    """A misspelt one would be ignored."""
    known = {variable(field) for field in Settings.model_fields}

    for name in ("web1", "web2"):
        assert set(SERVICES[name]["environment"]) <= known


def test_the_parts_of_the_image_exist() -> None:
    """Each of EXTRAS is a requirements file."""
    for part in SERVICES["web1"]["build"]["args"]["EXTRAS"].split():
        assert (ROOT / f"requirements-{part}.txt").is_file()


def test_every_volume_that_is_a_file_is_there_or_made() -> None:
    """Certificates are made by certificates.sh."""
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = str(volume).split(":")[0]
            assert source in COMPOSE["volumes"] or "certificates" in source or (DEPLOY / source).exists()


def written_for(ports: list[int], port: int, folder: Path) -> str:
    """deploy/nginx.conf for ports of this test."""
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    replaced = {
        "web1:8000": f"127.0.0.1:{ports[0]}",
        "web2:8000": f"127.0.0.1:{ports[1]}",
        # Debian's nginx is too old to know http2 on a line of its own.
        "listen 443 ssl;\n        http2 on;": f"listen 127.0.0.1:{port} ssl;",
        "/etc/ssl/policy-qa.pem": str(folder / "127.0.0.1.pem"),
        "/etc/ssl/policy-qa.key": str(folder / "127.0.0.1.key"),
        "access_log /dev/stdout": f"access_log {folder}/access.log",
        "worker_processes auto;": f"worker_processes 1;\npid {folder}/pid;\ndaemon off;",
    }
    for documented, here in replaced.items():
        assert documented in text
        text = text.replace(documented, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return text.replace("http {\n", f"http {{\n{paths}")


@pytest.mark.skipif(not (NGINX and shutil.which("openssl")), reason="no nginx or openssl")
def test_two_front_ends_behind_nginx_outlive_one_of_them(
    tmp_path: Path, prepare: Callable[[Path], Path]
) -> None:
    """Over TLS, with a certificate that certificates.sh made; no question is lost when one front end ends."""
    made: list[str | Path] = [DEPLOY / "certificates.sh", tmp_path, "127.0.0.1"]
    subprocess.run(made, check=True, capture_output=True)
    context = ssl.create_default_context(cafile=tmp_path / "ca.pem")
    port = free_port()

    def status() -> int:
        connection = HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
        try:
            connection.request("GET", "/api/v1/ask?q=%E5%A5%96%E9%87%91")
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    for name in ("one", "two"):
        prepare(tmp_path / name / "data")
    with serving(tmp_path / "one", workers=1) as one, serving(tmp_path / "two", workers=1) as two:
        conf = tmp_path / "nginx.conf"
        conf.write_text(written_for([one.port, two.port], port, tmp_path), "utf-8")
        assert NGINX
        with subprocess.Popen([NGINX, "-c", conf, "-e", tmp_path / "error.log"]) as nginx:
            try:
                wait_until(lambda: status() == 200, "nginx answers")
                one.process.kill()
                assert {status() for _ in range(10)} == {200}
            finally:
                nginx.terminate()


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    """But for the paths of a machine that has the service."""
    text = (DEPLOY / "systemd" / "policy-qa.service").read_text("utf-8")
    unit = tmp_path / "policy-qa.service"
    unit.write_text(re.sub(r"/opt/policy-qa/.venv/bin/python", "/bin/true", text), "utf-8")

    command: list[str | Path] = ["systemd-analyze", "verify", "--man=no", unit]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert "policy-qa.service:" not in done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_units_of_the_operator_are_ones_that_systemd_understands(tmp_path: Path) -> None:
    """Those that docs/operation.md has written out, but for the paths of a machine that has the service."""
    page = (ROOT / "docs" / "operation.md").read_text("utf-8")
    blocks = "\n".join(re.findall(r"```ini\n(.*?)```", page, re.DOTALL))
    units = re.findall(
        r"^# /etc/systemd/system/(\S+)\n(.*?)(?=^# /etc/systemd|\Z)", blocks, re.DOTALL | re.MULTILINE
    )
    for name, text in units:
        (tmp_path / name).write_text(text.replace("/srv/policy-qa/.venv/bin/python", "/bin/true"), "utf-8")
    names = [name for name, _ in units]

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *names],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert sorted(names) == ["policy-qa-backup.service", "policy-qa-backup.timer", "policy-qa.service"]
    assert not [line for line in done.stderr.splitlines() if "policy-qa" in line]
