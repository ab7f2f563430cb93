"""What every channel shows of a document that another one has superseded."""

import pytest

from bot.answering.question import Question
from bot.channels.desk import Desk
from bot.channels.wechat.account import Platform
from bot.channels.wechat.translation import manner_of
from bot.chat.rendering import answer_pieces
from bot.policy.document import Document
from tests.channels.conftest import DeskOver, client_of
from tests.channels.html_page import page_of
from tests.channels.wire import CITATION, SUMMARY, ask, assert_shape, get

OLD = Document(
    "旧办法",
    "高龄津贴暂行办法",
    "第一条　年满八十周岁的老人每月发给高龄津贴五十元。\n第二条　本办法自2013年1月1日起施行。",
)
NEW = Document(
    "新办法",
    "尊老金发放办法",
    "第一条　尊老金为一百元。\n第二条　本办法自2021年7月1日起施行。《高龄津贴暂行办法》同时废止。",
)
QUESTION = "高龄津贴每月多少"


@pytest.fixture
def replaced(desk_over: DeskOver) -> Desk:
    """A desk over the old and the new text, after the new one took effect."""
    return desk_over([OLD, NEW])


def test_the_interface_answers_200_with_what_superseded_it(replaced: Desk) -> None:
    """Status, sentence, and a citation that names the successor and the clause that says so."""
    answer = ask(client_of(replaced), QUESTION)

    citation = answer["passages"][0]["citation"]
    assert answer["status"] == "not_in_force"
    assert "改按《尊老金发放办法》办理" in answer["message"]
    assert_shape(citation, CITATION)
    assert (citation["legal_force"], citation["superseded_on"]) == ("not_in_force", "2021-07-01")
    assert [new["document_id"] for new in citation["superseded_by"]] == ["新办法"]
    assert citation["stated_in"] == {
        "effective_on": "旧办法:t2",
        "expires_on": None,
        "superseded_on": "新办法:t2",
    }


def test_documents_tell_what_their_texts_say(replaced: Desk) -> None:
    """Days and successors are there though no front matter gives them."""
    new, old = get(client_of(replaced), "/api/v1/documents")["documents"]

    assert_shape(old, SUMMARY)
    assert (old["effective_on"], old["legal_force"]) == ("2013-01-01", "not_in_force")
    assert (old["superseded_by"], new["supersedes"]) == (["新办法"], ["旧办法"])


def test_the_pages_say_so_and_lead_to_the_new_text(replaced: Desk) -> None:
    """In the answer's first sentence, and at the head of the old text."""
    client = client_of(replaced)

    said = page_of(client.get("/ask", query_string={"q": QUESTION})).all("p", class_="said")[0].text
    page = page_of(client.get("/policy/旧办法"))

    assert "已经作废" in said
    assert "2021年7月1日起由《尊老金发放办法》取代" in page.one("article").text
    (link,) = [link["href"] for link in page.all("a") if link.text == "《尊老金发放办法》"]
    assert client.get(link).status_code == 200


def test_a_chat_says_so_before_anything_else(replaced: Desk) -> None:
    """The first piece of the reply is the warning, the second the source with its fate."""
    answer = replaced.answerer().answer(Question(QUESTION))

    said, source, *_ = answer_pieces(answer, manner_of(Platform.WECHAT, has_links=False))

    assert "已经作废，从2021年7月1日起改按《尊老金发放办法》办理" in said
    assert "已经失效，2021年7月1日起由《尊老金发放办法》取代" in source
