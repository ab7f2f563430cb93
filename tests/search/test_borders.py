"""Expressions of one piece respect the words of a question."""

from pathlib import Path

import pytest

from bot.search.analysis import Analyzer
from bot.search.meaning.borders import Borders
from bot.search.meaning.rule import MeantTerm, Rule
from bot.search.meaning.thesaurus import Thesaurus


@pytest.mark.parametrize(
    ("question", "expression", "is_torn"),
    [
        ("小区里谁带着大家议事", "区里", True),  # begins inside a word
        ("没有劳动能力算不算", "有劳动能力", True),  # the denial is lost
        ("哪些人不能享受奖励", "能享受", True),
        ("刚性支出家庭咋定", "出家", True),  # cut out of two words
        ("社工会不会来", "工会", True),
        ("要提高社区的水平", "高社", True),
        ("火车票怎么退", "车票", True),  # 火车 reaches into it
        ("收不收邮费", "不收", False),  # often the denial is what answers
        ("身份证丢了", "证丢了", False),  # the last character of a longer word
        ("工会不管", "工会", False),
        ("低保户能申请吗", "低保", False),  # the beginning of a word
        ("孩子考大学", "大学", False),  # no word reaches into it
        ("车票怎么退", "车票", False),
        ("未成年人能进网吧吗", "网吧", False),  # 进网 is rarer
    ],
)
def test_what_is_torn_out_of_other_words_is_no_expression(
    analyzer: Analyzer, question: str, expression: str, is_torn: bool
) -> None:
    """A border inside a word of the dictionary counts, one inside a guessed word does not."""
    borders = Borders(question, analyzer.cut(question), analyzer.general_frequencies)
    start = question.index(expression)
    assert borders.tear(start, start + len(expression)) is is_torn


def test_a_torn_expression_hides_no_shorter_one(analyzer: Analyzer) -> None:
    """The shorter one stands in the question whole; neither is it looked for at its first place alone."""
    hiding, hidden = (
        Rule(text, ((text,),), (MeantTerm("焚烧"),), (), (), Path("a.txt"), line)
        for line, text in enumerate(("路口烧纸", "烧纸"), start=1)
    )
    question = "十字路口烧纸罚钱不"
    borders = Borders(question, analyzer.cut(question), analyzer.general_frequencies)

    found = Thesaurus([hiding, hidden]).meanings(question, borders.tear)

    assert [each.rule for each in found] == [hidden]
