"""Words that steer a chat."""

from pathlib import Path

import pytest

from bot.content.phrases import PhraseGroup, Phrases, read_phrases
from bot.content.table import PHRASES
from bot.errors import DocumentError
from tests.conftest import KNOWLEDGE


def read(tmp_path: Path, text: str) -> Phrases:
    """The phrases of a file with a text."""
    path = tmp_path / "phrases.yaml"
    path.write_text(text, "utf-8")
    return read_phrases(path)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("更多", PhraseGroup.MORE),
        ("  更多\n", PhraseGroup.MORE),  # blanks around it
        ("MORE", PhraseGroup.MORE),  # in any case
        ("没用", PhraseGroup.UNHELPFUL),
        ("更多，更多！👇", PhraseGroup.MORE),  # repeated, between signs and emoji
        ("好的更多", PhraseGroup.MORE),  # beside polite words
        ("好的", None),  # polite words alone
        ("没用，更多", PhraseGroup.MORE),  # of two groups the first of PhraseGroup
        ("更多补贴", None),  # a question that begins with it
        ("有用", None),  # a group that the file leaves out
        ("", None),
    ],
)
def test_a_phrase_is_found_by_its_group(tmp_path: Path, said: str, group: PhraseGroup | None) -> None:
    """Only the whole of what was said counts."""
    assert read(tmp_path, "more: [更多, More]\nunhelpful: [没用]\npolite: [好的]\n").group_of(said) is group


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("没用，说的是旧的", "说的是旧的"),
        ("没用 因为说的是旧的", "说的是旧的"),
        ("没用：原因是太长", "太长"),
        ("没用", ""),  # no reason
        ("没用过的发票能报销吗", ""),  # a question that begins with it
        ("说的是旧的", ""),  # no judgement
    ],
)
def test_the_reason_behind_a_judgement_is_found(tmp_path: Path, said: str, reason: str) -> None:
    """Behind a sign, a blank or 因为."""
    assert read(tmp_path, "unhelpful: [没用]\n").reason_in(said) == reason


def test_phrases_stay_as_staff_wrote_them(tmp_path: Path) -> None:
    """In their order: the first is the one to offer."""
    assert read(tmp_path, "more: [继续, More]\n").groups == {PhraseGroup.MORE: ("继续", "More")}


def test_an_absent_or_empty_file_has_empty_groups(tmp_path: Path) -> None:
    """Then everything that is said is a question."""
    assert PHRASES.load(tmp_path).value == read(tmp_path, "# 只有说明\n") == Phrases()
    assert Phrases().group_of("更多") is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        # a group that no chat knows
        (
            "more: [更多]\nthanks: [谢谢]\n",
            2,
            "键“thanks”：没有这一组；可以写的有 withdraw、more、unhelpful、helpful",
        ),
        # one phrase cannot mean two things, whatever its case
        ("more:\n  - OK\nhelpful:\n  - ok\n", 4, "“ok”：more 和 helpful 里都有；留一处"),
        # no list
        ("more: 更多\n", 1, "more：不是清单；写成“more: [词, 词]”"),
        ("more：[更多]\n", 1, "键“more”：冒号是全角的"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    """A clerk who sees only the message can mend the file."""
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)

    assert (caught.value.path.name, caught.value.line) == ("phrases.yaml", line)
    assert words in caught.value.problem


def test_the_shipped_phrases_have_every_group() -> None:
    """No group is empty: the chat offers the first phrase of each."""
    groups = PHRASES.load(KNOWLEDGE).value.groups

    assert set(groups) == set(PhraseGroup)
    assert all(groups.values())
