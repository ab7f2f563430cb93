"""Prints how well the front matter of drafts is guessed, on documents set here in the forms that offices use.

Sixteen forms, each with several offices, titles, numbers and days, as text, Word, web page and PDF. Rules
were chosen on the `choose` half; figures are those of the `report` half. `python -m benchmarks.guesses
choose` prints what is wrong on the other.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from zlib import crc32

from benchmarks.office.content import CONTENTS, Set
from benchmarks.office.formats import FORMATS
from benchmarks.office.forms import FORMS, meta_table
from bot.intake.draft import Draft
from bot.intake.importing import drafts_of
from bot.intake.reading.formats import read_bytes
from bot.policy.jurisdiction import Gazetteer

_ALIKE = str.maketrans("", "", " \u3000")


def documents(half: int) -> Iterator[tuple[str, Set, bytes]]:
    """Name, form and bytes of each document of a half."""
    for form in FORMS:
        for number, content in enumerate(CONTENTS):
            made = form(content)
            name = list(FORMATS)[(number + FORMS.index(form)) % len(FORMATS)]
            if form is meta_table:
                name = "page"
            if crc32(f"{form.__name__}{number}".encode()) % 2 == half:
                yield f"{form.__name__}/{name}/{content.word}", made, FORMATS[name](made)


def _same(found: object, wanted: object) -> bool:
    if isinstance(wanted, str) and isinstance(found, str):
        return found.translate(_ALIKE) == wanted.translate(_ALIKE)
    return found == wanted


def judged(draft: Draft, truth: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """For each key whether it is right, missing, wrong and flagged, or wrong."""
    for key, wanted in truth.items():
        found = getattr(draft.document, key)
        flagged = any(warning.at == key for warning in draft.warnings)
        if _same(found, wanted):
            yield key, "right"
        elif not found:
            yield key, "missing"
        else:
            yield key, "flagged" if flagged else "wrong"


def main() -> None:
    """Prints a line for each key."""
    half = 0 if sys.argv[1:] == ["choose"] else 1
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    gazetteer = Gazetteer()
    for name, made, data in documents(half):
        draft = drafts_of(read_bytes(data, name), gazetteer)[0]
        for key, verdict in judged(draft, made.truth):
            counts[key][verdict] += 1
            if verdict != "right" and half == 0:
                print(f"{name}: {key} {verdict}: {getattr(draft.document, key)} for {made.truth[key]}")
    for key, counted in counts.items():
        total = sum(counted.values())
        said = "  ".join(f"{verdict} {count}" for verdict, count in counted.most_common())
        wrong = counted["wrong"] / total
        print(f"{key:<16} {counted['right'] / total:.3f} of {total}  wrong unflagged {wrong:.3f}  {said}")


if __name__ == "__main__":
    main()
