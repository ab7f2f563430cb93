"""Snapshots on disk: the same index again, and never one that is damaged, foreign or outdated."""

import json
import logging
from pathlib import Path

import pytest

from bot.errors import SnapshotError
from bot.search.analysis import Analyzer
from bot.search.engine.embedded.building import Corpus, open_or_build, to_be_counted
from bot.search.engine.embedded.counting import CHUNK, build
from bot.search.engine.embedded.engine import EmbeddedEngine
from bot.search.engine.embedded.postings import Postings, count, merge
from bot.search.engine.embedded.segment import Segment
from bot.search.engine.embedded.snapshot import (
    Identity,
    SnapshotContents,
    open_latest,
    open_snapshot,
    write_snapshot,
)
from bot.search.engine.port import Scored
from bot.search.entry import Batch, Entries, Entry
from tests.search.damage import Damage, damages, flip

TEXTS, OTHER_TEXTS = (SnapshotContents.of([Batch.of([Entry(name, (), "文")])]) for name in ("a", "b"))
MADE_FROM = Identity("some words", TEXTS)


def postings() -> Postings:
    """Postings of two texts."""
    return merge([count([["高龄", "津贴"], ["养老", "津贴", "津贴"]])])


def answers(postings: Postings) -> list[Scored]:
    """What postings answer."""
    entries = Entries.of(Entry(str(number), (), "") for number in range(len(postings.lengths)))
    engine = EmbeddedEngine(entries, [Segment(postings)])
    return engine.best([("津贴", 1.0), ("#津贴", 1.0), ("养老", 1.0)], 10)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a snapshot of the postings."""
    write_snapshot(postings(), tmp_path, MADE_FROM)
    return tmp_path


def test_what_was_written_is_opened(folder: Path) -> None:
    """Mapped and read-only, so that no process changes what another one reads."""
    opened = open_snapshot(folder, MADE_FROM).postings

    assert answers(opened) == answers(postings())
    assert not opened.entries.flags.writeable


def test_no_texts_are_a_snapshot_too(tmp_path: Path) -> None:
    """An empty library starts like any other."""
    write_snapshot(merge([]), tmp_path, MADE_FROM)

    assert answers(open_snapshot(tmp_path, MADE_FROM).postings) == []


@damages
@pytest.mark.parametrize("name", ["entries.npy", "terms.npy", "lengths.npy", "manifest.json"])
def test_a_damaged_file_is_refused(folder: Path, damage: Damage, name: str) -> None:
    """In whichever file, in whichever way."""
    (path,) = folder.glob(f"*/{name}")
    damage(path)

    with pytest.raises(SnapshotError, match="corrupt"):
        open_snapshot(folder, MADE_FROM)


def test_a_copy_is_as_good(folder: Path) -> None:
    """A backup that was played back has other times of change and the same content."""
    for path in folder.glob("*/*.npy"):
        path.write_bytes(path.read_bytes())

    assert answers(open_snapshot(folder, MADE_FROM).postings) == answers(postings())


@pytest.mark.parametrize(
    "other",
    [Identity("other words", TEXTS), Identity("some words", OTHER_TEXTS)],
    ids=["analyzer", "entries"],
)
def test_an_index_of_something_else_is_outdated(folder: Path, other: Identity) -> None:
    """The dictionary, the stop words or the documents have changed."""
    with pytest.raises(SnapshotError, match="outdated"):
        open_snapshot(folder, other)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [("name", "another", "foreign"), ("format", 0, "outdated"), ("analyzer", "other words", "outdated")],
)
def test_a_foreign_folder_under_our_name_is_refused(
    folder: Path, key: str, value: object, reason: str
) -> None:
    """Someone renamed it, or another version wrote it."""
    (manifest,) = folder.glob("*/manifest.json")
    content = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(content | {key: value}), "utf-8")

    with pytest.raises(SnapshotError, match=reason):
        open_snapshot(folder, MADE_FROM)
    with pytest.raises(SnapshotError, match=reason):
        open_latest(folder, MADE_FROM.analysis)


def test_only_the_newest_is_kept(folder: Path) -> None:
    """The disk does not fill up with what nobody opens."""
    write_snapshot(postings(), folder, Identity("other words", TEXTS))

    assert len(list(folder.iterdir())) == 1


def test_an_unfinished_one_is_not_opened(folder: Path) -> None:
    """Killed while it was written: the one before still answers, and a later one takes its place."""
    unfinished = folder / ".making-killed"
    unfinished.mkdir()
    (unfinished / "entries.npy").write_bytes(b"half")

    assert answers(open_snapshot(folder, MADE_FROM).postings) == answers(postings())


def corpus_of(analyzer: Analyzer, folder: Path, *texts: str) -> Corpus:
    """A document of two clauses for each text."""
    batches = [
        Batch.of([Entry(f"{text}:1", ("办法",), text), Entry(f"{text}:2", (), "津贴")]) for text in texts
    ]
    return Corpus(batches, analyzer, folder)


def test_a_damaged_index_is_rebuilt_with_one_line(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It answers as before; the line says why it took longer."""
    corpus = corpus_of(analyzer, tmp_path, "高龄津贴", "养老服务")
    before = open_or_build(corpus)
    caplog.set_level(logging.INFO, "bot")
    open_or_build(corpus)
    assert caplog.messages == []
    (path,) = tmp_path.glob("*/tfs.npy")
    flip(path)

    after = open_or_build(corpus)

    assert caplog.messages == ["index=rebuilt entries=4 counted=4 reason=corrupt"]
    assert answers(after.postings) == answers(before.postings)
    assert after.stamp != before.stamp


