"""How residents ask for each aspect of a matter, `lexicon/aspects.yaml`.

who: [谁（来/给/）, 哪个（部门/单位）]   # a name of Aspect; a choice may be empty
may: [能…吗]                            # up to GAP characters between
must: [要不要。]                         # only at the end of what is asked
wrapping: [帮我查（下/）]                # what is put around a question
empty: [吗, 我]                          # single characters that say nothing of the matter
"""

import re
from pathlib import Path

from bot.content.lines import Lines, read_lines
from bot.content.patterns import regex_of
from bot.content.yaml_lines import GroupedWord, read_groups
from bot.search.folding import Folding
from bot.search.meaning.aspect import Aspect, Aspects

ASPECTS_FILE = "lexicon/aspects.yaml"

_EMPTY, _WRAPPING = "empty", "wrapping"
_END = "。"
_AT_END = r"(?=[,，。!！?？;；、\s]|$)"


def read_aspects(path: Path) -> Aspects:
    """The ways to ask of a file.

    Raises:
        DocumentError: the file is unusable, a group is unknown, or a line cannot be read.
    """
    lines, folding = read_lines(path), Folding()
    groups = read_groups(lines, (*Aspect, _WRAPPING, _EMPTY))
    patterns = {
        name: re.compile("|".join(_regex(lines, word, folding) for word in words))
        for name, words in groups.items()
        if name != _EMPTY and words
    }
    wrapping = patterns.pop(_WRAPPING, None)
    empty = frozenset(_empty(lines, word, folding) for word in groups.get(_EMPTY, ()))
    return Aspects({Aspect(name): pattern for name, pattern in patterns.items()}, empty, wrapping)


def _regex(lines: Lines, word: GroupedWord, folding: Folding) -> str:
    folded = folding.fold(word.text)
    try:
        return regex_of(folded.removesuffix(_END), {}) + (_AT_END if folded.endswith(_END) else "")
    except ValueError as error:
        raise lines.error(word.index, f"问法“{word.text}”：{error}") from None


def _empty(lines: Lines, word: GroupedWord, folding: Folding) -> str:
    if len(word.text) != 1:
        raise lines.error(word.index, f"字“{word.text}”：不是一个字；empty 里一项写一个字")
    return folding.fold(word.text)
