"""`check --rules`: lines of the thesaurus that hurt the questions they apply to."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from bot.assembly import analyzer
from bot.commands import terminal
from bot.content.finding import Finding
from bot.content.known_questions import known_questions
from bot.content.table import ANSWER_KINDS, ASPECTS, KNOWN_QUESTIONS, THESAURUS
from bot.content.thesaurus import RULES
from bot.evaluation.rules import DEPTH, JudgedQuestion, Trial, read_judged, trials
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity
from bot.search.entry import entries_of
from bot.search.index import Index
from bot.search.understanding import Glossary
from bot.settings import Settings

_SHOWN = 3
"""Questions that are named."""


def tried_rules(settings: Settings, library: Library, file: Path | None) -> list[Finding]:
    """A warning for each line of the thesaurus that does more harm than good.

    Args:
        file: questions with what answers them. None: the known questions of the folder.

    Raises:
        CollectionError: the file is unusable.
    """
    questions = read_judged(file) if file else _known(settings, library)
    glossary = Glossary(
        THESAURUS.load(settings.knowledge_dir).value,
        answer_kinds=ANSWER_KINDS.load(settings.knowledge_dir).value,
        aspects=ASPECTS.load(settings.knowledge_dir).value,
    )
    index = Index(entries_of(library), analyzer(settings), glossary=glossary)
    watched: Iterable[JudgedQuestion] = terminal.progress(questions, "试说法", len(questions))
    folder = (settings.knowledge_dir / RULES).parent
    return [_finding(trial, folder) for trial in trials(index, watched) if trial.hurts]


def _known(settings: Settings, library: Library) -> list[JudgedQuestion]:
    """The known questions, each with all clauses that answer it."""
    rows = KNOWN_QUESTIONS.load(settings.knowledge_dir).value
    clauses: defaultdict[str, set[str]] = defaultdict(set)
    for known in known_questions(rows, library).value:
        if not known.is_negative:
            clauses[known.text].add(known.clause_id)
    return [JudgedQuestion(text, frozenset(ids)) for text, ids in clauses.items()]


def _finding(trial: Trial, folder: Path) -> Finding:
    name, _, line = trial.source.rpartition(":")
    named = "；".join(
        f"“{each.question}”（{each.said}）{_place(each.without)} 变成{_place(each.with_it)}"
        for each in trial.hurt[:_SHOWN]
    )
    message = f"这一行让 {len(trial.hurt)} 个问题答得更差，{trial.helped} 个更好：{named}"
    advice = "用“若”“除非”写窄，或把握写低（词*0.4），或删去"
    return Finding(folder / name, int(line), Severity.WARNING, "rule-hurts", message, advice)


def _place(rank: int) -> str:
    return f"第 {rank}" if rank <= DEPTH else f"第 {DEPTH} 以后"
