"""Evaluation collections in the layout of BEIR: corpus, queries and qrels in one folder.

Thakur et al., *BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of IR Models* (2021).
"""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.errors import CollectionError
from bot.search.entry import Entry

Qrels = Mapping[str, Mapping[str, int]]
"""Topic id → entry id → relevance, > 0 where the entry answers the topic."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Entries to search, topics that are judged (id → question), and the judgements."""

    entries: tuple[Entry, ...]
    topics: Mapping[str, str]
    qrels: Qrels


def read_collection(folder: Path, split: str | None = None) -> Collection:
    """The collection of a folder: `corpus.jsonl`, `queries.jsonl` (either may end in .gz), `qrels/*.tsv`.

    Args:
        split: name of the qrels file without .tsv; None: `test`, else the only one.

    Raises:
        CollectionError: a file is missing or a line of it unusable.
    """
    qrels = _read_qrels(_qrels_file(folder, split))
    entries = tuple(
        Entry(row["_id"], (row["title"],) if row.get("title") else (), row["text"])
        for row in _rows(folder, "corpus", ("_id", "text"))
    )
    topics = {
        row["_id"]: row["text"] for row in _rows(folder, "queries", ("_id", "text")) if row["_id"] in qrels
    }
    if not topics:
        raise CollectionError(
            f"collection '{folder}': no query is judged; check the ids in queries and qrels"
        )
    return Collection(entries, topics, qrels)


def read_out_of_scope(path: Path) -> list[str]:
    """Questions that nothing in the collection answers: one a line, as text or as a JSON object.

    Raises:
        CollectionError: an object has no text question, text or q; or there is no question.
    """
    questions = []
    for line, row in enumerate(path.read_text("utf-8").splitlines(), start=1):
        found = _object(row)
        question = next((found[key] for key in ("question", "text", "q") if key in found), None)
        if row.lstrip().startswith("{") and not isinstance(question, str):
            raise CollectionError(
                f'{path}:{line}: is no question; write {{"question": "…"}} or only its text'
            )
        if text := (question or row).strip():
            questions.append(text)
    if not questions:
        raise CollectionError(f"file '{path}': holds no question; write one a line")
    return questions


def _qrels_file(folder: Path, split: str | None) -> Path:
    splits = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    chosen = split or ("test" if "test" in splits else next(iter(splits), None) if len(splits) == 1 else None)
    if chosen not in splits:
        names = ", ".join(splits) or "none"
        raise CollectionError(f"split '{chosen or ''}': is not in {folder / 'qrels'}; there is: {names}")
    return splits[chosen]


def _read_qrels(path: Path) -> Qrels:
    qrels: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if line == 1 and row[-1:] == ["score"]:
                continue
            if len(row) != 3 or not row[2].isdecimal():
                raise CollectionError(f"{path}:{line}: is no judgement; write query-id, corpus-id and score")
            qrels.setdefault(row[0], {})[row[1]] = int(row[2])
    return qrels


def _rows(folder: Path, name: str, required: tuple[str, ...]) -> Iterator[dict[str, str]]:
    path = next((p for p in (folder / f"{name}.jsonl", folder / f"{name}.jsonl.gz") if p.exists()), None)
    if path is None:
        raise CollectionError(f"file '{folder / name}.jsonl': does not exist; neither does {name}.jsonl.gz")
    with _open(path) as file:
        for line, text in enumerate(file, start=1):
            row = _object(text)
            if any(not isinstance(row.get(key), str) for key in required):
                raise CollectionError(f"{path}:{line}: is no object with the texts {', '.join(required)}")
            yield row


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _object(text: str) -> dict[str, str]:
    """The JSON object of a line; an empty object where the line holds something else."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
