"""What a library of policies need not hold, `lexicon/elsewhere.tsv`: matters, and how residents ask of them.

婚假	结婚放几天假	领证那天单位给歇吗

A line is a matter: what it is called, then questions, with tabs between. A matter that no document would rule
(recipes, weather) is called -. A # begins a remark.
"""

from dataclasses import dataclass
from pathlib import Path

from bot.content.lines import read_lines, rows_in
from bot.search.dense.elsewhere import Matter

ELSEWHERE_FILE = "lexicon/elsewhere.tsv"

UNNAMED = "-"

_FORM = "先写它叫什么（没有文件会管的写 -），再写几句问法，中间用制表符隔开"


@dataclass(frozen=True, slots=True)
class MattersElsewhere:
    """The matters of the file."""

    matters: tuple[Matter, ...] = ()


def read_elsewhere(path: Path) -> MattersElsewhere:
    """The matters of a file.

    Raises:
        DocumentError: the file is unusable, or a line cannot be read.
    """
    lines = read_lines(path)
    matters: list[Matter] = []
    for index, (name, *questions) in rows_in(lines):
        if not name or not questions or not all(questions):
            raise lines.error(index, f"“{name[:20]}”：一行写一件事：{_FORM}")
        matters.append(Matter(None if name == UNNAMED else name, tuple(questions)))
    return MattersElsewhere(tuple(matters))
