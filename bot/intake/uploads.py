"""Files that staff send over HTTP: kept, made into drafts in the background, asked for by any process."""

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath

from bot.errors import BotError
from bot.intake.importing import ImportResult
from bot.logs import place_of

LARGEST_UPLOAD = 20 * 1024 * 1024
"""Bytes of a file."""

KEPT_DAYS = 30
"""How long a file is kept whose drafts nobody accepts."""

_STATUS = "status.json"
_ID = re.compile(r"[0-9a-f]{32}")
_NO_NAME = re.compile(r"[\x00-\x1f/\\:*?\"<>|]+")
_LONGEST_NAME = 80

_log = logging.getLogger(__name__)


class ImportStatus(StrEnum):
    """The progress of an import."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """The result of a file or attachment: the ids of its drafts, or the reason why there are none."""

    file: str
    drafts: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent, and its results."""

    import_id: str
    file: str
    status: ImportStatus
    results: tuple[ImportedFile, ...] = ()


@dataclass(frozen=True)
class Uploads:
    """The files that were sent.

    Args:
        folder: where they are kept, each in a folder of its own.
        import_file: makes drafts of a file.
    """

    folder: Path
    import_file: Callable[[Path], Sequence[ImportResult]]
    now: Callable[[], float] = time.time

    def original_of(self, document_id: str) -> Path | None:
        """The file from which a draft was made; None: it was not sent over HTTP, or is gone."""
        for upload, place in self._all():
            if any(document_id in result.drafts for result in upload.results):
                return place / "file" / upload.file
        return None

    def clean(self, waiting: Collection[str]) -> None:
        """Removes files whose drafts no longer wait, and old files.

        Args:
            waiting: ids of the drafts that wait.
        """
        oldest = self.now() - KEPT_DAYS * 24 * 3600
        for upload, place in self._all():
            drafts = {each for result in upload.results for each in result.drafts}
            is_done = upload.status is ImportStatus.DONE and not drafts & set(waiting)
            if is_done or (place / _STATUS).stat().st_mtime < oldest:
                shutil.rmtree(place / "file", ignore_errors=True)  # another process may be faster
                if not is_done:
                    shutil.rmtree(place, ignore_errors=True)

    def _all(self) -> Iterator[tuple[Upload, Path]]:
        """The uploads whose files are here, each with its folder."""
        for place in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if (place / "file").is_dir() and (upload := self.find(place.name)):
                yield upload, place

    def take(self, name: str, data: bytes) -> Upload:
        """Keeps a file and begins to import it.

        Raises:
            OSError: it cannot be kept.
        """
        import_id = secrets.token_hex(16)
        place = self.folder / import_id
        place.mkdir(parents=True)
        path = place / "file" / _plain(name)
        path.parent.mkdir()
        path.write_bytes(data)
        upload = Upload(import_id, path.name, ImportStatus.WAITING)
        _write(place, upload)
        threading.Thread(target=self._work, args=(upload, path), daemon=True).start()
        return upload

    def find(self, import_id: str) -> Upload | None:
        """The result of a file; None: no such file was sent."""
        path = self.folder / import_id / _STATUS
        if not _ID.fullmatch(import_id) or not path.exists():
            return None
        known = json.loads(path.read_text("utf-8"))
        results = tuple(
            ImportedFile(each["file"], tuple(each["drafts"]), each["problem"]) for each in known["results"]
        )
        return Upload(import_id, known["file"], ImportStatus(known["status"]), results)

    def _work(self, upload: Upload, path: Path) -> None:
        try:
            results = tuple(
                ImportedFile(each.name, tuple(d.document.document_id for d in each.drafts), each.problem)
                for each in self.import_file(path)
            )
        except BotError as error:
            results = (ImportedFile(upload.file, (), str(error)),)
        except Exception as error:  # noqa: BLE001  # the outer wall of a thread: whoever waits must be told
            _log.error("import=failed error=%s", place_of(error))  # a traceback may hold words
            results = (ImportedFile(upload.file, (), "系统出了点问题；再试一次，还不行就告诉管理员"),)
        made = any(result.drafts for result in results)
        status = ImportStatus.DONE if made else ImportStatus.FAILED
        _write(self.folder / upload.import_id, Upload(upload.import_id, upload.file, status, results))


def _plain(name: str) -> str:
    """The last part of a name, without characters that a file system or a shell might interpret."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return _NO_NAME.sub("_", last).strip(". ")[-_LONGEST_NAME:] or "file"


def _write(place: Path, upload: Upload) -> None:
    """Replaces the status whole: no reader finds half of it."""
    rows = [{"file": r.file, "drafts": list(r.drafts), "problem": r.problem} for r in upload.results]
    text = json.dumps({"file": upload.file, "status": upload.status, "results": rows}, ensure_ascii=False)
    making = place / f"{_STATUS}.making"
    making.write_text(text, "utf-8")
    making.replace(place / _STATUS)
