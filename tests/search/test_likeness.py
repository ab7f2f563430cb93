"""Messages are told apart by their likeness to examples."""

import pytest

from bot.search.meaning.likeness import ExampleCounts, Likeness

LIKENESS = Likeness(
    ExampleCounts.of(
        {"火": ["锅里着火了", "楼上冒火了"], "病": ["我爸倒地上了", "我妈喘不上气"]},
        ["火灾有什么补助", "我爸能领多少养老金", "怎么申请低保"],
    )
)


@pytest.mark.parametrize(("text", "kind"), [("厨房着火了", "火"), ("奶奶倒地喘不上气", "病")])
def test_a_message_in_new_words_is_of_the_kind_whose_examples_it_is_like(text: str, kind: str) -> None:
    """No example is the message itself."""
    guess = LIKENESS.likeliest(text)

    assert guess
    assert guess.kind == kind
    assert guess.strength > 0
    assert guess.lead > 0


def test_what_two_kinds_share_leads_by_little() -> None:
    """我爸 stands in the examples of one kind only, 上 in both."""
    clear, unclear = LIKENESS.likeliest("我爸倒"), LIKENESS.likeliest("上了")

    assert clear
    assert unclear
    assert clear.lead > unclear.lead


def test_an_ordinary_message_is_like_no_kind() -> None:
    """It has a word of the examples, and still is rather like what is ordinary."""
    guess = LIKENESS.likeliest("我爸怎么申请补助")

    assert guess
    assert guess.strength < 0


def test_a_run_that_a_single_ordinary_message_has_speaks_for_no_kind() -> None:
    """However many ordinary messages there are: no example has it."""
    ordinary = [*(f"第{number}条怎么申请" for number in range(1000)), "招牌歪了"]
    guess = Likeness(ExampleCounts.of({"火": ["锅里着火了"]}, ordinary)).likeliest("牌")

    assert guess
    assert guess.strength <= 0


def test_signs_do_not_matter() -> None:
    """Only characters and digits are compared."""
    assert LIKENESS.likeliest("着！火……了") == LIKENESS.likeliest("着火了")


@pytest.mark.parametrize("text", ["", "……", "dibao zenme shenqing"])
def test_without_han_characters_nothing_is_known(text: str) -> None:
    """A message of signs or Latin letters is like nothing."""
    assert LIKENESS.likeliest(text) is None


def test_without_examples_nothing_is_known() -> None:
    """The service then goes by phrases alone."""
    assert Likeness(ExampleCounts.of({}, ["怎么申请低保"])).likeliest("着火了") is None
