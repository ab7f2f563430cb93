"""Sites: the service windows and kiosks whose QR codes and pages lead here, `sites.yaml`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from bot.content.finding import Finding
from bot.content.kind import Surroundings
from bot.content.lines import read_lines
from bot.content.places import unknown_place
from bot.content.yaml_lines import read_yaml
from bot.policy.jurisdiction import Gazetteer

SITES_FILE = "sites.yaml"

Network = IPv4Network | IPv6Network

_Words = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=60)]


@dataclass(frozen=True, slots=True)
class Site:
    """A place where people ask. None: the file does not say it."""

    key: str
    name: str
    jurisdiction: str | None = None
    hotline: str | None = None
    hours: str | None = None
    addresses: tuple[Network, ...] = ()
    """From where it asks, as the service sees it; nobody counts how often."""


def _networks(written: object) -> object:
    """Addresses and networks, 203.0.113.7 or 203.0.113.0/24."""
    if not isinstance(written, list):
        raise ValueError("不是清单")  # noqa: TRY004  # pydantic's own way
    try:
        return tuple(ip_network(str(each).strip()) for each in written)
    except ValueError:
        raise ValueError("有一处不是 IP 地址或网段") from None


class _Site(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Words = Field(description="居民认得的名字")
    jurisdiction: _Words | None = Field(None, description="全国，或从上往下的地名，如 福建省厦门市")
    hotline: _Words | None = Field(None, description="电话，用引号括起来")
    hours: _Words | None = Field(None, description="什么时候有人，用引号括起来")
    addresses: Annotated[tuple[Network, ...], BeforeValidator(_networks)] = Field(
        (), description="一个清单，如 [203.0.113.7, 203.0.113.0/24]，从这些地址提问不限次数"
    )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sites: dict[_Words, _Site] = Field({}, description="一个站点一个键，下面有 name、hotline、hours")


def read_sites(path: Path) -> Mapping[str, Site]:
    """The sites by their keys, which are the scenes of their QR codes.

    Raises:
        DocumentError: the file is unusable.
    """
    file = read_yaml(read_lines(path), _File)
    return {key: Site(key, **dict(site)) for key, site in file.sites.items()}


def check_sites(sites: Mapping[str, Site], around: Surroundings) -> Iterator[Finding]:
    """Findings on sites whose place is unknown: their questions are answered without a place."""
    gazetteer = Gazetteer(further=around.library.jurisdictions.values())
    path = around.knowledge / SITES_FILE
    for site in sites.values():
        if site.jurisdiction:
            yield from unknown_place(gazetteer, site.jurisdiction, path, _line_of_place(site, path))


def _line_of_place(site: Site, path: Path) -> int:
    """The line of a site's jurisdiction, counted from 1: the first one after its key."""
    key = re.compile(rf"""\s*["']?{re.escape(site.key)}["']?\s*:""")
    rows = read_lines(path).lines
    begins = next((number for number, row in enumerate(rows, 1) if key.match(row)), 1)
    return next((n for n, row in enumerate(rows, 1) if n >= begins and "jurisdiction" in row), begins)
