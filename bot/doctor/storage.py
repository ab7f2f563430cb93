"""Whether data can be kept: DATA_DIR, indexes, records, backups."""

import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.backup.shelf import noted
from bot.doctor.finding import Diagnosis, Patient, advice, good, wrong
from bot.errors import BotError, reason_of
from bot.records.address import DATABASE_FILE, database_at
from bot.records.copying import count_rows
from bot.records.duties import FOLDER, Duties
from bot.records.secret import KEY_FILE
from bot.records.sql import SqlRecords
from bot.records.sqlite import set_aside_files
from bot.search.sealing import damaged_files, sealed_below

LITTLE_SPACE = 500
"""MB. A new index is written beside the old one."""

NO_SPACE = 50
"""MB."""

OLD_BACKUP = timedelta(hours=36)
"""A nightly one was missed."""

_SEALED = {
    "index": "索引",
    "spelling": "错别字的词表",
    "questions": "问法的索引",
    "read": "说法词典",
    "jieba": "jieba 的词典",
}
"""Folders of DATA_DIR that hold sealed folders, maybe deeper down."""


def examine_data_dir(patient: Patient) -> Iterator[Diagnosis]:
    """Whether DATA_DIR can be written, and how much more fits in."""
    folder = patient.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
    except OSError as error:
        said = f"{folder} 写不了（{reason_of(error)}）"
        yield wrong("DATA_DIR", said, "让运行服务的用户拥有它，腾出空间，或者换一个文件夹")
        return
    free = shutil.disk_usage(folder).free // 1_000_000
    said = f"{folder.absolute()}，还有 {free} MB"
    if free < NO_SPACE:
        yield wrong("DATA_DIR", said, "磁盘快满了：问过的话记不下来；腾出空间")
    elif free < LITTLE_SPACE:
        yield advice("DATA_DIR", said, f"不到 {LITTLE_SPACE} MB：重建索引时可能不够；腾出空间")
    else:
        yield good("DATA_DIR", said)
    key = folder / KEY_FILE
    if sys.platform != "win32" and key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield advice("密钥", f"{key} 别的用户也读得了", f"chmod 600 {key}")


def examine_indexes(patient: Patient) -> Iterator[Diagnosis]:
    """Whether all index files are sound. Reads them whole: a start looks only at sizes and times."""
    data = patient.settings.data_dir
    found = {name: list(sealed_below(data / folder)) for folder, name in _SEALED.items()}
    for name, folders in found.items():
        damaged = [file for home in folders for file in damaged_files(home)]
        if damaged:
            said = f"{name}坏了：{damaged[0]}" + (f" 等 {len(damaged)} 个" if len(damaged) > 1 else "")
            yield advice("索引", said, "删掉它所在的文件夹，再重新启动：会自动重建")
    if not found["索引"]:
        yield good("索引", "还没有，第一次启动时建")
    else:
        yield good("索引", f"{sum(map(len, found.values()))} 处，逐个文件校验过")


def examine_records(patient: Patient) -> Iterator[Diagnosis]:
    """Whether the records are sound, their size, and the work that waits for them."""
    settings = patient.settings
    try:
        database = database_at(settings.database_url, settings.data_dir)
        if database.file is None:
            SqlRecords(database, patient.clock).ping()
            yield good("记录", "PostgreSQL 连得上")
        elif database.file.exists():
            yield from _records_in(database.file, settings.records_mb)
        else:
            yield good("记录", "还没有")
    except BotError as error:
        yield wrong("记录", f"用不了：{error}", "问过的话记不下来；看数据库和磁盘，或者用备份恢复")
    for name in set_aside_files(settings.data_dir / DATABASE_FILE):
        yield advice("记录", f"坏过的数据库放在 {name}", "停服务用备份恢复；用不着了就删：里面有居民问过的话")
    waiting = len(Duties(settings.data_dir / FOLDER).pending())
    if waiting:
        yield advice(
            "记录", f"{waiting} 个取消关注的人还没删完", "让服务跑着，数据库好了就会删；一直在，看日志"
        )


def examine_backup(patient: Patient) -> Iterator[Diagnosis]:
    """How old the latest backup is, and whether it still exists."""
    latest = noted(patient.settings.data_dir)
    todo = "python -m bot backup；怎样每晚做，见 docs/operation.md“备份和恢复”"
    if latest is None:
        yield advice("备份", "一次也没有做过", todo)
        return
    hours = (patient.clock.now() - latest.made_at) / timedelta(hours=1)
    age = f"{hours:.0f} 小时前" if hours < 48 else f"{hours / 24:.0f} 天前"
    if not latest.file.exists():
        yield advice(
            "备份", f"最近一次（{age}）的文件不在 {latest.file} 了", f"拷到别处就好；不是的话，{todo}"
        )
    elif timedelta(hours=hours) > OLD_BACKUP:
        yield advice("备份", f"最近一次是 {age}", todo)
    else:
        yield good("备份", f"最近一次是 {age}：{latest.file}")


def _records_in(file: Path, most_mb: int) -> Iterator[Diagnosis]:
    rows = count_rows(file)
    size = file.stat().st_size / 1_000_000
    said = f"{rows.get('questions', 0)} 个问题，{size:.0f} MB，校验过"
    if size > 0.9 * most_mb:
        yield advice("记录", said, f"快到 RECORDS_MB={most_mb} 了，最早的会让位；调大它，或者少留几天")
    else:
        yield good("记录", said)
