"""How residents ask for each kind of answer, `lexicon/answer-kinds.yaml`.

amount:                      # a name of AnswerKind
  - 几块
  - 多少（钱/元）            # one of several: 多少钱, 多少元
  - 多少。                   # only at the end of a question
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import product, zip_longest
from pathlib import Path
from typing import TypeVar

from bot.content.lines import read_lines
from bot.content.yaml_lines import read_groups
from bot.search.folding import Folding
from bot.search.meaning.answer_kind import AnswerKind, AnswerKinds, Cue

G = TypeVar("G", bound=StrEnum)

_END = "。"
_CHOICE = re.compile(r"\(([^()]*)\)")
_FEWEST = 2
"""Characters of a cue: a single one stands in too many questions."""


def read_answer_kinds(path: Path) -> AnswerKinds:
    """The cues of a file.

    Raises:
        DocumentError: the file is unusable, a kind is unknown, or a line is no cue.
    """
    return AnswerKinds(read_cues(path, AnswerKind, _FEWEST))


def read_cues(path: Path, groups: type[G], fewest: int) -> dict[G, tuple[Cue, ...]]:
    """The cues of each group in a file.

    Args:
        fewest: characters of the shortest cue.

    Raises:
        DocumentError: the file is unusable, a group is unknown, or a line is no cue.
    """
    lines, folding = read_lines(path), Folding()
    cues: dict[G, tuple[Cue, ...]] = {}
    for name, written in read_groups(lines, tuple(groups)).items():
        found: list[Cue] = []
        for word in written:
            try:
                found += cues_of(folding.fold(word.text), fewest=fewest)
            except ValueError as error:
                raise lines.error(word.index, f"问法“{word.text}”：{error}") from None
        cues[groups(name)] = tuple(found)
    return cues


def cues_of(folded: str, fewest: int = _FEWEST) -> list[Cue]:
    """The cues that one folded line of the file stands for, each of at least `fewest` characters.

    Raises:
        ValueError: the line is no cue; the message says what is wrong and what to do.

    >>> [cue.text for cue in cues_of("几(天/个月)")]
    ['几天', '几个月']
    """
    at_end = folded.endswith(_END)
    text = folded.removesuffix(_END)
    parts = _CHOICE.split(text)
    literals, choices = parts[::2], parts[1::2]
    if re.search("[()]", "".join(literals)):
        raise ValueError("括号没有成对；写成“多少（钱/元）”")
    if "/" in "".join(literals) or _END in text:
        raise ValueError("“/”只能写在括号里，“。”只能写在最后；写成“多少（钱/元）。”")
    alternatives = [[each.strip() for each in choice.split("/")] for choice in choices]
    texts = [_filled(literals, chosen) for chosen in product(*alternatives)]
    if not all(map(all, alternatives)) or any(len(text) < fewest for text in texts):
        raise ValueError(f"太短，或者有一种写法是空的；每种写法至少写 {fewest} 个字")
    return [Cue(text, at_end) for text in texts]


def _filled(literals: Sequence[str], chosen: Sequence[str]) -> str:
    """Literals, with the chosen alternatives between them."""
    return "".join(piece for pair in zip_longest(literals, chosen, fillvalue="") for piece in pair)
