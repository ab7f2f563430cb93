"""Where and for which day somebody asks, over the JSON interface."""

import json

from flask.testing import FlaskClient

from bot.policy.document import Document
from tests.answering.filler import FILLER
from tests.answering.test_in_force_first import NEW, OLD
from tests.answering.test_places import NANJING, NATION, XIAMEN
from tests.channels.conftest import DeskOver, client_of
from tests.channels.wire import Json, post

QUESTION = "高龄津贴每月多少元"


def ask(client: FlaskClient, question: str, **fields: str) -> Json:
    """The answer to a question with further fields."""
    answer: Json = json.loads(post(client, {"question": question} | fields).data)
    return answer


def test_a_full_name_a_short_name_and_a_code_mean_the_same(desk_over: DeskOver) -> None:
    """The asker's own rule answers; another city's is not quoted."""
    client = client_of(desk_over([NATION, XIAMEN, NANJING, FILLER]))

    for place in ("福建省厦门市", "厦门", "350200", "350203"):
        answer = ask(client, QUESTION, jurisdiction=place)
        quoted = [passage["clause_id"] for passage in answer["passages"]]
        assert answer["status"] == "answered"
        assert quoted[0].startswith("厦门:")
        assert not any(clause_id.startswith("南京:") for clause_id in quoted)


def test_a_place_without_a_rule_gets_what_holds_everywhere(desk_over: DeskOver) -> None:
    """`missing` says whose rule is not held."""
    client = client_of(desk_over([NATION, XIAMEN, NANJING, FILLER]))

    answer = ask(client, QUESTION, jurisdiction="广东省深圳市")

    assert (answer["status"], answer["missing"]) == ("related", "没有收录广东省深圳市的规定。")


def test_the_day_decides_which_rule_is_in_force(desk_over: DeskOver) -> None:
    """`as_of` is an ISO day; without it, today's rule answers."""
    documents: list[Document] = [OLD, NEW, FILLER]
    client = client_of(desk_over(documents))
    question = "低保申请结果公示几日，几日内审批"

    first = [
        ask(client, question, as_of=day)["passages"][0]["clause_id"] for day in ("2020-01-01", "2022-01-01")
    ]

    assert first == ["旧:t1", "新:t1"]
    assert ask(client, question)["passages"][0]["clause_id"] == "新:t1"


def test_an_option_chosen_in_the_conversation_is_answered(desk_over: DeskOver) -> None:
    """By its number, or by its text."""
    client = client_of(desk_over([NATION, XIAMEN, NANJING, FILLER]))
    for said in ("2", ""):
        answer = ask(client, f"当地{QUESTION}")
        assert answer["status"] == "clarify"
        option = answer["options"][1]["question"]
        chosen = ask(client, said or option, conversation_id=answer["conversation_id"])
        assert chosen["status"] == "answered"
        assert chosen["passages"][0]["clause_id"] == answer["passages"][1]["clause_id"]
