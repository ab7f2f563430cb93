"""Segments: what has changed beside what was stored gives, bit for bit, the scores of one index of all."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analysis import Analyzer
from bot.search.engine.embedded.building import (
    MOST_COUNTED_AT_ONCE,
    Corpus,
    StoredIndex,
    open_or_build,
    open_segments,
    takes_long,
)
from bot.search.engine.embedded.cores import Core, best_by_numpy
from bot.search.engine.embedded.engine import EmbeddedEngine
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.embedded.snapshot import CHANGES
from bot.search.engine.embedded.splicing import GONE
from bot.search.engine.port import Scored
from bot.search.entry import Batch, Entries, Entry
from tests.search.engine.conftest import postings_of

TERMS = st.sampled_from(["甲", "乙", "丙丁戊己", "#高龄", "#高龄津贴", "a"])
QUESTION = st.lists(st.tuples(TERMS, st.sampled_from([1.0, 1.0, 0.3])), max_size=8)
STEPS = st.lists(
    st.tuples(st.sampled_from(["keep", "keep", "drop", "add"]), st.lists(TERMS, max_size=6)), max_size=25
)
Steps = Sequence[tuple[str, Sequence[str]]]


def engines(steps: Steps, core: Core) -> tuple[EmbeddedEngine, EmbeddedEngine]:
    """An engine of two segments, what was stored and what was added; and one of everything in one segment."""
    after = [(step, text) for step, text in steps if step != "drop"]
    places = {"keep": [], "add": []}  # type: dict[str, list[int]]
    for place, (step, _) in enumerate(after):
        places[step].append(place)
    stays = iter(places["keep"])
    moved = [next(stays) if step == "keep" else GONE for step, _ in steps if step != "add"]
    stored = postings_of([text for step, text in steps if step != "add"])
    added = postings_of([text for step, text in after if step == "add"])
    segments = [
        Segment(stored, np.array(moved, np.uint32)),
        Segment(added, np.array(places["add"], np.uint32)),
    ]
    entries = Entries.of(Entry(str(place), (), "") for place in range(len(after)))
    anew = [Segment(postings_of([text for _, text in after]))]
    return EmbeddedEngine(entries, segments, core), EmbeddedEngine(entries, anew, core)


@pytest.fixture(scope="module", params=["numpy", "numba"])
def core(request: pytest.FixtureRequest) -> Core:
    """Either core."""
    if request.param == "numpy":
        return best_by_numpy
    windowed: Core = request.getfixturevalue("windowed")
    return windowed


@given(steps=STEPS, question=QUESTION, k=st.integers(1, 12))
def test_segments_rank_as_one_index(
    core: Core, steps: Steps, question: list[tuple[str, float]], k: int
) -> None:
    """Entries that stay, leave and come, at any place; terms that leave with them or are new; ties."""
    one, other = engines(steps, core)

    assert one.best(question, k) == other.best(question, k)


@given(STEPS, st.lists(TERMS, max_size=6), st.data())
def test_segments_explain_as_one_index(steps: Steps, terms: list[str], data: st.DataObject) -> None:
    """Document frequencies, and what each term gives each of some entries, in any order."""
    one, other = engines(steps, best_by_numpy)
    ids = data.draw(st.permutations([str(place) for place in range(len(other))]))[:5]

    assert len(one) == len(other)
    assert one.idfs(terms) == other.idfs(terms)
    assert one.highest_idf == other.highest_idf
    assert one.frequencies() == other.frequencies()
    for ours, theirs in zip(one.shares(terms, ids), other.shares(terms, ids), strict=True):
        assert ours.tolist() == theirs.tolist()


def corpus_of(analyzer: Analyzer, folder: Path, texts: str, clauses: int = 2) -> Corpus:
    """A document of some clauses for each character."""
    batches = [
        Batch.of([Entry(f"{text}:{n}", ("办法",), f"{text}津贴") for n in range(clauses)], text)
        for text in texts
    ]
    return Corpus(batches, analyzer, folder)


def ranking(corpus: Corpus, stored: StoredIndex) -> list[Scored]:
    """What the index of a corpus answers, and so what it is."""
    engine = EmbeddedEngine(Entries(corpus.batches), stored.segments)
    return engine.best([("#津贴", 1.0), ("#丁津", 1.0), ("#甲津", 1.0)], 50)


@pytest.mark.parametrize("after", ["甲丁丙", "甲乙丙丁", "丁甲乙丙", "甲丙", "丁戊己", ""])
def test_a_change_leaves_what_was_stored_alone(analyzer: Analyzer, tmp_path: Path, after: str) -> None:
    """Whatever changes, comes or leaves; it is opened again by others, and after a restart."""
    before = open_or_build(corpus_of(analyzer, tmp_path / "index", "甲乙丙"))
    corpus = corpus_of(analyzer, tmp_path / "index", after)

    opened = open_segments(corpus)

    assert opened.name == before.name
    assert [path.name for path in (tmp_path / "index").glob("[!.]*")] == [before.name]
    anew = corpus_of(analyzer, tmp_path / "anew", after)
    assert ranking(corpus, opened) == ranking(anew, open_segments(anew))
    assert open_segments(corpus).stamp == opened.stamp
    assert not takes_long(corpus)


def test_a_second_change_counts_only_its_own_clauses(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Those of the first are taken over."""
    open_or_build(corpus_of(analyzer, tmp_path, "甲乙丙"))
    open_segments(corpus_of(analyzer, tmp_path, "甲丁丙"))
    caplog.set_level("INFO")

    open_segments(corpus_of(analyzer, tmp_path, "甲丁戊"))

    assert caplog.messages == ["index=changes entries=4 counted=2 reason=outdated"]


