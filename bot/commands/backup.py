"""`backup` and `restore`: everything that cannot be made anew, in one file, and back."""

import shlex
import sys
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import click

from bot.assembly import knowledge_of, service_of
from bot.backup.archive import BackupManifest
from bot.backup.copying import DATA, KNOWLEDGE
from bot.backup.departed import forget_departed
from bot.backup.making import RestoreReport, Speaker, installed_at, make_backup, restore, verify
from bot.backup.shelf import remove_old
from bot.clock import SystemClock
from bot.commands import terminal
from bot.errors import BackupError
from bot.settings import Settings, read_settings

_NAMES = {"questions": "问题", "receipts": "消息", "feedback": "评价", "chats": "聊天"}


@click.command("backup")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=Path("backups"),
    show_default=True,
    help="folder",
)
@click.option(
    "--keep",
    type=click.IntRange(1, 10_000),
    metavar="N",
    help="remove all but the latest N; those older than RETENTION_DAYS go in any case",
)
def backup(folder: Path, keep: int | None) -> None:
    """Write records, knowledge and the secret key to a file of FOLDER. The service may run."""
    settings = read_settings()
    try:
        made = make_backup(settings, Path("drafts"), folder, SystemClock(), _speaker)
    except BackupError as error:
        terminal.complain(f"错误：{error}")
        sys.exit(1)
    manifest = made.manifest
    terminal.say(f"备份好了：{made.file}（{made.file.stat().st_size / 1e6:.1f} MB）")
    terminal.say(f"  知识 {manifest.documents} 份文件 {manifest.clauses} 条条款；{_told(manifest.rows)}")
    terminal.say(f"  {len(manifest.proof.answers)} 个问题的回答记在里面，恢复时对照：")
    terminal.say(f"  python -m bot restore {shlex.quote(str(made.file))} --verify")
    terminal.say("  里面有居民问过的话和密钥，只给管服务器的人；.env 里的设置不在里面，另存一份")
    if manifest.rows is None:
        terminal.say("  记录在 PostgreSQL 里，不在这一份里：用 pg_dump，见 docs/operation.md")
    expired = SystemClock().now() - timedelta(days=settings.retention_days)
    for name in remove_old(folder, expired, keep):
        terminal.say(f"  删了旧的：{name}")


@click.command("restore")
@click.argument("archive", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--to", "folder", type=click.Path(path_type=Path), help="new folder to restore it to")
@click.option("--verify", "is_verified", is_flag=True, help="ask it the questions that the backup holds")
def restore_backup(archive: Path, folder: Path | None, is_verified: bool) -> None:
    """Restore ARCHIVE to a new folder; with --verify alone: to a temporary one, to see that it is of use."""
    if not folder and not is_verified:
        raise click.UsageError("写 --to 文件夹（恢复到那里），或者 --verify（只验证），也可以两个都写")
    settings = read_settings()
    with tempfile.TemporaryDirectory(prefix="policy-qa-") as temporary:
        home = folder or Path(temporary, "restored")
        try:
            manifest = restore(archive, home)
            restored = installed_at(home, settings)
            verdict = verify(restored, manifest, SystemClock(), _speaker) if is_verified else None
            departed = forget_departed(settings, restored, manifest, SystemClock()) if manifest.rows else 0
        except BackupError as error:
            terminal.complain(f"错误：{error}")
            sys.exit(1)
    terminal.say(f"文件都完整（{len(manifest.digests)} 个），备份于 {manifest.made_at}")
    is_sound = verdict is None or _show(verdict, manifest)
    if folder:
        _show_next(folder, manifest)
        _show_departed(departed, settings.data_dir)
    if not is_sound:
        sys.exit(1)


def _speaker(settings: Settings) -> Speaker:
    """The speaker of some settings.

    It uses words alone: no telephone numbers, addresses or models elsewhere.
    """
    neutral = {"embedding_base_url": "", "hotline": "12345", "public_url": "", "maintenance": False}
    plain = settings.model_copy(update=neutral)
    edition = knowledge_of(plain, terminal.indexing).edition
    return Speaker(service_of(plain, edition).answerer, edition.contents)


def _show(verdict: RestoreReport, manifest: BackupManifest) -> bool:
    """Shows the verdict on a restored installation. True: it is as it was."""
    asked, differing = len(manifest.proof.answers), verdict.differing
    has_rows = verdict.rows == manifest.rows
    terminal.say(f"{_told(verdict.rows)}{'，与备份时一样' if has_rows else '，与备份时不一样'}")
    if not verdict.is_same_key:
        terminal.complain("警告：SECRET_KEY 与备份时不一样，认不出以前的人；改成备份时的，或者留空")
    terminal.say(f"{asked} 个问题，{asked - len(differing)} 个的回答与备份时一字不差")
    for question in differing[:10]:
        terminal.complain(f"  不一样：{question}")
    if differing and not verdict.is_same_program:
        terminal.complain("备份是另一个版本的程序做的：回答可能因此不同；用 python -m bot ask 看看对不对")
    return has_rows and not differing


def _show_next(folder: Path, manifest: BackupManifest) -> None:
    folders = f"KNOWLEDGE_DIR={folder / KNOWLEDGE}、DATA_DIR={folder / DATA}"
    terminal.say(f"恢复在 {folder}。用它：停下服务，设 {folders}，再启动")
    if manifest.rows is None:
        terminal.say("记录在 PostgreSQL 里，用 pg_restore 恢复，见 docs/operation.md")


def _show_departed(departed: int | None, data_dir: Path) -> None:
    if departed is None:
        terminal.complain(
            f"警告：不知道备份之后谁取消了关注：{data_dir} 里没有那以后的记录，读不了，或者密钥不一样。"
            "他们的记录也回来了：请他们再取消一次，或最迟到 RETENTION_DAYS 天时删除"
        )
    elif departed:
        terminal.say(f"备份之后取消关注的 {departed} 个人，照 {data_dir} 里的记号又删掉了")


def _told(rows: Mapping[str, int] | None) -> str:
    if rows is None:
        return "记录不在里面（PostgreSQL）"
    return "记录 " + "、".join(f"{name} {rows.get(table, 0)}" for table, name in _NAMES.items())
