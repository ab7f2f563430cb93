"""The engines that the contract is tested with. A further engine is one more row of ENGINES."""

from collections.abc import Callable, Mapping, Sequence
from itertools import count as count_up
from itertools import groupby

import numpy as np
import pytest

from bot.search.engine.embedded.cores import Core, best_by_numpy
from bot.search.engine.embedded.engine import COMPILED_FROM, EmbeddedEngine, core_for
from bot.search.engine.embedded.postings import Postings, count, merge
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.embedded.splicing import GONE
from bot.search.engine.port import Engine
from bot.search.engine.reference import ReferenceEngine
from bot.search.entry import Batch, Entries, Entry
from tests.opensearch.cluster import Blanks, Shelf

Texts = Mapping[str, Sequence[str]]
"""Entry id → its terms, in the order of the library."""

EngineOf = Callable[[Texts], Engine]


def entries_of(texts: Texts) -> Entries:
    """Entries with these ids: a batch for each document."""
    documents = groupby(texts, key=lambda entry_id: entry_id.partition(":")[0])
    return Entries(
        Batch.of([Entry(entry_id, (), "") for entry_id in ids], document) for document, ids in documents
    )


def postings_of(texts: Sequence[Sequence[str]], chunk: int = 7) -> Postings:
    """The postings of texts that were counted in chunks."""
    return merge([count(texts[i : i + chunk]) for i in range(0, len(texts), chunk)])


def one_segment(texts: Texts, core: Core) -> Engine:
    """Everything was counted at once."""
    return EmbeddedEngine(entries_of(texts), [Segment(postings_of(list(texts.values())))], core)


def two_segments(texts: Texts, core: Core) -> Engine:
    """Every third text has come since, and before every second of the others one has left."""
    stored: list[Sequence[str]] = []
    moved: list[int] = []
    fresh: list[Sequence[str]] = []
    places: list[int] = []
    for place, terms in enumerate(texts.values()):
        if place % 3 == 2:
            fresh.append(terms)
            places.append(place)
            continue
        if place % 2 == 0:
            stored.append(["甲", *terms])
            moved.append(GONE)
        stored.append(terms)
        moved.append(place)
    segments = [
        Segment(postings_of(stored), np.array(moved, np.uint32)),
        Segment(postings_of(fresh), np.array(places, np.uint32)),
    ]
    return EmbeddedEngine(entries_of(texts), segments, core)


def published(urls: Sequence[str]) -> EngineOf:
    """Publishes texts into a cluster: the first ones whole, all others as a change of the ones before."""
    shelf, numbers, engines = Shelf(urls), count_up(), dict[str, Engine]()

    def engine_of(texts: Texts) -> Engine:
        if repr(texts) not in engines:
            analyzer = Blanks(f"blanks {min(next(numbers), WHOLE)}")
            engines[repr(texts)] = shelf.engine_of(texts, analyzer)
        return engines[repr(texts)]

    return engine_of


@pytest.fixture(scope="session")
def windowed(tmp_path_factory: pytest.TempPathFactory) -> Core:
    """numba's core, chosen as the service chooses it."""
    pytest.importorskip("numba", reason="an optional package: requirements-fast.txt")
    return core_for(COMPILED_FROM, tmp_path_factory.mktemp("numba"))


ENGINES = ["reference", "embedded, numpy", "embedded, numba", "embedded, two segments", "both", "opensearch"]

WHOLE = 4
"""Editions that are published whole; the others as changes, which takes a twentieth of the time."""


@pytest.fixture(scope="session", params=ENGINES)
def engine_of(request: pytest.FixtureRequest) -> EngineOf:
    """Makes an engine of texts."""
    if request.param == "reference":
        return ReferenceEngine
    if request.param == "embedded, numpy":
        return lambda texts: one_segment(texts, best_by_numpy)
    if request.param == "embedded, two segments":
        return lambda texts: two_segments(texts, best_by_numpy)
    if request.param == "opensearch":
        return published(request.getfixturevalue("search_urls"))
    windowed: Core = request.getfixturevalue("windowed")
    make = one_segment if request.param == "embedded, numba" else two_segments
    return lambda texts: make(texts, windowed)
