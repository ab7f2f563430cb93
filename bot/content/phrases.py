"""Phrases: words that steer a chat and ask nothing, `phrases.yaml`.

more: [更多, 还有吗]     # a name of PhraseGroup, and what residents say for it
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from bot.content.lines import read_lines
from bot.content.sayings import Sayings
from bot.content.yaml_lines import read_groups
from bot.search.folding import Folding

_REASON = re.compile(r"[\s,，.。:：;；!！、]*(?:因为|原因是?|由于)?[\s,，:：]*")
_GIVES_REASON = re.compile(r"[\s,，.。:：;；!！、]|因为|原因|由于")


class PhraseGroup(StrEnum):
    """The meaning of a phrase in a chat.

    If a message has phrases of several groups, the first group here counts.
    """

    WITHDRAW = "withdraw"
    MORE = "more"
    UNHELPFUL = "unhelpful"
    HELPFUL = "helpful"
    UNDO = "undo"
    POLITE = "polite"
    """Words such as 请 and 吧. Beside a phrase they change nothing, alone they steer nothing."""


_GROUPS = tuple(PhraseGroup)


@dataclass(frozen=True)
class Phrases:
    """The phrases of each group, as staff wrote them and in their order. A group may be absent."""

    groups: Mapping[PhraseGroup, tuple[str, ...]] = field(default_factory=dict)

    def group_of(self, said: str) -> PhraseGroup | None:
        """The group of a message that consists only of phrases; None: it says more.

        Case, signs, blanks and polite words do not matter.
        """
        rank = self._sayings.rank(self._fold(said))
        return None if rank is None or _GROUPS[rank] is PhraseGroup.POLITE else _GROUPS[rank]

    def word_for(self, group: PhraseGroup) -> str | None:
        """The phrase that a person is told to say: the first one of a group. None: the group has none."""
        return next(iter(self.groups.get(group, ())), None)

    def reason_in(self, said: str) -> str:
        """The reason behind 没用: 没用，说的是外地的. Empty: the message gives no reason."""
        for phrase in self.groups.get(PhraseGroup.UNHELPFUL, ()):
            rest = said.strip().removeprefix(phrase)
            if len(rest) < len(said.strip()) and _GIVES_REASON.match(rest):
                return _REASON.sub("", rest, count=1)
        return ""

    @cached_property
    def _sayings(self) -> Sayings:
        ranked = [
            (self._fold(phrase), rank)
            for rank, group in enumerate(_GROUPS[:-1])
            for phrase in self.groups.get(group, ())
        ]
        polite = [self._fold(phrase) for phrase in self.groups.get(PhraseGroup.POLITE, ())]
        return Sayings(ranked, polite, nothing=len(_GROUPS) - 1)

    @cached_property
    def _folding(self) -> Folding:
        return Folding()

    def _fold(self, said: str) -> str:
        return "".join(self._folding.fold(said).split())


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
            before = group_of.setdefault(phrase.text.casefold(), group)
            if before != group:
                raise lines.error(phrase.index, f"“{phrase.text}”：{before} 和 {group} 里都有；留一处")
    return Phrases({PhraseGroup(name): tuple(p.text for p in phrases) for name, phrases in groups.items()})
