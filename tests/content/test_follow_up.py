"""Words that tie a question to what was said before."""

from pathlib import Path

import pytest

from bot.content.follow_up import FollowUpGroup, FollowUpWords, read_follow_up
from bot.content.table import FOLLOW_UP
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE

TEXT = """joining: [那]
pointing: [那种, 這個, 那三]
correcting: [不是，, 我问的是]
asking: [不。, 多久]
apart: [那曲]
"""


def read(tmp_path: Path, text: str) -> FollowUpWords:
    """The words of a file with a text."""
    path = tmp_path / "follow-up.yaml"
    path.write_text(text, "utf-8")
    return read_follow_up(path)


@pytest.mark.parametrize(
    ("group", "said", "found"),
    [
        (FollowUpGroup.JOINING, "那要带啥", "那"),
        (FollowUpGroup.JOINING, "那曲的低保", None),  # stands apart
        (FollowUpGroup.POINTING, "这个要多久", "这个"),  # the file may be in traditional characters
        (FollowUpGroup.POINTING, "那三样要带吗", "那三"),
        (FollowUpGroup.POINTING, "那三百吨的呢", None),  # a number
        (FollowUpGroup.CORRECTING, "不是,谁批", "不是"),  # a pause behind it
        (FollowUpGroup.CORRECTING, "不是我问的是谁批", "不是"),  # another word that opens behind it
        (FollowUpGroup.CORRECTING, "不是本地户口", None),
        (FollowUpGroup.ASKING, "收钱不", "不"),
        (FollowUpGroup.ASKING, "不收钱", None),  # only at the end
        (FollowUpGroup.CLOSING, "特困呢", None),  # a group that the file leaves out
    ],
)
def test_a_word_is_found_where_it_ties(
    tmp_path: Path, group: FollowUpGroup, said: str, found: str | None
) -> None:
    """The signs of the file: 。 for the end, ， for a pause."""
    match = read(tmp_path, TEXT).patterns[group].search(said)

    assert (match and match[0]) == found


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [("真的吗？", True), ("个人呢", True), ("45天，没记错吧", False), ("人呢", False), ("你好", False)],
)
def test_a_turn_may_show_by_itself_that_it_goes_on(said: str, goes_on: bool) -> None:
    """Such a turn is no small talk, where there was an answer before."""
    assert read_follow_up(KNOWLEDGE / "lexicon" / "follow-up.yaml").continues(said) == goes_on


def test_an_unknown_group_is_named_with_its_line(tmp_path: Path) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, "joining: [那]\nthanks: [谢谢]\n")

    assert caught.value.line == 2
    assert "键“thanks”：没有这一组" in caught.value.problem


def test_the_shipped_file_has_every_group() -> None:
    """No group is empty."""
    assert set(FOLLOW_UP.load(KNOWLEDGE).value.groups) == set(FollowUpGroup)


def test_a_pattern_is_hardly_longer_than_its_words() -> None:
    """What may follow a word is not written again for each: the shipped ones took four seconds to compile."""
    words = FOLLOW_UP.load(KNOWLEDGE).value
    whole = sum(len(word) for group in words.groups.values() for word in group)

    assert whole > 1000
    assert max(len(pattern.pattern) for pattern in words.patterns.values()) < 10 * whole
