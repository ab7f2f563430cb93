"""The routing examples of a knowledge folder, kept in a form that opens fast.

To read and count thousands of messages takes a tenth of a start.
"""

import marshal
from pathlib import Path

from bot.content import lines, routing_examples, yaml_lines
from bot.content.kept_files import digest_of
from bot.content.kind import LoadResult
from bot.content.lines import is_there
from bot.content.routing_examples import FILE, RoutingExamples, read_routing_examples
from bot.search import folding
from bot.search.meaning import likeness
from bot.search.meaning.likeness import ExampleCounts, Likeness, RunCounts
from bot.search.sealing import KeptValue, opened_or_made

_CODE = (lines, yaml_lines, routing_examples, folding, likeness)
"""The modules whose code decides what stands in the file."""

_COUNTS = "counts"


def load_routing_examples(knowledge: Path) -> LoadResult[RoutingExamples]:
    """The examples of a knowledge folder.

    Raises:
        DocumentError: the file is unusable.
    """
    path = knowledge / FILE
    return LoadResult(read_routing_examples(path) if is_there(path) else RoutingExamples())


def load_kept_routing_examples(knowledge: Path, folder: Path) -> LoadResult[RoutingExamples]:
    """The same, as it was counted when it was read first.

    Args:
        folder: keeps the counts of the examples that were read last.

    Raises:
        DocumentError: the file is unusable.
    """
    path = knowledge / FILE
    if not is_there(path):
        return load_routing_examples(knowledge)
    kept = KeptValue("routing_examples", _opened, lambda: read_routing_examples(path), _save)
    return LoadResult(opened_or_made(folder / digest_of(_CODE, [path]), kept))


def _opened(home: Path) -> RoutingExamples:
    usual, every, kinds, lines_of = marshal.loads((home / _COUNTS).read_bytes())  # noqa: S302  # it is sealed
    by_kind = {kind: RunCounts(*counted) for kind, counted in kinds.items()}
    counts = ExampleCounts(RunCounts(*usual), RunCounts(*every), by_kind)
    return RoutingExamples(Likeness(counts), lines_of)


def _save(examples: RoutingExamples, making: Path) -> None:
    counts = examples.likeness.counts
    by_kind = {kind: _row(counted) for kind, counted in counts.kinds.items()}
    row = _row(counts.usual), _row(counts.any), by_kind, dict(examples.lines)
    (making / _COUNTS).write_bytes(marshal.dumps(row))


def _row(counted: RunCounts) -> tuple[dict[str, int], int]:
    return dict(counted.runs), counted.texts
