"""The word lists that take longest to read, kept in a form that opens fast.

A list is kept as rows of texts, numbers and collections, which marshal writes into a sealed folder.
"""

import marshal
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from bot.content import (
    elsewhere,
    everyday_questions,
    finder,
    lines,
    official_words,
    particulars,
    patterns,
    routing,
    routing_examples,
    sayings,
    subjects,
    yaml_lines,
)
from bot.content.elsewhere import MattersElsewhere
from bot.content.everyday_questions import ClauseQuestions, EverydayQuestions
from bot.content.finder import Finder, Phrase, PhraseMatcher
from bot.content.kept_files import digest_of
from bot.content.kind import FileKind, LoadResult
from bot.content.lines import is_there
from bot.content.official_words import OfficialWords
from bot.content.particulars import Particular, Particulars
from bot.content.patterns import WordLists
from bot.content.routing import Routing, RoutingRule
from bot.content.routing_examples import RoutingExamples
from bot.content.sayings import Sayings
from bot.content.subjects import Subject, Subjects
from bot.search import folding
from bot.search.dense.elsewhere import Matter
from bot.search.folding import Folding
from bot.search.meaning import likeness
from bot.search.meaning.likeness import ExampleCounts, Likeness, RunCounts
from bot.search.sealing import KeptValue, opened_or_made

T = TypeVar("T")

Row = tuple[object, ...]

_CODE = (
    *(elsewhere, everyday_questions, finder, lines, official_words, particulars, patterns, routing),
    *(routing_examples, sayings, subjects, yaml_lines, folding, likeness, sys.modules[__name__]),
)
"""The modules whose code decides what stands in the rows."""

_ROW = "row"


@dataclass(frozen=True, slots=True)
class KeptForm(Generic[T]):
    """How a value is written as a row, and what value the fields of a row make."""

    row: Callable[[T], Row]
    value: Callable[..., T]


def kept(kind: FileKind[T], form: KeptForm[T]) -> FileKind[T]:
    """The same kind of a single file; its value is kept when it was read.

    The file is read again where it or our code changed, and where what was kept is damaged. Nothing is kept
    of an unusable file.
    """

    def load_kept(knowledge: Path, folder: Path) -> LoadResult[T]:
        path = knowledge / kind.patterns[0]
        if not is_there(path):
            return kind.load(knowledge)
        value = KeptValue(kind.name, opened, lambda: kind.load(knowledge).value, save)
        return LoadResult(opened_or_made(folder / digest_of(_CODE, [path]), value))

    def opened(home: Path) -> T:
        return form.value(*marshal.loads((home / _ROW).read_bytes()))  # noqa: S302  # it is sealed

    def save(value: T, making: Path) -> None:
        (making / _ROW).write_bytes(marshal.dumps(form.row(value)))  # type: ignore[arg-type]  # it has plain values alone

    return replace(kind, load_kept=load_kept)


_PhraseRows = list[tuple[str, WordLists, frozenset[str] | None]]
_CountsRow = tuple[Mapping[str, int], int]


def _phrase_rows(phrases: Iterable[Phrase]) -> _PhraseRows:
    """Plain tuples: marshal takes no named ones. It writes lists that phrases share once."""
    return [(phrase.written, phrase.lists, phrase.openings) for phrase in phrases]


def _phrases(rows: _PhraseRows) -> list[Phrase]:
    return [Phrase(*row) for row in rows]


def _matcher_rows(matcher: PhraseMatcher | None) -> _PhraseRows | None:
    return None if matcher is None else _phrase_rows(matcher.phrases)


def _matcher(rows: _PhraseRows | None) -> PhraseMatcher | None:
    return None if rows is None else PhraseMatcher(_phrases(rows))


def _subjects_row(read: Subjects) -> Row:
    return [(row.name, row.ways, row.words) for row in read.rows], dict(read.by_opening)


def _subjects(
    rows: list[tuple[str | None, tuple[str, ...], tuple[str, ...]]], by_opening: Mapping[str, Sequence[int]]
) -> Subjects:
    return Subjects(tuple(Subject(*row) for row in rows), by_opening)


def _particulars_row(read: Particulars) -> Row:
    rows = [
        (
            (row.name, row.also, row.varies),
            _phrase_rows(row.asked.phrases),
            [_matcher_rows(matcher) for matcher in (row.unless, row.stated, row.apart)],
        )
        for row in read.rows
    ]
    return rows, _matcher_rows(read.told)


def _particulars(
    rows: list[tuple[tuple[str, str, bool], _PhraseRows, list[_PhraseRows | None]]], told: _PhraseRows | None
) -> Particulars:
    read = []
    for (name, also, varies), asked, others in rows:
        unless, stated, apart = map(_matcher, others)
        matcher = PhraseMatcher(_phrases(asked))
        read.append(Particular(name, matcher, unless, stated, also, varies, apart))
    return Particulars(tuple(read), _matcher(told))


def _routing_row(read: Routing) -> Row:
    rules = [
        (
            (rule.name, rule.sentence, rule.is_urgent, rule.continues),
            [_phrase_rows(each.phrases) for each in (rule.always, rule.contains, rule.unless)],
            (rule.note, rule.line),
        )
        for rule in read.rules
    ]
    return rules, read.sayings.ranks, read.sayings.nothing, _phrase_rows(read.asking.phrases), read.danger


def _routing(
    rules: list[tuple[tuple[str, str, bool, bool], list[_PhraseRows], tuple[str, int]]],
    ranks: Mapping[str, int],
    nothing: int,
    asking: _PhraseRows,
    danger: str,
) -> Routing:
    read = []
    for opening, found, rest in rules:
        always, contains, unless = (Finder(_phrases(rows)) for rows in found)
        read.append(RoutingRule(*opening, always, contains, unless, *rest))
    sayings = Sayings(ranks.items(), nothing=nothing)
    return Routing(tuple(read), sayings, Finder(_phrases(asking)), danger, Folding().fold)


def _examples_row(read: RoutingExamples) -> Row:
    counts = read.likeness.counts
    by_kind = {kind: tuple(counted) for kind, counted in counts.kinds.items()}
    return tuple(counts.usual), tuple(counts.any), by_kind, dict(read.lines)


def _examples(
    usual: _CountsRow, every: _CountsRow, kinds: Mapping[str, _CountsRow], lines_of: Mapping[str, int]
) -> RoutingExamples:
    by_kind = {kind: RunCounts(*counted) for kind, counted in kinds.items()}
    return RoutingExamples(Likeness(ExampleCounts(RunCounts(*usual), RunCounts(*every), by_kind)), lines_of)


SUBJECTS_FORM = KeptForm(_subjects_row, _subjects)
PARTICULARS_FORM = KeptForm(_particulars_row, _particulars)
OFFICIAL_WORDS_FORM = KeptForm(lambda read: (dict(read.weights),), OfficialWords)
EVERYDAY_QUESTIONS_FORM = KeptForm(
    lambda read: (list(map(tuple, read.rows)),),
    lambda rows: EverydayQuestions(tuple(ClauseQuestions(*row) for row in rows)),
)
ELSEWHERE_FORM = KeptForm(
    lambda read: (list(map(tuple, read.matters)),),
    lambda rows: MattersElsewhere(tuple(Matter(*row) for row in rows)),
)
ROUTING_FORM = KeptForm(_routing_row, _routing)
ROUTING_EXAMPLES_FORM = KeptForm(_examples_row, _examples)
