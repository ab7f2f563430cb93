"""Sites: the service windows and kiosks whose QR codes and pages lead here, `knowledge/sites.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.content.lines import read_lines
from bot.content.yaml_lines import read_yaml

_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class Site:
    """A place where people ask. None where the file says nothing."""

    key: str
    name: str
    jurisdiction: str | None = None
    hotline: str | None = None
    hours: str | None = None


class _Site(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Words = Field(description="the name that residents know")
    jurisdiction: _Words | None = Field(None, description="全国, or a place from the top down")
    hotline: _Words | None = Field(None, description="whom to call, in quotes")
    hours: _Words | None = Field(None, description="when somebody is there, in quotes")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sites: dict[_Words, _Site] = Field({}, description="a list of keys, each with name, hotline, hours")


def load_sites(knowledge: Path) -> Mapping[str, Site]:
    """The sites by their keys, which are the scenes of their QR codes; none where the file is absent.

    Raises:
        DocumentError: the file is unusable.
    """
    path = knowledge / "sites.yaml"
    if not path.exists():
        return {}
    file = read_yaml(read_lines(path), _File)
    return {key: Site(key, **dict(site)) for key, site in file.sites.items()}
