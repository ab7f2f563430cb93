"""What the kiosk's tests share: a kiosk at a site, served; screens of both sizes."""

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from bot.channels.app import build_app
from bot.channels.desk import Desk
from bot.channels.service import Service
from bot.content.sites import Site
from tests.channels.conftest import client_of
from tests.fake_records import FakeRecords

HERE = "?site=haicang"
SITE = Site("haicang", "海沧街道便民服务中心", None, "0592-6051234", "周一至周五 9:00-17:00")
ELSEWHERE = Site("atlantis", "不认得的地方", "亚特兰蒂斯市", "0000-7654321")
HOSTILE = Site("hostile", '<script>alert("站")</script>', None, '"><img src=x onerror=alert(1)>', "<b>")
FOLLOW_UPS = ("那要带什么", "去哪里办")


@pytest.fixture(scope="session")
def kiosk_desk(written_desk: Desk, service: Service) -> Desk:
    """A desk whose answers are written down, with sites, follow-ups, and an address for telephones.

    The keyboard has the words of the shipped knowledge.
    """
    offers = written_desk.offers()
    sites = {site.key: site for site in (SITE, ELSEWHERE, HOSTILE)}
    topics = replace(offers.topics, follow_ups=FOLLOW_UPS)
    offers = replace(offers, sites=sites, topics=topics)
    settings = written_desk.settings.model_copy(update={"public_url": "https://zhengce.example.cn"})
    answerer = written_desk.answerer()
    answerer = replace(answerer, basis=replace(answerer.basis, index=service.basis.index))
    desk = replace(written_desk, settings=settings, answerer=lambda: answerer, store=FakeRecords())
    return replace(desk, offers=lambda: offers)


@pytest.fixture
def client(kiosk_desk: Desk) -> FlaskClient:
    """A client of the kiosk."""
    return client_of(kiosk_desk)


@contextmanager
def served(desk: Desk, port: int = 0) -> Iterator[int]:
    """The kiosk on a port of loopback, as long as the block lasts. 0: any port that is free."""
    server = make_server("127.0.0.1", port, build_app(desk), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def kiosk_address(kiosk_desk: Desk) -> Iterator[str]:
    """The kiosk, served on loopback. The words of its keyboard are made: that takes seconds."""
    with served(kiosk_desk) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/kiosk/words.json") as words:
            assert words.read()
        yield f"http://127.0.0.1:{port}"
