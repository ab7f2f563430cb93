"""The days on which a document was signed, published, takes effect and expires."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from bot.intake.guessing.frame import IMPRINT, Frame
from bot.intake.guessing.guess import Guess
from bot.intake.guessing.patterns import DAY, close_up, day_of
from bot.policy.holding import Holding

_PUBLISHED = re.compile(r"公布|发布|颁布|印发")
_PASSED = re.compile(r"通过|审议|批准|会议")
_AMENDED = re.compile(r"修订|修正|修改")
_SIGNED_FACTS = ("成文日期", "发文日期", "制发日期", "生成日期")
_PUBLISHED_FACTS = ("发布日期", "发布时间", "公开日期", "PubDate")
_LOOK_BELOW = 12
_LATE = 60
"""Days. A web page may show a text years after it was issued; its date is then not that of the text."""


def day_guesses(frame: Frame, facts: Mapping[str, str], holding: Holding) -> dict[str, Guess]:
    """The days that are printed, by key of the front matter. `holding` is the text, divided into clauses."""
    found = _printed(frame)
    for key, names in (("signed_on", _SIGNED_FACTS), ("published_on", _PUBLISHED_FACTS)):
        for name in names:
            day = day_of(facts.get(name, ""))
            if day and key not in found:
                found[key] = Guess(day.isoformat(), f"网页的“{name}”", facts[name], _doubt(day, found, key))
    _drop_late(found)
    for key, statement in (
        ("effective_on", holding.statements.effective),
        ("expires_on", holding.statements.expires),
    ):
        if statement and statement.clause_id:
            clause = holding.clauses[statement.clause_id]
            found[key] = Guess(statement.day.isoformat(), clause.label, clause.text[-120:])
    return found


def _doubt(day: date, found: Mapping[str, Guess], key: str) -> str:
    if key == "signed_on":
        return ""
    del day, found
    return "取自网页，是网页的日期；对照原文看一眼"


def _drop_late(found: dict[str, Guess]) -> None:
    """The date of a web page that is far from the day of the text is no date of publication."""
    signed, published = (found.get(key) for key in ("signed_on", "published_on"))
    if signed and published and published.doubt:
        apart = date.fromisoformat(str(published.value)) - date.fromisoformat(str(signed.value))
        if not 0 <= apart.days <= _LATE:
            del found["published_on"]


def _printed(frame: Frame) -> dict[str, Guess]:
    """The days of the signature, the history in brackets, the order above the title, and the imprint."""
    found: dict[str, Guess] = {}
    for key, guess in [*_history(frame), *_signed(frame), *_front(frame), *_imprint(frame)]:
        found.setdefault(key, guess)
    return found


def _signed(frame: Frame) -> Iterator[tuple[str, Guess]]:
    for line in frame.signature_lines()[-1:]:
        if day := day_of(close_up(line.text)):
            yield "signed_on", Guess.read_in(line, day.isoformat())


def _history(frame: Frame) -> Iterator[tuple[str, Guess]]:
    """（2014年2月21日国务院令第649号公布　根据2019年3月2日…修订）: the first day of each kind."""
    for line in frame.below_title():
        text = line.text
        found = list(DAY.finditer(text))
        for index, each in enumerate(found):
            until = found[index + 1].start() if index + 1 < len(found) else len(text)
            said, day = text[each.end() : until], day_of(each[0])
            if day is None or _AMENDED.search(said.split("公布")[0]) or text[: each.start()].endswith("根据"):
                continue
            if re.search(r"起?施行", said[:12]):
                yield "effective_on", Guess.read_in(line, day.isoformat())
            elif _PUBLISHED.search(said):
                yield "published_on", Guess.read_in(line, day.isoformat())
            if _PASSED.search(said) or re.fullmatch(r"[）)\s]*", said):
                yield "signed_on", Guess.read_in(line, day.isoformat())


def _front(frame: Frame) -> Iterator[tuple[str, Guess]]:
    """The day of an order, which stands alone above the title of what it publishes."""
    for line in frame.front_lines():
        text = close_up(line.text)
        alone = DAY.fullmatch(text.strip("（）() "))
        if alone and (day := day_of(text)):
            yield "published_on", Guess.read_in(line, day.isoformat())


def _imprint(frame: Frame) -> Iterator[tuple[str, Guess]]:
    for line in frame.lines[-_LOOK_BELOW:]:
        if (found := IMPRINT.search(line.text)) and (day := day_of(found["day"])):
            yield "published_on", Guess.read_in(line, day.isoformat())
