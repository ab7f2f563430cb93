"""Prints what is read from real texts: references, days, repeals; and 50 references to check by eye.

python -m benchmarks.references [SEED]
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

from benchmarks.laws import LAWS, national_laws
from benchmarks.questions import SHARED, read_policies
from bot.policy.clause import Clause
from bot.policy.document import Document
from bot.policy.library import Library
from bot.policy.references.reference import Reference

POLICIES = SHARED / "data" / "policies"
DRAWN = 50


def main() -> None:
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 0)  # noqa: S311  # a sample, no secret
    for name, path, read in (
        ("laws", LAWS, read_laws),
        ("policies", POLICIES, partial(read_policies, POLICIES)),
    ):
        if not path.exists():
            print(f"{name}: skipped, {path} is absent")
            continue
        library = read()
        report(name, library)
        own = [(clause, found) for clause, found in references(library) if is_own(clause, found)]
        for clause, found in rng.sample(own, DRAWN):
            before, words, behind = around(clause, found)
            meant = library.clauses_by_id[str(found.clause_id)]
            print(f"  {clause.clause_id} …{before}【{words}】{behind}… → {meant.label} {meant.text[:40]!r}")


def read_laws() -> Library:
    """The laws as documents, their history as a dated line below the title."""
    documents = []
    for number, law in enumerate(national_laws()):
        history = f"（{' '.join(row.replace(' ', '', 1) for row in law['history'])}）"
        paragraphs = [row.lstrip("# ") for row in law["paragraphs"] if row.strip()]
        text = "\n".join([law["title"], *([history] if law["history"] else []), *paragraphs])
        documents.append(Document(f"law{number}", law["title"], text))
    return Library.of(documents)


def report(name: str, library: Library) -> None:
    """Counts, and the time it took on one core."""
    started = time.perf_counter()
    validity = library.validity
    read = time.perf_counter()
    fates = Counter(fate(clause, found) for clause, found in references(library))
    seconds = time.perf_counter() - read
    print(f"{name}: {len(library.holdings)} documents; {sum(fates.values())} references in {seconds:.1f} s")
    print("  " + ", ".join(f"{what} {count}" for what, count in fates.most_common()))
    repeals = sum(len(holding.repeals) for holding in library.holdings)
    print(
        f"  first days {sum(v.begins is not None for v in validity.values())}, last days"
        f" {sum(v.ends is not None for v in validity.values())}, repeals {repeals}, held documents superseded"
        f" {sum(bool(v.superseded) for v in validity.values())}; in {read - started:.1f} s"
    )


def references(library: Library) -> Iterator[tuple[Clause, Reference]]:
    for _, clause in library.clauses():
        for found in library.references(clause):
            yield clause, found


def is_own(clause: Clause, found: Reference) -> bool:
    return found.document_id == clause.document_id and found.clause_id is not None


def fate(clause: Clause, found: Reference) -> str:
    if found.problem:
        return "dead"
    if found.document_id is None:
        return "not held or open"
    whose = "own" if found.document_id == clause.document_id else "another"
    return f"{whose} {'clause' if found.clause_id else 'document'}"


def around(clause: Clause, found: Reference) -> tuple[str, str, str]:
    text = clause.text.replace("\n", "/")
    return text[max(0, found.start - 40) : found.start], text[found.start : found.end], text[found.end :][:20]


if __name__ == "__main__":
    main()
