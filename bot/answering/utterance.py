"""A turn of a conversation, apart from the words that only tie it to earlier turns."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.content.follow_up import IS, OPENING, PAUSES, FollowUpGroup, FollowUpWords
from bot.policy.numerals import to_int

_YES_OR_NO = re.compile(r"(.)[不没]\1")
"""能不能, 交没交: a question by its grammar."""

_NUMBERED = re.compile(
    r"第(?P<numeral>\d{1,3}|[一二三四五六七八九十百]{1,5})[条个款段点](?:里面?|中|上面)?(?:说|写|讲|提)?到?的?"
)
"""第二条说的: a passage that was shown, or an article."""

LONGEST_THING = 8
"""Characters of a thing of which the same is asked."""


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A passage or article by its number: 第二条, and 2."""

    article: str
    value: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """A turn of a conversation.

    Args:
        text: what it says by itself; empty where it only ties.
        opening: the ties at its beginning.
        closes: whether it names a thing and asks nothing of it: 特困呢.
        tells_apart: whether that thing tells things of one kind apart: 周末的呢.
        asks: whether it asks something by itself.
        is_marked: whether it ends with a question mark, which may also stand behind a thing: 门票？
        is_asking: whether it begins with that: 怎么办.
        topic: where it returns to an earlier topic, the words for that; may be empty: 再说头一个，几天批.
        is_of_first: whether it returns to what the conversation began with.
        number: the passage or article that it begins with: 第二条说的….
        refers: whether a pronoun stands in its first clause, so that nothing in it explains that: 拿着它.
        denied: where it says what is not meant, that: 我问的不是变更.
    """

    text: str
    opening: frozenset[FollowUpGroup] = frozenset()
    closes: bool = False
    tells_apart: bool = False
    asks: bool = False
    is_marked: bool = False
    is_asking: bool = False
    topic: str | None = None
    is_of_first: bool = False
    number: Ordinal | None = None
    refers: bool = False
    denied: str = ""

    def opens_with(self, groups: Collection[FollowUpGroup]) -> bool:
        """Whether a word of one of some groups stands at its beginning."""
        return not self.opening.isdisjoint(groups)


def read_utterance(folded: str, words: FollowUpWords) -> Utterance:
    """A folded text as an utterance."""
    plain = words.patterns[FollowUpGroup.FILLER].sub("", folded).strip(PAUSES)
    restated, denied = _restated(plain, words)
    rest, opening = _without_opening(restated, words)
    ties = restated.removesuffix(rest)
    rest, number = _without_number(rest)
    if thing := _likewise(rest, words):
        return Utterance(thing, opening, closes=True, number=number)
    asking = asking_in(rest, words)
    asks = bool(asking)
    closing = re.search(f"(?:{words.patterns[FollowUpGroup.CLOSING].pattern})$", rest)
    pointing = words.patterns[FollowUpGroup.POINTING]
    text = rest[: closing.start()] if closing else rest
    first = re.split(f"[{PAUSES}]", rest, maxsplit=1)[0]
    topic = re.split(f"[{PAUSES}]|{pointing.pattern}", text, maxsplit=1)[0]
    returns = FollowUpGroup.RETURNING in opening
    return Utterance(
        text=_without_pointing(text, pointing).strip(PAUSES),
        opening=opening,
        closes=bool(closing) and not asks,
        tells_apart=closing is not None and closing[0].startswith("的"),
        asks=asks,
        is_marked=folded.rstrip().endswith("?"),
        is_asking=asking is not None and asking.start() == 0,
        topic=topic if returns else None,
        is_of_first=returns and words.patterns[FollowUpGroup.FIRST].search(ties) is not None,
        number=number,
        refers=words.patterns[FollowUpGroup.PRONOUN].search(first) is not None,
        denied=denied,
    )


def _without_pointing(text: str, pointing: re.Pattern[str]) -> str:
    """A text without words that point, where they stand by themselves: not in 过年那几天."""
    alone = f"(?:^|(?<=[{PAUSES}]))(?:{pointing.pattern})|(?:{pointing.pattern})(?=[{PAUSES}]|$)"
    return re.sub(alone, "", text)


def _restated(text: str, words: FollowUpWords) -> tuple[str, str]:
    """The text behind 我不是问数，是问… or …，刚说的, and what is not meant; else the whole text.

    我问的不是变更，是注销 says as much as 我问的是注销.
    """
    denied, meant, patterns = "", "", words.patterns
    for stretch in re.finditer(f"[^{PAUSES}]+", text):
        rest = text[stretch.start() :]
        if patterns[FollowUpGroup.RETURNING].match(rest):
            return rest, ""
        if denied and patterns[FollowUpGroup.CORRECTING].match(rest):
            return rest, denied
        if denied and rest.startswith(IS):
            return rest.removeprefix(IS), denied
        if meant and rest.startswith(IS):
            return meant + rest, denied
        if denies := patterns[FollowUpGroup.DENYING].search(stretch[0]):
            denied = denied or stretch[0][denies.start() :]
        meant = meant or words.meant_in(stretch[0])
    return text, ""


def _without_number(text: str) -> tuple[str, Ordinal | None]:
    """A text without the passage number at its beginning, and that number."""
    found = _NUMBERED.match(text)
    if not found:
        return text, None
    try:
        number = Ordinal(f"第{found['numeral']}条", to_int(found["numeral"]))
    except ValueError:
        return text, None
    return text[found.end() :].lstrip(PAUSES), number


def _likewise(text: str, words: FollowUpWords) -> str:
    """The thing of which the same is asked, 老人 in 老人也有吗; empty: more is asked of it."""
    found = re.match(f"(.{{2,{LONGEST_THING}}}?)(?:{words.patterns[FollowUpGroup.LIKEWISE].pattern})", text)
    if not found:
        return ""
    rest = text[found.end() :]
    for group in (FollowUpGroup.POINTING, FollowUpGroup.ASKING, FollowUpGroup.PREDICATE):
        rest = words.patterns[group].sub("", rest.rstrip(PAUSES))
    return found[1] if len(rest) <= 1 else ""


def asking_in(folded: str, words: FollowUpWords) -> re.Match[str] | None:
    """The first asking words of a folded text."""
    text = folded.rstrip(PAUSES)
    found = [words.patterns[FollowUpGroup.ASKING].search(text), _YES_OR_NO.search(text)]
    return min((match for match in found if match), key=lambda match: match.start(), default=None)


def _without_opening(text: str, words: FollowUpWords) -> tuple[str, frozenset[FollowUpGroup]]:
    """A text without the ties at its beginning, and the groups of these ties."""
    groups: set[FollowUpGroup] = set()
    while True:
        found = [(group, words.patterns[group].match(text)) for group in OPENING]
        longest = max(((match.end(), group) for group, match in found if match), default=None)
        if longest is None or longest[0] == 0:
            return text, frozenset(groups)
        groups.add(longest[1])
        text = text[longest[0] :].lstrip(PAUSES)
