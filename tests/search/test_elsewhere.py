"""Matters that are not held: a question is told to be about one by the questions that it is like."""

from pathlib import Path

import pytest

from bot.search.dense.alike import QuestionGroups
from bot.search.dense.elsewhere import Elsewhere, Matter, elsewhere_by
from bot.search.dense.nearness import OF_TABLE
from bot.search.dense.sources import LocalNearness
from bot.search.progress import unseen
from tests.search.bigram_model import BigramModel

MATTERS = [
    Matter("婚假", ("结婚放几天假", "领证那天歇吗", "婚假有工资吗")),
    Matter("狗证", ("养狗办什么证", "狗证多少钱")),
    Matter(None, ("红烧肉怎么做", "红烧肉怎么做好吃")),
]


def source(folder: Path) -> LocalNearness:
    """Compares texts by their bigrams."""
    return LocalNearness(BigramModel(), folder, unseen, OF_TABLE)


@pytest.fixture
def matters(tmp_path: Path) -> Elsewhere:
    """Three matters."""
    made = elsewhere_by(source(tmp_path), MATTERS)
    assert made
    return made


def test_the_three_most_alike_questions_count(tmp_path: Path) -> None:
    """Whatever group they are of."""
    groups = ["结婚放几天假\n结婚放几天假吗", "结婚放几天的假"]
    nearness = source(tmp_path).of(groups)
    assert nearness
    alike = QuestionGroups(nearness, groups).alike("结婚放几天假")

    assert alike
    assert sorted(alike.groups) == [0, 0, 1]
    assert 0.8 < alike.cosine < 1


def test_the_matter_that_two_of_three_are_about_is_named(matters: Elsewhere) -> None:
    """One alone may share but a way to ask."""
    clear, unclear = matters.rival("结婚放几天婚假"), matters.rival("狗证怎么放几天")

    assert clear
    assert clear.name == "婚假"
    assert unclear
    assert unclear.name is None


def test_what_no_document_would_rule_has_no_name(matters: Elsewhere) -> None:
    """There is nothing to be held of it."""
    rival = matters.rival("红烧肉怎么做")

    assert rival
    assert rival.name is None


def test_without_matters_nothing_is_elsewhere(tmp_path: Path, matters: Elsewhere) -> None:
    """Neither without a list, nor for a question that shares nothing with any."""
    assert elsewhere_by(source(tmp_path / "none"), []) is None
    assert matters.rival("％％％") is None