@pytest.mark.parametrize(
    ("before", "after", "counted"),
    [
        ("甲乙丙", "甲丁丙", 2),  # one document changed
        ("甲丙", "甲乙丙", 2),  # one came
        ("甲乙丙", "甲丙", 0),  # one left
        ("甲乙", "丙丁", 4),  # others altogether
        ("甲乙", "乙甲", 2),  # two changed places, which ids do not do: one of them is counted again
        ("甲乙", "", 0),  # all left
        ("", "甲", 2),  # the first one
    ],
)
def test_only_what_changed_is_counted(
    analyzer: Analyzer, tmp_path: Path, before: str, after: str, counted: int
) -> None:
    """And the postings are those of counting everything."""
    open_or_build(corpus_of(analyzer, tmp_path / "index", *before))
    corpus = corpus_of(analyzer, tmp_path / "index", *after)
    assert to_be_counted(corpus) == counted

    spliced = open_or_build(corpus).postings

    anew = open_or_build(corpus_of(analyzer, tmp_path / "anew", *after)).postings
    for name in ("starts", "entries", "tfs", "lengths"):
        assert getattr(spliced, name).tolist() == getattr(anew, name).tolist()
    assert spliced.vocabulary.terms() == anew.vocabulary.terms()
    assert to_be_counted(corpus) == 0


def test_an_index_that_cannot_be_stored_answers(
    analyzer: Analyzer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk, or here a file where the folder should be."""
    (tmp_path / "index").write_text("in the way", "utf-8")

    kept = open_or_build(corpus_of(analyzer, tmp_path / "index", "高龄津贴"))

    assert answers(kept.postings)
    assert "index=not_stored" in caplog.text


def test_all_cores_count_the_same(analyzer: Analyzer) -> None:
    """More than a chunk is dealt out to processes."""
    entries = [Entry(str(number), ("办法",), f"第{number}条高龄津贴") for number in range(2 * CHUNK)]

    dealt = build(entries, analyzer)

    alone = merge([count([entry.terms(analyzer.terms) for entry in entries])])
    assert (dealt.entries == alone.entries).all()
    assert (dealt.lengths == alone.lengths).all()


@pytest.mark.parametrize(
    "changed",
    [
        [Entry("b", (), "文"), Entry("a", ("题",), "文")],  # another order
        [Entry("a", ("题",), "文 "), Entry("b", (), "文")],  # a text
        [Entry("a", (), "题文"), Entry("b", (), "文")],  # what was a heading is text
        [Entry("a", ("题",), "文")],  # one less
    ],
)
def test_the_digest_knows_every_entry(changed: list[Entry]) -> None:
    """Whatever changes what is found, or under which name, makes an index outdated."""
    assert Batch.of([Entry("a", ("题",), "文"), Entry("b", (), "文")]).digest != Batch.of(changed).digest
