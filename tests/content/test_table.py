"""The table of all kinds of files: whatever stands in it is loaded, checked and explained."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.check import check_folder
from bot.content.kind import FileKind
from bot.content.table import CONTENT
from bot.policy.lint.inspection import Severity
from tests.conftest import KNOWLEDGE, ROOT

TODAY = date(2026, 11, 23)


def test_kinds_have_names_and_files_of_their_own() -> None:
    """No file is read as two kinds."""
    patterns = [pattern for kind in CONTENT for pattern in kind.patterns]

    assert len({kind.name for kind in CONTENT}) == len(CONTENT)
    assert len(set(patterns)) == len(patterns)


def test_every_shipped_file_is_of_some_kind() -> None:
    """What no row matches, nobody would read or check."""
    files = {path for path in KNOWLEDGE.rglob("*") if path.is_file()}

    assert files == {
        path for kind in CONTENT for pattern in kind.patterns for path in KNOWLEDGE.glob(pattern)
    }


@pytest.mark.parametrize("kind", CONTENT, ids=lambda kind: kind.name)
def test_a_folder_without_its_files_is_no_error(kind: FileKind[object], tmp_path: Path) -> None:
    """Only the folder of documents must exist."""
    (tmp_path / "policies").mkdir()

    assert kind.load(tmp_path).left_out == ()


@pytest.mark.parametrize("kind", CONTENT, ids=lambda kind: kind.name)
def test_the_files_of_each_kind_are_explained_to_staff(kind: FileKind[object]) -> None:
    """docs/documents.md or docs/lexicon.md names them."""
    docs = [(ROOT / "docs" / name).read_text("utf-8") for name in ("documents.md", "lexicon.md")]

    for pattern in kind.patterns:
        assert any(pattern.partition("*")[0] in text for text in docs), pattern


def test_the_shipped_folder_has_nothing_to_mend() -> None:
    """Whoever starts anew is not greeted by our mistakes."""
    _, findings = check_folder(KNOWLEDGE, TODAY, lambda holdings, _: holdings)

    assert findings == []


def test_a_check_goes_through_all_kinds_whatever_is_broken(tmp_path: Path) -> None:
    """Each broken file is an error; the other files are checked all the same."""
    names = [pattern.replace("*", "坏") for kind in CONTENT for pattern in kind.patterns]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes("不是 UTF-8".encode("gb18030"))

    library, findings = check_folder(tmp_path, TODAY, lambda holdings, _: holdings)

    broken = {str(finding.path.relative_to(tmp_path)) for finding in findings}
    first_of_each = {kind.patterns[0].replace("*", "坏") for kind in CONTENT}
    assert first_of_each <= broken
    assert {finding.severity for finding in findings} == {Severity.ERROR}
    assert len(library.broken) == 1
