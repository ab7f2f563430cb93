"""The state of the service, as its operator measures it over time."""

from dataclasses import dataclass

from bot.channels.desk import Desk
from bot.records.duties import FOLDER, Duties


@dataclass(frozen=True, slots=True)
class ServiceState:
    """The state of the service now.

    Args:
        edition_age: seconds since what it answers from was made.
        troubles: how many things somebody has to see to, the records aside.
        pending_deletions: people who are still to be deleted from the records.
    """

    edition_age: float
    clauses: int
    is_closed: bool
    are_records_in_order: bool
    troubles: int
    pending_deletions: int


def state_of(desk: Desk, edition_age: float) -> ServiceState:
    """The state of the service behind a desk."""
    basis = desk.answerer().basis
    return ServiceState(
        edition_age=edition_age,
        clauses=len(basis.library.clauses_by_id),
        is_closed=basis.is_closed,
        are_records_in_order=desk.store.ping(),
        troubles=len(desk.troubles()),
        pending_deletions=len(Duties(desk.settings.data_dir / FOLDER).pending()),
    )
