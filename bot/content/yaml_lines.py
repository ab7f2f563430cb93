"""Lines that hold YAML, read as models; errors name the line. The only door to PyYAML."""

import re
from collections.abc import Iterator
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from yaml.composer import Composer

from bot.content.lines import Lines

Model = TypeVar("Model", bound=BaseModel)

Place = tuple[int | str, ...]

_FULL_WIDTH_COLON = re.compile(r"[\s-]*([A-Za-z_]+)\s*：")
_COLON_WITHOUT_BLANK = re.compile(r"[\s-]*([A-Za-z_]+):(?![\s/]|$)")


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
