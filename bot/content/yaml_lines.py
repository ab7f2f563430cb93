"""Lines that hold YAML, read as models or groups of words; errors name the line. The only door to PyYAML."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.composer import Composer

from bot.content.lines import Lines
from bot.content.yaml_problems import problem_of

Model = TypeVar("Model", bound=BaseModel)

KeyPath = tuple[int | str, ...]
"""Which keys and list items lead to a value, from the top down."""

_FULL_WIDTH_COLON = re.compile(r"[\s-]*([A-Za-z_]+)\s*：")
_COLON_WITHOUT_BLANK = re.compile(r"[\s-]*([A-Za-z_]+):(?![\s/]|$)")
_QUOTE_IT = "把带 : [ ] { } # * 或引号的值放进引号"
_PROBLEMS = {
    "tab character": "行首是制表符，不是空格",
    "alias": "有 * 开头的值",
    "mapping values are not allowed": "值里有冒号",
    "did not find expected ',' or ']'": "方括号没有成对",
    "did not find expected ',' or '}'": "花括号没有成对",
}
"""Part of what libyaml says → what staff read. The remaining messages are about YAML's inner life."""


@dataclass(frozen=True, slots=True)
class GroupedWord:
    """A word of a group, and the index of its line."""

    text: str
    index: int


def read_yaml(lines: Lines, model: type[Model]) -> Model:
    """The lines as a model. The description of a field is the advice for writing it.

    Raises:
        DocumentError: the lines are no YAML, a key stands twice, or a value is not usable.
    """
    return read_numbered_yaml(lines, model)[0]


def read_numbered_yaml(lines: Lines, model: type[Model]) -> tuple[Model, Mapping[KeyPath, int]]:
    """The lines as a model, and the 1-based line number of each key and list item.

    Raises:
        DocumentError: as for `read_yaml`.
    """
    node, values = _parse(lines)
    if not isinstance(node, yaml.MappingNode):
        first_key = next(iter(model.model_fields))
        raise lines.error(0, f"内容：不是一行一个键；写成“{first_key}: …”这样的行")
    index_of = dict(_key_paths(lines, node, ()))
    try:
        value = model.model_validate(values)
    except ValidationError as error:
        found = error.errors(include_url=False)
        # titel: is both an unknown key and a missing title; the line of the unknown one helps.
        first = next((each for each in found if each["type"] == "extra_forbidden"), found[0])
        at = first["loc"]
        while at and at not in index_of:
            at = at[:-1]
        # A key that is missing at the top is missing above the lines: in the opening --- of a document.
        above = -1 if lines.first > 1 else 0
        raise lines.error(index_of.get(at, above), problem_of(model, first)) from None
    return value, {at: lines.first + index for at, index in index_of.items()}


def read_groups(lines: Lines, names: Collection[str]) -> dict[str, list[GroupedWord]]:
    """Lists of words, each under one of some names. Lines without any key are no groups.

    Raises:
        DocumentError: not YAML, a name is unknown or stands twice, or a group is no list of words.
    """
    node, _ = _parse(lines)
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise lines.error(0, f"内容：不是一组一组的词；写成“{next(iter(names))}: [词, 词]”这样的行")
    for _ in _key_paths(lines, node, ()):  # raises where a name stands twice
        pass
    return {key.value: _words(lines, key, words, names) for key, words in node.value}


def _words(lines: Lines, key: yaml.Node, words: yaml.Node, names: Collection[str]) -> list[GroupedWord]:
    """The words of a group."""
    index = key.start_mark.line
    if key.value not in names:
        raise lines.error(index, f"键“{key.value}”：没有这一组；可以写的有 {'、'.join(names)}")
    if not isinstance(words, yaml.SequenceNode):
        raise lines.error(index, f"{key.value}：不是清单；写成“{key.value}: [词, 词]”，或者一行一个“- 词”")
    for word in words.value:
        if not isinstance(word, yaml.ScalarNode) or not word.value.strip():
            raise lines.error(word.start_mark.line, f"{key.value}：有一项不是词；写一个词，{_QUOTE_IT}")
    return [GroupedWord(word.value.strip(), word.start_mark.line) for word in words.value]


class _PlainLoader(Composer, yaml.CSafeLoader):
    """Lists, keys and texts only: 2024-02-30, yes and 5 stay texts for a model to judge; null is null.

    libyaml reads, five times as fast as PyYAML's own reader. Python composes, and refuses aliases.
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
    _check_colons(lines)
    loader = _PlainLoader("\n".join(lines.lines))
    try:
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        index = min(mark.line, len(lines.lines) - 1) if mark else 0
        said = str(error.problem)
        problem = next((ours for theirs, ours in _PROBLEMS.items() if theirs in said), "这一行读不懂")
        raise lines.error(index, f"内容：{problem}；{_QUOTE_IT}，行首用空格") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem = "套得太深" if isinstance(error, RecursionError) else "读不懂"
        raise lines.error(0, f"内容：{problem}；照别的文件的样子改") from None


def _check_colons(lines: Lines) -> None:
    """Finds Chinese colons left by an input method, before YAML reports something less clear."""
    for index, line in enumerate(lines.lines):
        if wide := _FULL_WIDTH_COLON.match(line):
            raise lines.error(index, f"键“{wide[1]}”：冒号是全角的“：”；写成“{wide[1]}: ”")
        if tight := _COLON_WITHOUT_BLANK.match(line):
            raise lines.error(index, f"键“{tight[1]}”：冒号后面没有空格；写成“{tight[1]}: ”")


def _key_paths(lines: Lines, node: yaml.Node, at: KeyPath) -> Iterator[tuple[KeyPath, int]]:
    """The path to each key and list item, with the index of its line.

    A key that stands twice is an error: YAML would keep the last.
    """
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield (*at, number), item.start_mark.line
            yield from _key_paths(lines, item, (*at, number))
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                raise lines.error(key.start_mark.line, f"键“{key.value}”：写了两次；留一个")
            seen.add(key.value)
            yield (*at, key.value), key.start_mark.line
            yield from _key_paths(lines, value, (*at, key.value))
