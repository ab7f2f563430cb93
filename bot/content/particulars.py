"""Particulars: figures and details that questions ask for and texts may leave out.

They stand in `lexicon/particulars.yaml`:

words:
  多少: [多少, 好多, 几何]              # a list that phrases name in <>
told: [好几, （这/那）几]                # a number that is told; nothing in it asks
particulars:
  - name: 金额                          # what is not written
    asked: [（补/给）<多少>。, <多少>（钱/元）]   # how residents ask
    unless: [收了多少钱]                 # a question with these words asks for something else
    stated: [<数>元, 百分之]             # how texts write it; empty: they never do
    also: 标准、费用、人民政府确定        # words by which texts speak of such things
    varies: yes                         # there are many of its kind
    apart: [罚款]                       # a sentence with these words states something else

`patterns.py` says how phrases are written; `words` has the lists that they name.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.finder import PhraseMatcher
from bot.content.lines import read_lines
from bot.content.patterns import WordLists
from bot.content.yaml_lines import read_numbered_yaml
from bot.errors import DocumentError
from bot.search.folding import Folding

PARTICULARS_FILE = "lexicon/particulars.yaml"

_MARK = re.compile(r"[,。!?;:、\n]")
_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]?")

_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=400)]


class _Particular(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Words = Field(description="没有写的是什么，如 金额")
    asked: list[_Words] = Field(min_length=1, description="一个清单，居民怎么问，如 多少（钱/元）")
    unless: list[_Words] = Field([], description="一个清单，问题里有这些话就不算")
    stated: list[_Words] = Field([], description="一个清单，公文怎么写出它来，如 <数>元")
    also: str = Field("", description="公文说到这一类事时用的词")
    varies: bool = Field(default=False, strict=False, description="yes：各处各事的数不一样")
    apart: list[_Words] = Field([], description="一个清单，有这些话的句子写的是别的数，问题也说到才算")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: dict[_Words, list[_Words]] = Field({}, description="一个名字一个清单")
    told: list[_Words] = Field([], description="一个清单，说出来的约数，不是问：好几、那几")
    particulars: list[_Particular] = Field([], description="一个清单，每项有 name、asked、stated")


@dataclass(frozen=True)
class Particular:
    """Something exact that a question may ask for. The wordings are of folded text.

    `varies`: there are many of its kind, so that one that is written may be that of something else.
    `apart`: a sentence with these words states something else, unless the question has them, too: 罚款.
    """

    name: str
    asked: PhraseMatcher
    unless: PhraseMatcher | None = None
    stated: PhraseMatcher | None = None
    also: str = ""
    varies: bool = False
    apart: PhraseMatcher | None = None

    def words_in(self, folded: str) -> str:
        """The part of a folded question that asks for it, between two marks; empty where none does.

        >>> Particular("电话", PhraseMatcher.of(["几号"])).words_in("想申诉,电话几号呢?急")
        '电话几号呢'
        """
        found = self.asked.search(folded)
        if not found:
            return ""
        before, behind = _MARK.split(folded[: found.end() - 1])[-1], _MARK.split(folded[found.end() - 1 :])[0]
        return (before + behind).strip()

    def is_stated(self, folded: str, question: str = "") -> bool:
        """Whether a folded text states it for a folded question.

        >>> stated, apart = PhraseMatcher.of(["<数>元"]), PhraseMatcher.of(["罚"])
        >>> row = Particular("金额", PhraseMatcher.of(["多少"]), stated=stated, apart=apart)
        >>> row.is_stated("处五百元罚款。", "油费多少"), row.is_stated("处五百元罚款。", "罚多少")
        (False, True)
        """
        if self.apart and self.apart.search(folded) and not self.apart.search(question):
            folded = "".join(one for one in _SENTENCE.findall(folded) if not self.apart.search(one))
        return bool(self.stated and self.stated.search(folded))


@dataclass(frozen=True)
class Particulars:
    """The particulars, in the order in which they are recognised. `told`: numbers that do not ask (好几)."""

    rows: tuple[Particular, ...] = ()
    told: PhraseMatcher | None = None

    def asked_for(self, folded: str) -> tuple[Particular, ...]:
        """The particulars that a folded question asks for.

        Words that belong to one do not count for another.
        """
        found = []
        left = self.told.sub(_blanked, folded) if self.told else folded
        for row in self.rows:
            if row.unless and row.unless.search(left):
                continue
            without = row.asked.sub(_blanked, left)
            if without != left:
                found.append(row)
                left = without
        return tuple(found)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names, in order."""
        return tuple(row.name for row in self.rows)


def read_particulars(path: Path) -> Particulars:
    """The particulars of a file.

    Raises:
        DocumentError: the file is unusable, or a way of asking or writing cannot be read.
    """
    folding = Folding()
    file, line_of = read_numbered_yaml(read_lines(path), _File)
    lists = {name: [folding.fold(word) for word in words] for name, words in file.words.items()}
    try:
        told = _wording(map(folding.fold, file.told), lists)
    except ValueError as error:
        raise DocumentError(path, line_of["told",], f"told：{error}") from None
    rows = []
    for number, row in enumerate(file.particulars):
        wordings = {}
        for key in ("asked", "unless", "stated", "apart"):
            try:
                wordings[key] = _wording(map(folding.fold, getattr(row, key)), lists)
            except ValueError as error:
                raise DocumentError(path, line_of["particulars", number, key], f"{key}：{error}") from None
        asked = wordings["asked"]
        assert asked is not None  # noqa: S101  # the model wants at least one
        unless, stated, apart = wordings["unless"], wordings["stated"], wordings["apart"]
        rows.append(Particular(row.name, asked, unless, stated, row.also, row.varies, apart))
    return Particulars(tuple(rows), told)


def _blanked(taken: re.Match[str]) -> str:
    return "\0" * len(taken[0])


def _wording(phrases: Iterable[str], lists: WordLists) -> PhraseMatcher | None:
    """A matcher for some folded phrases; None: there are no phrases."""
    written = list(phrases)
    return PhraseMatcher.of(written, lists) if written else None
