"""A newer text of a document that is held: which clauses were added, changed, removed or renumbered."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import folded
from bot.policy.titles import title_keys

_ALIKE, _ALIKE_AT_ITS_PLACE = 0.6, 0.3
"""Similarity of two clauses that are one, changed: anywhere, and under the same number."""
_MOST_COMPARED = 300


class ChangeKind(StrEnum):
    """What happened to a clause, in the words of staff."""

    SAME = "不变"
    RENUMBERED = "改号"
    CHANGED = "修改"
    ADDED = "新增"
    REMOVED = "删去"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause of the old text, of the new one, or of both."""

    change: ChangeKind
    old: Clause | None
    new: Clause | None


def earlier_version(document: Document, library: Library) -> Holding | None:
    """The held document with the title of a new one; of several the newest. None: there is none."""
    keys = title_keys(document.title)
    found = [
        each
        for each in library.holdings
        if title_keys(each.document.title) & keys and not each.document.is_news
    ]
    return max(found, key=lambda each: str(each.validity.begins or ""), default=None)


def changes_between(old: Holding, new: Holding) -> list[ClauseChange]:
    """Every clause of both texts once, in the order of the new text; removed ones where they stood."""
    pairs = _paired(old.outline.clauses, new.outline.clauses)
    old_of = {id(after): before for before, after in pairs}
    kept = {id(before) for before, _ in pairs}
    found: list[ClauseChange] = []
    waiting = list(old.outline.clauses)
    for clause in new.outline.clauses:
        before = old_of.get(id(clause))
        if before is not None:
            while waiting and waiting[0] is not before and id(waiting[0]) not in kept:
                found.append(ClauseChange(ChangeKind.REMOVED, waiting.pop(0), None))
            if waiting and waiting[0] is before:
                waiting.pop(0)
        found.append(_change(before, clause))
    found += [ClauseChange(ChangeKind.REMOVED, each, None) for each in waiting if id(each) not in kept]
    return found


def _change(before: Clause | None, clause: Clause) -> ClauseChange:
    if before is None:
        return ClauseChange(ChangeKind.ADDED, None, clause)
    if folded(before.text) != folded(clause.text):
        return ClauseChange(ChangeKind.CHANGED, before, clause)
    same_place = before.label == clause.label
    return ClauseChange(ChangeKind.SAME if same_place else ChangeKind.RENUMBERED, before, clause)


def _paired(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """The clauses that are the same: by their words, then by number and likeness, then by likeness alone."""
    by_words: dict[str, list[Clause]] = defaultdict(list)
    for clause in old:
        by_words[folded(clause.text)].append(clause)
    pairs: list[tuple[Clause, Clause]] = []
    rest: list[Clause] = []
    for clause in new:
        alike = by_words[folded(clause.text)]
        at_its_place = next((each for each in alike if each.label == clause.label), None)
        match = at_its_place or (alike[0] if alike else None)
        if match is None:
            rest.append(clause)
        else:
            alike.remove(match)
            pairs.append((match, clause))
    unpaired = [clause for clauses in by_words.values() for clause in clauses]
    return [*pairs, *_alike(unpaired, rest)]


def _alike(old: Iterable[Clause], new: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """Pairs of clauses that were changed."""
    left = list(old)[:_MOST_COMPARED]
    pairs: list[tuple[Clause, Clause]] = []
    for enough, same_label in ((_ALIKE_AT_ITS_PLACE, True), (_ALIKE, False)):
        for clause in new[:_MOST_COMPARED]:
            if any(after is clause for _, after in pairs):
                continue
            candidates = [each for each in left if not same_label or each.label == clause.label]
            best = max(candidates, key=lambda each: _likeness(each, clause), default=None)
            if best is not None and _likeness(best, clause) >= enough:
                left.remove(best)
                pairs.append((best, clause))
    return pairs


def _likeness(one: Clause, other: Clause) -> float:
    matcher = SequenceMatcher(None, folded(one.text), folded(other.text), autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE_AT_ITS_PLACE or matcher.quick_ratio() < _ALIKE_AT_ITS_PLACE:
        return 0.0
    return matcher.ratio()


def summary(changes: Sequence[ClauseChange]) -> str:
    """How many clauses have changed and how: 修改 3 条，新增 1 条."""
    counts = Counter(each.change for each in changes)
    return "，".join(f"{change} {counts[change]} 条" for change in ChangeKind if counts[change]) or "没有条款"
