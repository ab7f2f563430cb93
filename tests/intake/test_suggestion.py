"""What a language model suggests: which questions are kept, what is sent, what happens when it fails."""

import json
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from bot.endpoint import Endpoint, ModelAddress
from bot.errors import EndpointError, SettingsError, SuggestionError
from bot.intake.suggestion import INSTRUCTIONS, MOST_FAILURES, SuggestionCounts, prompt, suggest, usable
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.library import Library
from tests.model_server import ModelServer, Reply, failed, questions, said, serving, slow

TEN = tuple(f"我妈过了{age}岁能领多少钱" for age in range(80, 90))


@pytest.fixture
def clauses(document: Callable[..., Document]) -> list[tuple[Document, Clause]]:
    """Seven clauses under a chapter."""
    articles = [
        f"第{n}条 年满八十周岁的老年人，每人每月发给高龄津贴若干元，按月发放。" for n in "一二三四五六七"
    ]
    return list(Library.of([document("第一章 高龄津贴", *articles, title="某某市养老服务办法")]).clauses())


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """Suggests ten questions each time."""
    with serving(lambda _: questions(*TEN)) as server:
        yield server


def endpoint(server: ModelServer, seconds: float = 5, retries: int = 0) -> Endpoint:
    """The client of a server."""
    return Endpoint(ModelAddress(server.url, "model-1", "key-1"), seconds, retries)


class Kept(dict[str, tuple[str, ...]]):
    """What was kept, by clause id."""

    def keep(self, _: Document, clause: Clause, questions: tuple[str, ...]) -> None:
        self[clause.clause_id] = questions


def test_each_clause_gets_its_questions(server: ModelServer, clauses: list[tuple[Document, Clause]]) -> None:
    """Asked with the key, of the model that was chosen."""
    kept = Kept()

    tally = suggest(clauses, endpoint(server).chat, kept.keep)

    assert kept == {clause.clause_id: TEN for _, clause in clauses}
    assert tally == SuggestionCounts(clauses=7, questions=70)
    assert set(server.keys) == {"Bearer key-1"}
    assert {body["model"] for body in server.asked} == {"model-1"}


def test_only_the_clause_with_what_stands_above_it_is_sent(
    server: ModelServer, clauses: list[tuple[Document, Clause]]
) -> None:
    """Title, heading, text, and our instructions; nothing else."""
    suggest(clauses[:1], endpoint(server).chat, Kept().keep)

    (body,) = server.asked
    assert body.keys() == {"model", "messages"}
    assert [message["content"] for message in body["messages"]] == [INSTRUCTIONS, prompt(*clauses[0])]
    assert prompt(*clauses[0]) == (
        "标题：\n某某市养老服务办法\n\n上文：\n第一章 高龄津贴\n\n条款（第一条）：\n" + clauses[0][1].text
    )


@pytest.mark.parametrize(
    ("rows", "kept", "dropped"),
    [
        (TEN[:3], TEN[:3], {}),  # fewer than asked for
        ((*TEN, "老人怎么领津贴"), TEN, {}),  # more
        ((TEN[0], f" {TEN[0]}\n"), TEN[:1], {"duplicate": 1}),
        ((TEN[0], "", "  ", None, 5, {"q": TEN[1]}), TEN[:1], {"empty": 5}),
        ((TEN[0], "津贴", "长" * 61), TEN[:1], {"too short": 1, "too long": 1}),
        ((TEN[0], "津贴\x00怎么领"), TEN[:1], {"not text": 1}),
        # the clause, or much of it
        ((TEN[0], "第三条 年满八十周岁的老年人，每人每月发给高龄津贴若干元吗"), TEN[:1], {"verbatim": 1}),
        (("老人\n怎么  领津贴",), ("老人 怎么 领津贴",), {}),  # blanks are one blank
    ],
)
def test_what_is_no_question_is_dropped_and_counted(
    clauses: list[tuple[Document, Clause]],
    rows: tuple[object, ...],
    kept: tuple[str, ...],
    dropped: dict[str, int],
) -> None:
    """The others are kept, in their order."""
    counted: Counter[str] = Counter()

    assert usable(json.dumps({"questions": rows}), clauses[2][1], counted) == kept
    assert counted == dropped


