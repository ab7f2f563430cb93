"""A draft: a document as it may be accepted, with guesses, doubts, and what was left out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.intake.guessing.days import day_guesses
from bot.intake.guessing.frame import Frame, frame_of
from bot.intake.guessing.guess import Guess
from bot.intake.guessing.issuers import issuers_guess, jurisdiction_guess, number_guess
from bot.intake.guessing.titles import genre_guess, joined_title, title_guess
from bot.intake.parting import FilePart
from bot.intake.reading.source import Omission, SourceLine
from bot.policy.document import Document, Genre
from bot.policy.holding import Holding
from bot.policy.jurisdiction import Gazetteer
from bot.policy.library import Library
from bot.policy.lint.inspection import Inspection
from bot.policy.lint.rules import RULES
from bot.policy.titles import title_key

_NOT_ID = re.compile(r"[^0-9A-Za-z_\-〇\u3400-\u4dbf\u4e00-\u9fff]+")
_LONGEST_ID = 70
"""Characters; ten are left for what tells two drafts apart."""

_DAYS = ("signed_on", "published_on", "effective_on", "expires_on")
_SAID_OTHERWISE = ("missing-metadata", "lost-predecessor", "unknown-effect")
"""Rules of lint that say the same as a guess that is missing."""


@dataclass(frozen=True, slots=True)
class DraftWarning:
    """A point that a person must look at: a key of the front matter, or a line of the text, from 0."""

    at: str | int
    what: str
    advice: str = ""


@dataclass(frozen=True)
class Draft:
    """A document that waits for a person. `earlier`: the held document that it replaces; None: it is new."""

    document: Document
    guesses: Mapping[str, Guess]
    warnings: tuple[DraftWarning, ...] = ()
    left_out: tuple[Omission, ...] = ()
    places: tuple[str, ...] = field(default=())
    earlier: Holding | None = None

    def superseding(self, earlier: Holding) -> "Draft":
        """The same draft as the newer text of a held document."""
        return replace(self, earlier=earlier)

    def warned(self, *warnings: DraftWarning) -> "Draft":
        """The same draft with further warnings."""
        return replace(self, warnings=(*self.warnings, *warnings))


def draft_of(part: FilePart, facts: Mapping[str, str], gazetteer: Gazetteer) -> Draft:
    """The draft of one document in a file. Its id is made of its title."""
    frame = frame_of(part.lines, part.title)
    title = title_guess(frame)
    if part.title and title_key(str(title.value)) != title_key(part.title):
        title = Guess(part.title, title.place, title.words, "标题是别处写的，正文里不一样；对照原文看一眼")
    lines = _text_lines(frame)
    guesses = {"title": title}
    text = "\n".join(line.text for line in lines)
    document = Document(document_id_of(str(title.value)), str(title.value), text)
    issuers = issuers_guess(frame, facts)
    found = {
        "issuers": issuers,
        "document_number": number_guess(frame, facts),
        "genre": genre_guess(title),
        "jurisdiction": jurisdiction_guess(issuers, title, gazetteer),
        **day_guesses(frame, facts, Holding.of(document)),
    }
    guesses |= {key: guess for key, guess in found.items() if guess is not None}
    return assembled(document, guesses, tuple(line.place for line in lines), part.doubt)


def with_guesses(draft: Draft, further: Mapping[str, Guess]) -> Draft:
    """A draft with guesses for keys that have none yet, and new warnings; older warnings are kept."""
    made = assembled(draft.document, {**further, **draft.guesses}, draft.places, "")
    kept = [each for each in draft.warnings if each not in made.warnings and each.at not in further]
    return replace(made, warnings=(*made.warnings, *kept), left_out=draft.left_out)


def assembled(document: Document, guesses: Mapping[str, Guess], places: tuple[str, ...], doubt: str) -> Draft:
    """A draft of a text and guesses, with warnings. `places`: the place of each line in the file."""
    known = {key: _value(key, guess) for key, guess in guesses.items()}
    filled = replace(document, **known)  # type: ignore[arg-type]  # each key has the type of its field
    warnings = [DraftWarning("title", doubt)] if doubt else []
    warnings += [DraftWarning(key, guess.doubt) for key, guess in guesses.items() if guess.doubt]
    warnings += _missing(guesses, filled)
    warnings += lint_warnings(filled)
    return Draft(filled, guesses, tuple(warnings), places=places)


def _value(key: str, guess: Guess) -> object:
    if key in _DAYS:
        return date.fromisoformat(str(guess.value))
    return Genre(str(guess.value)) if key == "genre" else guess.value


def _missing(guesses: Mapping[str, Guess], document: Document) -> Iterator[DraftWarning]:
    """Keys that a document should have, and that were found nowhere."""
    for key, name in (("issuers", "发文机关"), ("genre", "文种"), ("jurisdiction", "适用地区")):
        if key not in guesses:
            yield DraftWarning(key, f"没有读到{name}", "看原文写上")
    if not document.is_news and not {"signed_on", "published_on", "effective_on"} & guesses.keys():
        yield DraftWarning("signed_on", "没有读到日期", "看原文写上成文、发布或施行日期")


def lint_warnings(document: Document) -> Iterator[DraftWarning]:
    """Findings of `check` in the document alone: a missing 第七条, a broken paragraph."""
    holding = Holding.of(document)
    inspection = Inspection(Library.holding([holding]), date.min)
    for rule in RULES:
        if rule.name in _SAID_OTHERWISE:
            continue
        for remark in rule.find(holding, inspection):
            at = remark.at if isinstance(remark.at, str) else document.text.count("\n", 0, remark.at)
            yield DraftWarning(at, remark.message, remark.advice)


def _text_lines(frame: Frame) -> Sequence[SourceLine]:
    """The lines of the text. A title that stands over several lines is one."""
    if len(frame.title) < 2:
        return frame.lines
    whole = replace(frame.title_lines()[0], text=joined_title(frame.title_lines()))
    return (*frame.lines[: frame.title.start], whole, *frame.lines[frame.title.stop :])


def document_id_of(title: str) -> str:
    """An id made of a title.

    >>> document_id_of("民政部关于印发《特困人员认定办法》的通知"), document_id_of("……")
    ('民政部关于印发特困人员认定办法的通知', '未命名')
    """
    return _NOT_ID.sub("", title).strip("-_")[:_LONGEST_ID] or "未命名"


def distinct_id(wanted: str, taken: Iterable[str]) -> str:
    """An id that is not taken yet: the wanted one, or one with -2, -3 … behind it."""
    held = set(taken)
    number, name = 1, wanted
    while name in held:
        number += 1
        name = f"{wanted}-{number}"
    return name
