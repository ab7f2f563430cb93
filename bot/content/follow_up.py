"""Words that tie a question to what was said before, `lexicon/follow-up.yaml`.

joining: [那, 换成]      # a name of FollowUpGroup, and what residents say for it
asking: [多久, 不。]     # 。: only at the end of what is said
correcting: [不是，]     # ，: only before a pause, or before another word that opens
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from bot.content.lines import read_lines
from bot.content.yaml_lines import read_groups
from bot.search.folding import Folding

PAUSES = "，,。.！!？?、；;：:~… \t\n"
IS, _IS_NOT = "是", "不是"
_END, _PAUSE = "。", ","
_NEVER = "(?!)"
_COUNTED = re.compile("[这那][两三几]$")
_NO_NUMBER = "(?![十百千万亿级类])"
"""Behind words that point to several things: 那三样 points, 那三百吨 and 那三级 do not."""


class FollowUpGroup(StrEnum):
    """What a group of words does in a conversation."""

    COURTESY = "courtesy"
    APART = "apart"
    JOINING = "joining"
    POINTING = "pointing"
    PRONOUN = "pronoun"
    RESUMING = "resuming"
    CORRECTING = "correcting"
    DENYING = "denying"
    RETURNING = "returning"
    ANEW = "anew"
    FIRST = "first"
    CLOSING = "closing"
    FILLER = "filler"
    CONFIRMING = "confirming"
    LIKEWISE = "likewise"
    QUALIFYING = "qualifying"
    HAPPENING = "happening"
    ASKING = "asking"
    PREDICATE = "predicate"


OPENING = (
    FollowUpGroup.RETURNING,
    FollowUpGroup.CORRECTING,
    FollowUpGroup.POINTING,
    FollowUpGroup.JOINING,
    FollowUpGroup.COURTESY,
)
"""Words of these groups may stand at the beginning, several behind each other."""


@dataclass(frozen=True)
class FollowUpWords:
    """The words of each group, folded. Without words, every question is complete."""

    groups: Mapping[FollowUpGroup, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def patterns(self) -> Mapping[FollowUpGroup, re.Pattern[str]]:
        """A pattern for each group, longest words first. It does not match where a word of APART begins.

        Before a word of RETURNING, one of ANEW may stand.
        """
        patterns = {group: self._any_of(self.groups.get(group, ())) for group in FollowUpGroup}
        anew, returning = patterns[FollowUpGroup.ANEW], patterns[FollowUpGroup.RETURNING]
        patterns[FollowUpGroup.RETURNING] = f"(?:{anew})?{returning}"
        return {group: re.compile(pattern) for group, pattern in patterns.items()}

    def confirmed_in(self, folded: str) -> str | None:
        """The rest of a folded turn that asks whether the answer is true; None: it does not ask that.

        >>> words = FollowUpWords({FollowUpGroup.CONFIRMING: ("真的吗", "没记错吧")})
        >>> words.confirmed_in("真的吗"), words.confirmed_in("45天,没记错吧"), words.confirmed_in("谁批")
        ('', '45天', None)
        """
        words = self.patterns[FollowUpGroup.CONFIRMING].pattern
        rest, count = re.subn(rf"(?:^|(?<=[{re.escape(PAUSES)}]))(?:{words})+", "", folded)
        if not count:
            return None
        for group in (FollowUpGroup.FILLER, FollowUpGroup.COURTESY):
            rest = self.patterns[group].sub("", rest)
        return rest.strip(PAUSES)

    def meant_in(self, stretch: str) -> str:
        """What goes before the thing that is meant, if a stretch says what is not; else nothing.

        >>> words = FollowUpWords({FollowUpGroup.CORRECTING: ("我问的是", "我问", "不是这个,")})
        >>> words.meant_in("我问的不是变更"), words.meant_in("不是变更")
        ('我问的', '')
        """
        ties = self.groups.get(FollowUpGroup.CORRECTING, ())
        begins = (tie.removesuffix(IS) for tie in ties if tie.endswith(IS))
        return next((begin for begin in begins if begin + _IS_NOT in stretch), "")

    def continues(self, folded: str) -> bool:
        """Whether a folded turn alone shows that it continues from an answer: 真的吗, 个人呢."""
        closing = re.sub(f"(?:{self.patterns[FollowUpGroup.CLOSING].pattern})$", "", folded.rstrip(PAUSES))
        is_kind = self.patterns[FollowUpGroup.QUALIFYING].fullmatch(closing) is not None
        return self.confirmed_in(folded) == "" or is_kind

    def bare(self, question: str) -> str:
        """A question without the words that tie it to the conversation.

        >>> groups = FollowUpGroup.JOINING, FollowUpGroup.CORRECTING, FollowUpGroup.CLOSING
        >>> words = FollowUpWords(dict(zip(groups, (("那",), ("我问的是",), ("呢",)), strict=True)))
        >>> words.bare("那要带啥材料呢？"), words.bare("我问的是工资"), words.bare("那呢")
        ('要带啥材料', '工资', '那呢')
        """
        groups = (FollowUpGroup.JOINING, FollowUpGroup.COURTESY, FollowUpGroup.CORRECTING)
        before, pauses = "|".join(self.patterns[group].pattern for group in groups), f"[{re.escape(PAUSES)}]*"
        rest = re.sub(rf"^{pauses}(?:(?:{before}){pauses})+", "", question).strip(PAUSES)
        rest = re.sub(f"(?:{self.patterns[FollowUpGroup.CLOSING].pattern})$", "", rest).strip(PAUSES)
        return rest or question.strip(PAUSES)

    def _any_of(self, words: Iterable[str]) -> str:
        """A pattern of some words. What may follow those that want a pause is written once: it is long."""
        longest_first = sorted(words, key=len, reverse=True)
        pausing = [re.escape(word.rstrip(_PAUSE)) for word in longest_first if word.endswith(_PAUSE)]
        written = [f"(?:{'|'.join(pausing)})(?:{self._behind})"] if pausing else []
        written += [self._written(word) for word in longest_first if not word.endswith(_PAUSE)]
        apart = "|".join(map(re.escape, self.groups.get(FollowUpGroup.APART, ()))) or _NEVER
        return f"(?!{apart})(?:{'|'.join(written) or _NEVER})"

    def _written(self, word: str) -> str:
        """A word of the file that wants no pause, as a regular expression."""
        text = re.escape(word.rstrip(_END))
        if word.endswith(_END):
            return f"{text}$"
        return text + _NO_NUMBER if _COUNTED.search(text) else text

    @cached_property
    def _behind(self) -> str:
        """A pattern for what may follow a word that wants a pause."""
        opening = {word.rstrip(_PAUSE) for group in OPENING for word in self.groups.get(group, ())}
        return f"(?={'|'.join([f'[{re.escape(PAUSES)}]', *map(re.escape, sorted(opening))])})|$"


def read_follow_up(path: Path) -> FollowUpWords:
    """The words of a file.

    Raises:
        DocumentError: the file is unusable, or a group is unknown.
    """
    folding = Folding()
    groups = read_groups(read_lines(path), tuple(FollowUpGroup))
    return FollowUpWords(
        {
            FollowUpGroup(name): tuple(folding.fold(word.text) for word in words)
            for name, words in groups.items()
        }
    )
