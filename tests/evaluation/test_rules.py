"""Rules of the thesaurus on trial: what each does to the questions it speaks of."""

from pathlib import Path

import pytest

from bot.content.lines import Lines
from bot.content.thesaurus import rules_of
from bot.errors import CollectionError
from bot.evaluation.rules import DEPTH, JudgedQuestion, read_judged, trials
from bot.search.analysis import Analyzer
from bot.search.entry import Entry
from bot.search.folding import Folding
from bot.search.index import Index
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.understanding import Glossary

TEXTS = (
    "高龄津贴按月发给老年人。",
    "发放津贴以后，登记机关登记对象的条件。",
    "残疾人的认定由残疾人联合会负责。",
)


def index(analyzer: Analyzer, *lines: str) -> Index:
    """The texts, with a thesaurus of some lines."""
    read = Lines(Path("说法.txt"), lines)
    rules = [rule for number in range(len(lines)) for rule in rules_of(read, number, Folding())]
    entries = [Entry(str(number), (), text) for number, text in enumerate(TEXTS)]
    filler = [Entry(f"x{number}", (), f"其他{number}号文件归档完毕。") for number in range(20)]
    return Index([*entries, *filler], analyzer, glossary=Glossary(Thesaurus(rules)))


def test_a_rule_that_finds_the_clause_helps_and_one_that_misfires_hurts(analyzer: Analyzer) -> None:
    """老人钱 leads to the allowance; 啥样的人 leads to another clause's words."""
    searcher = index(analyzer, "老人钱 → 高龄津贴", "啥样的人 → 登记对象的条件, 登记机关")
    questions = [JudgedQuestion("老人钱", frozenset("0")), JudgedQuestion("啥样的人算残疾", frozenset("2"))]

    hurting, helping = trials(searcher, questions)

    assert (hurting.source, hurting.hurts, hurting.helped) == ("说法.txt:2", True, 0)
    assert [(e.question, e.said, e.without, e.with_it) for e in hurting.hurt] == [
        ("啥样的人算残疾", "啥样的人", 1, 2)
    ]
    assert (helping.source, helping.hurts, helping.helped) == ("说法.txt:1", False, 1)
    assert helping.effects[0].without == DEPTH + 1


def test_a_rule_that_no_question_speaks_of_is_not_tried(analyzer: Analyzer) -> None:
    """Nothing is known of it."""
    assert trials(index(analyzer, "老人钱 → 高龄津贴"), [JudgedQuestion("残疾人", frozenset("2"))]) == []


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "低保"}', '{"question": "", "clause_ids": ["a:t1"]}']
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    """With what to write."""
    path = tmp_path / "问题.jsonl"
    path.write_text(f'{{"question": "低保", "clause_ids": ["a:t1"]}}\n{line}\n', "utf-8")

    with pytest.raises(CollectionError, match=r"问题.jsonl:2: is no question; write"):
        read_judged(path)


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    """Nothing could be tried."""
    path = tmp_path / "问题.jsonl"
    path.write_text("", "utf-8")

    with pytest.raises(CollectionError, match="holds no question"):
        read_judged(path)
