"""The notation of routing.yaml."""

from datetime import date
from pathlib import Path

import pytest

from bot.content.check import check_folder
from bot.content.routing import Routing, read_routing
from bot.content.table import ROUTING
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TODAY = date(2026, 11, 23)


def read(tmp_path: Path, text: str) -> Routing:
    """The routing of a file with a text."""
    path = tmp_path / "routing.yaml"
    path.write_text(text, "utf-8")
    return read_routing(path)


TEXT = """
words:
  谁: [孩子, 老人]
polite: [请问, 啊, 您]
asking: [怎么（申请/罚）, 由谁]
rules:
  - name: 掉水
    sentence: 请马上打 119。
    urgent: true
    whole: [溺水（了/）]
    always: [<谁>…掉（河/井）里]
    contains: [落水]
    unless: [演习]
    note: 有人落水，请打 119。
  - name: 招呼
    sentence: 您好。
    whole:
      - （你/您）好
      - 在吗
      - 這樣
  - name: 闲聊
    sentence: 请写下问题，或打 {hotline}。
    whole: [哈]
"""


@pytest.mark.parametrize(
    ("said", "name"),
    [
        # whole: alone, repeated, between signs, emoji and polite words, traditional, full-width
        ("你好", "招呼"),
        ("您好您好！在吗？😊", "招呼"),
        ("请问在吗啊", "招呼"),
        ("這樣", "招呼"),
        ("这样", "招呼"),
        # more is said
        ("你好，低保", None),
        # polite words and signs alone are for the last rule
        ("请问", "闲聊"),
        ("……", "闲聊"),
        ("", None),
        # the first rule of those that fit
        ("哈哈，您好", "招呼"),
        # whole, always, contains
        ("溺水了", "掉水"),
        ("孩子一不小心掉井里了", "掉水"),
        ("老 人 掉 河 里", "掉水"),  # blanks do not matter
        ("孩子在院子里玩了半天，后来掉河里", None),  # too far apart
        ("孩子。掉河里", None),  # not across the end of a sentence
        ("有人落水", "掉水"),
        # contains yields to a question about rules, always does not, and unless stops both
        ("落水由谁救", None),
        ("孩子掉河里由谁救", "掉水"),
        ("演习：孩子掉河里，有人落水", None),
    ],
)
def test_a_message_goes_to_the_first_rule_that_fits(tmp_path: Path, said: str, name: str | None) -> None:
    """By what it is, or by what is in it."""
    routing = read(tmp_path, TEXT)
    rule = routing.urgent_rule(said) or routing.rule(said)

    assert (rule.name if rule else None) == name


def test_a_rule_says_what_is_to_be_said(tmp_path: Path) -> None:
    """Its sentence, whether it is urgent, and the note for questions about it."""
    routing = read(tmp_path, TEXT)
    rule = routing.rules[0]

    assert (rule.sentence, rule.is_urgent, rule.line) == ("请马上打 119。", True, 7)
    assert routing.note_on("落水由谁救") == "有人落水，请打 119。"
    assert routing.note_on("低保由谁批") == ""
    assert routing.is_about_rules("低保怎么申请")


def test_an_absent_file_routes_nothing(tmp_path: Path) -> None:
    """Then everything that is said is a question."""
    routing = ROUTING.load(tmp_path).value

    assert routing.rule("你好") is routing.urgent_rule("着火了") is None
    assert routing.without_politeness("你好，低保？") == "你好，低保？"


RULE = "rules:\n  - name: 甲\n    sentence: 乙\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (RULE + "    contains: [掉（河/井]\n", 4, "说法“掉（河/井”：括号没有成对"),  # a bracket is left open
        (RULE + "    contains:\n      - 河\n      - 掉（河（井））\n", 6, "括号里还有括号"),  # one in another
        (RULE + "    always: [河/井]\n", 4, "“/”只能写在括号里"),  # a choice without brackets
        (RULE + "    whole: [掉…河]\n", 4, "整句话里不能有“…”"),  # a gap in a whole message
        (RULE + "    whole: [（河/）]\n", 4, "有一种是空的"),  # nothing is no message
        (RULE + "    unless: [<谁>]\n", 4, "<谁>：没有这张词表"),  # an unknown list
        (RULE + "  - name: 甲\n    sentence: 丙\n", 4, "name“甲”：写了两次"),  # the same name
        (
            "rules:\n  - name: 甲\n    sentence: 打 {phone}\n",
            3,
            "有 {phone}，只认得 {hotline}",
        ),  # an unknown place
        ("rules:\n  - name: 甲\n", 2, "键“sentence”：没有写"),  # nothing to say
        (RULE + "    has: [河]\n", 4, "键“has”：没有这个键"),  # an unknown key
        (RULE + "    urgent: maybe\n", 4, "urgent“maybe”：这样写不行"),  # neither yes nor no
        (RULE + "    contains: 河\n", 4, "contains“河”：不是清单"),  # no list
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)

    assert (caught.value.path.name, caught.value.line) == ("routing.yaml", line)
    assert words in caught.value.problem


def test_a_question_of_ours_that_is_routed_is_found(tmp_path: Path) -> None:
    """`check` tells, for nobody would ever see its clause."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "routing.yaml").write_text(TEXT, "utf-8")
    (tmp_path / "topics.yaml").write_text(
        "menus:\n  - name: 水\n    topics:\n      - {key: a, name: 水, questions: [有人落水, 低保]}\n",
        "utf-8",
    )

    _, findings = check_folder(tmp_path, TODAY, lambda holdings, _: holdings)

    assert [(found.rule, found.line) for found in findings] == [("routed-question", 7)]
    assert "“有人落水”" in findings[0].message


def test_the_shipped_rules_have_sentences_that_can_be_acted_on() -> None:
    """Whoever is in danger reads a number in the first line; whom else to call is named where it helps."""
    rules = ROUTING.load(KNOWLEDGE).value.rules
    urgent = [rule for rule in rules if rule.is_urgent]

    assert [rule.name for rule in rules[: len(urgent)]] == [rule.name for rule in urgent]
    assert all(any(n in rule.sentence.split("\n")[0] for n in ("110", "119", "120")) for rule in urgent)
    assert {rule.name for rule in rules if "{hotline}" in rule.sentence} >= {
        "找人工",
        "查个人进度",
        "投诉举报",
    }
