"""A newer text replaces a held one: links the two, and lists what refers to the old one."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.content.known_questions import QuestionRow
from bot.intake.draft import Draft, DraftWarning, with_guesses
from bot.intake.guessing.guess import Guess
from bot.intake.versions import ChangeKind, ClauseChange, changes_between, summary
from bot.policy.clause import Clause
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.titles import title_key

_LINKS = 5
"""So many links are named; the page of changes has all clauses."""


def superseding(draft: Draft, earlier: Holding, questions: Iterable[QuestionRow], held: Library) -> Draft:
    """A draft that takes the place of a held document, linked by `supersedes`.

    Known questions, other held texts and links from outside may point at clauses that have changed.
    """
    document_id = earlier.document.document_id
    changes = changes_between(earlier, Holding.of(draft.document))
    doubt = f"收录了同名的“{document_id}”，按新版取代旧版；不是新版就删去"
    guess = Guess((document_id,), "收录的文件", earlier.document.title, doubt)
    linked = with_guesses(draft, {"supersedes": guess})
    gone = {each.old.clause_id: each for each in changes if each.old and each.change is not ChangeKind.SAME}
    warnings = [("细看旁边的 .changes.html", f"与“{document_id}”比较：{summary(changes)}")]
    warnings += [
        (
            "收录后改写那一行；外面的链接仍指向旧文件",
            f"问法 {row.path.name} 第{row.line}行指向的“{row.clause_id}”：{_fate(gone[row.clause_id])}",
        )
        for row in questions
        if row.clause_id in gone
    ]
    warnings += [
        ("看它引的还对不对", f"“{citing.clause_id}”（{citing.label}）引用了“{cited}”：{_fate(gone[cited])}")
        for cited, citing in citing_clauses(held, earlier, gone)
    ]
    warnings += _links(gone)
    told = (DraftWarning("supersedes", what, advice) for advice, what in warnings)
    return linked.warned(*told).superseding(earlier)


def citing_clauses(
    library: Library, cited: Holding, clause_ids: Collection[str]
) -> Iterator[tuple[str, Clause]]:
    """The clauses of other held documents that refer to some clauses of one, each with what it cites."""
    key = title_key(cited.document.title)
    for holding in library.holdings:
        if holding is cited or key not in title_key(holding.document.text):
            continue
        for clause in holding.outline.clauses:
            for reference in library.references(clause):
                if reference.clause_id in clause_ids and reference.clause_id:
                    yield reference.clause_id, clause


def _fate(change: ClauseChange) -> str:
    now = f"现在是“{change.new.label}”" if change.new else "新版里没有"
    return f"{change.change}，{now}"


def _links(gone: Mapping[str, ClauseChange]) -> Iterator[tuple[str, str]]:
    """What external links, and codes on paper, may point at."""
    if gone:
        named = "、".join(f"/c/{clause_id}" for clause_id in list(gone)[:_LINKS])
        more = "等" if len(gone) > _LINKS else ""
        said = f"外面的链接和二维码里，指向改过的条的有 {len(gone)} 种：{named}{more}"
        yield "贴出去的，换成新文件的链接", said
