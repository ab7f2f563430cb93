"""A few entries change in postings: what comes out is what counting everything anew gives."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.embedded.postings import Postings, count, merge
from bot.search.engine.embedded.splicing import GONE, Delta, splice
from bot.search.engine.embedded.vocabulary import Vocabulary

TERMS = st.sampled_from(["甲", "乙", "丙丁戊己", "丙丁戊庚", "#高龄", "#高龄津贴", "a", "a0"])
TEXT = st.lists(TERMS, max_size=6)
STEPS = st.lists(st.tuples(st.sampled_from(["keep", "drop", "add"]), TEXT), max_size=25)


def same(one: Postings, other: Postings) -> bool:
    """Whether every array holds the same."""
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("starts", "entries", "tfs", "lengths")]
    pairs += [(getattr(one.vocabulary, n), getattr(other.vocabulary, n)) for n in ("text", "starts", "heads")]
    return all(a.dtype == b.dtype and a.tolist() == b.tolist() for a, b in pairs)


def postings_of(texts: Sequence[Sequence[str]]) -> Postings:
    """Everything counted anew."""
    return merge([count(texts)])


@given(STEPS)
def test_what_is_spliced_is_what_would_be_counted(steps: list[tuple[str, list[str]]]) -> None:
    """Texts that stay, leave and come, in any order; terms that leave with them or are new."""
    before = [text for step, text in steps if step != "add"]
    after = [(step, text) for step, text in steps if step != "drop"]
    places = [place for place, (step, _) in enumerate(after) if step == "add"]
    stays = iter([place for place, (step, _) in enumerate(after) if step == "keep"])
    moved = [next(stays) if step == "keep" else GONE for step, _ in steps if step != "add"]
    added = [after[place][1] for place in places]
    delta = Delta(np.array(moved, np.uint32), (), np.array(places, np.uint32))

    spliced = splice(postings_of(before), delta, postings_of(added))

    assert same(spliced, postings_of([text for _, text in after]))
    assert not spliced.entries.flags.writeable


@given(st.lists(TERMS), st.lists(TERMS), st.data())
def test_a_changed_vocabulary_is_that_of_its_terms(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    """Whatever leaves and comes; each term that stays is found under the number it is said to have."""
    vocabulary = Vocabulary.of(old)
    known = sorted(set(old), key=str.encode)
    kept = np.array([data.draw(st.booleans()) for _ in known], bool)
    staying = [term for term, stays in zip(known, kept.tolist(), strict=True) if stays]
    fresh = set(new) - set(old)

    changed, numbers = vocabulary.changed(kept, fresh)

    expected = Vocabulary.of([*staying, *fresh])
    for name in ("text", "starts", "heads"):
        assert getattr(changed, name).tolist() == getattr(expected, name).tolist()
    assert numbers[kept].tolist() == changed.numbers(staying).tolist()
    assert set(numbers[~kept].tolist()) <= {-1}
