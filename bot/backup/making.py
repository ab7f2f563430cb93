"""Makes backups while the service runs, and restores them elsewhere."""

import hashlib
import hmac
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.answering.answerer import Answerer
from bot.backup.archive import BackupManifest, digests_of, pack, unpack
from bot.backup.copying import DATA, KNOWLEDGE, copy_installation, database_of, snapshot_of
from bot.backup.proof import Proof, prove, questions_of
from bot.backup.shelf import Note, name_at, note
from bot.clock import Clock
from bot.content.kind import Contents
from bot.content.table import DOCUMENTS
from bot.errors import BackupError, reason_of
from bot.records.address import DATABASE_FILE, database_at
from bot.records.copying import count_rows
from bot.records.secret import secret_key
from bot.records.sql import SqlRecords
from bot.settings import Settings

MOST_TRIES = 3
"""How often it begins again because somebody edited the knowledge folder meanwhile."""

_PROGRAM = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Speaker:
    """An answerer of a knowledge folder, and the folder's contents."""

    answerer: Answerer
    contents: Contents


SpeakerOf = Callable[[Settings], Speaker]


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made."""

    file: Path
    manifest: BackupManifest


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """The verdict on a restored installation.

    Args:
        rows: of its records; None: it has none.
        differing: the questions that are answered otherwise than when the backup was made.
        is_same_program: whether the same program made the backup.
        is_same_key: whether people are recognised with the key of these settings.
    """

    rows: Mapping[str, int] | None
    differing: list[str]
    is_same_program: bool
    is_same_key: bool


def make_backup(
    settings: Settings, drafts: Path, folder: Path, clock: Clock, speaker_of: SpeakerOf
) -> Backup:
    """Writes a backup to a folder.

    Raises:
        BackupError: a file cannot be read or written, or the knowledge folder changes all the time.
        BotError: the knowledge folder or the records are unusable.
    """
    now, key = clock.now(), mark_of(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = tempfile.TemporaryDirectory(prefix=".making-", dir=folder)
    except OSError as error:
        problem = f"写不了（{reason_of(error)}）；看看权限，或者用 --to 换个地方"
        raise BackupError(f"“{folder}”：{problem}") from None
    with staging as made:
        copied, speaker, proof = _copy_proved(settings, drafts, Path(made), clock.today(), speaker_of)
        library = speaker.contents.of(DOCUMENTS)
        manifest = BackupManifest(
            made_at=now.isoformat(),
            program=program_digest(),
            key=key,
            documents=len(library.by_id),
            clauses=len(library.clauses_by_id),
            rows=_rows(copied / DATA) if database_of(settings) else None,
            proof=proof,
            digests=digests_of(copied),
        )
        file = folder / name_at(now)
        pack(copied, manifest, file)
    note(settings.data_dir, Note(now, file))
    return Backup(file, manifest)


def restore(archive: Path, folder: Path) -> BackupManifest:
    """Restores a backup to a new folder with `knowledge` and `data`. A service can be started on it.

    Raises:
        BackupError: something is there already, or the backup is of no use.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BackupError(f"“{folder}”：里面已经有东西了，什么也没有写；换一个空的文件夹")
    return unpack(archive, folder)


def installed_at(folder: Path, settings: Settings) -> Settings:
    """The settings for a service on a restored folder."""
    moved = {"knowledge_dir": folder / KNOWLEDGE, "data_dir": folder / DATA, "database_url": ""}
    return settings.model_copy(update=moved)


def verify(
    settings: Settings, manifest: BackupManifest, clock: Clock, speaker_of: SpeakerOf
) -> RestoreReport:
    """Checks restored records, and asks the restored installation the questions of the backup's proof.

    Raises:
        BotError: the knowledge folder or the records are unusable.
    """
    rows = _rows(settings.data_dir) if manifest.rows is not None else None
    if rows is not None:
        SqlRecords(database_at("", settings.data_dir), clock).ping()  # its tables are brought to this program
    answerer = speaker_of(settings).answerer
    said = prove(answerer, manifest.proof.answers, manifest.proof.on)
    return RestoreReport(
        rows,
        manifest.proof.differing(said),
        is_same_program=manifest.program == program_digest(),
        is_same_key=manifest.key == mark_of(settings),
    )


def program_digest() -> str:
    """SHA-256 of this program's files; it differs between versions."""
    digest = hashlib.sha256()
    for path in sorted(_PROGRAM.rglob("*.py")):
        digest.update(path.relative_to(_PROGRAM).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _copy_proved(
    settings: Settings, drafts: Path, staging: Path, today: date, speaker_of: SpeakerOf
) -> tuple[Path, Speaker, Proof]:
    """A copy of the installation, and the answers given from exactly the copied files."""
    for number in range(MOST_TRIES):
        before = snapshot_of(settings.knowledge_dir)
        copied = staging / str(number)
        copy_installation(settings, drafts, copied)
        speaker = speaker_of(settings)
        proof = prove(speaker.answerer, questions_of(speaker.contents), today)
        if snapshot_of(settings.knowledge_dir) == before:
            return copied, speaker, proof
    raise BackupError(f"文件夹“{settings.knowledge_dir}”：一直有人在改，没有备份；过一会儿再试")


def _rows(data_dir: Path) -> dict[str, int]:
    """The rows of restored records. Records that were never used have no tables."""
    database = data_dir / DATABASE_FILE
    return count_rows(database) if database.exists() else {}


def mark_of(settings: Settings) -> str:
    """A mark that tells one key for hashes from another, and reveals nothing about it."""
    key = secret_key(settings.secret_key, settings.data_dir)
    return hmac.digest(key, b"the mark of a backup", hashlib.sha256).hex()[:16]
