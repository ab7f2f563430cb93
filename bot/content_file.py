"""Files that staff write, read as UTF-8 lines and as YAML; errors name the line. The only door to PyYAML."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.composer import Composer

from bot.errors import DocumentError

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]

State = tuple[int, int, int, int]
"""Inode, size and times of change of a file: another one when anybody wrote to it."""

_FULL_WIDTH_COLON = re.compile(r"[\s-]*([A-Za-z_]+)\s*：")
_COLON_WITHOUT_BLANK = re.compile(r"[\s-]*([A-Za-z_]+):(?![\s/]|$)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Consecutive lines of a file; `first` is the 1-based number of the first one."""

    path: Path
    lines: tuple[str, ...]
    first: int = 1

    def part(self, start: int, end: int | None = None) -> "Lines":
        """The lines from one index up to another, still knowing where they stand."""
        return Lines(self.path, self.lines[start:end], self.first + start)

    def error(self, index: int, problem: str) -> DocumentError:
        """An error in the line at an index."""
        return DocumentError(self.path, self.first + index, problem)


def state_of(file: "Path | os.DirEntry[str]") -> State | None:
    """The state of a file; None for one that is not there, or that somebody took away this moment."""
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


def states_in(folder: Path, *patterns: str) -> tuple[tuple[Path, State | None], ...]:
    """The files of a folder that match one of some patterns, each with its state."""
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return tuple((path, state_of(path)) for path in paths)


def read_lines(path: Path) -> Lines:
    """The lines of a UTF-8 file; a BOM and CRLF are accepted.

    Raises:
        DocumentError: the file cannot be read, is not UTF-8, or holds control characters.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(
            path, 1, f"file: cannot be read ({error.strerror}); check its permissions"
        ) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(
            path, line, f"encoding: {_encoding_problem(data)}; save the file as UTF-8"
        ) from None
    lines = Lines(path, tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))
    for index, row in enumerate(lines.lines):
        if found := _CONTROL.search(row):
            raise lines.error(index, f"control character U+{ord(found[0]):04X}: is not text; remove it")
    return lines


def _encoding_problem(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "is not UTF-8"
    return "is GB18030, not UTF-8"


def read_yaml(lines: Lines, model: type[Model]) -> Model:
    """What the lines say, as a model. The description of a field is the advice for writing it.

    Raises:
        DocumentError: the lines are no YAML, a key stands twice, or a value is not usable.
    """
    for index, line in enumerate(lines.lines):
        if wide := _FULL_WIDTH_COLON.match(line):
            raise lines.error(index, f"key '{wide[1]}': has a full-width colon ：; write '{wide[1]}: '")
        if tight := _COLON_WITHOUT_BLANK.match(line):
            raise lines.error(index, f"key '{tight[1]}': has no blank behind the colon; write '{tight[1]}: '")
    node, values = _parse(lines)
    if not isinstance(node, yaml.MappingNode):
        raise lines.error(0, "content: is no list of keys; write lines such as 'title: …'")
    line_of = dict(_places(lines, node, ()))
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = first["loc"]
        while place and place not in line_of:
            place = place[:-1]
        raise lines.error(line_of.get(place, -1), _problem(model, first)) from None


def items_of(lines: Lines, key: str) -> list[int]:
    """The 1-based numbers of the lines where the items of a list begin, of lines that `read_yaml` accepts."""
    node, _ = _parse(lines)
    assert isinstance(node, yaml.MappingNode)  # noqa: S101  # read_yaml saw to it
    return [
        lines.first + line
        for place, line in _places(lines, node, ())
        if place[:1] == (key,) and len(place) == 2
    ]


class _PlainLoader(Composer, yaml.CSafeLoader):
    """Lists, keys and texts only: 2024-02-30, yes and 5 stay texts for a model to judge; null is null.

    Read by libyaml, five times as fast as PyYAML's own reader; composed in Python, for the sake of aliases.
    """

    def __init__(self, text: str) -> None:
        yaml.CSafeLoader.__init__(self, text)
        Composer.__init__(self)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            assert event is not None  # noqa: S101  # check_event saw it
            raise yaml.MarkedYAMLError(problem="has an alias *", problem_mark=event.start_mark)  # type: ignore[arg-type]  # libyaml's marks are the same
        return super().compose_node(parent, index)


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _parse(lines: Lines) -> tuple[yaml.Node | None, object]:
    loader = _PlainLoader("\n".join(lines.lines))
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise lines.error(
            min(mark.line, len(lines.lines) - 1) if mark else 0,
            f"content: {error.problem}; put a value with : [ ] {{ }} # * or quotes in quotes",
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise lines.error(0, f"content: cannot be read ({type(error).__name__}); mend it") from None


def _places(lines: Lines, node: yaml.Node, at: Place) -> Iterator[tuple[Place, int]]:
    """Each key and list item, as the way to it, with the index of its line.

    A key that stands twice is an error, for YAML would keep the last.
    """
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*at, number), item.start_mark.line
            yield from _places(lines, item, (*at, number))
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise lines.error(key.start_mark.line, f"key '{key.value}': stands twice; keep one")
            seen.add(key.value)
            yield (*at, key.value), key.start_mark.line
            yield from _places(lines, value, (*at, key.value))


def _problem(model: type[BaseModel], error: ErrorDetails) -> str:
    key, *inner = (str(part) for part in error["loc"])
    field = model.model_fields.get(key)
    if field is None:
        return f"key '{key}': is unknown; use {', '.join(model.model_fields)}"
    if error["type"] == "missing":
        return f"key '{inner[-1] if inner else key}': is missing; write {field.description}"
    if inner:
        return f"{'.'.join([key, *inner])}: {error['msg']}; write {field.description}"
    return f"{key} '{error.get('input')}': is not usable; write {field.description}"
