"""The thesaurus: rules as staff write them, and what they find in questions."""

import json
import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.lines import Lines
from bot.content.thesaurus import load_thesaurus, rules_of
from bot.errors import DocumentError
from bot.search.folding import Folding
from bot.search.meaning.rule import GAP, MeantTerm, Rule
from bot.search.meaning.thesaurus import Thesaurus
from tests.conftest import KNOWLEDGE


def thesaurus_of(*rules: str) -> Thesaurus:
    """A thesaurus of some rules."""
    lines = Lines(Path("rules.txt"), rules)
    return Thesaurus(rule for index in range(len(rules)) for rule in rules_of(lines, index, Folding()))


def found(thesaurus: Thesaurus, question: str) -> dict[str, list[str]]:
    """What was said → the terms it stands for."""
    return {
        question[meaning.start : meaning.end]: [target.term for target in meaning.rule.targets]
        for meaning in thesaurus.meanings(question)
    }


@pytest.mark.parametrize(
    ("rule", "question", "expected"),
    [
        ("老板, 东家 → 用人单位", "我东家跑了", {"东家": ["用人单位"]}),
        ("老板，东家 → 用人单位，雇主*0.7", "老板", {"老板": ["用人单位", "雇主"]}),  # full-width commas
        ("低保 = 最低生活保障", "最低生活保障", {"最低生活保障": ["低保"]}),  # both ways
        ("低保 → 最低生活保障", "最低生活保障", {}),  # one way
        ("捡 … 娃/孩子 → 弃婴", "捡到一个孩子", {"捡到一个孩子": ["弃婴"]}),
        ("捡 ... 娃 → 弃婴", "捡个娃", {"捡个娃": ["弃婴"]}),  # three full stops
        ("捡 … 娃 → 弃婴", "捡钱。娃上学", {}),  # not over the end of a sentence
        ("捡 … 娃 → 弃婴", "捡了一大堆没人要的东西给娃", {}),  # too far apart
        ("<80-120>岁 → 高龄", "82岁", {"82岁": ["高龄"]}),
        ("<80-120>岁 → 高龄", "八十二岁", {"八十二岁": ["高龄"]}),
        ("<80-120>岁 → 高龄", "79岁", {}),
        ("<1-9>岁 → 儿童", "45岁", {}),  # no part of a number
        ("工龄 → 缴费年限；若 养老/退休", "工龄影响退休吗", {"工龄": ["缴费年限"]}),
        ("工龄 → 缴费年限；若 养老/退休", "工龄长的假多吗", {}),
        ("老师 → 教职员工 ；除非 辅导班", "辅导班老师", {}),
        ("老板 → 用人单位  # 口语", "老板", {"老板": ["用人单位"]}),
        ("# 只是说明", "说明", {}),
    ],
)
def test_a_rule_finds_its_expression(rule: str, question: str, expected: dict[str, list[str]]) -> None:
    """As the head of the module shows."""
    assert found(thesaurus_of(rule), question) == expected


def test_the_parts_of_an_expression_are_known_without_what_stands_between() -> None:
    """What stands between 打 and 官司 is not said by the rule."""
    question = "儿子打了三年官司,九岁起"
    rules = thesaurus_of("打 … 官司 → 诉讼", "<1-9>岁 … 起 → 周岁")

    said = [[question[start:end] for start, end in each.spans] for each in rules.meanings(question)]
    assert said == [["打", "官司"], ["九岁", "起"]]


def test_an_expression_inside_a_longer_one_is_left_out() -> None:
    """低保边缘 is not 低保."""
    thesaurus = thesaurus_of("低保 → 最低生活保障", "低保边缘 → 低收入家庭")

    assert found(thesaurus, "低保边缘户") == {"低保边缘": ["低收入家庭"]}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("老板 用人单位", "没有 → 或 =，或者不止一个"),
        ("老板 → 用人单位 → 雇主", "没有 → 或 =，或者不止一个"),
        ("老板, → 用人单位", "说法：有一处是空的"),
        ("老板 → ", "词：有一处是空的"),
        ("老 → 用人单位", "说法“老”：太短"),
        ("老板 → 主", "词“主”：这样写不行"),
        ("老板 → 用人单位*2", "词“用人单位*2”：这样写不行"),
        ("老板 → 用人单位 ；只要 工资", "条件“只要 工资”：看不懂"),
    ],
)
def test_a_line_that_is_no_rule_is_named_and_left_out(tmp_path: Path, line: str, problem: str) -> None:
    """File and line, what is wrong, what to do; the other lines count."""
    folder = tmp_path / "lexicon" / "thesaurus"
    folder.mkdir(parents=True)
    (folder / "工作.txt").write_text(f"东家 → 用人单位\n{line}\n", "utf-8")

    loaded = load_thesaurus(tmp_path)

    (error,) = loaded.left_out
    assert [rule.expression for rule in loaded.value.rules] == ["东家"]
    assert isinstance(error, DocumentError)
    assert (error.path.name, error.line) == ("工作.txt", 2)
    assert problem in error.problem


