"""Legal force: what a document's dates say about a day."""

from datetime import date

import pytest

from bot.policy.document import Document, Genre
from bot.policy.force.statements import Statement, Statements
from bot.policy.force.validity import LegalForce, validity_of

NOT_YET, FIRST, BETWEEN, LAST, AFTER = (
    date(2024, 6, 30),
    date(2024, 7, 1),
    date(2025, 1, 1),
    date(2026, 6, 30),
    date(2026, 7, 1),
)

FORCE = [
    # genre, effective_on, expires_on, on, force
    # the day before, and the day itself
    (Genre.MEASURES, FIRST, None, NOT_YET, LegalForce.PENDING),
    (Genre.MEASURES, FIRST, None, FIRST, LegalForce.IN_FORCE),
    # without an end it stays in force
    (Genre.MEASURES, FIRST, None, AFTER, LegalForce.IN_FORCE),
    # the last day counts, the next does not
    (Genre.MEASURES, FIRST, LAST, BETWEEN, LegalForce.IN_FORCE),
    (Genre.MEASURES, FIRST, LAST, LAST, LegalForce.IN_FORCE),
    (Genre.MEASURES, FIRST, LAST, AFTER, LegalForce.NOT_IN_FORCE),
    # no dates: nobody knows
    (Genre.MEASURES, None, None, BETWEEN, LegalForce.UNKNOWN),
    # only an end: unknown until then, over behind it
    (Genre.MEASURES, None, LAST, LAST, LegalForce.UNKNOWN),
    (Genre.MEASURES, None, LAST, AFTER, LegalForce.NOT_IN_FORCE),
    # an unknown genre has force like any other text
    (None, FIRST, None, BETWEEN, LegalForce.IN_FORCE),
    # news has none, whatever its dates
    (Genre.NEWS, FIRST, None, BETWEEN, LegalForce.UNKNOWN),
    (Genre.NEWS, FIRST, LAST, AFTER, LegalForce.UNKNOWN),
]


@pytest.mark.parametrize(("genre", "effective_on", "expires_on", "on", "force"), FORCE)
def test_force_follows_from_the_dates(
    genre: Genre | None, effective_on: date | None, expires_on: date | None, on: date, force: LegalForce
) -> None:
    """Both the first and the last day belong to the time in force."""
    document = Document("某", "某", "文", genre=genre, effective_on=effective_on, expires_on=expires_on)

    assert validity_of(document, Statements()).force(on) is force


def test_signing_and_publishing_give_no_force() -> None:
    """A text may take effect later than either, so both leave its force unknown."""
    document = Document("某", "某", "文", signed_on=FIRST, published_on=FIRST)

    assert validity_of(document, Statements()).force(BETWEEN) is LegalForce.UNKNOWN


STATED = Statements(Statement(FIRST, "某:t8"), Statement(LAST, "某:t9"))


def test_days_that_only_the_text_states_count() -> None:
    """The document begins and ends by its own words, and each day keeps the clause that states it."""
    validity = validity_of(Document("某", "某", "文"), STATED)

    assert (validity.effective, validity.expires) == (STATED.effective, STATED.expires)
    assert (validity.begins, validity.ends) == (FIRST, LAST)
    forces = [validity.force(on) for on in (NOT_YET, FIRST, LAST, AFTER)]
    assert forces == [LegalForce.PENDING, *[LegalForce.IN_FORCE] * 2, LegalForce.NOT_IN_FORCE]


def test_days_in_the_front_matter_go_before_days_in_the_text() -> None:
    """Staff have read the text; no clause is named for a day that they give."""
    front = Document("某", "某", "文", effective_on=NOT_YET, expires_on=AFTER)

    validity = validity_of(front, STATED)

    assert (validity.effective, validity.expires) == (Statement(NOT_YET), Statement(AFTER))
