"""Rehearsing: `python -m bot chat` against a service that is running, in the platform's real protocol."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.channels.server_process import environment, free_port, serving
from tests.channels.wechat.fake_platform import AES_KEY, APP_ID, TOKEN
from tests.conftest import ROOT

PLAIN = {"WECHAT_TOKEN": TOKEN}
SAFE = PLAIN | {"WECHAT_AES_KEY": AES_KEY, "WECHAT_APP_ID": APP_ID}


def chat(env: dict[str, str], typed: str) -> subprocess.CompletedProcess[str]:
    """The chat of somebody who types these lines."""
    command = [sys.executable, "-m", "bot", "chat"]
    return subprocess.run(
        command, cwd=ROOT, env=env, input=typed, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
@pytest.mark.parametrize("account", [PLAIN, SAFE], ids=["plain", "safe"])
def test_a_chat_can_be_rehearsed_without_wechat(
    tmp_path: Path, data_dir: Path, account: dict[str, str]
) -> None:
    """Welcome, a choice by number, more, a judgement, and leaving."""
    chosen = {name.lower(): value for name, value in account.items()}
    with serving(tmp_path, data_dir=data_dir, workers=1, **chosen) as server:
        env = environment(tmp_path, data_dir=data_dir, port=server.port) | account
        said = chat(env, "/subscribe\n1\n更多\n有用\n/unsubscribe\n")

    assert said.returncode == 0, said.stderr
    replies = ["这里是政策问答", "8万元", "【3】", "谢谢，记下了", "no reply"]
    places = [said.stdout.index(reply) for reply in replies]
    assert places == sorted(places)


def test_a_service_that_does_not_run_is_named(tmp_path: Path, data_dir: Path) -> None:
    """With what to do."""
    env = environment(tmp_path, data_dir=data_dir, port=free_port()) | PLAIN

    said = chat(env, "奖金\n")

    assert said.returncode == 1
    assert "does not answer" in said.stderr


def test_a_chat_needs_an_account(tmp_path: Path, data_dir: Path) -> None:
    """The setting that is missing is named."""
    said = chat(environment(tmp_path, data_dir=data_dir, port=free_port()), "奖金\n")

    assert said.returncode == 1
    assert "WECHAT_TOKEN" in said.stderr
