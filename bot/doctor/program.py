"""Whether the program can run here: Python, and its packages at the versions that were tested."""

import os
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.doctor.finding import Diagnosis, Patient, advice, good, wrong
from bot.errors import SettingsError
from bot.search.dense.local_model import LocalModel
from bot.serving.sockets import OTHER_FILES

REQUIREMENTS = Path(__file__).parents[2] / "requirements.txt"

_PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==([^\s;]+)", re.MULTILINE)


def examine_python(_: Patient) -> Iterator[Diagnosis]:
    """The interpreter that runs this is the one of the service, if both are called alike."""
    running = ".".join(map(str, sys.version_info[:3]))
    yield good("Python", f"{running}（{sys.executable}）")


def examine_packages(_: Patient, requirements: Path = REQUIREMENTS) -> Iterator[Diagnosis]:
    """Findings on packages that are missing, or of another version than the tests ran with."""
    if not requirements.exists():
        yield good("软件包", "镜像里的，不必对照")
        return
    wanted = dict(_PINNED.findall(requirements.read_text("utf-8")))
    installed = {name: _version(name) for name in wanted}
    missing = [name for name, found in installed.items() if found is None and _is_for_here(name)]
    other = [name for name, found in installed.items() if found not in (None, wanted[name])]
    install = f"{sys.executable} -m pip install -r requirements.txt"
    if missing:
        yield wrong("软件包", f"缺 {'、'.join(missing)}", install)
    if other:
        told = "、".join(f"{name} {installed[name]}（测试用的是 {wanted[name]}）" for name in other)
        yield advice("软件包", f"版本不一样：{told}", install)
    if not (missing or other):
        yield good("软件包", f"{len(wanted)} 个，版本都对")


def examine_model(patient: Patient) -> Iterator[Diagnosis]:
    """Whether the embedding model can be loaded, as the service does at its start; nothing if none is set."""
    folder = patient.settings.embedding_model_dir
    if folder is None:
        return
    try:
        model = LocalModel(folder)
    except SettingsError as error:
        todo = "make model 取来；或者留空 EMBEDDING_MODEL_DIR，不用向量模型"
        yield wrong("向量模型", f"用不了：{error}", todo)
        return
    yield good("向量模型", f"{folder}，每段文字 {len(model.vector('试'))} 个数")


def examine_processes(patient: Patient) -> Iterator[Diagnosis]:
    """Findings on workers beyond the cores, and on fewer open files than connections."""
    settings = patient.settings
    cores = os.cpu_count() or 1
    if settings.workers > 2 * cores:
        yield advice("进程", f"WORKERS={settings.workers}，处理器只有 {cores} 核", f"改成 {cores}")
    allowed = _open_files()
    if allowed is not None and allowed < settings.max_connections + OTHER_FILES:
        said = f"系统只给 {allowed} 个打开的文件，MAX_CONNECTIONS={settings.max_connections} 用不满"
        yield advice("连接数", said, f"systemd 里写 LimitNOFILE={settings.max_connections + OTHER_FILES}")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _is_for_here(package: str) -> bool:
    return package != "uvloop" or sys.platform != "win32"


def _open_files() -> int | None:
    """How many files a process may open; None: any number."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415  # there is none elsewhere

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return None if hard == resource.RLIM_INFINITY else hard
