"""Dialogues: whether the last turn of a conversation finds its clause, by kind of turn."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CollectionError
from bot.policy.clause import Clause

WITHIN = (1, 3)
"""Ranks up to which a right clause counts."""

ALL = "all"

Talk = Callable[[Sequence[str]], Sequence[Clause]]
"""The clauses that answer the last of some turns, best first; none where it is not answered."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns of one person, and what answers the last of them.

    `right` are documents, each with the label of a clause or words of it; `evidence` are words that a right
    clause holds. Without either, the last turn must not be answered.
    """

    turns: tuple[str, ...]
    kind: str
    right: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]

    @property
    def is_answerable(self) -> bool:
        """Whether any clause is right."""
        return bool(self.right or self.evidence)

    def is_right(self, clause: Clause) -> bool:
        """Whether a clause answers the last turn. 第九条 is right for its 款, too."""
        text = re.sub(r"\s", "", clause.text)
        if any(words in text for words in self.evidence):
            return True
        return any(
            clause.document_id == document and _has_label(clause.label, text, label)
            for document, label in self.right
        )


def read_dialogues(path: Path, split: str | None = None) -> list[Dialogue]:
    """The dialogues of a file: {"turns", "kind"?, "right"? or "any"?, "split"?} a line.

    Args:
        split: only those of this split; None: all.

    Raises:
        CollectionError: a line is no dialogue, or there is none.
    """
    dialogues = []
    for line, text in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            dialogue = Dialogue(
                tuple(_texts(row["turns"])),
                str(row.get("kind", ALL)),
                tuple((document, label) for document, label in map(_texts, row.get("right", []))),
                tuple(_texts(row.get("any", []))),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise CollectionError(
                f'{path}:{line}: is no dialogue; write {{"turns": ["…"], "right": [["document", "第九条"]]}}'
            ) from None
        if dialogue.turns and split in (None, row.get("split")):
            dialogues.append(dialogue)
    if not dialogues:
        raise CollectionError(f"file '{path}': holds no dialogue; write one a line, and check --split")
    return dialogues


def measure_dialogues(dialogues: Iterable[Dialogue], talk: Talk) -> Mapping[str, Mapping[str, float]]:
    """For each kind, and for all: `dialogues`, their number, and hit@1 and hit@3 of the last turn, 0-1.

    A dialogue that nothing answers is a hit where nothing is found. It counts in its own kind only.
    """
    hits: dict[str, list[list[bool]]] = defaultdict(list)
    for dialogue in dialogues:
        found = talk(dialogue.turns)
        rights = [dialogue.is_right(clause) for clause in found]
        within = [any(rights[:rank]) if dialogue.is_answerable else not found for rank in WITHIN]
        hits[dialogue.kind].append(within)
        if dialogue.is_answerable and dialogue.kind != ALL:
            hits[ALL].append(within)
    kinds = [*sorted(hits.keys() - {ALL}), *({ALL} & hits.keys())]
    return {kind: _figures(hits[kind]) for kind in kinds}


def _figures(rows: Sequence[Sequence[bool]]) -> Mapping[str, float]:
    shares = {f"hit@{rank}": sum(row[i] for row in rows) / len(rows) for i, rank in enumerate(WITHIN)}
    return {"dialogues": len(rows), **shares}


def _has_label(own: str, text: str, label: str) -> bool:
    if own == label or re.match(rf"{re.escape(label)}(?!之|[（(]?\d)", own):
        return True
    return not label.startswith("第") and label in text


def _texts(values: object) -> list[str]:
    """A list of texts; TypeError where it is none."""
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise TypeError(values)
    return values
