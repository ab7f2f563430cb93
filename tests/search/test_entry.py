"""Entries and their batches."""

import pytest

from bot.search.entry import Batch, Entry, Joined


def entry(name: str) -> Entry:
    """An entry without headings."""
    return Entry(name, (), "文")


def test_joined_batches_are_one_sequence() -> None:
    """Also where one is empty; as a tuple of the entries would be."""
    batches = [Batch.of(map(entry, names)) for names in ("", "ab", "", "c", "")]
    flat = tuple(map(entry, "abc"))

    joined = Joined(batches)

    assert (len(joined), tuple(joined)) == (3, flat)
    assert [joined[place] for place in range(3)] == list(flat)
    assert tuple(joined[1:]) == flat[1:]
    with pytest.raises(IndexError):
        joined[3]
    assert tuple(Joined([])) == ()
