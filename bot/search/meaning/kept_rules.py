"""The rules of a thesaurus in files that processes share. A rule is read when a question meets it.

Reading 28,000 rules from their lines takes half a second of each start, and a question meets some forty.
"""

import marshal
import mmap
from array import array
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import overload

from bot.search.meaning.rule import MeantTerm, Rule
from bot.search.meaning.thesaurus import Thesaurus, Ways

_WAYS, _ROWS, _ENDS = "ways", "rows", "ends"


class KeptRules(Sequence[Rule]):
    """Rules in a file. Immutable but for what it remembers; threads may share it.

    Args:
        rows: of all rules, one after the other, each as marshal writes it.
        ends: where each row ends.
        root: folder that the paths of rules are below.
    """

    def __init__(self, rows: mmap.mmap | bytes, ends: Sequence[int], root: Path) -> None:
        self._rows = rows
        self._ends = ends
        self._root = root
        self._read: dict[int, Rule] = {}

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> Rule: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Rule]: ...

    def __getitem__(self, number: int | slice) -> Rule | Sequence[Rule]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        rule = self._read.get(number)
        if rule is None:
            rule = self._read[number] = self._rule(range(len(self))[number])
        return rule

    def _rule(self, number: int) -> Rule:
        row = self._rows[self._ends[number - 1] if number else 0 : self._ends[number]]
        expression, parts, targets, given, unless, path, line = marshal.loads(row)  # noqa: S302  # it is sealed
        meant = tuple(MeantTerm(term, weight) for term, weight in targets)
        return Rule(expression, parts, meant, given, unless, self._root / path, line)


def save_thesaurus(thesaurus: Thesaurus, root: Path, folder: Path) -> None:
    """Writes a thesaurus into a folder. The paths of its rules are kept relative to a root."""
    relative = cache(lambda path: str(path.relative_to(root)))  # of a few files; there are 75,000 rules
    rows = [_row(rule, relative(rule.path)) for rule in thesaurus.rules]
    (folder / _ROWS).write_bytes(b"".join(rows))
    (folder / _ENDS).write_bytes(array("I", accumulate(map(len, rows))).tobytes())
    (folder / _WAYS).write_bytes(marshal.dumps(tuple(thesaurus.ways)))


def open_thesaurus(root: Path, folder: Path) -> Thesaurus:
    """The thesaurus that was saved in a folder. The folder must be sealed: nothing else may be opened.

    Raises:
        OSError, ValueError, EOFError, TypeError: there is none.
    """
    ends = array("I", (folder / _ENDS).read_bytes())
    ways = Ways(*marshal.loads((folder / _WAYS).read_bytes()))  # noqa: S302  # it is sealed
    rows: mmap.mmap | bytes = b""
    if ends:
        with (folder / _ROWS).open("rb") as file:
            rows = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Thesaurus(KeptRules(rows, ends, root), ways)


def _row(rule: Rule, path: str) -> bytes:
    targets = tuple((target.term, target.weight) for target in rule.targets)
    return marshal.dumps((rule.expression, rule.parts, targets, rule.given, rule.unless, path, rule.line))
