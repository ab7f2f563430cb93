"""Routing examples from a file: what was counted once is the same when it is opened, and never outdated."""

import logging
from pathlib import Path

import pytest

from bot.content.routing_examples import FILE
from bot.content.routing_examples_files import load_kept_routing_examples, load_routing_examples
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

EXAMPLES = "examples:\n  着火: [灶台火苗窜上来了]\nordinary: [火灾烧了家当怎么申请救济]\n"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder with an example of one kind."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / FILE).write_text(EXAMPLES, "utf-8")
    return folder


def made_again(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Why examples were read from their lines, since this was asked last."""
    lines = [record.getMessage() for record in caplog.records if record.name.endswith("sealing")]
    caplog.clear()
    return lines


def test_what_is_opened_is_what_was_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The shipped examples, all of them; they are read once."""
    caplog.set_level(logging.INFO)
    read = load_routing_examples(KNOWLEDGE).value

    for _ in range(2):
        opened = load_kept_routing_examples(KNOWLEDGE, tmp_path).value
        assert opened.likeness.counts == read.likeness.counts
        assert opened.lines == read.lines

    assert made_again(caplog) == ["routing_examples=made reason=missing"]


def test_a_change_counts_at_once(knowledge: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """An example of another kind."""
    caplog.set_level(logging.INFO)
    load_kept_routing_examples(knowledge, tmp_path / "kept")
    made_again(caplog)

    (knowledge / FILE).write_text(EXAMPLES.replace("着火", "落水"), "utf-8")

    assert load_kept_routing_examples(knowledge, tmp_path / "kept").value.likeness.kinds == ("落水",)
    assert made_again(caplog) == ["routing_examples=made reason=outdated"]


def test_a_folder_without_examples_has_none(tmp_path: Path) -> None:
    """Nothing is kept then."""
    assert load_kept_routing_examples(tmp_path, tmp_path / "kept").value.likeness.kinds == ()
    assert not (tmp_path / "kept").exists()


def test_an_unusable_file_is_told_as_without_keeping(knowledge: Path, tmp_path: Path) -> None:
    """The same error with its line."""
    (knowledge / FILE).write_text("examples: {}\nordinary: []\n", "utf-8")

    with pytest.raises(DocumentError) as plain:
        load_routing_examples(knowledge)
    with pytest.raises(DocumentError) as kept:
        load_kept_routing_examples(knowledge, tmp_path / "kept")

    assert str(kept.value) == str(plain.value)
