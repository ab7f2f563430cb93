"""Prints how exactly laws are divided into articles, how fast, and what the size of clauses does to search.

In the 960 laws a paragraph that opens with 第…条 and a blank is an article, and nothing else is. They are
divided with that blank and, as text recognition loses it, without. Rules were chosen on `choose`.
"""

import re
import time
from collections.abc import Iterator, Sequence

from benchmarks.laws import LAWS, national_laws
from benchmarks.questions import (
    SHARED,
    Posed,
    plain_glossary,
    ranks,
    read_policies,
    read_questions,
    share_within,
)
from bot.assembly import analyzer
from bot.policy.document import Document
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.splitting.split import split
from bot.search.analysis import Analyzer
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.settings import read_settings

POLICIES = SHARED / "data" / "policies"
RESIDENTS = SHARED / "data" / "resident-questions" / "questions.jsonl"

_ARTICLE = re.compile(r"(第[零〇○一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)\s+")
_TEN_MEGABYTES = 10_000_000

Spans = set[tuple[int, int]]


def main() -> None:
    if LAWS.exists():
        rows = list(national_laws())
        print(f"{'laws':<22}{'n':>5}{'articles':>10}{'false':>7}{'missed':>8}{'F1':>9}{'exact':>8}")
        for name, half in (("choose", rows[::2]), ("report", rows[1::2])):
            for gap in (True, False):
                articles(f"{name}, {'blank' if gap else 'no blank'}", half, gap=gap)
        speed(rows)
        hostile()
    else:
        print(f"laws: skipped, {LAWS} is absent")
    if RESIDENTS.exists():
        terms = analyzer(read_settings())
        questions = read_questions(RESIDENTS)
        print(
            f"{'residents, whole up to':<24}{'clauses':>8}{'over 600':>10}{'first':>8}{'in 3':>8}{'in 10':>8}"
        )
        for whole in (300, 400, 450, 500, 600):
            sizes(whole, questions, terms)
    else:
        print(f"residents: skipped, {RESIDENTS} is absent")


def law(row: dict[str, list[str]], *, gap: bool) -> tuple[str, set[int]]:
    """A law's text, and where its articles begin."""
    text, starts = "", set()
    for printed in row["paragraphs"]:
        paragraph = re.sub(r"^#+\s*", "", printed).strip()
        if not printed.startswith("#") and (found := _ARTICLE.match(paragraph)):
            starts.add(len(text))
            paragraph = paragraph if gap else found[1] + paragraph[found.end() :]
        text += f"{paragraph}\n" if paragraph else ""
    return text.rstrip("\n"), starts


def articles(name: str, rows: Sequence[dict[str, list[str]]], *, gap: bool) -> None:
    """One row: articles that begin where they should, and laws of which all do."""
    right = false = missed = exact = 0
    for row in rows:
        text, starts = law(row, gap=gap)
        found = set(article_starts(Document("law", str(row["title"]), text)))
        right, false, missed = (
            right + len(found & starts),
            false + len(found - starts),
            missed + len(starts - found),
        )
        exact += found == starts
    f1 = 2 * right / (2 * right + false + missed)
    counts = f"{len(rows):>5}{right + missed:>10}{false:>7}{missed:>8}"
    print(f"{name:<22}{counts}{f1:>9.5f}{exact / len(rows):>8.4f}")


def article_starts(document: Document) -> Iterator[int]:
    """Where the articles of a document begin: the first clause of each."""
    seen = set()
    for clause in split(document).clauses:
        article = clause.anchor.article
        if article and article not in seen:
            seen.add(article)
            yield clause.start


def speed(rows: Sequence[dict[str, list[str]]]) -> None:
    """One row: the time for 10 MB of law, the least of three runs; and for the policies."""
    documents, size = [], 0
    for row in rows:
        text, _ = law(row, gap=True)
        documents.append(Document("law", str(row["title"]), text))
        size += len(text.encode())
        if size >= _TEN_MEGABYTES:
            break
    least = min(_seconds(documents) for _ in range(3))
    print(f"{size / 1e6:.1f} MB of law: divided in {least:.2f} s, the least of three runs on one core")
    if POLICIES.exists():
        started = time.process_time()
        library = read_policies(POLICIES)
        print(f"{len(library.holdings)} policies: loaded in {time.process_time() - started:.2f} s")


def hostile() -> None:
    """A row for each text made to be slow: seconds for 50,000 repetitions and for twice as many."""
    for lines in (
        "第一条\n",
        "第一条 甲\n第二条 乙\n",
        "附件1\n",
        "目录\n第一章 甲\n",
        "“第一条\n",
        "一、甲\n（一）乙\n",
        "| 甲 |\n",
    ):
        once, twice = (_seconds([Document("hostile", "", n * lines)]) for n in (50_000, 100_000))
        print(f"{lines.split()} repeated: {once:.2f} s, {twice:.2f} s")


def _seconds(documents: Sequence[Document]) -> float:
    started = time.process_time()
    for document in documents:
        split(document)
    return time.process_time() - started


def sizes(whole: int, questions: Sequence[Posed], terms: Analyzer) -> None:
    """One row: how often the right clause is found if only what is longer than `whole` is cut."""
    held = [holding.document for holding in read_policies(POLICIES).holdings]
    library = Library(tuple(Holding(document, split(document, whole)) for document in held))
    found = ranks(questions, Index(entries_of(library), terms, glossary=plain_glossary()), library)
    long = sum(len(clause.text) > 600 for _, clause in library.clauses())
    shares = "".join(f"{share_within(found, depth):>8.3f}" for depth in (1, 3, 10))
    print(f"{whole:<24}{len(library.clauses_by_id):>8}{long:>10}{shares}")


if __name__ == "__main__":
    main()
