"""Licences: ours at the top, those of the pinned packages listed; none binds who uses the service."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.conftest import ROOT

LICENSE, LISTED, LOCK = (
    (ROOT / name).read_text("utf-8") for name in ("LICENSE", "docs/licences.md", "requirements-lock.txt")
)
ROWS = dict(re.findall(r"^\| ([A-Za-z][A-Za-z0-9._-]*) \| ([\w.() -]+) \|$", LISTED, re.MULTILINE))
PINNED = re.findall(r"^([\w.-]+)==", LOCK, re.MULTILINE)
OPTIONAL_LGPL = {"psycopg", "psycopg-binary"}


def test_the_licence_is_apache() -> None:
    """The whole text, as its source has it."""
    assert "Apache License" in LICENSE.splitlines()[1]
    assert "END OF TERMS AND CONDITIONS" in LICENSE


def test_every_pinned_package_is_listed_and_no_other() -> None:
    """In the order of requirements-lock.txt."""
    assert list(ROWS) == PINNED


@pytest.mark.parametrize("package", PINNED)
def test_no_package_is_of_gpl_or_agpl(package: str) -> None:
    """One of several licences to choose from may be. LGPL only where a package is optional."""
    choices = re.split(r" OR ", ROWS[package].replace("(", "").replace(")", ""))
    free = [choice for choice in choices if "GPL" not in choice]

    assert free or (package in OPTIONAL_LGPL and "LGPL" in ROWS[package])


@pytest.mark.parametrize("package", PINNED)
def test_the_list_says_what_the_package_says_of_itself(package: str) -> None:
    """Where it is installed and names its licence by an SPDX expression."""
    try:
        own = metadata(package).json.get("license_expression")
    except PackageNotFoundError:
        pytest.skip("not installed here")

    assert own in (None, ROWS[package])
