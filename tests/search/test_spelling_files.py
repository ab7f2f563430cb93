"""Files of spelling: opened where they are of use, else made anew, and never served damaged."""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.search.analysis import Analyzer
from bot.search.sealing import homes
from bot.search.spelling.opening import open_spelling
from bot.search.spelling.spelling import Spelling
from tests.conftest import ROOT
from tests.search.damage import Damage, damages, flip

FREQUENCIES = {"低保": 3, "残疾人": 300, "#低保": 3, "#残疾": 300}


def opened(analyzer: Analyzer, folder: Path, name: str = "a") -> Spelling:
    """Spelling that must come from files."""

    def unwanted() -> Mapping[str, int]:
        raise AssertionError("there are files")

    return open_spelling(unwanted, name, analyzer, folder)


@pytest.fixture(scope="module")
def stored(analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tables of a library; tests take copies."""
    folder = tmp_path_factory.mktemp("spelling")
    open_spelling(lambda: FREQUENCIES, "a", analyzer, folder)
    return folder


@pytest.fixture
def folder(stored: Path, tmp_path: Path) -> Path:
    """A copy, as a backup that was played back: times of change are others."""
    for path in stored.glob("*/*/*"):
        copy = tmp_path / path.relative_to(stored)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    return tmp_path


def test_files_are_opened_and_nothing_is_made(
    analyzer: Analyzer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Frequencies are not asked for, nothing is written to the log."""
    with caplog.at_level(logging.INFO, "bot"):
        spelling = opened(analyzer, folder)

    assert spelling.read("吃抵保").text == "吃低保"
    assert caplog.messages == []


def test_whoever_opens_files_needs_no_pypinyin(folder: Path, data_dir: Path) -> None:
    """Nor its phrases, 45 MB while they are read."""
    code = (
        "import sys; from pathlib import Path; from bot.search.analysis import Analyzer;"
        "from bot.content.lexicon import load_lexicon; from bot.search.spelling.opening import open_spelling;"
        "analyzer = Analyzer(load_lexicon(Path('knowledge')), Path(sys.argv[1]));"
        "print(open_spelling(None, 'a', analyzer, Path(sys.argv[2])).read('吃抵保').text);"
        "sys.exit('pypinyin' in sys.modules)"
    )
    command = [sys.executable, "-W", "ignore", "-c", code, str(data_dir / "jieba"), str(folder)]
    env = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONUTF8": "1"}

    said = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout

    assert said.strip() == "吃低保"


@damages
@pytest.mark.parametrize(
    "name", ["terms.npy", "terms.marisa", "pairs.marisa", "lists.marisa", "manifest.json"]
)
def test_a_damaged_table_is_made_anew_with_one_line(
    analyzer: Analyzer,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    damage: Damage,
    name: str,
) -> None:
    """In whichever file, in whichever way; the other table stays."""
    (path,) = folder.glob(f"words/*/{name}")
    damage(path)

    with caplog.at_level(logging.INFO, "bot"):
        spelling = open_spelling(lambda: FREQUENCIES, "a", analyzer, folder)

    assert caplog.messages == ["spelling=made reason=corrupt"]
    assert spelling.read("吃抵保").text == opened(analyzer, folder).read("吃抵保").text == "吃低保"


def test_damaged_sounds_are_made_anew(
    analyzer: Analyzer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The words stay."""
    (path,) = folder.glob("sounds/*/syllables.marisa")
    flip(path)

    assert opened(analyzer, folder).read("吃抵保").text == "吃低保"
    assert caplog.messages == ["sounds=made reason=corrupt"]


def test_another_librarys_words_are_outdated(
    analyzer: Analyzer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """They are made, and those before are removed; the sounds are the same."""
    with caplog.at_level(logging.INFO, "bot"):
        spelling = open_spelling(lambda: {"津贴": 1}, "b", analyzer, folder)

    assert spelling.read("抵保和进贴").text == "抵保和津贴"
    assert caplog.messages == ["spelling=made reason=outdated"]
    assert [len(homes(folder / table)) for table in ("sounds", "words")] == [1, 1]


def test_a_foreign_folder_under_our_name_is_refused(
    analyzer: Analyzer, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Somebody renamed it."""
    open_spelling(lambda: {"津贴": 1}, "b", analyzer, folder)
    (other,) = homes(folder / "words")
    other_name = other.name
    open_spelling(lambda: FREQUENCIES, "a", analyzer, folder)
    (ours,) = homes(folder / "words")
    ours.rename(folder / "words" / other_name)
    caplog.clear()

    assert open_spelling(lambda: {"津贴": 1}, "b", analyzer, folder).read("抵保").text == "抵保"
    assert caplog.messages == ["spelling=made reason=foreign"]


def test_an_unfinished_table_is_not_opened(analyzer: Analyzer, folder: Path) -> None:
    """Killed while it was written: the one before is still there."""
    unfinished = folder / "words" / ".making-killed"
    unfinished.mkdir()
    (unfinished / "terms.npy").write_bytes(b"half")

    assert opened(analyzer, folder).read("吃抵保").text == "吃低保"


def test_tables_that_cannot_be_stored_are_kept_in_memory(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk, or here a file where the folder should be."""
    (tmp_path / "spelling").write_text("in the way", "utf-8")

    spelling = open_spelling(lambda: FREQUENCIES, "a", analyzer, tmp_path / "spelling")

    assert spelling.read("吃抵保").text == "吃低保"
    assert "spelling=not_kept" in caplog.text
