"""Topics: what people can choose instead of typing, `knowledge/topics.yaml`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from bot.content.lines import read_lines
from bot.content.yaml_lines import read_yaml

_KEY_BYTES = 128
_MENU_BYTES = 16
_TOPIC_BYTES = 60


def _at_most(limit: int) -> AfterValidator:
    """A limit in UTF-8 bytes, as the platforms count."""

    def check(text: str) -> str:
        if len(text.encode()) > limit:
            raise ValueError(f"has {len(text.encode())} bytes; write at most {limit} (a Han character has 3)")
        return text

    return AfterValidator(check)


_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=300)]


class Topic(BaseModel):
    """A choice: one question is asked at once, several are offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[_Words, _at_most(_KEY_BYTES)]
    name: Annotated[_Words, _at_most(_TOPIC_BYTES)]
    questions: tuple[_Words, ...] = Field(min_length=1, max_length=4)


class Menu(BaseModel):
    """A heading with the topics below it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[_Words, _at_most(_MENU_BYTES)]
    topics: tuple[Topic, ...] = Field(min_length=1, max_length=5)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    menus: tuple[Menu, ...] = Field((), max_length=3, description="at most 3 menus, each with 1-5 topics")


@dataclass(frozen=True, slots=True)
class Topics:
    """The menus of a library, in order; empty where the file is absent."""

    menus: tuple[Menu, ...] = ()

    def __iter__(self) -> Iterator[Topic]:
        return (topic for menu in self.menus for topic in menu.topics)

    @property
    def by_key(self) -> Mapping[str, Topic]:
        """Key of the menu button → its topic."""
        return {topic.key: topic for topic in self}


def load_topics(knowledge: Path) -> Topics:
    """The topics of a knowledge folder.

    Raises:
        DocumentError: the file is unusable, or a key stands twice.
    """
    path = knowledge / "topics.yaml"
    if not path.exists():
        return Topics()
    lines = read_lines(path)
    topics = Topics(read_yaml(lines, _File).menus)
    keys = [topic.key for topic in topics]
    for key in keys:
        if keys.count(key) > 1:
            line = next(i for i, row in enumerate(lines.lines) if key in row)
            raise lines.error(line, f"key '{key}': stands twice; give each topic its own")
    return topics
