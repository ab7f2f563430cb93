"""`evaluate`: how well the search finds, and how well a conversation is followed."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from bot.answering.answer import Status
from bot.answering.context import NO_CONTEXT
from bot.answering.inquiry import Asker
from bot.answering.question import Question
from bot.assembly import analyzer, assemble, engine_of, nearness_of
from bot.commands import terminal
from bot.content.kind import LoadResult
from bot.content.table import ANSWER_KINDS, ASPECTS, THESAURUS
from bot.evaluation.collection import read_collection, read_out_of_scope
from bot.evaluation.dialogues import measure_dialogues, read_dialogues
from bot.evaluation.metrics import Bin, auroc, measure, reliability
from bot.evaluation.run import best_is_right, confidences, rank_topics, write_run
from bot.policy.clause import Clause
from bot.search.dense.near_words import NearWords
from bot.search.dense.word_table import shipped_table
from bot.search.engine.embedded.building import Corpus, open_or_build, whole
from bot.search.entry import Batch, Entries, Entry
from bot.search.index import Index
from bot.search.meaning.thesaurus import Thesaurus
from bot.search.spelling.opening import open_spelling
from bot.search.understanding import Glossary
from bot.settings import Settings, read_settings


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--split", help="qrels file without .tsv  [default: test, else the only one]; of dialogues")
@click.option(
    "--run", "run_file", type=click.Path(dir_okay=False, path_type=Path), help="write the TREC run here"
)
@click.option(
    "--out-of-scope",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="questions nothing answers, one a line: adds AUROC and reliability of the confidence",
)
@click.option(
    "--dialogues",
    "dialogues_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="conversations to have with the knowledge folder, instead of FOLDER",
)
@click.option("--lexicon", is_flag=True, help="ask with the thesaurus too")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def evaluate(  # noqa: PLR0913, PLR0917  # one a flag
    folder: Path | None,
    split: str | None,
    run_file: Path | None,
    out_of_scope: Path | None,
    dialogues_file: Path | None,
    lexicon: bool,
    as_json: bool,
) -> None:
    """Measure the search on the collection in FOLDER (BEIR layout), or with --dialogues the answers."""
    if (folder is None) == (dialogues_file is None):
        raise click.UsageError("give FOLDER, or --dialogues FILE")
    if dialogues_file:
        _evaluate_dialogues(dialogues_file, split, as_json=as_json)
        return
    assert folder is not None  # noqa: S101  # one of both is given
    collection = read_collection(folder, split)

    def watched(topics: Iterable[str]) -> Iterable[str]:
        return terminal.progress(topics, "searching", len(collection.topics))

    settings = read_settings()
    thesaurus = THESAURUS.load(settings.knowledge_dir) if lexicon else LoadResult(Thesaurus())
    for error in thesaurus.left_out:
        terminal.complain(f"error: {error}")
    index = index_of(settings, collection.entries, "evaluation", thesaurus.value)
    run = rank_topics(collection, index, watched)
    if run_file:
        write_run(run, run_file)
    metrics = dict(measure(run, collection.qrels))
    table: list[Bin] = []
    if out_of_scope:
        outside = [index.search(index.query(question), 1) for question in read_out_of_scope(out_of_scope)]
        metrics["auroc"] = auroc(confidences(run.values()), confidences(outside))
        table = reliability(confidences(run.values()), best_is_right(run, collection.qrels))
    if as_json:
        rows = {"reliability": [each._asdict() for each in table]} if table else {}
        terminal.say(json.dumps(metrics | rows))
    else:
        terminal.show_metrics(metrics)
        terminal.show_reliability(table)


def _evaluate_dialogues(file: Path, split: str | None, *, as_json: bool) -> None:
    """Asks the turns of each conversation, and prints the figures by the kind of the last turn."""
    dialogues = read_dialogues(file, split)
    answerer = assemble(read_settings(), terminal.indexing).answerer

    def talk(turns: Sequence[str]) -> Sequence[Clause]:
        contexts = [NO_CONTEXT]
        for turn in turns:
            asker = Asker("command", lambda _, context: contexts.append(context))
            answer = answerer.answer(Question.of(turn), asker, contexts[-1])
        answered = answer.status in (Status.ANSWERED, Status.NOT_IN_FORCE)
        return [passage.clause for passage in answer.passages] if answered else []

    figures = measure_dialogues(terminal.progress(dialogues, "talking", len(dialogues)), talk)
    if as_json:
        terminal.say(json.dumps(figures, ensure_ascii=False))
    else:
        terminal.show_dialogues(figures)


def index_of(settings: Settings, entries: Iterable[Entry], name: str, thesaurus: Thesaurus) -> Index:
    """The index of some entries. It is kept in DATA_DIR under a name and loaded until something changes."""
    terms, batch = analyzer(settings), Batch.of(entries)
    corpus, held = Corpus([batch], terms, settings.data_dir / name), Entries([batch])
    opened = whole(open_or_build(corpus, terminal.indexing))
    engine = engine_of(settings.data_dir, held, terms, opened)
    tables = settings.data_dir / "spelling" / name
    spelling = open_spelling(engine.frequencies, opened.name, terms, tables)
    kinds = ANSWER_KINDS.load(settings.knowledge_dir).value
    aspects = ASPECTS.load(settings.knowledge_dir).value
    near = NearWords(shipped_table()).of
    words = Glossary(thesaurus, None, spelling, kinds, aspects, near)
    source = nearness_of(settings, settings.data_dir / f"vectors-of-{name}", terminal.indexing)
    nearness = source.of([entry.text for entry in held])
    return Index(held, terms, engine, words, nearness)
