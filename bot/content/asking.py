"""How residents ask for an agent, a consequence, a yes, or two things at once: `lexicon/asking.yaml`.

who: [谁, 哪个（部门/单位）]   # a name of AskingGroup, and what residents say
may: [吗。]                    # only at the end of what is asked
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from bot.content.answer_kinds import read_cues
from bot.search.meaning.answer_kind import Cue

_AND = "[和与]"
"""Joins two questions right before words that ask: 谁来批和什么时候停."""

_A_NOT_A = re.compile(r"(\w)[不没]\1")
"""能不能, 交不交, 有没有: how Chinese asks for a yes, whatever the verb."""

_BREAKS = r"[,，。!！?？;；、\s]+"


class AskingGroup(StrEnum):
    """The meaning of a group's words in a question."""

    PAYER = "payer"
    WHO = "who"
    CONSEQUENCE = "consequence"
    MAY = "may"
    OTHER = "other"
    JOINS = "joins"
    PLAIN = "plain"
    INDIRECT = "indirect"


_KINDS = (AskingGroup.PAYER, AskingGroup.WHO, AskingGroup.CONSEQUENCE, AskingGroup.MAY)
_ASKING = (*_KINDS, AskingGroup.OTHER)


@dataclass(frozen=True)
class AskingWords:
    """The cues of each group. Without cues, only 能不能 and its like ask."""

    cues: Mapping[AskingGroup, tuple[Cue, ...]] = field(default_factory=dict)

    def kind(self, folded: str) -> AskingGroup | None:
        """What a folded question asks for: a payer, an agent, a consequence, a yes. None: nothing of these.

        The first of them that it asks for; a yes is asked for only where nothing else is.

        >>> AskingWords({AskingGroup.WHO: (Cue("谁"),)}).kind("低保谁来批")
        <AskingGroup.WHO: 'who'>
        """
        found = (kind for kind in _KINDS if kind in self._patterns and self._patterns[kind].search(folded))
        return next(found, AskingGroup.MAY if _A_NOT_A.search(folded) else None)

    def asks(self, folded: str) -> bool:
        """Whether a folded stretch of a question asks something by itself.

        >>> AskingWords().asks("试用期能不能延长"), AskingWords().asks("我在厂里上班")
        (True, False)
        """
        if _A_NOT_A.search(folded):
            return True
        plain = self._patterns.get(AskingGroup.PLAIN)
        apart = [match.span() for match in plain.finditer(folded)] if plain else []
        return any(
            not any(start <= match.start() and match.end() <= end for start, end in apart)
            for group in _ASKING
            if group in self._patterns
            for match in self._patterns[group].finditer(folded)
        )

    def asks_indirectly(self, folded: str) -> bool:
        """Whether a folded stretch only mentions a question: 不知道是谁."""
        indirect = self._patterns.get(AskingGroup.INDIRECT)
        return indirect is not None and indirect.search(folded) is not None

    def stretches(self, folded: str) -> list[str]:
        """A folded question, cut at punctuation, blanks, and words that go on to something else."""
        return [stretch for stretch in self._breaks.split(folded) if stretch]

    @cached_property
    def _breaks(self) -> re.Pattern[str]:
        joins = self.cues.get(AskingGroup.JOINS, ())
        asking = [self._patterns[group].pattern for group in _ASKING if group in self._patterns]
        both = [f"{_AND}(?={'|'.join(asking)})"] if asking else []
        return re.compile("|".join([_BREAKS, *(cue.pattern for cue in joins), *both]))

    @cached_property
    def _patterns(self) -> Mapping[AskingGroup, re.Pattern[str]]:
        return {
            group: re.compile("|".join(cue.pattern for cue in cues))
            for group, cues in self.cues.items()
            if cues
        }


def read_asking(path: Path) -> AskingWords:
    """The cues of a file.

    Raises:
        DocumentError: the file is unusable, a group is unknown, or a line is no cue.
    """
    return AskingWords(read_cues(path, AskingGroup, fewest=1))