def test_staff_switch_rules_off_one_by_one(tmp_path: Path) -> None:
    """A whole expression, or one of its terms."""
    folder = tmp_path / "lexicon" / "thesaurus"
    folder.mkdir(parents=True)
    (folder / "工作.txt").write_text("老板, 东家 → 用人单位, 雇主\n", "utf-8")
    (tmp_path / "lexicon" / "thesaurus-off.txt").write_text("东家\n老板 → 雇主 # 不合适\n", "utf-8")

    loaded = load_thesaurus(tmp_path)

    assert not loaded.left_out
    assert found(loaded.value, "老板和东家") == {"老板": ["用人单位"]}


def test_the_shipped_thesaurus_is_sound() -> None:
    """Thousands of rules, each usable, and no expression that stands for itself."""
    loaded = load_thesaurus(KNOWLEDGE)

    assert not loaded.left_out
    assert len(loaded.value.rules) > 10_000
    assert not [r.source for r in loaded.value.rules if r.expression in {t.term for t in r.targets}]


@example("<0=00")
@given(st.text(alphabet="老板捡娃孩子<>0-9岁→=…/,;#*若除非一二百 \n", max_size=40))
def test_no_line_breaks_the_reading(line: str) -> None:
    """A line gives rules or an error that names it; whatever rules there are can be asked."""
    try:
        thesaurus = Thesaurus(rules_of(Lines(Path("rules.txt"), (line,)), 0, Folding()))
    except DocumentError as error:
        assert error.line == 1
        return
    for meaning in thesaurus.meanings(line):
        assert 0 <= meaning.start < meaning.end <= len(line)


@given(
    parts=st.lists(
        st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=2), min_size=2, max_size=4
    ),
    question=st.text("ab.。", max_size=30),
)
def test_parts_are_found_where_a_regular_expression_finds_them(parts: list[list[str]], question: str) -> None:
    """The same end for every beginning: the first alternative, the shortest gap."""
    written = "…".join("/".join(part) for part in parts)
    rule = Rule(written, tuple(map(tuple, parts)), (MeantTerm("词语"),), (), (), Path("规则.txt"), 1)
    gap = f"[^。!?;\n]{{0,{GAP}}}?"
    pattern = re.compile(gap.join(f"(?:{'|'.join(part)})" for part in parts))
    dead: set[tuple[int, int]] = set()

    for start in range(len(question)):
        found = pattern.match(question, start)
        spans = rule.match(question, start, dead)
        assert (spans[-1][1] if spans else None) == (found.end() if found else None)


def test_a_rule_of_many_parts_costs_no_more_than_its_length() -> None:
    """Eight parts that stand everywhere but for the last: a regular expression takes half a minute."""
    parts = (*[("甲", "乙")] * 7, ("丙",))
    rule = Rule("甲…丙", parts, (MeantTerm("词语"),), (), (), Path("规则.txt"), 1)
    started = process_time()

    assert Thesaurus([rule]).meanings("甲乙" * 150) == []
    assert process_time() - started < 2


def test_no_rule_is_missed() -> None:
    """What is found by the rarest parts of rules is what trying each rule at each place finds."""
    thesaurus = load_thesaurus(KNOWLEDGE).value
    rows = (KNOWLEDGE.parent / "benchmarks" / "seed-questions.jsonl").read_text("utf-8").splitlines()[:5]
    questions = [Folding().fold(json.loads(row)["question"]) for row in rows]

    for question in [*questions, "82岁的老人没人管能申请啥补贴", "捡到一个娃咋办,老板拖着工钱不给"]:
        tried = (
            (start, rule.match(question, start), rule)
            for rule in thesaurus.rules
            for start in range(len(question))
        )
        ends: dict[Rule, tuple[int, int]] = {}
        for start, spans, rule in tried:
            if spans:
                ends.setdefault(rule, (start, spans[-1][1]))
        longest = [span for rule, span in ends.items() if rule.is_one_piece]
        expected = {
            rule: span
            for rule, span in ends.items()
            if not any(
                start <= span[0] and span[1] <= end and end - start > span[1] - span[0]
                for start, end in longest
            )
        }

        assert {each.rule: (each.start, each.end) for each in thesaurus.meanings(question)} == expected
