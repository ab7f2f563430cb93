"""Topics: what people can choose instead of typing, `topics.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.content.lines import read_lines
from bot.content.yaml_lines import KeyPath, read_numbered_yaml
from bot.errors import DocumentError

FILE = "topics.yaml"

_KEY_BYTES = 128
_MENU_BYTES = 16
_TOPIC_BYTES = 60


def _at_most(limit: int) -> AfterValidator:
    """A limit in UTF-8 bytes, as the platforms count."""

    def check(text: str) -> str:
        if len(text.encode()) > limit:
            raise ValueError(f"有 {len(text.encode())} 个字节，最多 {limit} 个（一个汉字 3 个）")
        return text

    return AfterValidator(check)


_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300)]


class Topic(BaseModel):
    """A choice: a single question is asked at once, several are offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[_Words, _at_most(_KEY_BYTES)] = Field(description="字母或数字，如 jintie，每个主题不同")
    name: Annotated[_Words, _at_most(_TOPIC_BYTES)] = Field(description="主题的名字，最多 20 个汉字")
    questions: tuple[_Words, ...] = Field(min_length=1, max_length=4, description="一个清单，1 到 4 个问题")


class Menu(BaseModel):
    """A heading with the topics below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[_Words, _at_most(_MENU_BYTES)] = Field(description="菜单的名字，最多 5 个汉字")
    topics: tuple[Topic, ...] = Field(min_length=1, max_length=5, description="一个清单，1 到 5 个主题")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    menus: tuple[Menu, ...] = Field((), max_length=3, description="一个清单，最多 3 个菜单")
    follow_ups: tuple[_Words, ...] = Field((), max_length=6, description="一个清单，最多 6 句接着问的话")


@dataclass(frozen=True, slots=True)
class Topics:
    """The menus of a library, in order, and the questions that can be tapped below an answer."""

    menus: tuple[Menu, ...] = ()
    follow_ups: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Topic]:
        return (topic for menu in self.menus for topic in menu.topics)

    @property
    def by_key(self) -> Mapping[str, Topic]:
        """Key of a menu button → its topic."""
        return {topic.key: topic for topic in self}


def read_topics(path: Path) -> Topics:
    """The topics of a file.

    Raises:
        DocumentError: the file is unusable, or a key stands twice.
    """
    file, line_of = read_numbered_yaml(read_lines(path), _File)
    seen: set[str] = set()
    for key, at in _keys(file):
        if key in seen:
            raise DocumentError(path, line_of[at], f"key“{key}”：写了两次；每个主题写一个不同的")
        seen.add(key)
    return Topics(file.menus, file.follow_ups)


def _keys(file: _File) -> Iterator[tuple[str, KeyPath]]:
    """The key of each topic, and the path to it."""
    for number, menu in enumerate(file.menus):
        for place, topic in enumerate(menu.topics):
            yield topic.key, ("menus", number, "topics", place, "key")
