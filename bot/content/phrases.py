"""Phrases: words that steer a chat and ask nothing, `phrases.yaml`.

more: [更多, 还有吗]     # a name of PhraseGroup, and what residents say for it
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from bot.content.lines import read_lines
from bot.content.yaml_lines import read_groups


class PhraseGroup(StrEnum):
    """What a phrase means to a chat."""

    MORE = "more"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    UNDO = "undo"


@dataclass(frozen=True)
class Phrases:
    """The phrases of each group, as staff wrote them and in their order. A group may be absent."""

    groups: Mapping[PhraseGroup, tuple[str, ...]] = field(default_factory=dict)

    def group_of(self, said: str) -> PhraseGroup | None:
        """The group of what a person said; None: no phrase. Case and blanks around it do not matter."""
        return self._group_by_phrase.get(_folded(said))

    @cached_property
    def _group_by_phrase(self) -> Mapping[str, PhraseGroup]:
        return {_folded(phrase): group for group, phrases in self.groups.items() for phrase in phrases}


def read_phrases(path: Path) -> Phrases:
    """The phrases of a file.

    Raises:
        DocumentError: the file is unusable, a group is unknown, or a phrase stands twice.
    """
    lines = read_lines(path)
    groups = read_groups(lines, tuple(PhraseGroup))
    group_of: dict[str, str] = {}
    for group, phrases in groups.items():
        for phrase in phrases:
            before = group_of.setdefault(_folded(phrase.text), group)
            if before != group:
                raise lines.error(phrase.index, f"“{phrase.text}”：{before} 和 {group} 里都有；留一处")
    return Phrases({PhraseGroup(name): tuple(p.text for p in phrases) for name, phrases in groups.items()})


def _folded(said: str) -> str:
    return said.strip().casefold()
