"""Prints how honest and how conversational answers are: `python -m benchmarks.conversations [SET …]`.

Sets of our own stand in `benchmarks/conversation/`. They are asked of the policies in `../shared/data` and
the shipped documents as one library; those called `law-…` of 150 laws in `../shared/data` instead. `choose`
is for choosing numbers, `report` is only measured. --misses prints every question that went wrong.
"""

import argparse
import itertools
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from benchmarks.conversation_bench import SETS, Bench, WithoutDocuments, bench, bench_on_laws
from benchmarks.law_talk import SETS_ON_LAWS, lacking, rows_on_laws
from benchmarks.questions import POLICIES, RESIDENTS, answers, is_named, read_questions
from benchmarks.residents import by_halves
from bot.answering.answer import Answer, Passage, Status
from bot.answering.question import Question
from bot.policy.units import units
from bot.search.searcher import Searcher

Row = dict[str, Any]
Outcome = tuple[str, bool, str]
"""Kind, whether it is right, and what came."""


def main() -> None:
    if not POLICIES.exists():
        sys.exit(f"folder '{POLICIES}': does not exist; nothing to measure")
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=list(MEASURES))
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--split", choices=("choose", "report"), help="one half only")
    options = parser.parse_args()
    for name in options.sets:
        if name.startswith("law-") and (why := lacking()):
            print(f"\n{name}: not measured; {why}")
            continue
        for split in (options.split,) if options.split else ("choose", "report"):
            rows = [row for row in rows_of(name) if row.get("split", split) == split]
            outcomes = [(row, outcome) for row in rows for outcome in MEASURES[name](row)]
            show(f"{name}, {split}", [outcome for _, outcome in outcomes])
            for row, (kind, is_right, came) in outcomes if options.misses else ():
                if not is_right:
                    print(f"    {kind}: {row.get('q') or ' / '.join(row['turns'])} → {came}")


def rows_of(name: str) -> list[Row]:
    """The rows of a set.

    `answerable` is made of residents' questions; `subjects` of unanswerable ones, each behind a first turn of
    `dialogues`.
    """
    if name in SETS_ON_LAWS:
        return rows_on_laws(name, bench_on_laws().answerer.basis.library)
    if name in ("answerable", "left-out"):
        halves = by_halves([one for one in read_questions(RESIDENTS) if one.evidence])
        posed = [(split, one) for split, questions in halves.items() for one in questions]
        return [{"q": one.text, "posed": one, "split": split} for split, one in posed]
    if name == "subjects":
        return [
            asked | {"before": talk["turns"][0]}
            for split in ("choose", "report")
            for asked, talk in zip(
                _of_half(split, "unanswerable", "unanswerable-fresh"),
                itertools.cycle(_of_half(split, "dialogues")),
                strict=False,
            )
        ]
    text = (SETS / f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _of_half(split: str, *names: str) -> list[Row]:
    return [row for name in names for row in rows_of(name) if row["split"] == split]


def bench_of(row: Row) -> Bench:
    """Who answers a row."""
    return bench_on_laws() if row.get("on_laws") else bench()


def show(title: str, outcomes: Sequence[Outcome]) -> None:
    """One line a kind: how many are right."""
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for kind, is_right, _ in outcomes:
        by_kind[kind].append(is_right)
    print(f"\n{title}")
    for kind, rights in sorted(by_kind.items()):
        print(f"  {kind:<28}{sum(rights):>4} of {len(rights):>4}  {sum(rights) / len(rights):6.1%}")


def is_right(passage: Passage, right: Iterable[Sequence[str]]) -> bool:
    """Whether a passage is one of some clauses, each named by its document and its label or words of it."""
    return is_named(passage.clause, right)


def came(answer: Answer) -> str:
    """An answer in a line."""
    first = [f"{p.clause.document_id}:{p.clause.label}" for p in answer.passages[:2]]
    return f"{answer.status} {first} “{answer.understood_as}” {answer.missing or ''}"


def unanswerable(row: Row) -> Iterator[Outcome]:
    """Not answered; where a helpful clause exists it is among the related passages; far ones find nothing."""
    answer, _ = bench_of(row).ask(Question(row["q"]))
    if row["kind"] == "far":
        yield "far", answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE), came(answer)
        return
    refused = answer.status in (Status.RELATED, Status.NOT_FOUND, Status.CLARIFY, Status.OUT_OF_SCOPE)
    yield f"near {row['kind']}", refused, came(answer)
    yield "near, all", refused, came(answer)
    if row["helpful"]:
        helped = any(is_right(passage, row["helpful"]) for passage in answer.passages)
        yield "helpful clause shown", answer.status is Status.RELATED and helped, came(answer)


