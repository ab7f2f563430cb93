"""The terms of an index as arrays."""

from hypothesis import given
from hypothesis import strategies as st

from bot.search.engine.embedded.vocabulary import Vocabulary

TERMS = st.lists(st.text(st.sampled_from("#甲乙丙a1."), min_size=1, max_size=12), max_size=40)


@given(TERMS, TERMS)
def test_a_term_has_its_place_in_the_order_of_bytes(known: list[str], asked: list[str]) -> None:
    """Short and long ones, and long ones that begin alike; -1 for the others."""
    order = sorted({term.encode() for term in known})

    numbers = Vocabulary.of(known).numbers([*known, *asked]).tolist()

    assert numbers == [order.index(term.encode()) if term in known else -1 for term in [*known, *asked]]
