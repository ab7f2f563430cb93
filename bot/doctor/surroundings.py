"""Whether the service answers on its port, what it says of itself, and whether the clock can be right."""

import http.client
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.doctor.finding import Diagnosis, Patient, advice, good, wrong
from bot.errors import SettingsError
from bot.records.looks import LOOKS_FILE, Looks
from bot.serving.sockets import bound_sockets
from bot.settings import Settings

_LOCAL = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  # whoever listens on all is asked on loopback

_TOLD = {
    "ready": "正在运行，一切正常",
    "maintenance": "正在运行，挂着维护的牌子",
    "degraded": "正在运行，照常回答，但是有事要办",
    "empty": "正在运行，一条能回答的条款也没有",
}

PROGRAM = Path(__file__).parents[1]


def examine_port(patient: Patient) -> Iterator[Diagnosis]:
    """Who listens on the port: this service, another program, or nobody."""
    settings = patient.settings
    where = f"{settings.host}:{settings.port}"
    said = _ready(settings)
    if said is not None:
        status = str(said.get("status"))
        why = said.get("why")
        told = f"{where} {_TOLD[status]}"
        if status in ("degraded", "empty"):
            reasons = "、".join(map(str, why)) if isinstance(why, list) else ""
            yield wrong(
                "服务", f"{told}{'：' if reasons else ''}{reasons}", "见 docs/operation.md“/readyz 说什么”"
            )
        else:
            yield good("服务", told)
        return
    try:
        for socket in bound_sockets(settings, 1):
            socket.close()
    except SettingsError as error:
        yield wrong("服务", f"没有运行，端口也不能用：{error}", "停掉占着它的程序，或者改 HOST、PORT")
        return
    yield good("服务", f"没有运行；{where} 空着，可以启动")


def examine_clock(patient: Patient, program: Path = PROGRAM) -> Iterator[Diagnosis]:
    """Whether the clock is plausible.

    Not before the program was written, nor before the service last looked.
    """
    now = patient.clock.now()
    times = [path.stat().st_mtime for path in program.rglob("*.py")]
    written = datetime.fromtimestamp(max(times, default=0.0), UTC)
    todo = "打开对时：timedatectl set-ntp true，或者 chrony；微信的消息差了十分钟就不收"
    last, doubted = Looks(patient.settings.data_dir / LOOKS_FILE).noted()
    if now < written - timedelta(days=1):
        yield wrong("时钟", f"{now:%Y-%m-%d %H:%M}（UTC）比程序的文件（{written:%Y-%m-%d}）还早", todo)
    elif last and now < last - timedelta(hours=1):
        yield wrong("时钟", f"{now:%Y-%m-%d %H:%M}（UTC）比服务上次看的（{last:%Y-%m-%d %H:%M}）早", todo)
    elif doubted:
        yield advice("时钟", f"往前跳过（{doubted:%Y-%m-%d %H:%M}），还没有相信，旧记录先不删", todo)
    else:
        yield good("时钟", f"{now:%Y-%m-%d %H:%M}（UTC），{patient.clock.today()}（中国）")


def _ready(settings: Settings) -> dict[str, object] | None:
    """The service's own report on its state; None: no such service answers."""
    connection = http.client.HTTPConnection(
        _LOCAL.get(settings.host, settings.host), settings.port, timeout=5
    )
    try:
        connection.request("GET", "/readyz")
        said = json.loads(connection.getresponse().read(10_000))
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return said if isinstance(said, dict) and said.get("status") in _TOLD else None
