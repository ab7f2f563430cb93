"""What is installed: every package has hashes, at the version of the lock, and nothing else comes along."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

SERVICE, DEVELOPMENT = "requirements-hashed.txt", "requirements-dev-hashed.txt"

_ROW = re.compile(r"^([\w.-]+)==([^\s;]+)([^\n]*(?:\n    [^\n]*)*)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")

Versions = dict[str, str]


def pinned(name: str) -> Versions:
    """Package → version, of a file."""
    rows = _ROW.findall((ROOT / name).read_text("utf-8"))
    return {canonicalize_name(package): version for package, version, _ in rows}


def required(path: Path) -> list[Requirement]:
    """What a requirements file asks for, with the files that it names."""
    found: list[Requirement] = []
    for line in path.read_text("utf-8").splitlines():
        wanted = line.partition("#")[0].strip()
        if wanted.startswith("-r "):
            found += required(path.with_name(wanted[3:]))
        elif wanted and not wanted.startswith("-"):
            found.append(Requirement(wanted))
    return found


def closure(requirements: list[Requirement]) -> Versions:
    """The installed packages that requirements bring along, on this machine."""
    found: Versions = {}
    waiting, seen = list(requirements), set()
    while waiting:
        wanted = waiting.pop()
        key = (canonicalize_name(wanted.name), frozenset(wanted.extras))
        if key in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(key)
        installed = distribution(wanted.name)
        found[key[0]] = installed.version
        for text in installed.requires or ():
            more = Requirement(text)
            if any(not more.marker or more.marker.evaluate({"extra": it}) for it in ("", *wanted.extras)):
                more.marker = None
                waiting.append(more)
    return found


@pytest.mark.parametrize("name", [SERVICE, DEVELOPMENT])
def test_every_package_has_hashes(name: str) -> None:
    """Of every file that the registry has of that version, so pip finds one on every platform."""
    text = (ROOT / name).read_text("utf-8")
    rows = _ROW.findall(text)

    assert len(rows) > 40
    assert not [package for package, _, rest in rows if not _HASH.search(rest)]
    assert len(re.findall("^[^ #]", text, re.MULTILINE)) == len(rows)


@pytest.mark.parametrize("name", [SERVICE, DEVELOPMENT])
def test_versions_are_those_of_the_lock(name: str) -> None:
    """Run `make lock` after requirements*.txt or requirements-lock.txt have changed."""
    lock = pinned("requirements-lock.txt")

    assert not {
        package: version for package, version in pinned(name).items() if lock.get(package, version) != version
    }


@pytest.mark.parametrize(
    ("asked", "name"), [("requirements.txt", SERVICE), ("requirements-dev.txt", DEVELOPMENT)]
)
def test_all_that_is_needed_is_installed(asked: str, name: str) -> None:
    """What a file asks for, and what that brings along, here. Run `make lock` where something is missing."""
    assert closure(required(ROOT / asked)).items() <= pinned(name).items()


def test_the_service_has_no_package_that_the_tests_do_not_have() -> None:
    """They run with what is shipped."""
    assert pinned(SERVICE).items() <= pinned(DEVELOPMENT).items()


def test_packages_of_other_systems_are_named_with_their_licences() -> None:
    """The lock was made on Linux by CPython; what others install on top stands in docs/licences.md."""
    licences = (ROOT / "docs" / "licences.md").read_text("utf-8")
    elsewhere = (pinned(SERVICE) | pinned(DEVELOPMENT)).keys() - pinned("requirements-lock.txt").keys()

    assert not [package for package in elsewhere if f"`{package}`（" not in licences]


@pytest.mark.parametrize("file", ["Makefile", "Dockerfile"])
def test_what_is_installed_is_checked(file: str) -> None:
    """By pip, against the hashes."""
    text = (ROOT / file).read_text("utf-8")

    assert "--require-hashes" in text
    assert SERVICE in text
