"""A clean clone: what is not there yet is said in one sentence, with what to do."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("command", [["-m", "bot"], ["-m", "bot", "ask", "低保"], ["webhook.py"]])
def test_without_the_environment_it_says_how_to_make_it(command: list[str]) -> None:
    """`-S` leaves out every installed package, as the system's Python has none of ours."""
    done = subprocess.run(
        [sys.executable, "-S", *command], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "is not installed for this Python; run `make run` first" in done.stderr


@pytest.mark.parametrize("benchmark", ["residents", "ordering", "confidence"])
def test_evaluate_names_the_data_that_it_needs(tmp_path: Path, benchmark: str) -> None:
    """One sentence and status 1: each part of `make evaluate` needs data that no clone has."""
    shutil.copytree(ROOT / "benchmarks", tmp_path / "clone" / "benchmarks")
    env = os.environ | {"PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{benchmark}"],
        cwd=tmp_path / "clone",
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert not done.stdout
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "shared" / "data" / "policies") in done.stderr
    assert "no part of this repository" in done.stderr


def test_make_test_looks_for_browsers_where_they_are_driven() -> None:
    """Elsewhere nothing would run such a test: all other lines leave it out."""
    driving = [
        path.relative_to(ROOT)
        for path in ROOT.glob("tests/**/test_*.py")
        if re.search(r"^from .* import .*NEEDS_BROWSER", path.read_text("utf-8"), re.MULTILINE)
    ]

    assert "-m browser tests/channels;" in (ROOT / "Makefile").read_text("utf-8")
    assert driving
    assert [path for path in driving if not path.is_relative_to("tests/channels")] == []


def test_the_readme_names_what_continuous_integration_installs() -> None:
    """With it nothing is skipped for want of a program."""
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")

    (packages,) = re.findall(r"^packages=\((.*)\)$", ci, re.MULTILINE)
    (named,) = re.findall(r"^apt-get install -y --no-install-recommends (.*)$", readme, re.MULTILINE)
    assert named.split() == packages.split()
    assert set(re.findall(r"REQUIRE_\w+=1", ci)) == set(re.findall(r"REQUIRE_\w+=1", readme))
