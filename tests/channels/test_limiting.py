"""How often somebody may ask: by address, by person, by token; a kiosk as often as it likes."""

import os
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_network

import pytest
from flask.testing import FlaskClient

from bot.channels.desk import Desk
from bot.channels.limiting import WRONG_TOKENS_PER_MINUTE, Limiter, SharedCounts, is_exempt, party_of
from bot.channels.wechat.account import Platform
from bot.channels.wechat.translation import manner_of
from bot.chat.events import Words
from bot.chat.reception import Delivery
from bot.content.sites import Site, read_sites
from bot.errors import DocumentError
from tests.channels.conftest import client_of

ANYBODY, SOMEBODY = "203.0.113.7", "198.51.100.9"


class Watch:
    """A stopwatch that a test sets."""

    def __init__(self) -> None:
        self.now = 1000.0

    def seconds(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    """It stands still until it is set."""
    return Watch()


@pytest.fixture
def limited(desk: Desk, watch: Watch) -> Desk:
    """A desk with low limits, behind a proxy."""
    settings = desk.settings.model_copy(
        update={"ask_per_minute": 3, "chat_per_minute": 2, "trusted_proxies": 1}
    )
    return replace(desk, settings=settings, limiter=Limiter(watch.seconds))


def asked(client: FlaskClient, address: str, path: str = "/api/v1/ask?q=奖金") -> tuple[int, dict[str, str]]:
    """Status and headers of a question from an address."""
    response = client.get(path, headers={"X-Forwarded-For": address})
    return response.status_code, dict(response.headers)


def test_an_address_that_asks_too_often_is_told_when_to_come_again(limited: Desk, watch: Watch) -> None:
    """With what is left before that; others are not touched, and after a minute neither is it."""
    client = client_of(limited)

    told = [asked(client, ANYBODY) for _ in range(4)]

    assert [status for status, _ in told] == [200, 200, 200, 429]
    assert [headers["RateLimit-Remaining"] for _, headers in told] == ["2", "1", "0", "0"]
    assert {headers["RateLimit-Limit"] for _, headers in told} == {"3"}
    assert (told[3][1]["Retry-After"], told[3][1]["Content-Type"]) == ("60", "application/problem+json")
    assert asked(client, SOMEBODY)[0] == 200
    watch.now += 61
    assert asked(client, ANYBODY)[0] == 200


@pytest.mark.parametrize("ask", ["get", "post"])
def test_a_program_is_told_whom_to_call_in_danger(limited: Desk, ask: str) -> None:
    """Nobody has read the question, and the program may show the detail to a resident."""
    client = client_of(limited)
    headers = {"X-Forwarded-For": ANYBODY}

    for _ in range(4):
        if ask == "get":
            response = client.get("/api/v1/ask?q=奖金", headers=headers)
        else:
            response = client.post("/api/v1/ask", json={"question": "奖金"}, headers=headers)

    assert response.status_code == 429
    assert all(number in response.get_json()["detail"] for number in ("110", "119", "120", "12356"))


def test_pages_and_programs_count_together_but_reading_does_not(limited: Desk) -> None:
    """On a page the refusal is a page."""
    client = client_of(limited)

    statuses = [asked(client, ANYBODY, path)[0] for path in ("/ask?q=奖金", "/api/v1/ask?q=奖金") * 2]

    assert statuses == [200, 200, 200, 429]
    page = client.get("/ask?q=奖金", headers={"X-Forwarded-For": ANYBODY})
    assert (page.status_code, page.mimetype) == (429, "text/html")
    assert "过一分钟再问" in page.get_data(as_text=True)
    assert 'href="tel:119"' in page.get_data(as_text=True)  # nobody has read what was asked
    assert asked(client, ANYBODY, "/api/v1/documents")[0] == 200
    assert asked(client, ANYBODY, "/")[0] == 200


def test_the_way_of_kiosks_is_no_way_around(limited: Desk) -> None:
    """A flood takes it as well; a kiosk that has too many people before it says whom to call in danger."""
    client = client_of(limited)

    told = [
        client.post("/kiosk/ask", data={"q": "奖金"}, headers={"X-Forwarded-For": ANYBODY}) for _ in range(4)
    ]

    assert told[3].status_code == 429
    assert {response.status_code for response in told[:3]} <= {200, 303}
    assert "119" in told[3].get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",  # this machine: tools of its operator, or a proxy that we were not told of
        "192.0.2.77",  # in the network of a site
    ],
)
def test_a_kiosk_asks_as_often_as_it_likes(limited: Desk, address: str) -> None:
    """Its address stands in sites.yaml."""
    site = Site("hall", "办事大厅", addresses=(ip_network("192.0.2.0/24"),))
    offers = replace(limited.offers(), sites={"hall": site})
    client = client_of(replace(limited, offers=lambda: offers))

    assert {asked(client, address)[0] for _ in range(6)} == {200}


