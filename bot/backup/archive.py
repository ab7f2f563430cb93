"""A backup as one file: a gzipped tar whose first member, the manifest, has the digest of every other."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import IO

from bot.backup.proof import Proof
from bot.errors import BackupError, reason_of

_MANIFEST = "manifest.json"
_FORMAT = 1
_LARGEST_MANIFEST = 64 * 1024 * 1024
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """The manifest of a backup.

    Args:
        made_at: ISO, with its zone.
        program: digest of the program that made it.
        key: a mark of the key to people's hashes: another key has another mark.
        rows: rows of each table of the records; None: they are kept by PostgreSQL, and not in it.
        digests: SHA-256 of each file, by its path.
    """

    made_at: str
    program: str
    key: str
    documents: int
    clauses: int
    rows: Mapping[str, int] | None
    proof: Proof
    digests: Mapping[str, str]


def digests_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below a folder, by its path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in paths}


def pack(folder: Path, manifest: BackupManifest, archive: Path) -> None:
    """Writes a folder to a file that only this user can read; the file is whole or not there at all.

    Raises:
        BackupError: the file cannot be written.
    """
    making = archive.with_name(f".{archive.name}")
    written = json.dumps({"format": _FORMAT, **asdict(manifest)}, ensure_ascii=False, default=str).encode()
    try:
        with _private(making) as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                about = tarfile.TarInfo(_MANIFEST)
                about.size, about.mode = len(written), 0o600
                tar.addfile(about, io.BytesIO(written))
                for name in manifest.digests:
                    tar.add(folder / name, name, recursive=False, filter=_nobodys)
            file.flush()
            os.fsync(file.fileno())
        making.rename(archive)
    except OSError as error:
        raise BackupError(
            f"“{archive}”：写不了（{reason_of(error)}）；看看权限和磁盘，或者用 --to 换个地方"
        ) from None
    finally:
        making.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path) -> BackupManifest:
    """Writes the files of a backup to a folder and checks each. Files that the manifest lacks are refused.

    Raises:
        BackupError: it is no backup, or damaged; or the folder cannot be written.
    """
    try:
        with tarfile.open(archive, "r:gz") as tar:
            manifest = _read_manifest(tar, archive)
            missing = dict(manifest.digests)
            for member in iter(tar.next, None):
                digest = missing.pop(member.name, None)
                content = tar.extractfile(member) if member.isreg() else None
                if digest is None or content is None or not _is_safe(member.name):
                    raise _damaged(archive, f"里面的“{member.name}”不是备份写的")
                if _write(content, folder / member.name, member.mtime) != digest:
                    raise _damaged(archive, f"里面的“{member.name}”变了")
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _damaged(archive, f"读到一半读不下去（{type(error).__name__}）") from None
    except OSError as error:
        raise BackupError(f"“{archive}”：不能恢复（{reason_of(error)}）；看看权限和磁盘") from None
    if missing:
        raise _damaged(archive, f"里面少了“{next(iter(missing))}”")
    return manifest


def _read_manifest(tar: tarfile.TarFile, archive: Path) -> BackupManifest:
    first = tar.next()
    content = tar.extractfile(first) if first and first.name == _MANIFEST else None
    if content is None:
        raise _damaged(archive, "不是 python -m bot backup 写的")
    try:
        said = json.loads(content.read(_LARGEST_MANIFEST))
        if said.pop("format") != _FORMAT:
            raise BackupError(f"“{archive}”：是更新的版本写的；先把程序升级到那个版本")
        proof = said.pop("proof")
        return BackupManifest(**said, proof=Proof(date.fromisoformat(proof["on"]), dict(proof["answers"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(archive, "清单看不懂") from None


def _is_safe(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _write(content: IO[bytes], path: Path, changed_at: float) -> str:
    """Writes a file and gives its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = hashlib.sha256()
    with _private(path) as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    os.utime(path, (changed_at, changed_at))
    return digest.hexdigest()


def _damaged(archive: Path, problem: str) -> BackupError:
    return BackupError(f"“{archive}”：{problem}；这一份不能用，换一份")


def _private(path: Path) -> IO[bytes]:
    """Opens a new file that only this user can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member without the names of this machine's users."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
