"""What is said of the service is true: every figure is what it works with."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from bot.answering.question import DEFAULT_PASSAGES, LONGEST_QUESTION
from bot.channels.desk import CONVERSATION_LIFE, Desk
from bot.channels.web.about import TOLD
from bot.channels.web.kept_page import PAGE_LIFE
from bot.records.written_numbers import NumberKind
from tests.channels.conftest import client_of
from tests.channels.html_page import assert_plain, page_of


def told(client: FlaskClient, name: str) -> str:
    """What a page says."""
    page = page_of(client.get(f"/{name}"))
    assert_plain(page)
    return page.one("article").text


@pytest.mark.parametrize(("name", "title"), TOLD.items())
def test_every_page_leads_to_what_is_told_of_the_service(client: FlaskClient, name: str, title: str) -> None:
    """From the footer, by its title; there it is marked as the page that is open."""
    home, page = page_of(client.get("/")), page_of(client.get(f"/{name}"))

    assert title in [link.text for link in home.all("a", href=f"/{name}")]
    assert page.one("h1").text == title
    assert page.all("a", href=f"/{name}", aria_current="page")[0].text == title


def test_about_counts_what_is_held(desk: Desk, client: FlaskClient) -> None:
    """Documents and clauses of this moment."""
    library = desk.answerer().basis.library

    text = told(client, "about")

    assert f"{len(library.holdings)} 份" in text
    assert f"{len(library.clauses_by_id)} 条" in text
    assert "12345" in text


@pytest.mark.parametrize("days", [7, 180])
def test_privacy_says_for_how_long(desk: Desk, days: int) -> None:
    """RETENTION_DAYS and the lives of pages and conversations, in days and minutes."""
    settings = desk.settings.model_copy(update={"retention_days": days})

    text = told(client_of(replace(desk, settings=settings)), "privacy")

    assert text.count(f"{days} 天") >= 3
    assert {f"{days} 天"} >= {found for found in ("7 天", "180 天") if found in text}
    assert timedelta(minutes=30) == PAGE_LIFE == CONVERSATION_LIFE
    assert text.count("30 分钟") == 2
    for kind in NumberKind:
        assert kind in text


def test_privacy_says_where_questions_go(desk: Desk) -> None:
    """Nowhere, unless an endpoint for vectors is set; a chat's people only where there is a chat."""
    quiet = told(client_of(desk), "privacy")
    sending = desk.settings.model_copy(
        update={"embedding_base_url": "https://example.cn", "embedding_model": "m", "wechat_token": "t"}
    )
    open_ = told(client_of(replace(desk, settings=sending)), "privacy")

    assert "不给任何人" in quiet
    assert "公众号" not in quiet
    assert "向量模型" in open_
    assert "在这台服务器上完成" not in open_
    assert "公众号" in open_


def test_the_way_of_a_question_is_told_with_its_figures(client: FlaskClient) -> None:
    """The longest question, the passages of an answer; no model writes."""
    text = told(client, "algorithm")

    assert f"{LONGEST_QUESTION} 个字" in text
    assert f"最多 {DEFAULT_PASSAGES} 处" in text
    assert "BM25" in text
    assert "没有大语言模型参与" in text
