"""Dialogues: what counts as right, by kind."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.errors import CollectionError
from bot.evaluation.dialogues import measure_dialogues, read_dialogues
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.splitting.split import split

CLAUSES = split(Document("甲办法", "甲办法", "第一条　一天内受理。\n第二条　十天内办结。")).clauses


def dialogues_file(tmp_path: Path, *rows: object) -> Path:
    """A file of dialogues."""
    path = tmp_path / "dialogues.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def test_figures_are_those_a_hand_computes(tmp_path: Path) -> None:
    """By kind and for all; a dialogue that nothing answers counts in its own kind only."""
    path = dialogues_file(
        tmp_path,
        {"turns": ["甲怎么办", "多久受理"], "kind": "aspect", "right": [["甲办法", "第一条"]]},  # first
        {"turns": ["甲怎么办", "多久办结"], "kind": "aspect", "any": ["十天内办结"]},  # second
        {"turns": ["甲怎么办", "那乙呢"], "kind": "switch", "right": [["乙办法", "第一条"]]},  # not found
        {"turns": ["甲怎么办", "啊"], "kind": "unclear", "right": []},  # rightly not answered
    )

    def talk(turns: Sequence[str]) -> Sequence[Clause]:
        return () if turns[-1] == "啊" else CLAUSES

    assert measure_dialogues(read_dialogues(path), talk) == {
        "aspect": {"dialogues": 2, "hit@1": 0.5, "hit@3": 1.0},
        "switch": {"dialogues": 1, "hit@1": 0.0, "hit@3": 0.0},
        "unclear": {"dialogues": 1, "hit@1": 1.0, "hit@3": 1.0},
        "all": {"dialogues": 3, "hit@1": 1 / 3, "hit@3": 2 / 3},
    }


def test_a_split_is_measured_by_itself(tmp_path: Path) -> None:
    """Rows of the other half are left out."""
    rows = [{"turns": [name], "split": name, "any": ["一天"]} for name in ("choose", "report")]

    (only,) = read_dialogues(dialogues_file(tmp_path, *rows), "report")

    assert only.turns == ("report",)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"kind": "aspect"}, ":1: is no dialogue"),  # no turns
        ({"turns": "低保怎么申请"}, ":1: is no dialogue"),  # one text instead of a list
        ({"turns": ["甲"], "right": [["甲办法"]]}, ":1: is no dialogue"),  # no label
        ([], ":1: is no dialogue"),
        ({"turns": []}, "holds no dialogue"),
    ],
)
def test_what_is_no_dialogue_is_named_with_its_line(tmp_path: Path, row: object, named: str) -> None:
    """A typing mistake is found without a debugger."""
    with pytest.raises(CollectionError) as caught:
        read_dialogues(dialogues_file(tmp_path, row))

    assert named in str(caught.value)
