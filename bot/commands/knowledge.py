"""`index` and `check`: builds the index of the knowledge folder, and checks its files."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from bot.assembly import knowledge_of
from bot.channels.api.holdings import ClauseRow
from bot.clock import SystemClock
from bot.commands import terminal
from bot.commands.rule_trials import tried_rules
from bot.content.check import check_folder
from bot.content.finding import Finding
from bot.doctor.cluster import disagreement
from bot.errors import ClusterError, KnowledgeError, SettingsError
from bot.policy.holding import Holding
from bot.policy.library import Library
from bot.policy.lint.inspection import Severity
from bot.settings import Settings, read_settings


@click.command()
@click.option("--to", "engine", type=click.Choice(["opensearch"]), help="also put it into this engine")
def index(engine: str | None) -> None:
    """Bring the index up to date; a running service takes it over."""
    settings = read_settings()
    if engine and not settings.search_url:
        raise SettingsError("setting 'SEARCH_URL': is empty; set the addresses of the cluster's nodes")
    knowledge = knowledge_of(settings, terminal.indexing)
    library = knowledge.edition.library
    counts = f"documents={len(library.by_id)} clauses={len(library.clauses_by_id)}"
    if engine:
        published = knowledge.edition.upkeep.publish(terminal.publishing)
        counts += f" {published}"
    knowledge.ring()
    terminal.say(counts)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="print JSON")
@click.option("--strict", is_flag=True, help="exit with 1 for warnings too")
@click.option("--details", is_flag=True, help="show every note, also where a rule has many")
@click.option("--rules", is_flag=True, help="try each line of the thesaurus on the known questions, too")
@click.option("--rules-on", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="or on FILE's")
def check(as_json: bool, strict: bool, details: bool, rules: bool, rules_on: Path | None) -> None:
    """Check the knowledge folder; exit status 1 if there is an error.

    The rules, and what to do about each, are listed in docs/check.md.
    """
    try:
        settings = read_settings()
        library, findings = check_knowledge(settings)
    except KnowledgeError as error:
        terminal.complain(f"错误：{error}")
        sys.exit(1)
    findings += checked_cluster(settings, library)
    if rules or rules_on:
        findings += tried_rules(settings, library, rules_on)
    if as_json:
        terminal.say(json.dumps(_report(library, findings), ensure_ascii=False, indent=2))
    else:
        terminal.show_check(library, findings, details=details)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(finding.severity in failing for finding in findings):
        sys.exit(1)


def check_knowledge(settings: Settings) -> tuple[Library, list[Finding]]:
    """The library of the knowledge folder, and the findings on all of its files.

    Raises:
        KnowledgeError: there is no such folder.
    """

    def watched(holdings: Iterable[Holding], total: int) -> Iterable[Holding]:
        return terminal.progress(holdings, "检查中", total)

    return check_folder(settings.knowledge_dir, SystemClock().today(), watched)


def checked_cluster(settings: Settings, library: Library) -> list[Finding]:
    """Findings on the cluster of SEARCH_URL, if it is set: whether it holds the present folder."""
    try:
        problem = disagreement(settings, library)
    except ClusterError as error:
        told = f"检索集群：问不到（{error.reason}）", "看节点是否在运行，SEARCH_URL、口令和证书对不对"
    else:
        if not problem:
            return []
        told = f"检索集群：{problem}", "运行 python -m bot index --to opensearch"
    return [Finding(settings.knowledge_dir, 1, Severity.WARNING, "search-cluster", *told)]


def _report(library: Library, findings: Sequence[Finding]) -> dict[str, object]:
    """The documents by id, broken ones without title and clauses, and all findings."""
    titles = {holding.document.document_id: holding.document.title for holding in library.holdings}
    rows: dict[str, list[ClauseRow]] = {
        finding.document_id: [] for finding in findings if finding.document_id
    }
    for holding in library.holdings:
        rows[holding.document.document_id] = [ClauseRow.of(clause) for clause in holding.outline.clauses]

    def said(document_id: str, severity: Severity) -> list[str]:
        return [str(f) for f in findings if f.severity is severity and f.document_id == document_id]

    return {
        "documents": [
            {
                "document_id": document_id,
                "title": titles.get(document_id),
                "clauses": [row.model_dump() for row in rows[document_id]],
                "warnings": said(document_id, Severity.WARNING),
                "errors": said(document_id, Severity.ERROR),
            }
            for document_id in sorted(rows)
        ],
        "findings": [asdict(finding) | {"path": str(finding.path)} for finding in findings],
    }