def test_a_household_is_one(limited: Desk) -> None:
    """It has a /64 of addresses."""
    client = client_of(limited)

    assert [asked(client, f"2001:db8:1:2::{number}")[0] for number in range(1, 5)] == [200, 200, 200, 429]


def test_a_person_in_a_chat_is_asked_to_wait(limited: Desk, watch: Watch) -> None:
    """In a sentence; a repeated delivery has the reply that it had."""
    reception = limited.reception("wechat", manner_of(Platform.WECHAT, has_links=False))

    def say(key: str) -> str | None:
        return reception.reply(Delivery("oA1", key, Words("奖金")))

    first, second, third = say("1"), say("2"), say("3")

    assert third is not None
    assert third.startswith("您发得太快了")
    assert "您发得太快了" not in f"{first}{second}"
    assert say("1") == first
    watch.now += 61
    assert say("4") != third


def search(client: FlaskClient, token: str, address: str = ANYBODY) -> int:
    """Status of a request of staff."""
    headers = {"X-Forwarded-For": address, "Authorization": f"Bearer {token}"}
    return client.post("/api/v1/search", json={"question": "奖金"}, headers=headers).status_code


def test_wrong_tokens_cost_time(limited: Desk, watch: Watch) -> None:
    """After some of them the right one is refused too, from this address and for a minute."""
    client = client_of(limited)

    statuses = [search(client, f"guess-{number}") for number in range(WRONG_TOKENS_PER_MINUTE + 1)]

    assert statuses == [401] * WRONG_TOKENS_PER_MINUTE + [429]
    assert search(client, "let-me-in") == 429
    assert search(client, "let-me-in", SOMEBODY) == 200
    watch.now += 61
    assert search(client, "let-me-in") == 200


def test_without_limits_nothing_is_counted(desk: Desk) -> None:
    """0 is any number; no header tells of any."""
    settings = desk.settings.model_copy(update={"ask_per_minute": 0, "trusted_proxies": 1})
    client = client_of(replace(desk, settings=settings))

    assert not [name for name in asked(client, ANYBODY)[1] if name.startswith("RateLimit")]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_forked_workers_count_together(watch: Watch) -> None:
    """What one has counted, the other sees."""
    limiter = Limiter(watch.seconds)
    child = os.fork()
    if child == 0:
        limiter.use("ask", ANYBODY, 3)
        os._exit(0)
    os.waitpid(child, 0)

    used = limiter.use("ask", ANYBODY, 3)

    assert used is not None
    assert used.remaining == 1


def test_counts_of_many_do_not_mix(watch: Watch) -> None:
    """More addresses than there are places: some windows are forgotten, none counts for another."""
    counts = SharedCounts(watch.seconds)
    told = {counts.incr(f"a{number}", 60) for number in range(40_000)}

    assert told == {1}
    assert counts.incr("a39999", 60) == 2
    counts.clear("a39999")
    assert counts.get("a39999") == 0
    counts.reset()
    assert (counts.get("a1"), counts.get_expiry("a1"), counts.check()) == (0, watch.now, True)


def test_what_is_no_address_is_exempt_from_nothing() -> None:
    """And stands for itself."""
    assert not is_exempt("unix:", [])
    assert is_exempt("::ffff:127.0.0.1", [])
    assert party_of("unix:") == "unix:"


def test_a_network_that_is_none_is_named(read_sites_of: Callable[[str], str]) -> None:
    """With its line, as everything in the file."""
    assert "addresses" in read_sites_of("addresses: [一号窗口]")
    assert "addresses" in read_sites_of("addresses: 203.0.113.7")


@pytest.fixture
def read_sites_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """What is said of a file with such a line."""

    def read(line: str) -> str:
        path = tmp_path_factory.mktemp("sites") / "sites.yaml"
        path.write_text(f"sites:\n  a:\n    name: 甲\n    {line}\n", "utf-8")
        with pytest.raises(DocumentError) as refused:
            read_sites(path)
        return str(refused.value)

    return read
