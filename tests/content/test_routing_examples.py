"""The file of examples, and what is said of its mistakes."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.check import check_folder
from bot.content.routing_examples import SURE, read_routing_examples
from bot.content.table import ROUTING_EXAMPLES
from bot.errors import DocumentError

TEXT = "examples:\n  着火: [灶台火苗窜上来了, 楼上冒火了]\nordinary: [火灾有什么补助]\n"


def written(tmp_path: Path, text: str) -> Path:
    """A file with a text."""
    path = tmp_path / "routing-examples.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_message_like_the_examples_of_a_rule_has_its_name(tmp_path: Path) -> None:
    """Wordings may be traditional; they are folded like messages."""
    guess = read_routing_examples(written(tmp_path, TEXT)).likeliest("楼下火苗窜上来了")

    assert guess.kind == "着火"
    assert guess.strength >= SURE


def test_without_a_file_a_message_is_like_nothing() -> None:
    """The service goes by phrases alone."""
    assert ROUTING_EXAMPLES.load(Path("/nowhere")).value.likeliest("着火了").strength == 0


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("examples:\n  着火: 冒火了\nordinary: [低保怎么办]\n", 2, "清单"),  # a word, not a list
        ("examples:\n  着火:\n    - 冒火了\n    - 火\nordinary: [低保怎么办]\n", 4, "2"),  # too short
        ("examples:\n  着火: [冒火了]\n", 1, "ordinary"),  # nothing to compare with
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    """The error names the line and what is wrong."""
    with pytest.raises(DocumentError) as raised:
        read_routing_examples(written(tmp_path, text))

    assert raised.value.line == line
    assert problem in raised.value.problem


def test_examples_of_a_rule_that_is_not_there_are_told(tmp_path: Path) -> None:
    """They would lead nowhere."""
    written(tmp_path, TEXT)
    (tmp_path / "policies").mkdir()
    (tmp_path / "routing.yaml").write_text(
        "rules:\n  - name: 火警\n    sentence: 请打 119。\n    urgent: true\n", "utf-8"
    )

    _, findings = check_folder(tmp_path, date(2026, 11, 27), lambda holdings, _: holdings)

    assert [(found.rule, found.line) for found in findings] == [("unknown-route", 2)]
    assert "着火" in findings[0].message
