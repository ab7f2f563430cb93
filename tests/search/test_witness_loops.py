"""Compiled loops see in entries what witnesses see in Python."""

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.arrays import Table
from bot.search.entry import Entry
from bot.search.meaning.answer_kind import AnswerKind
from bot.search.meaning.aspect import Aspect
from bot.search.query import Expansion, Query
from bot.search.witness import Witnesses
from bot.search.witness_arrays import Texts, Wanted
from tests.conftest import ROOT

Features = Callable[[Texts, Wanted], Table]

PIECES = st.sampled_from(
    [
        "低保",
        "残疾",
        "残疾人",
        "疾人补",
        "补贴",
        "，",
        "。",
        "的，不予发给",
        "；",
        "由民政局",
        "8元",
        "办理：\n（一）",
        "\n（二）",
    ]
)
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=25).map("".join), min_size=1, max_size=4)
WORDS = st.lists(st.sampled_from(["低保", "残疾", "残疾人", "补贴", "人补", "发给", "8元", "钱"]), max_size=5)
ASKED = [(), (Aspect.EXCEPTION,), (Aspect.WHETHER, Aspect.WHO), (Aspect.WHO, Aspect.MUST)]


LOADING = """
import sys
from pathlib import Path
from bot.search.compiled import LOOPS
from bot.search.loading import load

load(Path(sys.argv[1]))
print(LOOPS.features.stats.cache_misses.total(), LOOPS.core is not None, LOOPS.features is not None)
"""


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what another process has compiled."""
    pytest.importorskip("numba", reason="an optional package: requirements-fast.txt")
    cache = tmp_path_factory.mktemp("numba")
    subprocess.run([sys.executable, "-m", "bot.search.loading", str(cache)], cwd=ROOT, check=True)
    return cache


@pytest.fixture(scope="session")
def compiled(cache: Path) -> Features:
    """The loops, loaded from there."""
    from bot.search import witness_loops  # noqa: PLC0415  # imports numba

    witness_loops.warm_up(cache)
    features: Features = witness_loops.features
    return features


def witnesses_of(texts: list[str]) -> Witnesses:
    """Witnesses of texts under the ids 0, 1, 2 …"""
    entries = {str(n): Entry(str(n), ("残疾人补贴", "发给")[: n % 3], text) for n, text in enumerate(texts)}
    return Witnesses(
        entries.__getitem__,
        str.lower,
        lambda terms: [1 + len(term) / 3 for term in terms],
        frozenset("的"),
        9,
    )


def query_of(words: list[str], meant: list[str], asked: tuple[Aspect, ...]) -> Query:
    """A question of these words, of which each stands for the next one."""
    groups = tuple(
        (Expansion(said, term, "test:1", (term,), 0.7), Expansion(said, "民政", "test:1", ("民政",), 0.3))
        for said, term in pairwise(meant)
    )
    kinds = (AnswerKind.AMOUNT,) if asked else ()
    return Query("，".join(words), tuple(words), groups, kinds=kinds, aspects=asked)


@given(texts=TEXTS, words=WORDS, meant=WORDS, asked=st.sampled_from(ASKED))
def test_loops_and_python_see_the_same(
    compiled: Features, texts: list[str], words: list[str], meant: list[str], asked: tuple[Aspect, ...]
) -> None:
    """So that nobody's answer depends on what is installed."""
    witnesses, query, ids = (
        witnesses_of(texts),
        query_of(words, meant, asked),
        list(map(str, range(len(texts)))),
    )
    said = [0.25] * len(ids)

    found = compiled(*witnesses.arrays(query, ids, said))

    for row, expected in zip(found.tolist(), witnesses.features(query, ids, said), strict=True):
        assert row == pytest.approx(expected, abs=1e-12)


def test_no_entry_is_no_row(compiled: Features) -> None:
    """A question that finds nothing."""
    assert compiled(*witnesses_of(["低保"]).arrays(query_of(["低保"], [], ()), [], [])).shape == (0, 9)


def test_what_another_process_has_compiled_is_loaded(cache: Path) -> None:
    """Nothing is compiled in a process that answers."""
    told = subprocess.run(
        [sys.executable, "-c", LOADING, str(cache)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )

    assert told.stdout.split() == ["0", "True", "True"]
