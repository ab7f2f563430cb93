"""All examinations, in the order in which their findings are shown."""

from collections.abc import Iterator
from pathlib import Path

from bot.clock import Clock
from bot.content.check import check_folder
from bot.doctor.cluster import examine_cluster
from bot.doctor.configuration import examine_channels, examine_exposure, examine_settings, unusable
from bot.doctor.finding import Diagnosis, Examination, Patient, advice, good, wrong
from bot.doctor.program import examine_model, examine_packages, examine_processes, examine_python
from bot.doctor.sites import examine_sites
from bot.doctor.storage import examine_backup, examine_data_dir, examine_indexes, examine_records
from bot.doctor.surroundings import examine_clock, examine_port
from bot.errors import KnowledgeError, SettingsError
from bot.policy.lint.inspection import Severity
from bot.settings import read_settings


def examine_knowledge(patient: Patient) -> Iterator[Diagnosis]:
    """The findings of `check`, in one line."""
    folder = patient.settings.knowledge_dir
    try:
        library, findings = check_folder(folder, patient.clock.today(), lambda holdings, _: holdings)
    except KnowledgeError as error:
        yield wrong(
            "知识", f"用不了：{error}", f"把 KNOWLEDGE_DIR 指向放 policies/ 的文件夹，现在是 {folder}"
        )
        return
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    said = f"{len(library.by_id)} 份文件，{len(library.clauses_by_id)} 条条款"
    if not library.clauses_by_id:
        yield wrong(
            "知识", f"{folder}：一条能回答的条款也没有", "在 policies/ 里放文件，见 docs/documents.md"
        )
    elif errors:
        yield wrong("知识", f"{said}，{len(errors)} 处错：{errors[0]}", "python -m bot check 列出全部和改法")
    elif warnings := sum(finding.severity is Severity.WARNING for finding in findings):
        yield advice("知识", f"{said}，{warnings} 处警告", "python -m bot check 列出来")
    else:
        yield good("知识", said)


EXAMINATIONS: tuple[Examination, ...] = (
    examine_python,
    examine_packages,
    examine_settings,
    examine_channels,
    examine_exposure,
    examine_clock,
    examine_processes,
    examine_model,
    examine_data_dir,
    examine_knowledge,
    examine_sites,
    examine_indexes,
    examine_cluster,
    examine_records,
    examine_backup,
    examine_port,
)


def examine(dotenv: Path, clock: Clock) -> Iterator[Diagnosis]:
    """All findings, one after the other. Without usable settings nothing else can be examined."""
    try:
        patient = Patient(read_settings(dotenv), dotenv, clock)
    except SettingsError as error:
        yield unusable(error)
        return
    for examination in EXAMINATIONS:
        yield from examination(patient)