def answerable(row: Row) -> Iterator[Outcome]:
    """Residents' questions keep their place: answered, not related or refused; right first, in three."""
    answer, _ = bench().ask(Question(row["q"]))
    for status in Status:
        if status not in (Status.ANSWERED, Status.NOT_IN_FORCE):
            yield f"not {status}", answer.status is not status, came(answer)
    rights = [answers(row["posed"], passage.clause.text) for passage in answer.passages]
    yield "right first", any(rights[:1]), came(answer)
    yield "right in three", any(rights[:3]), came(answer)


def forms(row: Row) -> Iterator[Outcome]:
    """What is asked in the same forms as what nothing answers, and has an answer, is answered."""
    answer, _ = bench_of(row).ask(Question(row["q"]))
    yield "answered", answer.status in (Status.ANSWERED, Status.NOT_IN_FORCE), came(answer)
    rights = [is_right(passage, row["right"]) for passage in answer.passages]
    yield "right first", any(rights[:1]), came(answer)
    yield "right in three", any(rights[:3]), came(answer)


def forms_by_kind(row: Row) -> Iterator[Outcome]:
    """Like `forms`; also by the words it is asked in, by kinds that are hard, and never by its opposite."""
    yield from forms(row)
    answer, _ = bench().ask(Question(row["q"]))
    first = answer.passages[:1]
    found = any(is_right(passage, row["right"]) for passage in first)
    manner = "in the text's terms" if row.get("terms") else "in people's words"
    kinds = [row["kind"]] if row["kind"] in ("who", "how", "exception") else []
    for kind in (manner, *kinds):
        yield f"{kind}: right first", found, came(answer)
    if row.get("opposite"):
        is_opposite = any(is_right(passage, row["opposite"]) for passage in first)
        yield "opposite not first", not is_opposite, came(answer)


def left_out(row: Row) -> Iterator[Outcome]:
    """A question is not answered where the documents that answer it are not held."""
    answerer = bench().answerer
    clauses = answerer.basis.library.clauses_by_id.values()
    documents = {clause.document_id for clause in clauses if answers(row["posed"], clause.text)}
    index = cast("Searcher", WithoutDocuments(answerer.basis.index, documents))
    without = replace(answerer, basis=replace(answerer.basis, index=index))
    answer, _ = Bench(without).ask(Question(row["q"]))
    yield "not answered", answer.status not in (Status.ANSWERED, Status.NOT_IN_FORCE), came(answer)


def routing(row: Row) -> Iterator[Outcome]:
    """A route's question is out of scope, and says what its route says; others get their clause."""
    answer, _ = bench().ask(Question(row["q"]))
    routed = answer.status is Status.OUT_OF_SCOPE
    yield row["route"], routed == (row["route"] != "none"), came(answer)


def places(row: Row) -> Iterator[Outcome]:
    """The asker's own rule; another place's only where the message says whose it is."""
    answerer = bench(with_local=True)
    where = answerer.answerer.basis.gazetteer.named(row["jurisdiction"]) if row["jurisdiction"] else ()
    answer, _ = answerer.ask(Question(row["q"], jurisdiction=where[0] if where else None))
    found = any(is_right(passage, row["right"]) for passage in answer.passages[:1])
    statuses = {"answered": (Status.ANSWERED, Status.NOT_IN_FORCE)}.get(row["expect"], (row["expect"],))
    yield row["expect"], answer.status in statuses and (found or row["expect"] != "answered"), came(answer)
    untold = [p for p in answer.passages if (p.citation.jurisdiction or "-") not in answer.message]
    shown = {passage.clause.document_id for passage in untold}
    is_given = answer.status is Status.ANSWERED and bool(shown & set(row["never"]))
    yield "no other place's as one's own", not is_given, came(answer)


def clarify(row: Row) -> Iterator[Outcome]:
    """Asks back where documents really differ, and only there."""
    answer, _ = bench(with_local=True).ask(Question(row["q"]))
    asked_back = answer.status is Status.CLARIFY
    yield "needs" if row["needs"] else "does not", asked_back == row["needs"], came(answer)


def in_force(row: Row) -> Iterator[Outcome]:
    """What has lost its force never stands first where something in force says the same."""
    answer, _ = bench(with_local=True).ask(Question(row["q"]))
    first = [passage.clause.document_id for passage in answer.passages[:1]]
    yield f"{row['kind']}: not first", not set(first) & set(row["never_first"]), came(answer)
    rights = [is_right(passage, row["right"]) for passage in answer.passages]
    yield f"{row['kind']}: right in three", any(rights[:3]), came(answer)


