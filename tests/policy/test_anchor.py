"""Anchors: how positions are written, read and compared."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.policy.anchor import ROOT, Anchor, ArticleKey, Kind, Step

FORMS = [
    # a row for each form of ARCHITECTURE.md, "What does an anchor say?": text, steps
    ("t12", [(Kind.ARTICLE, 12)]),
    ("t12-1", [(Kind.ARTICLE, 12, 1)]),
    ("t12k2", [(Kind.ARTICLE, 12), (Kind.PARAGRAPH, 2)]),
    ("t12x3", [(Kind.ARTICLE, 12), (Kind.SUBPARAGRAPH, 3)]),
    ("t12k2x3", [(Kind.ARTICLE, 12), (Kind.PARAGRAPH, 2), (Kind.SUBPARAGRAPH, 3)]),
    (
        "t12k2x3m1",
        [(Kind.ARTICLE, 12), (Kind.PARAGRAPH, 2), (Kind.SUBPARAGRAPH, 3), (Kind.ITEM, 1)],
    ),
    (
        "t12-1x3m1.2.4",
        [
            *[(Kind.ARTICLE, 12, 1), (Kind.SUBPARAGRAPH, 3), (Kind.ITEM, 1)],
            *[(Kind.LOWER, 2), (Kind.LOWER, 4)],
        ],
    ),
    ("b2", [(Kind.NUMBERED, 2)]),
    ("b2.3.1", [(Kind.NUMBERED, 2), (Kind.LOWER, 3), (Kind.LOWER, 1)]),
    ("p3", [(Kind.UNNUMBERED, 3)]),
    ("z3p2", [(Kind.CHAPTER, 3), (Kind.UNNUMBERED, 2)]),
    ("z3t2", [(Kind.CHAPTER, 3), (Kind.ARTICLE, 2)]),
    ("a1z3j2b1", [(Kind.BOOK, 1), (Kind.CHAPTER, 3), (Kind.SECTION, 2), (Kind.NUMBERED, 1)]),
    ("n1e2b1", [(Kind.PART, 1), (Kind.SUBPART, 2), (Kind.NUMBERED, 1)]),
    ("f2.t1", [(Kind.ANNEX, 2), (Kind.ARTICLE, 1)]),
    ("f12.z1p10", [(Kind.ANNEX, 12), (Kind.CHAPTER, 1), (Kind.UNNUMBERED, 10)]),
    ("b2p1", [(Kind.NUMBERED, 2), (Kind.UNNUMBERED, 1)]),
    ("p2p1", [(Kind.UNNUMBERED, 2), (Kind.UNNUMBERED, 1)]),
    ("t12r5", [(Kind.ARTICLE, 12), (Kind.ROW, 5)]),
    ("p3s4", [(Kind.UNNUMBERED, 3), (Kind.SENTENCE, 4)]),
    ("b1.2s4.2", [(Kind.NUMBERED, 1), (Kind.LOWER, 2), (Kind.SENTENCE, 4), (Kind.LOWER, 2)]),
]


@pytest.mark.parametrize(("text", "steps"), FORMS)
def test_an_anchor_is_read_and_written_in_steps(text: str, steps: list[tuple[Kind, int]]) -> None:
    """The letters are a promise: links and QR codes hold them."""
    built = ROOT
    for step in steps:
        built = built.below(*step)

    assert built == text
    assert Anchor.parse(text).steps == tuple(Step(*step) for step in steps)


_NUMBERS = st.integers(1, 2000)


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    """Any position that a clause can have."""

    def maybe(above: Anchor, kind: Kind, of: int = 2) -> Anchor:
        return above if draw(st.integers(0, of - 1)) else above.below(kind, draw(_NUMBERS))

    anchor = maybe(ROOT, Kind.ANNEX)
    if draw(st.booleans()):
        anchor = anchor.below(Kind.ARTICLE, draw(_NUMBERS), draw(st.integers(0, 12)))
        anchor = maybe(anchor, Kind.PARAGRAPH)
        if draw(st.booleans()):
            anchor = anchor.below(Kind.SUBPARAGRAPH, draw(_NUMBERS))
            if draw(st.booleans()):
                anchor = maybe(anchor.below(Kind.ITEM, draw(_NUMBERS)), Kind.LOWER)
    else:
        for kind in (Kind.BOOK, Kind.PART, Kind.SUBPART, Kind.CHAPTER, Kind.SECTION):
            anchor = maybe(anchor, kind, of=3)
        kind = draw(st.sampled_from([Kind.NUMBERED, Kind.UNNUMBERED]))
        anchor = anchor.below(kind, draw(_NUMBERS))
        if kind is Kind.NUMBERED:
            anchor = maybe(maybe(anchor, Kind.LOWER), Kind.LOWER)
    anchor = maybe(anchor, Kind.UNNUMBERED, of=3)
    if draw(st.booleans()):
        return maybe(anchor, Kind.ROW)
    return maybe(anchor.below(Kind.SENTENCE, draw(_NUMBERS)), Kind.LOWER)


@given(anchors())
def test_every_position_survives_being_written_and_read(anchor: Anchor) -> None:
    """As text, in JSON, and step by step."""
    read = Anchor.parse(json.loads(json.dumps(anchor)))
    built = ROOT
    for step in read.steps:
        built = built.below(*step)

    assert read == built == anchor
    assert type(built) is Anchor


@given(anchors())
def test_a_position_is_part_of_each_of_its_ancestors(anchor: Anchor) -> None:
    """From the nearest to the outermost one, each part of the next."""
    chain = (anchor, *anchor.ancestors)

    assert chain[-1] == anchor.outermost
    for part, whole in pairwise(chain):
        assert whole.holds(part)
        assert not part.holds(whole)
        assert len(whole.steps) == len(part.steps) - 1


REFUSED = [
    # text, what the message names
    ("", "does not begin like"),
    ("q1", "does not begin like"),
    # a number of nothing, of 0, with a zero in front, in other digits, too long
    ("t", "does not begin like"),
    ("t0", "does not begin like"),
    ("t01", "does not begin like"),
    ("t１", "does not begin like"),
    ("p1234567890", "'0' cannot"),
    # an annex, a chapter, a sentence, a 款 of nothing
    ("f2.", "does not begin like"),
    ("z3", "does not begin like"),
    ("s4", "does not begin like"),
    ("k1", "does not begin like"),
    # steps in the wrong order
    ("f1.f2.t1", "does not begin like"),
    ("t1z1", "'z1' cannot stand below 't1'"),
    ("j1z1p1", "does not begin like"),
    ("t12m1", "'m1' cannot stand below 't12'"),
    ("t12x1k1", "'k1' cannot stand below 't12x1'"),
    ("t12.1", "'.1' cannot stand below 't12'"),
    ("b1k1", "'k1' cannot stand below 'b1'"),
    ("b1-1", "'-1' cannot stand below 'b1'"),
    ("p3.1", "'.1' cannot stand below 'p3'"),
    ("t1r1s1", "'s1' cannot stand below 't1r1'"),
    ("t1s1.1.1", "'.1' cannot stand below 't1s1.1'"),
    # letters and blanks around it
    ("T1", "does not begin like"),
    ("t1 ", "' ' cannot stand below 't1'"),
    ("t1\n", "'\n' cannot stand below 't1'"),
    ("t12-", "'-' cannot stand below 't12'"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_text_that_is_no_position_is_refused(text: str, words: str) -> None:
    """The message names the text, and from where on it is wrong."""
    with pytest.raises(ValueError, match=r"cannot stand|does not begin") as error:
        Anchor.parse(text)

    assert f"anchor '{text}': " in str(error.value)
    assert words in str(error.value)


PARTS = [
    # text, annex, article, outermost, ancestors
    ("t12", 0, ArticleKey(0, 12), "t12", []),
    ("t12-1", 0, ArticleKey(0, 12, 1), "t12-1", []),
    ("t12k2x3", 0, ArticleKey(0, 12), "t12", ["t12k2", "t12"]),
    ("t12-1x3m1.2", 0, ArticleKey(0, 12, 1), "t12-1", ["t12-1x3m1", "t12-1x3", "t12-1"]),
    ("f2.t1k3", 2, ArticleKey(2, 1), "f2.t1", ["f2.t1"]),
    ("b2.3.1", 0, None, "b2", ["b2.3", "b2"]),
    ("f1.z2t12k2", 1, ArticleKey(1, 12, 0, "z2"), "f1.z2t12", ["f1.z2t12"]),
    ("f12.z3b1.2p4", 12, None, "f12.z3b1", ["f12.z3b1.2", "f12.z3b1"]),
    ("a1z3j2p1s4.2", 0, None, "a1z3j2p1", ["a1z3j2p1s4", "a1z3j2p1"]),
]


@pytest.mark.parametrize(("text", "annex", "article", "outermost", "ancestors"), PARTS)
def test_a_position_tells_what_it_is_part_of(
    text: str, annex: int, article: ArticleKey | None, outermost: str, ancestors: list[str]
) -> None:
    """Its annex, its article, and every piece around it that can be cited."""
    anchor = Anchor.parse(text)

    assert (anchor.annex, anchor.article, anchor.outermost) == (annex, article, outermost)
    assert list(anchor.ancestors) == ancestors


def test_the_document_as_a_whole_holds_everything_and_is_part_of_nothing() -> None:
    """Validity asks about it like about a clause."""
    assert (ROOT.annex, ROOT.article, ROOT.outermost, ROOT.ancestors) == (0, None, "", ())
    assert ROOT.holds(Anchor.parse("f2.t1"))


HOLDS = [
    # whole, part, holds
    ("t2", "t2", True),
    ("t2", "t2k1", True),
    ("t2k1", "t2k1x3", True),
    ("b2", "b2.3", True),
    ("f1.t2", "f1.t2r1", True),
    # another number that begins with the same digits, an article put in behind it
    ("t2", "t20", False),
    ("t2k1", "t2k11", False),
    ("b2.1", "b2.10", False),
    ("t2", "t2-1", False),
    # the other way round, and another text's article
    ("t2k1", "t2", False),
    ("t2", "f1.t2", False),
]


@pytest.mark.parametrize(("whole", "part", "holds"), HOLDS)
def test_a_position_holds_its_parts(whole: str, part: str, holds: bool) -> None:
    """Step by step, not character by character."""
    assert Anchor.parse(whole).holds(Anchor.parse(part)) is holds
