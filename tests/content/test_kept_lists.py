"""Word lists that are kept: what was read once is the same when it is opened, and never outdated."""

import logging
from pathlib import Path

import pytest

from bot.content.kept_lists import (
    ELSEWHERE_FORM,
    EVERYDAY_QUESTIONS_FORM,
    OFFICIAL_WORDS_FORM,
    PARTICULARS_FORM,
    ROUTING_EXAMPLES_FORM,
    ROUTING_FORM,
    SUBJECTS_FORM,
    KeptForm,
)
from bot.content.kind import FileKind
from bot.content.subjects import SUBJECTS_FILE, Subjects
from bot.content.table import (
    CONTENT,
    ELSEWHERE,
    EVERYDAY_QUESTIONS,
    OFFICIAL_WORDS,
    PARTICULARS,
    ROUTING,
    ROUTING_EXAMPLES,
    SUBJECTS,
)
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

LISTS = [
    (SUBJECTS, SUBJECTS_FORM),
    (PARTICULARS, PARTICULARS_FORM),
    (OFFICIAL_WORDS, OFFICIAL_WORDS_FORM),
    (EVERYDAY_QUESTIONS, EVERYDAY_QUESTIONS_FORM),
    (ELSEWHERE, ELSEWHERE_FORM),
    (ROUTING, ROUTING_FORM),
    (ROUTING_EXAMPLES, ROUTING_EXAMPLES_FORM),
]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with two matters."""
    folder = tmp_path / "knowledge"
    (folder / "lexicon").mkdir(parents=True)
    (folder / SUBJECTS_FILE).write_text("驾驶证, 驾照\n丢证：身份证…（丢/补） = 居民身份证\n", "utf-8")
    return folder


def named(subjects: Subjects, question: str) -> list[str]:
    """What the matters that a question names are called."""
    return [name for name, _ in subjects.named_in(question)]


def read_again(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Why lists were read from their lines, since this was asked last."""
    lines = [record.getMessage() for record in caplog.records if record.name.endswith("sealing")]
    caplog.clear()
    return lines


@pytest.mark.parametrize(("kind", "form"), LISTS, ids=[kind.name for kind, _ in LISTS])
def test_what_is_opened_is_what_was_read(
    kind: FileKind[object], form: KeptForm[object], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The shipped lists; each is read once."""
    caplog.set_level(logging.INFO)
    read = kind.load(KNOWLEDGE).value

    for _ in range(2):
        opened = kind.load_beside(KNOWLEDGE, tmp_path).value
        assert form.row(opened) == form.row(read)

    assert read_again(caplog) == [f"{kind.name}=made reason=missing"]


def test_a_list_that_is_opened_finds_what_it_found(knowledge: Path, tmp_path: Path) -> None:
    """By a plain name, and by a choice behind a gap."""
    for _ in range(2):
        subjects = SUBJECTS.load_beside(knowledge, tmp_path / "kept").value
        assert named(subjects, "驾照过期和身份证去哪补") == ["驾照", "丢证"]


def test_a_change_counts_at_once(knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A line is added."""
    caplog.set_level(logging.INFO)
    SUBJECTS.load_beside(knowledge, tmp_path / "kept")
    read_again(caplog)

    with (knowledge / SUBJECTS_FILE).open("a", encoding="utf-8") as file:
        file.write("行驶证\n")

    assert named(SUBJECTS.load_beside(knowledge, tmp_path / "kept").value, "行驶证") == ["行驶证"]
    assert read_again(caplog) == ["subject=made reason=outdated"]


def test_a_damaged_list_is_read_again(
    knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says so, and the next start opens what was mended."""
    SUBJECTS.load_beside(knowledge, tmp_path / "kept")
    next((tmp_path / "kept").rglob("row")).write_bytes(b"(")
    read_again(caplog)

    for _ in range(2):
        assert named(SUBJECTS.load_beside(knowledge, tmp_path / "kept").value, "驾照") == ["驾照"]

    assert read_again(caplog) == ["subject=made reason=corrupt"]


def test_a_folder_without_a_list_has_none(tmp_path: Path) -> None:
    """Nothing is kept then."""
    assert SUBJECTS.load_beside(tmp_path, tmp_path / "kept").value == Subjects()
    assert not (tmp_path / "kept").exists()


def test_an_unusable_list_is_told_as_without_keeping(knowledge: Path, tmp_path: Path) -> None:
    """The same error with its line, and nothing is kept of it."""
    (knowledge / SUBJECTS_FILE).write_text("驾驶证\n身份证…丢\n", "utf-8")

    with pytest.raises(DocumentError) as plain:
        SUBJECTS.load(knowledge)
    with pytest.raises(DocumentError) as kept:
        SUBJECTS.load_beside(knowledge, tmp_path / "kept")

    assert str(kept.value) == str(plain.value)
    assert not list((tmp_path / "kept").rglob("row"))


def test_each_list_is_kept_in_a_folder_of_its_own() -> None:
    """Two kinds with one name would throw out what the other keeps."""
    names = [kind.name for kind in CONTENT if kind.load_kept]

    assert len(names) == len(set(names))