def dialogues(row: Row) -> Iterator[Outcome]:
    """The last turn finds a right clause first; of an unclear one nothing is claimed."""
    answer = bench_of(row).talk(row["turns"])
    if row["kind"] == "unclear":
        yield "unclear", answer.status is not Status.ANSWERED, came(answer)
        return
    answered = answer.status in (Status.ANSWERED, Status.NOT_IN_FORCE)
    rights = [is_right(passage, row["right"]) for passage in answer.passages]
    for kind in (row["kind"], "all"):
        yield f"{kind}: first", answered and any(rights[:1]), came(answer)
        yield f"{kind}: in three", answered and any(rights[:3]), came(answer)
    alone, _ = bench_of(row).ask(Question(row["complete"]))
    yield "complete question, first", any(is_right(p, row["right"]) for p in alone.passages[:1]), came(alone)


def subjects(row: Row) -> Iterator[Outcome]:
    """What nothing held answers is not answered either behind a question about something else."""
    before = row["before"]
    _, context = bench().ask(Question(before))
    answer, _ = bench().ask(Question(row["q"]), context)
    kind = "far" if row["kind"] == "far" else "near"
    yield f"{kind}: left alone", before[:4] not in (answer.understood_as or ""), came(answer)
    alone, _ = bench().ask(Question(row["q"]))
    as_ever = (answer.status, answer.passages[:1]) == (alone.status, alone.passages[:1])
    yield f"{kind}: answered as ever", as_ever, came(answer)


def sentences(row: Row) -> Iterator[Outcome]:
    """Where a right clause of several sentences is shown, the one that answers is marked."""
    answer, _ = bench_of(row).ask(Question(row["q"]))
    passage = next((p for p in answer.passages if is_right(p, row["right"])), None)
    if passage is None or len(units(passage.clause.text)) < 2:
        return
    start, end = passage.sentence or (0, 0)
    marked = re.sub(r"\s", "", passage.clause.text[start:end])
    said = any(re.sub(r"\s", "", words) in marked for words in row["sentence"])
    yield row["kind"], said, f"“{marked}”"
    yield "all", said, f"“{marked}”"


def two_part(row: Row) -> Iterator[Outcome]:
    """Both clauses stand within three; one question that looks double keeps its clause first."""
    answer, _ = bench_of(row).ask(Question(row["q"]))
    if len(row["parts"]) == 1:
        yield "one question", any(is_right(p, row["right"][0]) for p in answer.passages[:1]), came(answer)
        return
    found = [any(is_right(p, right) for p in answer.passages[:3]) for right in row["right"]]
    yield "both in three", all(found), came(answer)


def exceptions(row: Row) -> Iterator[Outcome]:
    """An exception is answered by the clause that makes it, never by the one that says the opposite."""
    answer, _ = bench().ask(Question(row["q"]))
    found = [passage.clause.clause_id for passage in answer.passages]
    yield "opposite not first", not set(found[:1]) & set(row["opposite"]), came(answer)
    yield "right first", bool(set(found[:1]) & set(row["right"])), came(answer)
    yield "right in three", bool(set(found[:3]) & set(row["right"])), came(answer)


MEASURES: dict[str, Callable[[Row], Iterator[Outcome]]] = {
    "answerable": answerable,
    "left-out": left_out,
    "unanswerable": unanswerable,
    "unanswerable-fresh": unanswerable,
    "further-unanswerable": unanswerable,
    "unanswerable-kinds": unanswerable,
    "second-unanswerable": unanswerable,
    "answerable-forms": forms,
    "second-answerable": forms,
    "routing": routing,
    "places": places,
    "places-fresh": places,
    "clarify": clarify,
    "second-clarify": clarify,
    "in-force": in_force,
    "dialogues": dialogues,
    "further-dialogues": dialogues,
    "more-dialogues": dialogues,
    "second-dialogues": dialogues,
    "subjects": subjects,
    "sentences": sentences,
    "second-sentences": sentences,
    "more-sentences": sentences,
    "two-part": two_part,
    "second-two-part": two_part,
    "law-dialogues": dialogues,
    "law-unanswerable": unanswerable,
    "law-two-part": two_part,
    "law-questions": forms,
    "law-sentences": sentences,
    "third-answerable": forms_by_kind,
    "third-unanswerable": unanswerable,
    "third-places": places,
    "third-clarify": clarify,
    "third-dialogues": dialogues,
    "third-sentences": sentences,
    "third-two-part": two_part,
    "fourth-unanswerable": unanswerable,
    "fourth-dialogues": dialogues,
    "exceptions": exceptions,
    "more-exceptions": exceptions,
}


if __name__ == "__main__":
    main()