def test_building_takes_the_changes_over(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is counted again; what is written is one index, and its changes are gone."""
    open_or_build(corpus_of(analyzer, tmp_path, "甲乙丙"))
    corpus = corpus_of(analyzer, tmp_path, "甲丁丙")
    before = open_segments(corpus)
    caplog.set_level("INFO")

    open_or_build(corpus)

    assert caplog.messages == []
    after = open_segments(corpus)
    assert len(after.segments) == 1
    assert ranking(corpus, after) == ranking(corpus, before)
    assert not (tmp_path / CHANGES).exists()


def test_many_changes_are_work_for_another_process(analyzer: Analyzer, tmp_path: Path) -> None:
    """So many clauses to cut, or so many that have left, that writing everything anew is better."""
    many = corpus_of(analyzer, tmp_path, "甲乙", MOST_COUNTED_AT_ONCE)
    assert takes_long(many)
    open_or_build(many)

    assert not takes_long(many)
    assert not takes_long(corpus_of(analyzer, tmp_path, "甲", MOST_COUNTED_AT_ONCE))
    assert takes_long(corpus_of(analyzer, tmp_path, "", MOST_COUNTED_AT_ONCE))
    assert takes_long(corpus_of(analyzer, tmp_path, "甲丙", MOST_COUNTED_AT_ONCE))


@pytest.mark.parametrize("name", ["entries.npy", "manifest.json"])
def test_damaged_changes_are_counted_again(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """With one line in the log; what was stored is not touched."""
    open_or_build(corpus_of(analyzer, tmp_path, "甲乙丙"))
    corpus = corpus_of(analyzer, tmp_path, "甲丁丙")
    before = open_segments(corpus)
    (path,) = (tmp_path / CHANGES).glob(f"*/{name}")
    path.write_bytes(path.read_bytes()[:-1])

    after = open_segments(corpus)

    assert ranking(corpus, after) == ranking(corpus, before)
    assert caplog.messages == ["index=changes entries=2 counted=2 reason=corrupt"]


@given(
    texts=st.lists(st.lists(TERMS, max_size=6), min_size=1, max_size=25),
    terms=st.lists(TERMS, unique=True),
    data=st.data(),
)
def test_frequencies_are_found_by_reading_as_by_searching(
    texts: list[list[str]], terms: list[str], data: st.DataObject
) -> None:
    """Lists of a small segment are read through, those of a large one are searched."""
    postings = postings_of(texts)
    entries = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True))
    tables = []
    for few in (0, len(texts)):
        segment = Segment(postings, few=few)
        tables.append(segment.tfs(segment.ranges([*terms, "没有"]), np.array(entries, np.int64)).tolist())

    assert tables[0] == tables[1]
    assert tables[0] == [[texts[entry].count(term) for entry in entries] for term in [*terms, "没有"]]