@pytest.mark.parametrize("wrap", ["{}", "```json\n{}\n```", "```\n{}```", "\n\n{} \n"])
def test_a_reply_may_stand_in_a_fence_or_be_a_bare_list(
    clauses: list[tuple[Document, Clause]], wrap: str
) -> None:
    """Models do so, whatever they are told."""
    for reply in (json.dumps(TEN), json.dumps({"questions": TEN})):
        assert usable(wrap.format(reply), clauses[0][1], Counter()) == TEN


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        ("好的，问题如下：1. 怎么领", "not JSON"),
        ('{"questions": ["怎么领', "not JSON"),  # cut off
        ("[" * 100_000, "not JSON"),
        ("", "not JSON"),
        ('{"answers": []}', "no list of questions"),
        ('{"questions": "怎么领津贴"}', "no list of questions"),
        ('"怎么领津贴"', "no list of questions"),
        ("[]", "no usable question"),
        ('["？"]', "no usable question"),
    ],
)
def test_a_reply_without_questions_is_told(
    clauses: list[tuple[Document, Clause]], reply: str, problem: str
) -> None:
    """In words that the report counts by."""
    with pytest.raises(SuggestionError, match=problem):
        usable(reply, clauses[0][1], Counter())


def test_a_bad_reply_does_not_stop_the_others(
    server: ModelServer, clauses: list[tuple[Document, Clause]]
) -> None:
    """Each failure is counted by its reason; an empty reply, and one that is no completion, are such."""
    replies = iter(
        [
            said("嗯"),
            said(None),
            (200, b"{}"),
            (200, b"<html>"),
            questions(*TEN),
            failed(500),
            questions("怎么领津贴"),
        ]
    )
    server.reply = lambda _: next(replies)
    kept = Kept()

    tally = suggest(clauses, endpoint(server).chat, kept.keep)

    assert list(kept) == [clauses[4][1].clause_id, clauses[6][1].clause_id]
    assert tally.failed == {"not JSON": 2, "malformed": 2, "status=500": 1}
    assert (tally.clauses, tally.questions, tally.fewer, tally.stopped) == (2, 11, 1, "")


@pytest.mark.parametrize("status", [401, 403, 404])
def test_where_the_endpoint_refuses_us_nothing_more_is_asked(
    server: ModelServer, clauses: list[tuple[Document, Clause]], status: int
) -> None:
    """A wrong key, address or model is the same for every clause."""
    server.reply = lambda _: failed(status)

    tally = suggest(clauses, endpoint(server, retries=2).chat, Kept().keep)

    assert len(server.asked) == 1
    assert (tally.failed, tally.stopped) == ({f"status={status}": 1}, f"status={status}")


def test_a_busy_endpoint_is_asked_again_when_it_says(
    server: ModelServer, clauses: list[tuple[Document, Clause]]
) -> None:
    """429 with Retry-After, which the client keeps to; then 503."""
    replies: Iterator[Reply] = iter(
        [failed(429, **{"Retry-After": "0"}), failed(503, **{"Retry-After": "0"}), questions(*TEN)]
    )
    server.reply = lambda _: next(replies)

    assert suggest(clauses[:1], endpoint(server, retries=3).chat, Kept().keep).clauses == 1


def test_an_endpoint_that_fails_time_after_time_is_left_alone(
    server: ModelServer, clauses: list[tuple[Document, Clause]]
) -> None:
    """The rest waits for another day."""
    server.reply = lambda _: failed(429)

    tally = suggest(clauses, endpoint(server).chat, Kept().keep)

    assert len(server.asked) == MOST_FAILURES
    assert (tally.failed, tally.stopped) == ({"status=429": MOST_FAILURES}, "status=429")


def test_an_endpoint_that_hangs_or_is_gone_is_no_endpoint(server: ModelServer) -> None:
    """A word for each, without what was asked."""
    server.reply = slow(2, questions(*TEN))
    with pytest.raises(EndpointError, match="endpoint: timeout; ") as hanging:
        endpoint(server, seconds=0.2).chat("a", "b")
    gone = Endpoint(ModelAddress("http://127.0.0.1:9/v1", "m"), 5, 0)
    with pytest.raises(EndpointError, match="endpoint: unreachable; "):
        gone.chat("a", "b")
    assert not hanging.value.is_final


def test_a_missing_client_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an optional package."""
    monkeypatch.setitem(__import__("sys").modules, "openai", None)

    with pytest.raises(SettingsError, match=r"pip install -r requirements-llm\.txt"):
        Endpoint(ModelAddress("http://127.0.0.1:9/v1", "m"), 1, 0)
