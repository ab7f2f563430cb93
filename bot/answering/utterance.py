"""What somebody said, apart from the words that only tie it to what was said before."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.content.follow_up import OPENING, PAUSES, FollowUpGroup, FollowUpWords

_YES_OR_NO = re.compile(r"(.)[不没]\1")
"""能不能, 交没交: a question by its grammar."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A turn of a conversation.

    Args:
        text: what it says by itself; empty where it only ties.
        opening: the ties at its beginning.
        closes: whether it names a thing and asks nothing of it: 特困呢.
        asks: whether it asks something by itself.
        is_asking: whether it begins with that: 怎么办.
        topic: where it returns to an earlier topic, the words for that.
    """

    text: str
    opening: frozenset[FollowUpGroup] = frozenset()
    closes: bool = False
    asks: bool = False
    is_asking: bool = False
    topic: str | None = None

    def opens_with(self, groups: Collection[FollowUpGroup]) -> bool:
        """Whether a word of one of some groups stands at its beginning."""
        return not self.opening.isdisjoint(groups)


def read_utterance(folded: str, words: FollowUpWords) -> Utterance:
    """A folded text as an utterance."""
    rest, opening = _without_opening(folded.strip(PAUSES), words)
    asking = asking_in(rest, words)
    asks = bool(asking)
    closing = re.search(f"(?:{words.patterns[FollowUpGroup.CLOSING].pattern})$", rest)
    pointing = words.patterns[FollowUpGroup.POINTING]
    text = rest[: closing.start()] if closing else rest
    topic = re.split(f"[{PAUSES}]|{pointing.pattern}", text, maxsplit=1)[0]
    return Utterance(
        text=pointing.sub("", text).strip(PAUSES),
        opening=opening,
        closes=bool(closing) and not asks,
        asks=asks,
        is_asking=asking is not None and asking.start() == 0,
        topic=topic if FollowUpGroup.RETURNING in opening else None,
    )


def asking_in(folded: str, words: FollowUpWords) -> re.Match[str] | None:
    """The first words by which a folded text asks something."""
    text = folded.rstrip(PAUSES)
    found = [words.patterns[FollowUpGroup.ASKING].search(text), _YES_OR_NO.search(text)]
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _without_opening(text: str, words: FollowUpWords) -> tuple[str, frozenset[FollowUpGroup]]:
    """A text behind the ties at its beginning, and the groups of those."""
    groups: set[FollowUpGroup] = set()
    while True:
        found = [(group, words.patterns[group].match(text)) for group in OPENING]
        longest = max(((match.end(), group) for group, match in found if match), default=None)
        if longest is None or longest[0] == 0:
            return text, frozenset(groups)
        groups.add(longest[1])
        text = text[longest[0] :].lstrip(PAUSES)
