"""Maintenance: put up and taken down while the service runs, seen by all its processes and routes."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.maintenance import Maintenance, maintenance_of

STAFF = {"Authorization": "Bearer let-me-in"}


@pytest.fixture
def notice(desk: Desk) -> Iterator[Maintenance]:
    """The notice, as another process puts it up."""
    made = maintenance_of(desk.settings)
    made.switch(on=True)
    yield made
    made.switch(on=False)


def test_the_notice_comes_and_goes_without_a_restart(client: FlaskClient, notice: Maintenance) -> None:
    """A question is refused with the time to come again, and answered as soon as the notice is down."""
    closed = client.get("/api/v1/ask?q=奖金")
    notice.switch(on=False)
    answered = client.get("/api/v1/ask?q=奖金")

    assert (closed.status_code, closed.get_json()["status"]) == (503, "maintenance")
    assert int(closed.headers["Retry-After"]) > 0
    assert (answered.status_code, answered.headers.get("Retry-After")) == (200, None)


def test_pages_say_when_to_come_again(client: FlaskClient, notice: Maintenance) -> None:
    """As programs that fetch pages expect it."""
    response = client.post("/ask", data={"q": "奖金"})

    assert response.status_code == 503
    assert "Retry-After" in response.headers


def test_staff_wait_too_but_strangers_learn_nothing(client: FlaskClient, notice: Maintenance) -> None:
    """Whoever has no token hears of the token first."""
    asked = {"question": "奖金"}

    assert client.post("/api/v1/search", json=asked).status_code == 401
    refused = client.post("/api/v1/search", json=asked, headers=STAFF)
    assert (refused.status_code, refused.mimetype) == (503, "application/problem+json")
    notice.switch(on=False)
    assert client.post("/api/v1/search", json=asked, headers=STAFF).status_code == 200


def test_whoever_is_in_danger_is_told_whom_to_call(client: FlaskClient, notice: Maintenance) -> None:
    """The notice is for everybody else."""
    response = client.get("/api/v1/ask?q=我不想活了")

    assert response.status_code == 200
    assert "12356" in response.get_json()["message"]


def test_readiness_tells_of_it_and_goes_on(client: FlaskClient, notice: Maintenance) -> None:
    """A proxy that took the service out would hide its notice."""
    response = client.get("/readyz")

    assert (response.status_code, response.get_json()) == (200, {"status": "maintenance"})


def test_the_setting_stays_whatever_the_file_says(notice: Maintenance) -> None:
    """MAINTENANCE=1 is taken out by its operator."""
    always = Maintenance(notice.file, always=True)
    always.switch(on=False)

    assert always.is_on()
    assert not Maintenance(notice.file, always=False).is_on()
