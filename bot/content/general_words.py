"""Words that fit any matter, `lexicon/general-words.txt`: a question that has only these is vague.

申请, 材料, 几天      # some a line, parted by commas; what follows a # is a remark
平常: 老板, 门口      # everyday words that fit any matter, too; they count only where it is asked back
不算: 结婚登记        # made of such words, and names a matter all the same
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

from bot.content.lines import read_lines
from bot.content.sayings import Sayings
from bot.search.folding import Folding

GENERAL_WORDS_FILE = "lexicon/general-words.txt"

LONGEST_WORD = 8
"""Characters of a word. What is longer names a matter."""

_NAMES, _EVERYDAY = "不算", "平常"
_NUMBERS = re.compile(r"[0-9.零〇一二两三四五六七八九十百千]+")


@dataclass(frozen=True)
class GeneralWords:
    """Folded words, and `names` that are made of such words. Without words, no question is vague.

    `everyday`: words that fit any matter as well, of everyday speech. `matters`: words that name one.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    matters: frozenset[str] = frozenset()

    def with_stop_words(self, stop_words: Iterable[str]) -> "GeneralWords":
        """The same words and some that carry no meaning; an empty list stays empty."""
        return replace(self, words=self.words.union(stop_words)) if self.words else self

    def with_matters(self, matters: Iterable[str]) -> "GeneralWords":
        """The same words, and some that name a matter, but for those that are general."""
        return replace(self, matters=frozenset(matters) - self.words - self.everyday)

    def make_up(self, folded: str) -> bool:
        """Whether a folded question consists only of such words, numbers and signs.

        >>> GeneralWords(frozenset({"多少", "天", "办下来"})).make_up("多少天办下来?")
        True
        """
        if not self.words or self._sayings.rank(_NUMBERS.sub("", folded)) is None:
            return False
        return not any(name in folded for name in self.names)

    def leave_open(self, folded: str) -> bool:
        """Whether a folded question leaves open what it is about: it has general and everyday words alone.

        >>> GeneralWords(frozenset({"怎么", "罚"}), everyday=frozenset({"弄坏"})).leave_open("弄坏怎么罚?")
        True
        """
        if self.make_up(folded):
            return True
        if not self.everyday or self._with_everyday.rank(_NUMBERS.sub("", folded)) is None:
            return False
        return not any(name in folded for name in chain(self.names, self.matters))

    @cached_property
    def _sayings(self) -> Sayings:
        return Sayings(polite=self.words)

    @cached_property
    def _with_everyday(self) -> Sayings:
        return Sayings(polite=self.words | self.everyday)


def read_general_words(path: Path) -> GeneralWords:
    """The words of a file.

    Raises:
        DocumentError: the file is unusable, or a word is too long.
    """
    lines, folding = read_lines(path), Folding()
    words: dict[str, set[str]] = {"": set(), _NAMES: set(), _EVERYDAY: set()}
    for index, line in enumerate(lines.lines):
        kind, _, rest = folding.fold(line.partition("#")[0]).rpartition(":")
        if kind.strip() not in words:
            raise lines.error(index, f"“{kind}”：冒号前面只能写“{_NAMES}”或“{_EVERYDAY}”；删去冒号和前面的字")
        found = [word.strip() for word in rest.split(",")]
        if too_long := next((word for word in found if len(word) > LONGEST_WORD), None):
            raise lines.error(index, f"“{too_long}”：最多 {LONGEST_WORD} 个字；几个词之间用逗号隔开")
        words[kind.strip()].update(filter(None, found))
    return GeneralWords(*(frozenset(words[kind]) for kind in ("", _NAMES, _EVERYDAY)))
