"""Memos: a value is made from a key, and made anew only where the key has changed."""

from collections.abc import Callable

import pytest

from bot.living.memo import Memo, MemoTable


def test_an_equal_key_gives_the_same_object() -> None:
    """Equal is enough: a file that was saved without a change leaves everything as it is."""
    memo = Memo[list[str]]()

    first = memo.of(("a", 1), lambda: ["first"])

    assert memo.of(("a", 1), lambda: ["second"]) is first
    assert memo.of(("a", 2), lambda: ["second"]) == ["second"]
    assert memo.of(("a", 1), lambda: ["third"]) == ["third"], "only the last one is kept"


def test_nothing_is_a_value_too() -> None:
    """None is not made again and again."""
    made: list[int] = []
    memo = Memo[None]()

    for _ in range(2):
        memo.of("key", lambda: made.append(1))

    assert made == [1]


def test_what_failed_is_tried_again() -> None:
    """And the value before is not lost."""
    memo = Memo[str]()
    memo.of("old", lambda: "old")

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            memo.of("new", lambda: str(1 / 0))

    assert memo.of("old", lambda: "made again") == "old"
    assert memo.of("new", lambda: "new") == "new"


def test_a_table_makes_only_what_changed_and_forgets_what_is_gone() -> None:
    """In the order of the keys."""
    made: list[str] = []
    table = MemoTable[str]()

    def make(version: int) -> Callable[[str], str]:
        def of(name: str) -> str:
            made.append(f"{name}{version}")
            return f"{name}{version}"

        return of

    assert table.of({"b": 1, "a": 1}, make(1)) == {"b": "b1", "a": "a1"}
    assert table.of({"a": 1, "b": 2}, make(2)) == {"a": "a1", "b": "b2"}
    assert list(table.of({"a": 1}, make(3)).values()) == ["a1"]
    assert table.of({"a": 1, "b": 2}, make(4)) == {"a": "a1", "b": "b4"}
    assert made == ["b1", "a1", "b2", "b4"]
