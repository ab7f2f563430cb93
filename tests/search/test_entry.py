"""Entries and their batches."""

from collections.abc import Iterable

import pytest

from bot.search.entry import MOST_REMEMBERED, Batch, Entries, Entry


def entries(ids: Iterable[str]) -> list[Entry]:
    """Entries without headings."""
    return [Entry(entry_id, (), "文") for entry_id in ids]


def test_batches_are_one_sequence() -> None:
    """Also where one is empty; as a tuple of the entries would be."""
    batches = [Batch.of(entries(names)) for names in ("", "ab", "", "c", "")]
    flat = tuple(entries("abc"))

    joined = Entries(batches)

    assert (len(joined), tuple(joined)) == (3, flat)
    assert [joined[place] for place in range(3)] == list(flat)
    assert tuple(joined[1:]) == flat[1:]
    with pytest.raises(IndexError):
        joined[3]
    assert tuple(Entries([])) == ()


IDS = {
    "办法": ["办法:t1", "办法:t2"],
    "空": [],
    "条例:甲": ["条例:甲:t1"],
    "": ["b", "办法:t9", "a"],
    "其他": ["其他:t1"],
}


def test_ids_and_positions_lead_to_each_other() -> None:
    """In whichever document, or in none; the first time and later."""
    held = Entries(Batch.of(entries(ids), document) for document, ids in IDS.items())
    ids = [entry_id for of_document in IDS.values() for entry_id in of_document]

    for _ in range(2):
        assert held.positions(ids) == list(range(len(ids)))
        assert held.positions(ids[::-1]) == list(range(len(ids)))[::-1]
        assert held.ids([6, 0, 3, 0]) == ["其他:t1", "办法:t1", "b", "办法:t1"]
        assert held.with_id("办法:t2") is held[1]


@pytest.mark.parametrize("entry_id", ["办法:t3", "办法", "空:t1", "新:t1", "条例:t1", "c", ""])
def test_an_id_that_is_not_held_has_no_position(entry_id: str) -> None:
    """Of a document that is held or not; beside one that is held."""
    held = Entries(Batch.of(entries(ids), document) for document, ids in IDS.items())

    with pytest.raises(KeyError):
        held.positions(["办法:t1", entry_id])


def test_more_ids_than_are_remembered_are_found() -> None:
    """What was remembered is forgotten, and looked for again."""
    ids = [f"{number // 100}:{number}" for number in range(2 * MOST_REMEMBERED + 7)]
    documents = (ids[start : start + 100] for start in range(0, len(ids), 100))
    held = Entries(Batch.of(entries(of), of[0].partition(":")[0]) for of in documents)

    for start in (0, MOST_REMEMBERED // 2, 3, len(ids) - 200):
        assert held.positions(ids[start : start + 200]) == list(range(start, start + 200))
    assert held.ids(range(len(ids))) == ids
    assert held.positions(ids) == list(range(len(ids)))


def test_entries_stay_the_object_they_are() -> None:
    """So that what remembers positions is shared."""
    held = Entries.of(entries("ab"))

    assert Entries.of(held) is held
    assert tuple(Entries.of(iter(held))) == tuple(held)
